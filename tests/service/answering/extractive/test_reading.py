"""Which passages are read, and which of them are left to choose sentences from."""

from dataclasses import replace

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from service.answering import PARLEY
from service.answering.asked import read_question
from service.answering.extractive.reading import PassageReader
from service.answering.extractive.scoring import candidates
from service.answering.extractive.speakers import Speakers
from service.answering.extractive.token_vectors import PassageTokens
from tests.service.answering.making import article, passages

ASKED = "How many ships left the harbour?"
ARTICLES = (
    "The bakers met on Monday. They spoke of flour.",
    "Nine ships left the harbour at dawn.",
    "A choir sang in the town hall. Nobody paid.",
)


@pytest.fixture(scope="module")
def reading(embedder: Embedder, reader: Reader) -> PassageReader:
    return PassageReader(embedder, reader, PassageTokens(embedder), kept=8)


def test_left_is_the_passage_that_answers(embedder: Embedder, reading: PassageReader) -> None:
    found = passages(embedder, ASKED, *map(article, ARTICLES))
    (left,) = reading.read(ASKED, found, replace(PARLEY.reading, sure=1.0, compared=1))
    assert left.passage.article.text == ARTICLES[1]


def test_no_more_are_read_where_the_first_answer(embedder: Embedder, reading: PassageReader) -> None:
    found = passages(embedder, ASKED, *map(article, ARTICLES))
    first = sorted(found, key=lambda p: p.article.text != ARTICLES[1])
    by = replace(PARLEY.reading, step=1, sure=0.5)
    assert [one.passage for one in reading.read(ASKED, first, by)] == first[:1]
    assert len(reading.read(ASKED, first, replace(by, sure=1.0))) == len(found)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (ASKED, "Nine ships left the harbour at dawn."),
        ("What did the millers ask for?", "The millers asked for cheaper grain."),
        ("When does the bridge open?", "The bridge opens in March."),
    ],
)
def test_of_two_that_answer_alike_the_one_found_nearer_is_likelier(
    embedder: Embedder, reading: PassageReader, asked: str, text: str
) -> None:
    """By as much as the search tells them apart, and the nearest is as likely as it was."""
    asks = read_question(asked)
    near, far = (passages(embedder, asked, article(text, id_=id_))[0] for id_ in ("a_2", "a_1"))

    def chances(*fused: float) -> list[float]:
        both = [replace(p, hit=replace(p.hit, fused=f)) for p, f in zip((near, far), fused, strict=True)]
        read = reading.read(asked, both, PARLEY.reading)
        found = [candidates(asks, reading.asked(asked), one, {}, Speakers(asks, {})) for one in read]
        return [one.chance for each in found for one in each]

    same, again = chances(0.9, 0.9)
    assert same == again
    first, second = chances(0.9, 0.4)
    assert first == same
    assert second < same
    assert chances(0.4, 0.9) == [second, first]
