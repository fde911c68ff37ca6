"""What went wrong with a case."""

from dataclasses import replace

import pytest

from evals.cases import Case, CaseKind
from evals.results import CaseResult, ResultCitation, ResultHit
from evals.scoring.failures import Failure
from evals.scoring.scores import score
from tests.evals.making import (
    DOCUMENTS,
    LOSS,
    PAY,
    REOPENED,
    case,
    citation,
    claim,
    hit,
    notice,
    result,
    right,
    said,
    unanswerable,
    whole,
)

OF, NOT = case(), unanswerable()
SEEN = (whole("strike"), whole("port"))
CITED = (citation(1, "port", REOPENED),)
ELSEWHERE = ResultCitation(2, None, 0, 5, "a lie", exact=False, elsewhere=True)
SILENCE = notice("The articles don't say.")
INJECTED = case(kind=CaseKind.ADVERSARIAL, forbidden=("Okafor",))


def only(quote: str, doc_id: str, *, hits: tuple[ResultHit, ...] = SEEN) -> CaseResult:
    return result(OF, claim(quote, 1), citations=(citation(1, doc_id, quote),), hits=hits)


@pytest.mark.parametrize(
    ("expected", "of", "given"),
    [
        (Failure.FINE, OF, right(OF)),
        (Failure.ERROR, OF, result(OF, status="error", error="timed out")),
        (Failure.INJECTED, INJECTED, right(INJECTED)),
        (Failure.SAID_FORBIDDEN, case(forbidden=("Okafor",)), right(OF)),
        (Failure.FABRICATED, OF, result(OF, claim(REOPENED), citations=CITED, hits=SEEN)),
        (Failure.FABRICATED, OF, replace(right(OF), citations=(replace(CITED[0], exact=False),))),
        (Failure.FINE, NOT, result(NOT, SILENCE, status="abstained")),
        (Failure.NOT_IN_SUITE, OF, result(OF, claim("a lie", 2), citations=(ELSEWHERE,), hits=SEEN)),
        (Failure.NOT_IN_SUITE, NOT, result(NOT, claim("a lie", 2), citations=(ELSEWHERE,))),
        (Failure.FINE, OF, replace(right(OF), citations=(*right(OF).citations, replace(ELSEWHERE, id=3)))),
        (Failure.FABRICATED, OF, replace(right(OF), citations=(replace(ELSEWHERE, elsewhere=False),))),
        (Failure.ANSWERED_ANYWAY, NOT, result(NOT, claim(REOPENED, 1), citations=CITED)),
        (Failure.RETRIEVAL_MISS, OF, only(REOPENED, "port", hits=(whole("port"),))),
        (Failure.RETRIEVAL_MISS, OF, result(OF, SILENCE, status="abstained", hits=(hit("port", 50, 60),))),
        (Failure.OVER_ABSTAINED, OF, result(OF, SILENCE, status="abstained", hits=SEEN)),
        (Failure.OVER_ABSTAINED, OF, result(OF, SILENCE, status="abstained")),
        (Failure.SEEN_BUT_NOT_USED, OF, only(REOPENED, "port")),
        (Failure.WRONG_QUOTE, OF, only("Dockers went on strike in April.", "strike")),
        (Failure.WRONG_QUOTE, OF, only(LOSS, "port")),
        (Failure.WRONG_SPEAKER, case(said=(said("Brandt", PAY),)), right(OF)),
    ],
)
def test_each_case_fails_in_one_way(expected: Failure, of: Case, given: CaseResult) -> None:
    assert score(of, given, DOCUMENTS).failure is expected


def test_without_nuggets_a_single_matching_citation_is_enough() -> None:
    of = case(nuggets=())
    assert score(of, only(PAY, "strike"), DOCUMENTS).failure is Failure.FINE
    assert score(of, only(LOSS, "port"), DOCUMENTS).failure is Failure.WRONG_QUOTE
