"""The list of cases: one entry a case, in groups, and what each opens to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Split, Suite
from evals.compare import Comparison
from evals.judge import Judgement
from evals.report import wording
from evals.report.bodies import MANY_CASES, body
from evals.report.reasons import why
from evals.results import CaseResult
from evals.scoring.answers import Judged, judge
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric
from evals.scoring.scores import Scores
from evals.summary import CaseSummary, Summary

REGRESSED, IMPROVED = "regressed", "improved"
_LONG = 40  # cases; a longer group begins closed


@dataclass(frozen=True, slots=True)
class Entry:
    """`anchor` is the entry's id in the page; `change` is regressed, improved or empty."""

    number: int
    anchor: str
    case_id: str
    question: str
    kind: str
    split: str
    passed: bool
    failure: str
    why: str
    change: str
    grounded: str
    trials: str


@dataclass(frozen=True, slots=True)
class EntryGroup:
    key: str
    title: str
    lead: str
    entries: tuple[Entry, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """`bodies` are in the order of the entries' numbers."""

    groups: tuple[EntryGroup, ...]
    bodies: tuple[dict[str, Any], ...]


def listing(
    suite: Suite,
    summary: Summary,
    comparison: Comparison | None,
    results: Sequence[CaseResult],
    scores: Sequence[Scores],
    judgements: Sequence[Judgement] = (),
) -> Listing:
    documents = {document.id: document for document in suite.documents}
    cases = {case.id: case for case in suite.cases}
    asked = {(result.case_id, result.trial): result for result in results}
    trials: dict[str, list[Scores]] = {}
    for one in scores:
        trials.setdefault(one.case_id, []).append(one)
    opinions: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        opinions.setdefault(judgement.case_id, []).append(judgement)
    large = len(summary.cases) >= MANY_CASES
    entries, bodies = [], []
    for number, (of_case, anchor) in enumerate(zip(summary.cases, _anchors(summary), strict=True)):
        of_trials = trials[of_case.case_id]
        judged = [judge(cases[one.case_id], asked[one.case_id, one.trial], documents) for one in of_trials]
        entries.append(_entry(number, anchor, of_case, judged, of_trials, _change(of_case, comparison)))
        bodies.append(
            body(judged, of_trials, documents, opinions=opinions.get(of_case.case_id, ()), large=large)
        )
    return Listing(_groups(entries), tuple(bodies))


def _entry(
    number: int,
    anchor: str,
    case: CaseSummary,
    judged: Sequence[Judged],
    scores: Sequence[Scores],
    change: str,
) -> Entry:
    told = next((n for n, one in enumerate(scores) if one.failure is case.failure), 0)
    right = sum(one.failure is Failure.FINE for one in scores)
    return Entry(
        number=number,
        anchor=anchor,
        case_id=case.case_id,
        question=judged[0].case.question,
        kind=case.kind or "",
        split=case.split,
        passed=case.passed,
        failure=case.failure.value,
        why=why(judged[told], scores[told]),
        change=change,
        grounded=wording.short(case.values.get(Metric.GROUNDED_NUGGET_RECALL)),
        trials=f"{right} of {len(scores)} trials right" if len(scores) > 1 else "",
    )


def _groups(entries: Sequence[Entry]) -> tuple[EntryGroup, ...]:
    """Each entry once: the test split by itself, last, whatever became of its cases."""
    open_to_all = [entry for entry in entries if entry.split != Split.TEST.value]
    test = [entry for entry in entries if entry.split == Split.TEST.value]
    regressed = [e for e in open_to_all if e.change == REGRESSED]
    improved = [e for e in open_to_all if e.change == IMPROVED]
    failing = [e for e in open_to_all if not e.passed and not e.change]
    passing = [e for e in open_to_all if e.passed and not e.change]
    in_test = sum(e.change == REGRESSED for e in test)
    also = f" {wording.counted(in_test, 'more is', 'more are')} in the test split." if in_test else ""
    groups = (
        EntryGroup(
            REGRESSED, "Regressions", f"They passed before and fail now.{also}", tuple(regressed), True
        ),
        EntryGroup(IMPROVED, "Improvements", "They failed before and pass now.", tuple(improved), True),
        EntryGroup("failing", "Failing", "", tuple(failing), len(failing) <= _LONG),
        EntryGroup("passing", "Passing", "", tuple(passing), False),
        EntryGroup("test", "Test split", "Test split: don’t tune on these.", tuple(test), False),
    )
    return tuple(group for group in groups if group.entries)


def _change(case: CaseSummary, comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    if case.case_id in comparison.regressions:
        return REGRESSED
    return IMPROVED if case.case_id in comparison.improvements else ""


def _anchors(summary: Summary) -> list[str]:
    """From the ids, so that a link to a case holds from run to run; made unique where two would agree."""
    taken: set[str] = set()
    anchors = []
    for number, case in enumerate(summary.cases):
        anchor = f"case-{re.sub(r'[^A-Za-z0-9_-]+', '-', case.case_id)}"
        while anchor in taken:
            anchor = f"{anchor}-{number}"
        taken.add(anchor)
        anchors.append(anchor)
    return anchors
