"""What a run must hold, and what is told of one that doesn't."""

import pytest

from evals.answered import failed
from evals.cases import Gates
from evals.compare import Comparison, Measured, compare
from evals.gates import judge
from evals.summary import CaseSummary, Summary
from tests.evals.making import case, right
from tests.evals.scripted import lying, silent
from tests.evals.summarised import case_summary, summed

CASE = case()
OTHER = case(id="c2", question="And when?")
FLOORS = {"grounded_nugget_recall": 0.5, "over_abstention": 0.5}


@pytest.fixture
def good() -> Summary:
    return summed([CASE], [right(CASE)])


def against(after: list[CaseSummary], before: list[CaseSummary], *, same: bool = True) -> Comparison:
    ours, theirs = ({one.case_id: one for one in cases} for cases in (after, before))
    return compare(Measured("s", "a", "r", ours), Measured("s", "a" if same else "b", "r", theirs))


def test_all_that_holds_passes(good: Summary) -> None:
    verdict = judge(Gates(floors=FLOORS), good, None)
    assert (verdict.passed, verdict.reasons) == (True, ())
    assert verdict.remarks == ("There is no baseline to compare with.",)


@pytest.mark.parametrize(
    ("floors", "broken"),
    [
        ({"grounded_nugget_recall": 0.5}, False),
        ({"grounded_nugget_recall": 0.51}, True),
        ({"over_abstention": 0.5}, False),
        ({"over_abstention": 0.49}, True),
    ],
)
def test_a_floor_is_a_ceiling_where_less_is_better(floors: dict[str, float], broken: bool) -> None:
    """Of two answerable cases one is right and one was not answered."""
    found = summed([CASE, OTHER], [right(CASE), silent(OTHER)])
    verdict = judge(Gates(floors=floors), found, None)
    assert verdict.passed is not broken
    side = "above its ceiling" if "over_abstention" in floors else "below its floor"
    assert [side in reason for reason in verdict.reasons] == [True] * broken


def test_a_floor_of_what_no_case_is_scored_on_holds(good: Summary) -> None:
    assert judge(Gates(floors={"attribution_accuracy": 1.0}), good, None).passed


def test_an_invariant_holds_in_every_single_case() -> None:
    found = summed([CASE, OTHER], [right(CASE), lying(OTHER)])
    verdict = judge(Gates(), found, None)
    assert not verdict.passed
    assert verdict.reasons == ("quote_exactness must be 1 and isn't in c2",)
    assert judge(Gates(invariants=()), found, None).passed


def test_one_bad_trial_of_many_breaks_an_invariant() -> None:
    results = [right(CASE), lying(CASE, 1)]
    assert not judge(Gates(), summed([CASE], results, trials=2), None).passed


def test_a_case_with_an_error_fails_the_verdict() -> None:
    verdict = judge(Gates(), summed([CASE, OTHER], [right(CASE), failed(OTHER, 0, "broken")]), None)
    assert verdict.reasons == ("the target failed on 1 cases",)


def test_a_regression_by_case_names_the_cases(good: Summary) -> None:
    found = against(
        [case_summary("a", passed=False), case_summary("b")],
        [case_summary("a"), case_summary("b", passed=False)],
    )
    verdict = judge(Gates(regression="case"), good, found)
    assert verdict.reasons == ("passed before and fails now: a",)
    assert judge(Gates(regression="interval"), good, found).passed


def test_a_case_that_the_baseline_does_not_have_is_no_regression(good: Summary) -> None:
    found = against([case_summary("new", passed=False)], [case_summary("old")], same=False)
    verdict = judge(Gates(regression="case"), good, found)
    assert verdict.passed
    assert "The suite has changed since the baseline" in verdict.remarks[0]


def test_of_many_cases_the_first_are_named(good: Summary) -> None:
    ids = [f"c{i:02}" for i in range(14)]
    found = against([case_summary(i, passed=False) for i in ids], [case_summary(i) for i in ids])
    (reason,) = judge(Gates(regression="case"), good, found).reasons
    assert reason.endswith("c09 and 4 more")


@pytest.mark.parametrize(
    ("metric", "before", "after", "reason"),
    [
        ("truthfulness", 1.0, 0.5, "truthfulness fell from 1.000 to 0.500 [-0.500, -0.500]"),
        ("over_abstention", 0.0, 1.0, "over_abstention rose from 0.000 to 1.000 [+1.000, +1.000]"),
        ("truthfulness", 0.5, 1.0, None),
        ("over_abstention", 1.0, 0.0, None),
    ],
)
def test_elsewhere_a_regression_is_an_interval_wholly_on_the_bad_side(
    good: Summary, metric: str, before: float, after: float, reason: str | None
) -> None:
    found = against(
        [case_summary(str(i), cluster=i, values={metric: after}) for i in range(6)],
        [case_summary(str(i), cluster=i, values={metric: before}) for i in range(6)],
    )
    verdict = judge(Gates(), good, found)
    assert verdict.reasons == (() if reason is None else (reason,))


def test_an_interval_that_holds_zero_is_too_few_to_tell(good: Summary) -> None:
    after = [case_summary(str(i), cluster=i, truthfulness=0.0 if i == 0 else 1.0) for i in range(6)]
    found = against(after, [case_summary(str(i), cluster=i, truthfulness=1.0) for i in range(6)])
    assert found.changes[0].difference.value < 0
    assert judge(Gates(), good, found).passed


def test_that_a_target_has_no_citations_to_give_is_told() -> None:
    summary = summed([CASE], [right(CASE)], target={"target": "http://127.0.0.1/v1/", "api": "openai"})
    assert "no citations" in judge(Gates(), summary, None).remarks[0]


def test_that_nothing_was_demanded_is_told_in_place_of_a_pass(good: Summary) -> None:
    bad = summed([CASE], [silent(CASE)])
    for summary in (good, bad):
        verdict = judge(Gates(), summary, None)
        assert (verdict.passed, verdict.outcome) == (True, "no gates set")
        assert any("suite.yaml sets no gates" in remark for remark in verdict.remarks)
    assert judge(Gates(), summed([CASE], [lying(CASE)]), None).outcome == "fail"
    for gates in (Gates(given=True), Gates(floors=FLOORS)):
        assert judge(gates, good, None).outcome == "pass"
    found = against([case_summary("c1")], [case_summary("c1")])
    assert judge(Gates(), good, found).outcome == "pass", "it was held against a baseline"
