"""Another policy than Parley's own: refused by name, told in the run, compared value by value."""

import json
from pathlib import Path

import pytest

from evals.cases import Suite
from evals.commands import run_suite, sweep
from evals.errors import ResultsError, SuiteError
from evals.plan import Plan
from evals.policies import policy_of
from evals.switching import Switching
from service.answering import PARLEY, Rule
from tests.evals.making import write_suite
from tests.evals.scripted import LINES


def test_numbers_and_rules_are_changed_by_name() -> None:
    policy = policy_of(["scoring.venue=0.2", "choosing.most=3"], ["parts"])
    assert policy.changes() == {"scoring.venue": 0.2, "choosing.most": 3, "parts": False}
    assert policy.digest != PARLEY.digest
    assert policy_of([]) == PARLEY


@pytest.mark.parametrize(
    ("changes", "without", "told"),
    [
        (["scoring.venu=1"], [], "scoring.venue"),
        (["scoring.venue"], [], "NAME=NUMBER"),
        (["scoring.venue=far"], [], "NAME=NUMBER"),
        ([], ["part"], "parts"),
    ],
)
def test_what_the_policy_has_not_is_refused(changes: list[str], without: list[str], told: str) -> None:
    with pytest.raises(SuiteError) as refused:
        policy_of(changes, without)
    assert told in f"{refused.value.message} {refused.value.remedy}"


def test_a_run_tells_its_policy_and_is_no_other_run(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "harbour", LINES)
    run_suite(Plan(str(suite), tmp_path / "run", policy=policy_of(["reading.passages=4"])))
    target = json.loads((tmp_path / "run" / "run.json").read_text())["target"]
    assert target["policy_changed"] == {"reading.passages": 4}
    with pytest.raises(ResultsError):
        run_suite(Plan(str(suite), tmp_path / "run"))


def test_what_a_policy_changes_is_asked_again_and_nothing_else(harbour: Suite, tmp_path: Path) -> None:
    with Switching(harbour, tmp_path / "data") as target:
        target.ingest(harbour)
        own = target.answers(harbour.cases)
        never = target.answers(harbour.cases, PARLEY.without(Rule.MORE))
        assert all(one is other for one, other in zip(own, never, strict=True))
        silent = target.answers(harbour.cases, PARLEY.having("abstaining.answers", 2))
        assert {result.status for result in silent} == {"abstained"}


def test_values_stand_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suite = write_suite(tmp_path / "harbour", LINES)
    sweep(str(suite), "abstaining.answers", ["0.12", "2"])
    assert "harbour: abstaining.answers" in capsys.readouterr().out
