"""What later articles tell of how a thing stands, beside what earlier ones told."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY
from service.answering.asked import read_question
from service.answering.extractive.by_day import by_day
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.scoring import Candidate
from tests.service.answering.making import article, passages

FIRST, THEN, LAST = "2031-05-02", "2031-05-09", "2031-05-16"
SHUT = "The guild said that the lock would be shut in June."
ON = "The lock will stay open after all, the guild said."
AWAY = "The harbour choir sang for the mayor on Sunday."


def ordered(
    embedder: Embedder, reader: Reader, question: str, told: Mapping[str, tuple[str | None, float]]
) -> list[str]:
    """The sentences by day, each of an article of its own; their scores are given."""
    articles = []
    for at, (text, (day, _)) in enumerate(told.items()):
        one = article(text, id_=f"a_{at}")
        articles.append(replace(one, facts=replace(one.facts, published=day)))
    asks = read_question(question)
    answerer = ExtractiveAnswerer(embedder, reader, policy=PARLEY)
    found = answerer.ranked(asks, passages(embedder, question, *articles), timings=Timings())
    scored: list[Candidate] = [replace(one, score=told[one.text][1]) for one in found]
    order = sorted(scored, key=lambda one: -one.score)
    return [one.text for one in by_day(asks, order, PARLEY.scoring)]


@pytest.mark.parametrize(
    ("question", "told", "first"),
    [
        ("is the lock still being shut", {SHUT: (FIRST, 1.0), ON: (LAST, 0.0)}, ON),
        ("what happened to the lock in the end?", {SHUT: (FIRST, 1.5), ON: (LAST, 0.0)}, ON),
        ("What was to happen to the lock at first?", {SHUT: (FIRST, 0.0), ON: (LAST, 1.0)}, SHUT),
        ("was the lock originally to be shut", {SHUT: (FIRST, 0.0), ON: (LAST, 1.0)}, SHUT),
        # Half as far from the latest, half as much less.
        ("is the lock still being shut", {SHUT: (FIRST, -9.0), AWAY: (THEN, 1.3), ON: (LAST, 0.0)}, AWAY),
    ],
)
def test_the_state_asked_for_is_rather_told_by_its_day(
    embedder: Embedder, reader: Reader, question: str, told: dict[str, tuple[str | None, float]], first: str
) -> None:
    assert ordered(embedder, reader, question, told)[0] == first


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("will the lock be shut", {SHUT: (FIRST, 1.0), ON: (LAST, 0.0)}),
        ("is the lock still being shut", {SHUT: (LAST, 1.0), ON: (FIRST, 0.0)}),
        ("is the lock still being shut", {SHUT: (FIRST, 1.0), ON: (FIRST, 0.0)}),
        ("is the lock still being shut", {SHUT: (None, 1.0), ON: (LAST, 0.0)}),
        ("is the lock still being shut", {SHUT: (FIRST, 1.0), ON: (None, 0.0)}),
        # On something else, or far less likely.
        ("is the lock still being shut", {SHUT: (FIRST, 1.0), AWAY: (LAST, 0.5)}),
        ("is the lock still being shut", {SHUT: (FIRST, 1.0), ON: (LAST, -2.0)}),
        # Done once, or no time.
        ("when was the lock finally shut", {SHUT: (FIRST, 1.0), ON: (LAST, 0.0)}),
        ("who ended up shutting the lock", {SHUT: (FIRST, 1.0), ON: (LAST, 0.0)}),
        ("where was the original lock shut", {ON: (FIRST, 0.0), SHUT: (LAST, 1.0)}),
        ("how does the current of the river shut the lock", {SHUT: (FIRST, 1.0), ON: (LAST, 0.0)}),
        ("was the lock still shut at first", {SHUT: (FIRST, 0.0), ON: (LAST, 1.0)}),
    ],
)
def test_what_nothing_took_the_place_of_stays_as_likely(
    embedder: Embedder, reader: Reader, question: str, told: dict[str, tuple[str | None, float]]
) -> None:
    order = sorted(told, key=lambda text: -told[text][1])
    assert ordered(embedder, reader, question, told) == order


def test_articles_of_one_day_and_of_other_hours_are_in_turn(embedder: Embedder, reader: Reader) -> None:
    told: dict[str, tuple[str | None, float]] = {
        SHUT: ("2031-05-02T08:00:00+00:00", 1.0),
        ON: ("2031-05-02T19:00:00+00:00", 0.0),
    }
    assert ordered(embedder, reader, "is the lock still being shut", told) == [ON, SHUT]
