"""A run summed up, without a target or files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.cases import Case, Gates, Suite
from evals.results import CaseResult
from evals.runner import Run
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric
from evals.summary import CaseSummary, Summary, score_all, summarise
from tests.evals.making import DOCUMENTS


def suite_of(cases: Sequence[Case], gates: Gates | None = None) -> Suite:
    documents = tuple(DOCUMENTS.values())
    return Suite("harbour", "1", "CC0", Path("harbour"), documents, tuple(cases), gates or Gates(), None)


def summed(cases: Sequence[Case], results: Sequence[CaseResult], **given: Any) -> Summary:
    suite = suite_of(cases)
    told: dict[str, Any] = {"target": {"target": "scripted"}, "trials": 1, "suite_hash": "a" * 64} | given
    run = Run(
        suite="harbour",
        suite_version="1",
        suite_folder="harbour",
        cases=len(cases),
        revision="9e7dc1c4f1aa",
        versions={},
        started="2025-06-01T10:00:00+00:00",
        **told,
    )
    return summarise(suite, run, results, score_all(suite, results))


def case_summary(
    id_: str,
    *,
    passed: bool = True,
    kind: str | None = None,
    cluster: int = 0,
    values: Mapping[str, float] | None = None,
    **more: float,
) -> CaseSummary:
    """`values` and `more` are by the names of metrics."""
    failure = Failure.FINE if passed else Failure.WRONG_QUOTE
    known: dict[str, float] = {Metric(name): value for name, value in {**(values or {}), **more}.items()}
    return CaseSummary(id_, kind, "dev", passed, failure, known, cluster)
