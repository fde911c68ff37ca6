"""Where articles differ on what was asked is told, side by side; what only looks so is not. And a question
that takes for granted what they deny is told what they say instead.

`disputes.jsonl` and `premises.jsonl`: invented articles, half of which only look as if they did.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY, Policy, Proposal, Rule
from service.answering.extractive import ExtractiveAnswerer
from service.answering.extractive.notices import DENIED, NO_DIFFERENCE
from service.answering.extractive.values import Differs, Value, apart
from service.answering.verified import verify
from tests.service.answering.making import article, passages

Case = dict[str, Any]


def cases(name: str) -> list[Any]:
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text().splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(case: Case) -> Any:
    """What is known to be missed has to be taken off the list once it is found."""
    marks = pytest.mark.xfail(reason="the reader takes other words for the answer", strict=True)
    return pytest.param(case, id=case["question"], marks=marks if case.get("missed") else ())


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(embedder, reader)


def proposed(answerer: ExtractiveAnswerer, embedder: Embedder, case: Case) -> Proposal:
    articles = [_article(at, **told) for at, told in enumerate(case["articles"])]
    found = passages(embedder, case["question"], *articles)
    answer = answerer.answer(case["question"], found, timings=Timings())
    texts = {one.id: one.text for one in articles}
    assert verify(answer.drafts, lambda id_, _: texts[id_]).dropped == {}
    return answer


def _article(at: int, *, text: str, outlet: str, published: str) -> Article:
    made = article(text, id_=f"a_{at}", outlet=outlet)
    return replace(made, facts=replace(made.facts, published=published))


def told(proposal: Proposal) -> list[str]:
    return ["".join(part.text for part in draft.parts) for draft in proposal.drafts]


@pytest.mark.parametrize("case", cases("disputes"))
def test_what_differs_is_told(answerer: ExtractiveAnswerer, embedder: Embedder, case: Case) -> None:
    answer = proposed(answerer, embedder, case)
    assert ("The articles differ" in " ".join(told(answer))) is bool(case["differs"])
    differs = [conflict.about.rpartition(" (")[2].rstrip(")") for conflict in answer.conflicts]
    assert differs == ([case["differs"]] if case["differs"] else [])
    for conflict in answer.conflicts:
        shown = [part.quote for draft in answer.drafts for part in draft.parts if part.quote]
        assert set(conflict.quotes) <= set(shown)
        assert len({quote.article_id for quote in conflict.quotes}) > 1


@pytest.mark.parametrize("case", cases("premises"))
def test_what_is_taken_for_granted_and_denied(
    answerer: ExtractiveAnswerer, embedder: Embedder, case: Case
) -> None:
    answer = told(proposed(answerer, embedder, case))
    if case["instead"] is None:
        assert DENIED not in answer
    else:
        assert answer[0] == DENIED
        assert case["instead"] in answer[1]


SEIZED = {
    "outlet": "Coast Herald",
    "published": "2031-04-02",
    "text": "Officers seized nine trawlers off Kalvoy.",
}
CONFIRMED = {
    "outlet": "Nordic Wire",
    "published": "2031-04-02",
    "text": "Skippers confirmed that nine trawlers were seized.",
}

DISPUTED = {
    "outlet": "Nordic Wire",
    "published": "2031-04-02",
    "text": "Eleven trawlers were seized off Kalvoy, skippers said. Officers released none of the trawlers.",
}


@pytest.mark.parametrize(
    "question",
    [
        "Do the reports differ on how many trawlers were seized?",
        "is there any disagreement between the articles about how many trawlers were seized",
        "Do the outlets agree on the number of trawlers seized?",
    ],
)
def test_that_reports_do_not_differ_is_said(
    answerer: ExtractiveAnswerer, embedder: Embedder, question: str
) -> None:
    answer = proposed(answerer, embedder, {"question": question, "articles": [SEIZED, CONFIRMED]})
    assert told(answer)[-1] == NO_DIFFERENCE
    assert not answer.conflicts


def test_that_reports_do_not_differ_is_not_said_of_one_nor_of_other_figures(
    answerer: ExtractiveAnswerer, embedder: Embedder
) -> None:
    question = "Do the reports differ on how many trawlers were seized?"
    twice = {**CONFIRMED, "text": "Skippers spoke of 9 trawlers or 12 trawlers that were seized."}
    for articles in ([SEIZED], [{**SEIZED, "text": "The coast guard seized 9 trawlers."}, twice]):
        answer = proposed(answerer, embedder, {"question": question, "articles": articles})
        assert told(answer)[-1] != NO_DIFFERENCE


@pytest.mark.parametrize(
    ("rule", "question"),
    [
        (Rule.CONFLICTS, "How many trawlers were seized off Kalvoy?"),
        (Rule.REPORTS, "Do the reports differ on how many trawlers were seized?"),
        (Rule.PREMISE, "Why did officers release the trawlers?"),
    ],
)
def test_each_can_be_switched_off(
    answerer: ExtractiveAnswerer, embedder: Embedder, rule: Rule, question: str
) -> None:
    case = {"question": question, "articles": [SEIZED, DISPUTED]}

    def by(policy: Policy) -> list[str]:
        return told(proposed(answerer.by(policy), embedder, case))

    assert by(PARLEY) != by(PARLEY.without(rule))


KEYS = st.one_of(st.text(max_size=6), st.sampled_from(["$", "%", "", "1.2.3", "²", "3,4", "$5", "40"]))


@given(st.sampled_from(list(Differs)), KEYS, KEYS)
def test_figures_that_cannot_be_read_are_held_against_nothing(what: Differs, one: str, other: str) -> None:
    here, there = (Value(what, "of it", frozenset((key,))) for key in (one, other))
    assert apart(here, there) is apart(there, here)


def test_signs_without_a_figure_end_no_answer(answerer: ExtractiveAnswerer, embedder: Embedder) -> None:
    texts = (
        "The ferry cost $ and more, they said.",
        "The ferry cost $5 million.",
        "The ferry cost % ² weeks.",
    )
    found = passages(
        embedder, "How much did the ferry cost?", *(article(t, id_=f"a_{t[15:19]}") for t in texts)
    )
    assert answerer.answer("How much did the ferry cost?", found, timings=Timings()).drafts
