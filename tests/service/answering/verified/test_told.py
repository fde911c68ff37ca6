"""What a sentence tells is parted from who tells it, or left whole."""

import pytest

from service.answering.verified.reading import Text
from service.answering.verified.told import told_of

# The words told, the words of the clause, and where what is told begins.
PARTED = [
    ("He said it rained.", "it rained", "", 0),
    ("“It rained,” Roe told CNN on Sunday.", "It rained", "Roe CNN Sunday", 0),
    ("It snowed in Paris, Ann Roe said.", "It snowed in Paris", "Ann Roe", 0),
    ("Snow fell, Ann Roe said.", "Snow fell", "Ann Roe", 2),
    ("Two lawyers, Ann Roe said, left.", "Two lawyers left", "Ann Roe", 0),
    ("Lawyers, bankers, Ann Roe said, left.", "Lawyers bankers left", "Ann Roe", 0),
    ("The bank’s lawyer, Ann Roe, said it rained.", "The bank lawyer it rained", "Ann Roe", 3),
    ("A lawyer for the bank, Ann Roe, said it rained.", "A lawyer for the bank it rained", "Ann Roe", 5),
    ("Lines close, according to Roe.", "Lines close", "Roe", 2),
    ("Lines close, according to the mayor, Ann Roe.", "Lines close Ann Roe", "mayor Ann Roe", 2),
    ("Lines close, according to the mayor, Ann and Bo.", "Lines close Ann and Bo", "mayor", 2),
    ("Roe said it rained", "it rained", "Roe", 0),
    ("It rained, Roe said", "It rained", "Roe", 0),
]  # fmt: skip
WHOLE = [
    "It rained.",
    "Roe said it rained, Doe told CNN.",
    "Roe claimed on Sunday that it rained.",
    "“It rained,” Roe claimed.",
    "“It rained,” Roe suggested on Sunday.",
    "Lines close, Roe allegedly said.",
    "Roe has not said it rained.",
]


def words(tokens: tuple[object, ...]) -> str:
    return " ".join(str(getattr(token, "text", "")) for token in tokens)


@pytest.mark.parametrize(("sentence", "told", "frame", "opens"), PARTED)
def test_what_is_told_is_parted_from_who_tells_it(sentence: str, told: str, frame: str, opens: int) -> None:
    found = told_of(Text(sentence))
    assert found.saying is not None
    said = words((*found.saying.speaker, *found.saying.beside))
    assert (words(found.tokens), said, found.opens) == (told, frame, opens)


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_clause_that_is_part_of_what_is_told_stays(sentence: str) -> None:
    text = Text(sentence)
    assert told_of(text).tokens == text.tokens
    assert told_of(text).saying is None


def test_a_clause_ends_where_the_reporting_stood() -> None:
    tokens = told_of(Text("Lines, Roe said, close.")).tokens
    assert tokens[0].clause < tokens[1].clause
