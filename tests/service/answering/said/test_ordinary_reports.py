"""Who says what, as agencies, broadsheets and local papers put it day by day."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # what is told of the speaker between two commas
        (
            "The port of Velmar, where strikes are banned, said it was closed.",
            "The port of Velmar",
            "it was closed",
        ),
        (
            "In the old town, Ines Kowal, whose brother is aboard, said the owners had not rung.",
            "Ines Kowal",
            "the owners had not rung",
        ),
        # and without commas
        (
            "Growers holding a third of the water rights said they would sign.",
            "Growers holding a third of the water rights",
            "they would sign",
        ),
        (
            "The crew had been paid, a lawyer who goes between them and the owners said.",
            "a lawyer who goes between them and the owners",
            "The crew had been paid",
        ),
        ("The ward will stay, hospital bosses said on Friday.", "hospital bosses", "The ward will stay"),
        ("The ward will stay, hospital chiefs said.", "hospital chiefs", "The ward will stay"),
        (
            "Under the plan, the crews would be paid, the ministry said in a statement.",
            "the ministry",
            "Under the plan, the crews would be paid",
        ),
        # by what others printed
        ("Ines Kowal left at noon. “I am tired,” she was quoted as saying.", "Ines Kowal", "I am tired"),
        ("Milo Trask was quoted as saying that the quay was full.", "Milo Trask", "the quay was full"),
        # of the name, not of what stands beside it
        (
            "The vote is on Monday, said Milo Trask, its clerk, who added that he saw no doubt.",
            "Milo Trask",
            "he saw no doubt",
        ),
        ("She was met by an aide, Milo Trask, who added that it was late.", "Milo Trask", "it was late"),
        ("Ines Kowal urged both sides “to rest”.", "Ines Kowal", "both sides “to rest"),
        ("Mum-of-three Ines Kowal, 40, said the ward was full.", "Ines Kowal", "the ward was full"),
    ],
)
def test_it_is_given_to_who_says_it(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The company called her twice a week.",
        "The clerk called Ines Kowal at a late hour.",
        "The company called her once a month.",
    ],
)
def test_whoever_telephones_says_nothing(text: str) -> None:
    assert told(text) == []


def test_whose_husband_somebody_is_is_no_husband() -> None:
    text = (
        "Clara Holm, the envoy, said she would stay.\n\nTesna Orlo, whose husband is aboard, said no more."
        "\n\n“They are polite,” she said."
    )
    assert ("Tesna Orlo", "They are polite") in told(text)


def test_when_something_was_said_is_not_what_was_said() -> None:
    assert told("On Sunday, as the talks were ending, the ministry said in a statement.") == []


def test_whoever_goes_between_two_is_no_list_of_speakers() -> None:
    text = "The mayor had gone home and the clerk said it was over."
    assert ("the clerk", "it was over") in told(text)
