"""A heading beside the sentence that it stands above."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from retrieval.article import Article
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.regions import regions
from retrieval.timing import Timings
from service.answering.asked import read_question
from service.answering.extractive.choosing import choose
from service.answering.extractive.extractive import ExtractiveAnswerer
from tests.service.answering.making import article, passages

HEAD, BELOW = "Dockers accept new offer", "The dockers accepted the harbour's offer by 163 votes to 41."
FAR = "A crowd sang outside the hall until the rain began."
TEXT = f"Talks as they happen\n\n15:10 {HEAD}\n{BELOW}\n\n16:20 Rain stops the singing\n{FAR} It rained."
ELSEWHERE = "The unions of the harbour accepted it on Friday, a spokeswoman said."
QUESTION = "did the dockers accept the offer?"


def made(text: str, id_: str) -> Article:
    return article(text, id_=id_, regions=tuple(regions(text)))


@pytest.mark.parametrize(
    ("odds", "told"),
    [
        ({HEAD: 3.0, BELOW: 2.8}, [BELOW]),
        ({HEAD: 3.0, BELOW: -3.0}, [f"15:10 {HEAD}"]),
        ({HEAD: 2.0, BELOW: 3.0}, [BELOW]),
        ({HEAD: 3.0, ELSEWHERE: 2.8}, [f"15:10 {HEAD}", ELSEWHERE]),
        ({HEAD: 2.8, ELSEWHERE: 3.0}, [ELSEWHERE]),
    ],
)
def test_a_heading_is_told_first_or_not_at_all(
    embedder: Embedder, reader: Reader, odds: Mapping[str, float], told: list[str]
) -> None:
    asks = read_question(QUESTION)
    found = passages(embedder, QUESTION, made(TEXT, "a_live"), made(ELSEWHERE, "a_other"))
    known = ExtractiveAnswerer(embedder, reader).ranked(asks, found, timings=Timings())
    scored = [
        replace(one, score=next((score for words, score in odds.items() if words in one.text), -6.0))
        for one in known
    ]
    order = sorted(scored, key=lambda one: -one.score)
    assert [one.text for one in choose(asks, order)] == told
