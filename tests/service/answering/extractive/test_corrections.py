"""What an outlet corrects in another article of its own is told with what it corrects."""

import pytest

from retrieval.embed import Embedder
from service.answering import Passage
from service.answering.extractive import corrections, is_correction
from tests.service.answering.broad.test_broad import told
from tests.service.answering.making import passages

FALSE = told(
    "Tarn Post", "2031-03-24", "Truce", "The truce in Wend is to last 60 days. Troops left Wend on Sunday."
)
RIGHT = told(
    "Tarn Post",
    "2031-03-25",
    "Correction",
    "In a brief of 24 March we misstated two terms of the truce. The truce is to last 30 days, not 60.",
)


def note(found: list[Passage], text: str) -> str | None:
    passage = next(p for p in found if text in p.article.text)
    right = corrections(found).of(passage, text)
    return right.text if right else None


@pytest.fixture
def found(embedder: Embedder) -> list[Passage]:
    return passages(embedder, "truce", FALSE, RIGHT)


def test_what_was_wrong_is_told_with_what_is_right(found: list[Passage]) -> None:
    assert note(found, "The truce in Wend is to last 60 days.") == "The truce is to last 30 days, not 60."


def test_what_was_not_wrong_has_no_note(found: list[Passage]) -> None:
    assert note(found, "Troops left Wend on Sunday.") is None


@pytest.mark.parametrize(
    ("outlet", "day"),
    [("Wend Herald", "2031-03-24"), ("Tarn Post", "2031-03-20"), ("Tarn Post", "2031-04-24")],
)
def test_another_outlets_and_another_days_stand(embedder: Embedder, outlet: str, day: str) -> None:
    other = told(outlet, day, "Truce", "The truce in Wend is to last 60 days.")
    assert note(passages(embedder, "truce", other, RIGHT), "The truce in Wend is to last 60 days.") is None


def test_news_is_no_correction(found: list[Passage]) -> None:
    assert {p.article.facts.title: is_correction(p.article) for p in found} == {
        "Truce": False,
        "Correction": True,
    }
