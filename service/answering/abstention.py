"""Whether the sentences found answer the question at all.

A logistic over the best MaxSim of a sentence, fitted by `python -m benchmarks.fit_abstention --data DIR`;
change the constants only by running it. Beside it the best MaxSim of a passage, the best sentence cosine,
the passage cosine, shared words and the worst-matched word pieces were tried: none raised the area under
the curve on a set left out.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """Constants of the logistic, the least probability that is answered, and the least at which the
    nearest sentence is worth showing in a notice."""

    intercept: float
    slope: float
    answers: float
    near: float


FITTED = Fit(intercept=-9.30, slope=14.54, answers=0.2, near=0.08)


def probability(match: float, *, fit: Fit = FITTED) -> float:
    """That a sentence with this MaxSim answers the question."""
    z = fit.intercept + fit.slope * match
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))
