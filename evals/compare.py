"""Two runs side by side: what got worse, what got better, and what is too little to tell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases import Suite
from evals.errors import ResultsError
from evals.results import CaseResult
from evals.scoring.failures import Failure
from evals.scoring.metrics import LOWER_IS_BETTER, Metric, is_outside, ordered
from evals.statistics import Interval, difference_interval, holm, mcnemar
from evals.summary import CaseSummary, Summary, case_summaries, score_all

SUMMARY = "summary.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """As much of a run as a comparison needs."""

    suite: str
    suite_hash: str
    revision: str
    cases: dict[str, CaseSummary]


@dataclass(frozen=True, slots=True)
class Change:
    """Of one metric, over the cases scored in both runs: ours minus theirs. `moved` of them differ."""

    metric: str
    before: float
    after: float
    difference: Interval
    moved: int

    @property
    def verdict(self) -> str:
        """better, worse, unchanged, or too few to tell; where less is better, it is turned round."""
        if not self.moved:
            return "unchanged"
        if self.metric not in LOWER_IS_BETTER:
            return self.difference.verdict
        return {"better": "worse", "worse": "better"}.get(self.difference.verdict, self.difference.verdict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`regressions` are ids of cases that passed and now fail, `improvements` the reverse. `p_value` is of
    the exact McNemar test over cases in both runs, `kinds` the same for each kind, corrected by Holm."""

    same_suite: bool
    shared: int
    regressions: tuple[str, ...]
    improvements: tuple[str, ...]
    missing: tuple[str, ...]
    p_value: float
    kinds: dict[str, float]
    changes: tuple[Change, ...]

    def change(self, metric: str) -> Change | None:
        return next((change for change in self.changes if change.metric == metric), None)


def measured(summary: Summary) -> Measured:
    cases = {case.case_id: case for case in summary.cases}
    return Measured(summary.run.suite, summary.run.suite_hash, summary.run.revision, cases)


def measured_of(suite: Suite, results: Sequence[CaseResult]) -> Measured:
    """Of answers that no run keeps."""
    cases = case_summaries(suite, score_all(suite, results))
    return Measured(suite.name, "", "", {case.case_id: case for case in cases})


def compare(after: Measured, before: Measured) -> Comparison:
    ours, theirs = after.cases, before.cases
    shared = [id_ for id_ in ours if id_ in theirs]
    scored = ordered(name for id_ in shared for name in ours[id_].values)
    return Comparison(
        same_suite=after.suite_hash == before.suite_hash,
        shared=len(shared),
        regressions=tuple(id_ for id_ in shared if theirs[id_].passed and not ours[id_].passed),
        improvements=tuple(id_ for id_ in shared if ours[id_].passed and not theirs[id_].passed),
        missing=tuple(id_ for id_ in theirs if id_ not in ours),
        p_value=mcnemar([ours[i].passed for i in shared], [theirs[i].passed for i in shared]),
        kinds=_kinds(ours, theirs, shared),
        changes=tuple(c for m in scored if (c := _change(m, ours, theirs, shared)) is not None),
    )


def _kinds(
    ours: Mapping[str, CaseSummary], theirs: Mapping[str, CaseSummary], shared: list[str]
) -> dict[str, float]:
    kinds = sorted({kind for id_ in shared if (kind := ours[id_].kind) is not None})
    raw = {}
    for kind in kinds:
        of_kind = [id_ for id_ in shared if ours[id_].kind == kind]
        raw[kind] = mcnemar([ours[i].passed for i in of_kind], [theirs[i].passed for i in of_kind])
    return holm(raw)


def _change(
    metric: str, ours: Mapping[str, CaseSummary], theirs: Mapping[str, CaseSummary], shared: list[str]
) -> Change | None:
    both = [i for i in shared if metric in ours[i].values and metric in theirs[i].values]
    after, before = [ours[i].values[metric] for i in both], [theirs[i].values[metric] for i in both]
    difference = difference_interval(after, before, [ours[i].cluster for i in both])
    if difference is None:
        return None
    moved = sum(one != other for one, other in zip(after, before, strict=True))
    return Change(metric, sum(before) / len(both), sum(after) / len(both), difference, moved)


def read_measured(path: Path) -> Measured:
    """A summary.json, or the folder of a run that has one."""
    file = path / SUMMARY if path.is_dir() else path
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        return Measured(
            suite=plain["run"]["suite"],
            suite_hash=plain["run"]["suite_hash"],
            revision=plain["run"]["revision"],
            cases={case["case_id"]: _case(case) for case in plain["cases"]},
        )
    except OSError as exc:
        raise ResultsError(
            f"{file} cannot be read: {exc.strerror}", remedy="Name a summary.json, or a run's folder."
        ) from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise ResultsError(
            f"{file} is no summary of a run: {exc}", remedy="Run `parley evals report` on that run again."
        ) from exc


def write_summary(summary: Summary, folder: Path) -> Path:
    path = folder / SUMMARY
    path.write_text(json.dumps(asdict(summary), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _case(plain: Mapping[str, Any]) -> CaseSummary:
    return CaseSummary(
        case_id=plain["case_id"],
        kind=plain["kind"],
        split=plain["split"],
        passed=plain["passed"],
        failure=Failure(plain["failure"]),
        values={_known(name): value for name, value in plain["values"].items()},
        cluster=plain["cluster"],
    )


def _known(name: str) -> str:
    """Raises ValueError."""
    return name if is_outside(name) else Metric(name)
