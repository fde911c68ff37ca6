"""What installed packages score a case by, beside Parley's own metrics. docs/extending.md has one."""

import math
import re
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint

from evals.cases import Case
from evals.results import CaseResult
from evals.scoring.metrics import Value
from retrieval.errors import PackageFault
from retrieval.outside import fault, in_words, load, offered

SCORERS = "parley.scorers"
# More is better. Called with no result on which the target failed.
Scorer = Callable[[Case, CaseResult], Mapping[str, Value]]
_NAME = re.compile(r"[a-z0-9_@-]+")


def outside_values(case: Case, result: CaseResult) -> dict[str, Value]:
    """By the scorer's name, a dot, and the name that it gave. Raises PackageFault."""
    found: dict[str, Value] = {}
    for name, entry in offered(SCORERS).items():
        values = _values(entry, case, result)
        found |= {f"{name}.{of}": value for of, value in values.items()}
    return found


def _values(entry: EntryPoint, case: Case, result: CaseResult) -> Mapping[str, Value]:
    try:
        values: Mapping[str, Value] = load(entry)(case, result)
        wrong = [of for of, value in values.items() if not _is_named_value(of, value)]
    except PackageFault:
        raise
    except Exception as exc:
        raise fault(entry, f"failed on the case {case.id}: {in_words(exc)}") from exc
    if wrong:
        what = f"gave of the case {case.id} what is no value under a plain name: {wrong[0]!r}"
        raise fault(entry, what)
    return values


def _is_named_value(name: str, value: Value) -> bool:
    finite = value.value is None or math.isfinite(value.value)
    return finite and _NAME.fullmatch(name) is not None
