"""Whether the sentences found answer the question at all.

A logistic over two features of the passages: `sentence`, the best MaxSim of a sentence, and `passage`,
the best MaxSim of a passage. Fitted by `python -m benchmarks.fit_abstention --data DIR`; change the
constants only by running it.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """`sentence`: MaxSim of the best sentence. `passage`: MaxSim of the best passage. Both in [-1, 1]."""

    sentence: float
    passage: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Constants of the logistic, the least probability that is answered, and the least at which the
    nearest sentence is worth showing in a notice."""

    intercept: float
    sentence: float
    passage: float
    answers: float
    near: float


FITTED = Fit(intercept=-9.0, sentence=12.0, passage=8.0, answers=0.35, near=0.08)


def probability(evidence: Evidence, *, fit: Fit = FITTED) -> float:
    """That the best sentence answers the question."""
    z = fit.intercept + fit.sentence * evidence.sentence + fit.passage * evidence.passage
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))
