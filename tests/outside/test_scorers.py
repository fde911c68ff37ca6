"""What a package scores: beside ours, not scored where it says so, a gate only where a suite names it."""

from pathlib import Path

import pytest

from evals.answered import failed
from evals.cases import Gates
from evals.compare import Measured, compare, measured, read_measured, write_summary
from evals.gates import judge
from evals.report import markdown, view
from evals.scoring.failures import Failure
from evals.scoring.outside import SCORERS
from evals.suite import load
from evals.summary import CaseSummary, Summary
from retrieval.errors import PackageFault
from tests.evals.making import case, line, right, write_suite
from tests.evals.scripted import silent
from tests.evals.summarised import suite_of, summed
from tests.outside.conftest import Offer

CASE, OTHER = case(), case(id="c2", question="And when?")
LONG = """
from evals.scoring.metrics import scored, unscored
def offered(case, result):
    if result.status == "abstained":
        return {"statements": unscored("there is none")}
    return {"statements": scored(len(result.statements))}
"""
NAME = "long.statements"


def scored_by(offer: Offer, code: str = LONG) -> Summary:
    offer("lengths", SCORERS, "long", code)
    return summed([CASE, OTHER], [right(CASE), silent(OTHER)])


def everywhere(value: float) -> Measured:
    cases = (CaseSummary(f"c{n}", None, "dev", True, Failure.FINE, {NAME: value}, n) for n in range(9))
    return Measured("s", "a", "r", {case.case_id: case for case in cases})


def test_it_stands_beside_ours_and_what_it_does_not_score_is_no_zero(offer: Offer, tmp_path: Path) -> None:
    summary = scored_by(offer)
    found = summary.metric(NAME)
    assert (found.scored, found.mean and found.mean.value) == (1, len(right(CASE).statements))
    again = read_measured(write_summary(summary, tmp_path))
    assert again.cases == measured(summary).cases
    rows = view.scorecard(suite_of([CASE, OTHER]), summary, None)["Installed packages"]
    assert [(row.label, row.value) for row in rows] == [(NAME, "2.000")]
    verdict = judge(Gates(), summary, None)
    assert "| long.statements | **2.000** |" in markdown.render(summary, verdict, None)


def test_it_gates_only_where_the_suite_names_it(offer: Offer) -> None:
    summary = scored_by(offer)
    fell = compare(everywhere(1.0), everywhere(2.0))
    assert [(change.metric, change.verdict) for change in fell.changes] == [(NAME, "worse")]
    assert judge(Gates(), summary, fell).passed
    assert judge(Gates(floors={NAME: 2}), summary, None).passed
    held = judge(Gates(floors={NAME: 3}), summary, None)
    assert held.reasons == (f"{NAME} 2.000 is below its floor 3.000",)


def test_a_floor_fails_where_the_scorer_is_not_installed() -> None:
    verdict = judge(Gates(floors={"absent.length": 0.0}), summed([CASE], [right(CASE)]), None)
    assert verdict.reasons == ("absent.length has a floor, and was not scored",)


def test_a_suite_may_name_it(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()], gates={"floors": {NAME: 7}})
    assert load(folder).suite.gates.floors == {NAME: 7.0}


def test_it_is_not_asked_where_the_target_failed(offer: Offer) -> None:
    offer("lengths", SCORERS, "long", "def offered(case, result):\n    raise KeyError")
    assert summed([CASE], [failed(CASE, 0, "no answer")]).metric(NAME).scored == 0


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("raise KeyError('gold')", r"failed on the case c1: KeyError: 'gold' \(lengths\.py, line 2\)"),
        ("return None", "failed on the case c1: AttributeError"),
        ("return {'length': 3}", "failed on the case c1: AttributeError"),
        ("return {'two words': Value(1.0)}", "no value under a plain name: 'two words'"),
        ("return {'length': Value(float('nan'))}", "no value under a plain name: 'length'"),
    ],
)
def test_what_it_gets_wrong_is_said_by_the_name_of_the_package(offer: Offer, code: str, what: str) -> None:
    with pytest.raises(PackageFault, match=what) as told:
        scored_by(offer, f"from evals.scoring.metrics import Value\ndef offered(*_): {code}")
    assert "long (lengths:offered) of the package lengths 2.1" in told.value.message
