"""Whether the sentences found answer the question at all.

A logistic over the best MaxSim of a sentence and, past LONG word pieces, the length of the question: the
mean over many word pieces is lower for an equally good sentence. Fitted by
`python -m benchmarks.fit_abstention --data DIR`; change the constants only by running it.

Beside MaxSim of the sentence the best MaxSim of a passage, the best sentence cosine, the passage cosine,
shared words and the worst-matched word pieces were tried: none raised the area under the curve on a set
left out (docs/decisions/0004-abstention.md).
"""

import math
from dataclasses import dataclass

LONG = 16


@dataclass(frozen=True, slots=True)
class Fit:
    """Constants of the logistic, the least probability that is answered, and the least at which the
    nearest sentence is worth showing in a notice."""

    intercept: float
    match: float
    length: float
    answers: float
    near: float


FITTED = Fit(intercept=-9.30, match=14.54, length=0.82, answers=0.12, near=0.05)


def excess(pieces: int) -> float:
    """How often a question of so many word pieces doubles LONG; 0 up to there."""
    return max(0.0, math.log2(max(pieces, 1) / LONG))


def probability(match: float, *, pieces: int, fit: Fit = FITTED) -> float:
    """That a sentence with this MaxSim answers a question of so many word pieces."""
    z = fit.intercept + fit.match * match + fit.length * excess(pieces)
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))
