"""Whom "it", "they", "he" and "she" mean behind a body that did something by words, and somebody unnamed."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "The Ostrel fisheries ministry rejected the map. In a statement it said the nets were legal.",
            "The Ostrel fisheries ministry",
            "the nets were legal",
        ),
        (
            "In a note, the Velmar Harbour Council accused the crews of lying. It said two were hurt.",
            "the Velmar Harbour Council",
            "two were hurt",
        ),
        (
            "Kowal's trade office confirmed the delay. It said the lorries would wait.",
            "Kowal's trade office",
            "the lorries would wait",
        ),
        (
            "Brokers at Ostrel House put the loss at 4m. In a note they wrote that it was late.",
            "Brokers at Ostrel House",
            "it was late",
        ),
        (
            "One aunt near the door asked who would pay. “You all will,” she said.",
            "One aunt near the door",
            "You all will",
        ),
        (
            "Another porter, who had come by bus, disagreed. “We are tired,” he said.",
            "Another porter, who had come by bus",
            "We are tired",
        ),
        (
            "A second Ostrel diplomat was less sure. “It may hold,” he said.",
            "A second Ostrel diplomat",
            "It may hold",
        ),
        (
            "A short memo circulated on Friday was gloomier. “We will lose,” it said.",
            "A short memo circulated on Friday",
            "We will lose",
        ),
        (
            "Its chairman, Rosa Kowal, said they had voted. She added: “Nobody is angry.”",
            "Rosa Kowal",
            "Nobody is angry",
        ),
    ],
)
def test_the_one_of_whom_the_sentence_before_tells(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "A spokeswoman denied the report. “It is false,” he said.",
        "A tall woman denied the report. “It is false,” it said.",
        "The clerks denied the report. “It is false,” she said.",
    ],
)
def test_nobody_who_cannot_be_meant(text: str) -> None:
    assert (None, "It is false") in told(text)
