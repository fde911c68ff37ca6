"""A heading beside the sentence that it stands above."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from retrieval.article import Article, Region
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.regions import regions
from retrieval.timing import Timings
from service.answering import PARLEY
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


LED = "Judge Saga Holm to lead inquiry"
LEADS = "The judge who leads the inquiry will sit in Orrow from June."


@pytest.mark.parametrize(
    ("question", "below", "told"),
    [
        ("Who will lead the inquiry?", LEADS, LED),
        (
            "who will lead the inquiry",
            f"{LEADS} Saga Holm will lead the inquiry, the minister said.",
            "Saga Holm will",
        ),
    ],
)
def test_a_heading_stays_that_has_the_name_asked_for_alone(
    embedder: Embedder, reader: Reader, question: str, below: str, told: str
) -> None:
    text = f"The wall in Orrow\n\n15:10 The session begins\nIt is warm.\n\n16:20 {LED}\n{below}"
    found = passages(embedder, question, made(text, "a_live"))
    answer = ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings())
    assert any(told in part.text for one in answer.drafts for part in one.parts)


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


def test_headings_take_no_place_of_a_passage_that_is_read(embedder: Embedder, reader: Reader) -> None:
    entries = (f"15:1{n} Dockers vote on the harbour's offer\nIt is warm." for n in range(4))
    text = "\n\n".join(["Talks as they happen", *entries, f"16:20 {HEAD}\n{BELOW}"])
    found = passages(embedder, QUESTION, made(text, "a_live"))
    order = [one for one in found if one.hit.chunk.region is Region.HEADLINE]
    order += [one for one in found if BELOW in one.hit.chunk.text]
    policy = PARLEY.having("reading.passages", 1)
    answer = ExtractiveAnswerer(embedder, reader, policy=policy).answer(QUESTION, order, timings=Timings())
    assert any(part.text == BELOW for one in answer.drafts for part in one.parts)
