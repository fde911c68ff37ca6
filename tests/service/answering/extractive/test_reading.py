"""Which passages are read, and which of them are left to choose sentences from."""

from dataclasses import replace
from statistics import fmean

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from service.answering import PARLEY
from service.answering.asked import read_question
from service.answering.extractive.leaning import together
from service.answering.extractive.reading import PassageReader
from service.answering.extractive.scoring import answered, candidates
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


def test_around_is_all_that_was_read_whatever_is_left(embedder: Embedder, reading: PassageReader) -> None:
    found = passages(embedder, ASKED, *map(article, ARTICLES))
    by = replace(PARLEY.reading, sure=1.1, compared=1)
    (left,) = reading.read(ASKED, found, by)
    alone = [reading.read(ASKED, [one], by)[0] for one in found]
    weights = [len(one.by_reader.sentences) for one in alone]
    assert left.around == pytest.approx(fmean((one.around for one in alone), weights))


def test_what_is_read_beside_the_answer_makes_it_surer(embedder: Embedder, reading: PassageReader) -> None:
    found = passages(embedder, ASKED, *map(article, ARTICLES))
    asks, asked = read_question(ASKED), reading.asked(ASKED)
    left = [
        c
        for one in reading.read(ASKED, found, PARLEY.reading)
        for c in candidates(asks, asked, one, {}, Speakers(asks, {}))
    ]
    fewer = [replace(one, around=one.around - 1.0) for one in left]
    assert answered(fewer, PARLEY.abstaining) < answered(left, PARLEY.abstaining)


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


def test_read_in_several_ways_is_around_as_much_as_the_mean_of_them(
    embedder: Embedder, reading: PassageReader
) -> None:
    found = passages(embedder, ASKED, *map(article, ARTICLES))
    asks, asked = read_question(ASKED), reading.asked(ASKED)
    first = [
        c
        for one in reading.read(ASKED, found, PARLEY.reading)
        for c in candidates(asks, asked, one, {}, Speakers(asks, {}))
    ]
    second = [replace(one, around=one.around - 2.0) for one in first]
    mixed = together([first, second], (), PARLEY.remembering)
    assert mixed[0].around == pytest.approx(first[0].around - 1.0)
