"""Whoever spoke some sentences ago isn't "he" where another was named since."""

from itertools import product

import pytest

from retrieval.article import Quote
from service.answering.said import reported, said_of
from tests.service.answering.making import article

SPOKE = ("Ravn said the mill would pay in May.", "Ravn told reporters that the mill would pay, Ilves said.")
BETWEEN = ("", "The deal runs for a year.", "It will be read out on Friday.\n\nNo date is set.")
NEW = (
    "Holt left the board on Monday.",
    "Holt, the bursar, left the board on Monday.",
    "On Monday Holt left the board.",
    "Yesterday, Holt left the board.",
    "Ravn and Holt met on Monday.",
    "Bursar Holt left the board on Monday.",
    "Kai Holt left the board on Monday.",
    "Holt’s note came on Monday.",
)
QUOTED = ('"I will not sign," he wrote.', "“I will not sign,” he said.", "He said it was over.")


def lead(text: str, words: str) -> str | None:
    at = text.rindex(words)
    said = said_of(Quote("a_1", 1, at, at + len(words), words), text)
    return said.speaker if said else None


@pytest.mark.parametrize("new", NEW)
def test_an_answer_names_nobody_whom_the_ledger_doesnt(new: str) -> None:
    for spoke, between, quoted, apart in product(SPOKE, BETWEEN, QUOTED, (" ", "\n\n")):
        text = "\n\n".join(part for part in (spoke, between, new + apart + quoted) if part)
        speaker = lead(text, quoted)
        ledger = [one.who for one in reported(article(text)) if one.sentence.end == len(text)]
        assert speaker is None or "Holt" in speaker, text
        assert speaker is None or set(ledger) <= {speaker, None}, text


@pytest.mark.parametrize("between", ["", "Talks drag on in the mill. The talks are secret."])
@pytest.mark.parametrize("quoted", QUOTED)
def test_whoever_alone_was_named_still_is_he(between: str, quoted: str) -> None:
    assert lead(f"{SPOKE[0]} {between} {quoted}", quoted) == "Ravn"
