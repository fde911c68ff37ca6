"""Two runs side by side, worked out by hand."""

import json
from pathlib import Path

import pytest

from evals.cases import CaseKind
from evals.compare import Measured, compare, measured, read_measured, write_summary
from evals.errors import ResultsError
from evals.scoring.metrics import Metric
from evals.summary import CaseSummary
from tests.evals.making import case, right
from tests.evals.summarised import case_summary, summed


def run_of(*cases: CaseSummary, suite_hash: str = "a") -> Measured:
    return Measured("harbour", suite_hash, "rev", {one.case_id: one for one in cases})


def one(id_: str, passed: bool, kind: str | None = None) -> CaseSummary:
    return case_summary(id_, passed=passed, kind=kind)


def test_what_got_worse_and_better_is_told_by_case() -> None:
    before = run_of(one("a", True), one("b", True), one("c", False), one("d", False), one("gone", True))
    after = run_of(one("new", False), one("a", True), one("b", False), one("c", True), one("d", False))
    found = compare(after, before)
    assert found.regressions == ("b",)
    assert found.improvements == ("c",)
    assert found.missing == ("gone",)
    assert found.shared == 4
    assert found.p_value == 1  # one of each, as a fair coin has it


def test_a_run_against_itself_shows_nothing() -> None:
    same = run_of(case_summary("a", truthfulness=0.5), case_summary("b", passed=False, truthfulness=-1.0))
    found = compare(same, same)
    assert (found.regressions, found.improvements, found.missing, found.p_value) == ((), (), (), 1)
    (change,) = found.changes
    assert (change.difference.value, change.verdict) == (0, "unchanged")


def test_changes_that_cancel_out_are_not_unchanged() -> None:
    before = run_of(case_summary("a", mrr=0.5), case_summary("b", mrr=1.0))
    after = run_of(case_summary("a", mrr=1.0), case_summary("b", mrr=0.5))
    (change,) = compare(after, before).changes
    assert (change.difference.value, change.moved, change.verdict) == (0, 2, "too few to tell")


def test_nothing_in_common_compares_nothing() -> None:
    found = compare(run_of(one("a", True)), run_of(one("b", True), suite_hash="b"))
    assert (found.shared, found.changes, found.p_value, found.missing) == (0, (), 1, ("b",))
    assert not found.same_suite
    assert found.change(Metric.MRR) is None


def test_p_values_are_exact_and_corrected_for_the_kinds() -> None:
    """Six losses of six: p = 2 / 2**6. Two of two: p = 0.5. Holm doubles the smaller of two."""
    ids = [f"n{i}" for i in range(6)] + ["t0", "t1"]
    kinds = ["numeric"] * 6 + ["temporal"] * 2
    before = run_of(*(one(id_, True, kind) for id_, kind in zip(ids, kinds, strict=True)))
    after = run_of(*(one(id_, False, kind) for id_, kind in zip(ids, kinds, strict=True)))
    found = compare(after, before)
    assert found.kinds == {"numeric": pytest.approx(2 * 2 / 2**6), "temporal": pytest.approx(0.5)}
    assert found.p_value == pytest.approx(2 / 2**8)


def test_a_change_is_over_the_cases_scored_in_both() -> None:
    before = run_of(case_summary("a", mrr=0.25), case_summary("b", mrr=1.0), case_summary("c"))
    after = run_of(case_summary("a", mrr=1.0), case_summary("b", mrr=0.75), case_summary("c", mrr=0.0))
    change = compare(after, before).change(Metric.MRR)
    assert change is not None
    assert (change.before, change.after, change.difference.value) == (0.625, 0.875, 0.25)


@pytest.mark.parametrize(("metric", "verdict"), [("truthfulness", "better"), ("over_abstention", "worse")])
def test_where_less_is_better_more_is_worse(metric: str, verdict: str) -> None:
    before = run_of(*(case_summary(str(i), cluster=i, values={metric: 0.0}) for i in range(5)))
    after = run_of(*(case_summary(str(i), cluster=i, values={metric: 1.0}) for i in range(5)))
    forth, back = compare(after, before).changes[0], compare(before, after).changes[0]
    assert forth.difference.value == 1
    assert forth.verdict == verdict
    assert back.verdict == {"better": "worse", "worse": "better"}[verdict]


def test_a_written_summary_is_read_back(tmp_path: Path) -> None:
    of = case(kind=CaseKind.MULTI_SOURCE)
    summary = summed([of], [right(of)])
    path = write_summary(summary, tmp_path)
    assert read_measured(path) == read_measured(tmp_path) == measured(summary)
    assert json.loads(path.read_text())["run"]["revision"] == "9e7dc1c4f1aa"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"run": {"suite": "s", "suite_hash": "h", "revision": "r"}, "cases": [{}]}']
)
def test_what_is_no_summary_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "summary.json").write_text(text)
    with pytest.raises(ResultsError, match="no summary"):
        read_measured(tmp_path)


def test_a_metric_that_is_unknown_here_is_told(tmp_path: Path) -> None:
    of = case()
    path = write_summary(summed([of], [right(of)]), tmp_path)
    path.write_text(path.read_text().replace('"truthfulness"', '"beauty"'))
    with pytest.raises(ResultsError, match="beauty"):
        read_measured(path)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(ResultsError, match="no summary"):
        read_measured(tmp_path)


def test_a_summary_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.json"):
        with pytest.raises(ResultsError, match="cannot be read"):
            read_measured(path)
