"""Headlines and bylines are found behind the text, unless the question is about them."""

from collections.abc import Iterator

import pytest

from retrieval.article import Region
from retrieval.timing import Timings
from service.answering import PARLEY
from service.searching import Searching
from tests.retrieval.made import corpus_in, source

NEWS = {
    "Ferry crews reject the pay offer": "Crews on the Marrow ferries voted down a rise of 4 per cent.",
    "Salt tax talks end in Hexley": "Ministers left Hexley on Friday without a deal on salt.",
    "Clinics limit night shifts": "From June nobody works more than five nights in a row, the clinics said.",
}


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searching]:
    with corpus_in(tmp_path_factory.mktemp("searching")) as opened:
        texts = {title: f"{title}\n\nBy Jo Roe\n\n{text}" for title, text in NEWS.items()}
        list(opened.ingester.ingest([source(t, id_=title, title=title) for title, t in texts.items()]))
        yield Searching(opened.record, opened.searcher, PARLEY)


def keeps(searching: Searching, question: str) -> dict[Region, float]:
    """Of each region's best score, the share that is left to it."""
    plain = PARLEY.having("searching.around", 1.0)

    def best(one: Searching) -> dict[Region, float]:
        hits = one.search(question, article_ids=None, timings=Timings())
        return {hit.chunk.region: hit.fused for hit in reversed(hits)}

    whole = best(Searching(searching.record, searching.searcher, plain))
    return {region: round(score / whole[region], 3) for region, score in best(searching).items()}


@pytest.mark.parametrize(
    "question",
    ["What did the ferry crews vote on?", "Who left Hexley?", "How many nights in a row may a nurse work?"],
)
def test_what_stands_around_a_text_comes_behind_it(searching: Searching, question: str) -> None:
    assert keeps(searching, question) == {Region.BODY: 1.0, Region.HEADLINE: 0.7, Region.BYLINE: 0.7}


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the article on the ferry crews?",
        "Which reporter wrote about the salt tax?",
        "Who is in the picture of the clinic?",
    ],
)
def test_but_not_where_the_question_is_about_that(searching: Searching, question: str) -> None:
    assert set(keeps(searching, question).values()) == {1.0}
