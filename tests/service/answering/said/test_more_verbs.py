"""More of the verbs that report in an ordinary day's news, and who speaks by them."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Milo Trask was late. He pointed to the price of coal.", "Milo Trask", "the price of coal"),
        ("Ines Kowal, its keeper, assessed that the lake was low.", "Ines Kowal", "the lake was low"),
        (
            "Tolls will rise 2% this year, the port authority forecast last week.",
            "the port authority",
            "Tolls will rise 2% this year",
        ),
        (
            "Milo Trask considers even that toll to be too high.",
            "Milo Trask",
            "even that toll to be too high",
        ),
        ("It closed after unions demanded £1.2m for the crews.", "unions", "£1.2m for the crews"),
        (
            "Ines Kowal questioned whether the yard, whose debt is 2.5 times its sales, could pay.",
            "Ines Kowal",
            "whether the yard, whose debt is 2.5 times its sales, could pay",
        ),
        # whom it was told
        ("The barge has been sold, sources have told Rivers & Locks.", "sources", "The barge has been sold"),
        (
            "The crew is safe, the owner of the barge has told relatives.",
            "the owner of the barge",
            "The crew is safe",
        ),
        (
            "The pier was closed overnight, two brokers told Harbour Week.",
            "two brokers",
            "The pier was closed overnight",
        ),
        # what one who did something went on to say
        (
            "Ordal's transport ministry echoed the threat, saying in a note that it would close the lock.",
            "Ordal's transport ministry",
            "it would close the lock",
        ),
        (
            "But guild chief executive Ines Kowal hit back, insisting the boats had paid.",
            "Ines Kowal",
            "the boats had paid",
        ),
        (
            "Shipping giant Ordal Lines pulled out on Monday, blaming the guild for the delay.",
            "Ordal Lines",
            "the guild for the delay",
        ),
        (
            "Milo Trask left. The lock will hold, he recalled in a note for the board, adding that he left.",
            "Milo Trask",
            "The lock will hold",
        ),
    ],
)
def test_it_is_theirs(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The weather forecast was wrong.",
        "The path, which pointed to the mill, was closed.",
        "The storm passed, blaming nobody.",
    ],
)
def test_nobody_says_anything(text: str) -> None:
    assert [who for who, _ in told(text) if who] == []


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "The port's clerk, Ines Kowal, said there was a fund, but it was spent.",
            "Ines Kowal",
            "there was a fund, but it was spent",
        ),
        (
            "The envoy, Milo Trask, said the road was open, and he left.",
            "Milo Trask",
            "the road was open, and he left",
        ),
        (
            "The mill, Ines Kowal, its owner, said, was lost.",
            "Ines Kowal",
            "The mill, Ines Kowal, its owner, said, was lost",
        ),
    ],
)
def test_what_stands_apart_before_the_verb_is_none_of_what_is_said(
    text: str, speaker: str, words: str
) -> None:
    assert (speaker, words) in told(text)


def test_a_fault_is_blamed_on_nobody() -> None:
    assert told("Ordal Lager recalls 40,000 cans, blaming a faulty seal; nobody is hurt.") == []
    assert told("We put some of these points to Ines Kowal.") == []
