"""Who somebody is: what the articles tie to the name, not what merely names them."""

import pytest

from retrieval.article import Article
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import Proposal, Status
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.introduced import introductions
from service.answering.said import Cast
from tests.service.answering.making import article, passages

CANAL = """Talks on the Brenne canal went on for a third day. \
Nobody was hurt in the queue, Odile Marchetti of the Boatmen's League said.

The locks stay shut until Friday, said Ivo Brandt, the canal authority's engineer. \
Brandt had slept in his office. Mayor Ines Calloway-Roth has ordered the baths shut.

The findings are expected on Sunday, according to Odile Marchetti, the league's treasurer. \
Hanne Sund, who mends ropes and lost a boat, said the water came from the upper lock.

Pavel Brandt, whose son Ole was held up in the queue, said he didn't care who talked to whom. \
Odile Marchetti told Radio Brenne that Brandt had told her the locks would never open.

Ole Brandt said that he had been told nothing. Calloway-Roth met Marchetti twice."""


@pytest.fixture(scope="module")
def corpus() -> tuple[Article, ...]:
    return (article(CANAL, id_="a_canal"),)


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(embedder, reader)


def asked(
    answerer: ExtractiveAnswerer, embedder: Embedder, corpus: tuple[Article, ...], question: str
) -> Proposal:
    return answerer.answer(question, passages(embedder, question, *corpus), timings=Timings())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who is Odile Marchetti?", "The findings are expected on Sunday, according to Odile Marchetti"),
        ("who's marchetti", "The findings are expected on Sunday, according to Odile Marchetti"),
        ("what is Marchetti's job?", "The findings are expected on Sunday, according to Odile Marchetti"),
        ("who is Ivo Brandt", "The locks stay shut until Friday, said Ivo Brandt, the"),
        ("Who is Ines Calloway-Roth?", "Mayor Ines Calloway-Roth has ordered the baths shut."),
        ("who is hanne sund?", "Hanne Sund, who mends ropes and lost a boat"),
    ],
)
def test_the_sentence_that_says_who_it_is_answers(
    answerer: ExtractiveAnswerer, embedder: Embedder, corpus: tuple[Article, ...], question: str, told: str
) -> None:
    found = asked(answerer, embedder, corpus, question)
    quotes = [part.quote.text for draft in found.drafts for part in draft.parts if part.quote]
    assert found.status is Status.ANSWERED
    assert quotes[0].startswith(told)
    assert not any("Nobody was hurt" in quote or "Pavel" in quote or "Ole" in quote for quote in quotes)


def test_no_name_that_what_leads_in_ends_with(embedder: Embedder) -> None:
    its = article("In talks with Ines Kowal, the union of Senn walked out.\n", id_="a_talks")
    assert introductions("Ines Kowal", passages(embedder, "Ines Kowal", its), [Cast(its)]) == []
