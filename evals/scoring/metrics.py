"""The metrics' names, and a value that may be missing for a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Metric(StrEnum):
    """Every value of one case. All lie in [0, 1] but truthfulness, in [-1, 1]."""

    QUOTE_EXACTNESS = "quote_exactness"
    CITATION_PRECISION = "citation_precision"
    EVIDENCE_RECALL = "evidence_recall"
    STATEMENT_SUPPORT = "statement_support"
    GROUNDED_NUGGET_RECALL = "grounded_nugget_recall"
    GROUNDED_NUGGET_RECALL_ALL = "grounded_nugget_recall_all"
    NUGGET_RECALL = "nugget_recall"
    NUGGET_RECALL_ALL = "nugget_recall_all"
    ATTRIBUTION = "attribution_accuracy"
    FIRST_SENTENCE = "first_sentence"
    ABSTENTION = "abstention_accuracy"
    OVER_ABSTENTION = "over_abstention"
    TRUTHFULNESS = "truthfulness"
    NOTHING_FORBIDDEN = "nothing_forbidden"
    CONFLICT_RECALL = "conflict_recall"
    CONFLICT_PRECISION = "conflict_precision"
    COVERAGE_1 = "coverage@1"
    COVERAGE_3 = "coverage@3"
    COVERAGE_5 = "coverage@5"
    COVERAGE_10 = "coverage@10"
    COVERAGE_ALL = "coverage@all"
    RECALL_1 = "recall@1"
    RECALL_3 = "recall@3"
    RECALL_5 = "recall@5"
    RECALL_10 = "recall@10"
    RECALL_ALL = "recall@all"
    MRR = "mrr"
    NDCG_10 = "ndcg@10"


def ordered(names: Iterable[str]) -> list[str]:
    """Our metrics in their order, then those of installed packages, each once."""
    given = set(names)
    return [*(metric for metric in Metric if metric in given), *sorted(given - set(Metric))]


def is_outside(name: str) -> bool:
    """Whether a package's scorer gives it."""
    return "." in name


# Metrics of which less is better; of all others more is.
LOWER_IS_BETTER = frozenset({Metric.OVER_ABSTENTION})


@dataclass(frozen=True, slots=True)
class Value:
    """`value` is None where the case was not scored, and `why` says why: not scored is not zero."""

    value: float | None
    why: str = ""


def scored(value: float) -> Value:
    return Value(float(value))


def unscored(why: str) -> Value:
    return Value(None, why)


def share(part: int, whole: int, *, otherwise: str) -> Value:
    """part / whole, or not scored, because of `otherwise`, where there is no whole."""
    return scored(part / whole) if whole else unscored(otherwise)
