"""Which two sides a comparison names."""

import pytest

from service.answering.asked import read_question
from service.answering.extractive.sides import compared


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How does the Herald's account differ from the Gazette's?", "the Herald's account", "the Gazette's"),
        ("How do the council and the farmers differ on the dam?", "the council", "the farmers"),
        ("Compare the first offer with the second.", "the first offer", "the second."),
        (
            "What are the differences between the old law and the new one?",
            "the old law",
            "the new one",
        ),
    ],
)
def test_compared(question: str, one: str, other: str) -> None:
    assert [question[span.start : span.end] for span in compared(read_question(question))] == [one, other]


def test_a_plain_question_has_no_sides() -> None:
    assert compared(read_question("Who opened the dam?")) == ()
