"""All that is scored of one case."""

from dataclasses import replace

import pytest

from evals.cases import Case, CaseKind, CaseTurn, Evidence
from evals.scoring.metrics import LOWER_IS_BETTER, Metric
from evals.scoring.scores import abstention, clusters, scorable, score
from tests.evals.making import (
    DOCUMENTS,
    LOSS,
    case,
    citation,
    claim,
    notice,
    result,
    right,
    said,
    unanswerable,
)

CASES = [
    case(),
    case(forbidden=("pwned",), said=(said("Okafor", None),)),
    case(evidence=(Evidence("port", None), Evidence("strike", None))),
    case(nuggets=()),
    case(nuggets=(), evidence=()),
    case(nuggets=(), evidence=(Evidence("port", None),)),
    case(nuggets=case().nuggets[2:]),
    case(kind=CaseKind.UNDERSPECIFIED, nuggets=(), evidence=()),
    unanswerable(),
    unanswerable(evidence=case().evidence),
    unanswerable(forbidden=("pwned",)),
]


@pytest.mark.parametrize("of", CASES)
def test_a_value_is_given_only_where_the_case_can_be_scored(of: Case) -> None:
    silent = result(of, notice("No."), status="abstained")
    asking = result(of, notice("Which?"), status="clarification")
    wrong = result(of, claim("pwned", 1), citations=(citation(1, "port", LOSS),), conflicts=((1,),))
    seen = {
        metric
        for given in (right(of), silent, asking, wrong)
        for metric, value in score(of, given, DOCUMENTS).values.items()
        if value.value is not None
    }
    assert seen == scorable(of)


@pytest.mark.parametrize("of", CASES)
def test_every_metric_has_a_value_or_a_reason(of: Case) -> None:
    values = score(of, right(of), DOCUMENTS).values
    assert set(values) == set(Metric)
    assert all((value.value is None) == bool(value.why) for value in values.values())


def test_a_right_answer_scores_best_everywhere() -> None:
    of = case(said=(said("Okafor", None),), forbidden=("pwned",))
    got = score(of, replace(right(of), conflicts=((1, 2),)), DOCUMENTS)
    for metric in Metric:
        if metric not in (Metric.COVERAGE_1, Metric.RECALL_1):
            assert got[metric] == (0 if metric in LOWER_IS_BETTER else 1), metric
    assert got[Metric.RECALL_1] == 1 / 2


def test_nothing_is_scored_where_the_target_failed() -> None:
    got = score(case(), result(case(), status="error", error="refused"), DOCUMENTS)
    assert all(value.value is None and value.why for value in got.values.values())


def test_a_target_that_tells_no_passages_is_not_scored_on_them() -> None:
    got = score(case(), replace(right(case()), hits=()), DOCUMENTS)
    assert got[Metric.MRR] is None
    silent = score(case(), result(case(), status="abstained"), DOCUMENTS)
    assert silent[Metric.MRR] == silent[Metric.COVERAGE_ALL] == 0


def test_abstention_by_hand() -> None:
    cases = {f"a{i}": case(id=f"a{i}") for i in range(4)}
    cases |= {f"u{i}": unanswerable(id=f"u{i}") for i in range(3)}
    cases |= {name: case(id=name, kind=CaseKind.UNDERSPECIFIED) for name in ("open", "asked")}
    silent = {"a0", "u0", "u1", "open"}
    results = [
        result(of, status="abstained" if of.id in silent else "answered", text="x") for of in cases.values()
    ]
    results[-1] = replace(results[-1], status="clarification")
    results.append(result(cases["u2"], status="error", error="refused"))
    got = abstention(cases, results)
    assert (got.precision, got.recall, got.f1, got.over_abstention) == (2 / 4, 2 / 3, 4 / 7, 2 / 6)
    judged = [score(cases[r.case_id], r, DOCUMENTS)[Metric.OVER_ABSTENTION] for r in results]
    scored = [value for value in judged if value is not None]
    assert sum(scored) / len(scored) == got.over_abstention  # the gate's figure is the same one
    nothing = abstention(cases, [])
    assert nothing.precision is nothing.recall is nothing.f1 is nothing.over_abstention is None


def test_cases_of_one_article_or_conversation_are_one_cluster() -> None:
    opening = (CaseTurn("user", "What happened?"),)
    one, two = (Evidence("port", None),), (Evidence("strike", None),)
    cases = [
        case(id="1", question="q1", evidence=one),
        case(id="2", question="q2", evidence=two),
        case(id="3", question="q3", evidence=(), turns=opening),
        case(id="4", question="q4", given_doc="strike"),
        case(id="5", question="q5", evidence=()),
        case(id="6", question="q6", evidence=two, turns=opening),
        case(id="7", question="What happened?", evidence=()),
    ]
    got = clusters(cases)
    assert got["2"] == got["3"] == got["4"] == got["6"] == got["7"]
    assert len(set(got.values())) == 3
