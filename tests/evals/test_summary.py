"""Figures of a run, each worked out by hand."""

from dataclasses import replace

import pytest

from evals.answered import failed
from evals.cases import CaseKind, Split
from evals.results import CaseResult
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric
from evals.summary import score_all
from tests.evals.making import REOPENED, case, citation, claim, result, right, unanswerable, whole
from tests.evals.scripted import silent
from tests.evals.summarised import suite_of, summed

GOOD = case(id="good", kind=CaseKind.MULTI_SOURCE, question="One?")
HALF = case(id="half", kind=CaseKind.MULTI_SOURCE, question="Two?", split=Split.TEST)
NOBODY = unanswerable(id="nobody", kind=CaseKind.UNANSWERABLE, question="Three?")


def half(trial: int = 0) -> CaseResult:
    """One of the two vital nuggets; the other's article was not retrieved."""
    cited = citation(1, "port", REOPENED)
    return result(HALF, claim(REOPENED, 1), citations=(cited,), hits=(whole("port"),), trial=trial)


def test_means_are_over_the_cases_that_could_be_scored() -> None:
    found = summed([GOOD, HALF, NOBODY], [right(GOOD), half(), silent(NOBODY)])
    grounded, truth = found.metric(Metric.GROUNDED_NUGGET_RECALL), found.metric(Metric.TRUTHFULNESS)
    assert grounded.mean is not None
    assert truth.mean is not None
    assert (grounded.mean.value, grounded.scored) == (0.75, 2)  # (1 + 1/2) / 2
    assert truth.mean.value == pytest.approx((1 + 0.5 + 1) / 3)
    assert truth.scored == 3
    assert found.metric(Metric.ATTRIBUTION).mean is None
    assert found.metric(Metric.ATTRIBUTION).scored == 0
    assert grounded.mean.clusters == 1  # both cases rest on the same first article


def test_cases_pass_when_nothing_went_wrong() -> None:
    found = summed([GOOD, HALF, NOBODY], [right(GOOD), half(), silent(NOBODY)])
    assert [(one.case_id, one.passed) for one in found.cases] == [
        ("good", True),
        ("half", False),
        ("nobody", True),
    ]
    assert found.passed == 2
    assert found.failures == {Failure.FINE: 2, Failure.RETRIEVAL_MISS: 1}


def test_groups_are_by_kind_and_split() -> None:
    found = summed([GOOD, HALF, NOBODY], [right(GOOD), half(), silent(NOBODY)])
    assert [(g.name, g.passed, g.cases) for g in found.kinds] == [
        ("multi_source", 1, 2),
        ("unanswerable", 1, 1),
    ]
    assert [(g.name, g.passed, g.cases) for g in found.splits] == [("dev", 2, 2), ("test", 0, 1)]
    assert found.kinds[0].means[Metric.GROUNDED_NUGGET_RECALL] == 0.75
    assert Metric.GROUNDED_NUGGET_RECALL not in found.kinds[1].means


def test_external_cases_have_no_kinds() -> None:
    plain = replace(GOOD, kind=None)
    found = summed([plain], [right(plain)])
    assert found.kinds == ()
    assert found.cases[0].kind is None


def test_a_case_with_an_error_is_counted_and_not_scored() -> None:
    found = summed([GOOD, HALF], [right(GOOD), failed(HALF, 0, "broken")])
    grounded = found.metric(Metric.GROUNDED_NUGGET_RECALL)
    assert grounded.mean is not None
    assert (grounded.mean.value, grounded.scored) == (1, 1)
    assert found.errors == 1
    assert (found.cases[1].passed, found.cases[1].failure, found.cases[1].values) == (
        False,
        Failure.ERROR,
        {},
    )


def test_values_are_means_over_trials_and_one_bad_trial_fails_the_case() -> None:
    good_half = replace(right(HALF), trial=1)
    found = summed([HALF], [half(), good_half], trials=2)
    (one,) = found.cases
    assert one.values[Metric.GROUNDED_NUGGET_RECALL] == 0.75
    assert (one.passed, one.failure) == (False, Failure.RETRIEVAL_MISS)


def test_stability_is_how_often_all_trials_pass_and_how_many_cases_change() -> None:
    steady = [replace(right(GOOD), trial=trial) for trial in range(3)]
    shaky = [half(0), replace(right(HALF), trial=1), replace(right(HALF), trial=2)]
    found = summed([GOOD, HALF], [*steady, *shaky], trials=3).stability
    assert found is not None
    assert (found.trials, found.pass_hat, found.flip_rate) == (3, 0.5, 0.5)
    assert summed([GOOD], [right(GOOD)]).stability is None


def test_abstention_and_how_well_confidence_tells() -> None:
    results = [
        replace(right(GOOD), confidence=0.9),
        replace(silent(HALF), confidence=0.4),
        replace(silent(NOBODY), confidence=0.5),
        replace(failed(HALF, 1, "broken"), confidence=None),
    ]
    found = summed([GOOD, HALF, NOBODY], results)
    assert (found.abstention.precision, found.abstention.recall) == (0.5, 1)
    assert found.abstention.over_abstention == 0.5
    assert found.abstention_auc is not None
    assert found.abstention_auc.value == 0.5  # 0.9 lies above 0.5, 0.4 doesn't
    assert summed([GOOD], [right(GOOD)]).abstention_auc is None


def test_latency_is_in_percentiles_of_each_stage() -> None:
    results = [replace(right(GOOD), trial=i, timings={"total": float(i)}) for i in range(101)]
    results[7] = replace(results[7], timings={"total": 7.0, "embed": 2.0})
    found = summed([GOOD], results, trials=101).latency
    total = found["total"]
    assert (total.p50, total.p95, total.p99) == pytest.approx((50, 95, 99))
    assert found["embed"].p50 == 2


def test_citations_that_match_no_gold_are_to_be_reviewed() -> None:
    extra = citation(2, "port", "Mayor Ilse Brandt told Radio Nord")
    answer = replace(half(), citations=(citation(1, "port", REOPENED), extra))
    assert summed([HALF], [answer]).to_review == 1


def test_a_result_whose_case_is_gone_is_left_out() -> None:
    assert [one.case_id for one in score_all(suite_of([GOOD]), [right(HALF), right(GOOD)])] == ["good"]
