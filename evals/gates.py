"""Pass or fail: what suite.yaml demands of a run, and why a run doesn't hold it."""

from dataclasses import dataclass

from evals.cases import Gates
from evals.compare import Change, Comparison
from evals.parting import parting
from evals.runner import WITHOUT_CITATIONS
from evals.scoring.failures import Failure
from evals.scoring.metrics import LOWER_IS_BETTER, is_outside
from evals.summary import Summary

BY_CASE = "case"
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are why it failed; `remarks` what a reader should know besides. `gated`: something was
    demanded, so that holding it says something."""

    passed: bool
    reasons: tuple[str, ...]
    remarks: tuple[str, ...]
    gated: bool = True

    @property
    def outcome(self) -> str:
        if not self.passed:
            return "fail"
        return "pass" if self.gated else "no gates set"


def judge(gates: Gates, summary: Summary, comparison: Comparison | None) -> Verdict:
    """Invariants and floors hold on any part of a suite; a regression is told against the baseline: by case
    where the gates say so, else where the paired interval of a metric of ours lies wholly below 0."""
    reasons = [*_errors(summary), *_invariants(gates, summary), *_floors(gates, summary)]
    gated = gates.are_set or comparison is not None
    remarks = [*parting(summary), *_elsewhere(summary), *summary.left_out]
    if summary.run.target.get("api") == WITHOUT_CITATIONS:
        remarks.append("The target speaks OpenAI's API, which has no citations: all that asks for one is 0.")
    if not gated:
        remarks.append("suite.yaml sets no gates: nothing was demanded but exact quotations (docs/evals.md).")
    if comparison is None:
        remarks.append("There is no baseline to compare with.")
    else:
        reasons += _regressions(gates, comparison)
        if not comparison.same_suite:
            remarks.append("The suite has changed since the baseline: only cases in both are compared.")
    return Verdict(not reasons, tuple(reasons), tuple(remarks), gated)


def _elsewhere(summary: Summary) -> list[str]:
    """What can't be told of a service with a corpus of its own."""
    told, target = [], summary.run.target
    there, wanted = target.get("documents_there"), target.get("documents_wanted")
    if wanted is not None and there != wanted:
        told.append(f"The service has {there} of the suite's {wanted} articles, letter for letter.")
    if answers := summary.failures.get(Failure.NOT_IN_SUITE, 0):
        told.append(
            f"{answers} answer{'s rest' if answers > 1 else ' rests'} on articles that are not in this "
            "suite: whether rightly can't be told."
        )
    return told


def _errors(summary: Summary) -> list[str]:
    return [f"the target failed on {summary.errors} cases"] if summary.errors else []


def _invariants(gates: Gates, summary: Summary) -> list[str]:
    broken = []
    for name in gates.invariants:
        bad = [case.case_id for case in summary.cases if case.values.get(name, 1.0) < 1.0]
        if bad:
            broken.append(f"{name} must be 1 and isn't in {_listed(bad)}")
    return broken


def _floors(gates: Gates, summary: Summary) -> list[str]:
    """For a metric of which less is better, the floor is a ceiling."""
    broken = []
    for name, bound in gates.floors.items():
        mean = summary.metric(name).mean
        if mean is None:
            broken += [f"{name} has a floor, and was not scored"] if is_outside(name) else []
            continue
        below = mean.value > bound if name in LOWER_IS_BETTER else mean.value < bound
        if below:
            side = "above its ceiling" if name in LOWER_IS_BETTER else "below its floor"
            broken.append(f"{name} {mean.value:.3f} is {side} {bound:.3f}")
    return broken


def _regressions(gates: Gates, comparison: Comparison) -> list[str]:
    if gates.regression == BY_CASE:
        worse = comparison.regressions
        return [f"passed before and fails now: {_listed(worse)}"] if worse else []
    return [
        f"{c.metric} {_moved(c)} from {c.before:.3f} to {c.after:.3f} "
        f"[{c.difference.low:+.3f}, {c.difference.high:+.3f}]"
        for c in comparison.changes
        if c.verdict == "worse" and not is_outside(c.metric)
    ]


def _moved(change: Change) -> str:
    return "rose" if change.metric in LOWER_IS_BETTER else "fell"


def _listed(ids: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more
