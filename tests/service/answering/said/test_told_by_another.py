"""Who is named behind what another tells: by whom one was told, by whom a thing was described."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "Ines Kowal asked if it would float and was told by Mr Trask that it might.",
            "Mr Trask",
            "it might",
        ),
        ("She wanted a berth and was assured by the clerk that one was free.", "the clerk", "one was free"),
        (
            "He hoped for a refund, but was warned by Ines Kowal that it was late.",
            "Ines Kowal",
            "it was late",
        ),
        ("The guild wants two seats, a demand described by Ines Kowal as “shy”.", "Ines Kowal", "shy"),
        (
            "One of them said the yard had asked for coal, a request branded by the other as “odd”.",
            "the other",
            "odd",
        ),
        (
            "A clerk said the firm had left, a move described by Milo Trask as a mistake.",
            "Milo Trask",
            "a mistake",
        ),
        (
            "One of them said the yard had asked for coal, a request branded by the other as “odd”.",
            "One of them",
            "the yard had asked for coal",
        ),
        ("Chief negotiator for the mill, Ines Kowal, called it “fair”.", "Ines Kowal", "it “fair"),
        ("Minister of Tolls, Milo Trask, said it was late.", "Milo Trask", "it was late"),
        ("Senior envoy at the port, Ines Kowal, said no.", "Ines Kowal", "no"),
    ],
)
def test_it_is_theirs(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("She would not be told by Mr Trask that it was late.", "Mr Trask"),
        ("He never asked and was never told by the clerk that it was free.", "the clerk"),
        ("A request described by the harbour as “odd” was refused.", "A request"),
    ],
)
def test_it_is_not_theirs(text: str, nobody: str) -> None:
    assert nobody not in [who for who, _ in told(text)]
