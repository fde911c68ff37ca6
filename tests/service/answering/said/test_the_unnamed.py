"""What tells somebody without a name from others belongs to who speaks."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # behind the verb
        (
            "“It is cold,” said one waiter, who has worked there since 2031. “And it is dark.”",
            "one waiter, who has worked there since 2031",
            "It is cold",
        ),
        (
            "“It is cold,” said one waiter, who has worked there since 2031. “And it is dark.”",
            "one waiter, who has worked there since 2031",
            "And it is dark",
        ),
        (
            "“Never,” said a broker, who holds some of the bonds.",
            "a broker, who holds some of the bonds",
            "Never",
        ),
        # before it
        (
            "A third envoy, from a smaller island, said the map was wrong.",
            "A third envoy, from a smaller island",
            "the map was wrong",
        ),
        ("One widow, who gave her name only as Dalia, asked who would pay.", "Dalia", "who would pay"),
        (
            "A driver, who gave his name as Ruben Ash, said the road was shut.",
            "Ruben Ash",
            "the road was shut",
        ),
        (
            "A clerk with knowledge of the yard’s planning said it was sold.",
            "A clerk with knowledge of the yard’s planning",
            "it was sold",
        ),
        (
            "A memo sent to crews, and passed to this paper, asks them to wait.",
            "A memo sent to crews",
            "them to wait",
        ),
        (
            "The bay is open, the head of the firm that runs it said.",
            "the head of the firm",
            "The bay is open",
        ),
        # who is told from nobody
        ("“Never,” said one guard, who asked not to be named.", "one guard", "Never"),
    ],
)
def test_it_is_theirs(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("“Never,” said one guard, who has a dog, and left.", "one guard, who has a dog"),
        ("Milo Trask told the clerk of the court that rains had said no.", "the clerk of the court"),
        ("“Never,” said Ines Kowal, who runs it.", "Ines Kowal, who runs it"),
    ],
)
def test_nobody_is_called_so(text: str, nobody: str) -> None:
    assert nobody not in [who for who, _ in told(text)]


def test_a_name_behind_is_no_part_of_a_phrase_nor_a_thing_a_speaker() -> None:
    assert told("“No,” said a man, who was later named as Jon Aske.") == [("a man", "No")]
    assert told("Ordal's old mill burned down, saying goodbye to an age.") == []
