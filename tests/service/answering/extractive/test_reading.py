"""Which passages are read, and which of them are left to choose sentences from."""

from dataclasses import replace

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from service.answering import PARLEY
from service.answering.extractive.reading import PassageReader
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
