"""Whom a pronoun means where the sentence before tells of one by what they did, and where nobody is meant."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # who judged, who answered
        (
            "The toll was described by Ines Kowal, head of Lock Watch, as “odd”.\n\n“It is new,” she said.",
            "Ines Kowal",
            "It is new",
        ),
        ("The map was dismissed by Bruno Aske as a sketch. He said it was old.", "Bruno Aske", "it was old"),
        (
            "That drew a short reply from Ines Kowal, who leads the crews. “We wait,” she said.",
            "Ines Kowal",
            "We wait",
        ),
        (
            "It met a cheer from Maria Aske, who had come by boat. She said it was late.",
            "Maria Aske",
            "it was late",
        ),
        # a body, and a paper's writers
        (
            "A group of nine tenants say rents rose. They said it was unfair.",
            "A group of nine tenants",
            "it was unfair",
        ),
        (
            "The Lock Keepers, who own it, handed out a leaflet. It claimed the toll would rise.",
            "The Lock Keepers",
            "the toll would rise",
        ),
        (
            "The Old Fleet, which has nine boats, distributed a note. It said the bay was shut.",
            "The Old Fleet",
            "the bay was shut",
        ),
        # in the same sentence
        (
            "Milo Trask is not sold. He called it odd, and in a note to the Post he wrote that it was late.",
            "Milo Trask",
            "it was late",
        ),
        ("Crews threw out an offer their union branded “insulting”.", "their union", "insulting"),
        (
            "Ines Kowal put the number of those cut off from the sea at 31,000 and warned that it was late.",
            "Ines Kowal",
            "it was late",
        ),
    ],
)
def test_it_means(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The toll was praised by Ines Kowal and Maria Aske. She said it was fair.",
        "It came from Lower Ordal, who knows why. She said it was late.",
        "Ines Kowal met Maria Aske. The boats sailed. The tide fell. It rained. She said it was late.",
    ],
)
def test_nobody_is_meant(text: str) -> None:
    assert [who for who, words in told(text) if words.startswith("it was")] in ([], [None])
