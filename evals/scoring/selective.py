"""How often an answerer would answer what can't be answered, were it to answer only its surest cases.

The risk-coverage curve of selective prediction (El-Yaniv and Wiener, JMLR 2010), with answering an
unanswerable case as the error; the area under it, and the excess over the best order that there could be
(Geifman, Uziel and El-Yaniv, ICLR 2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COVERAGES = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """`risks` at COVERAGES: of the share of cases with the most confidence, the share that is unanswerable.
    `area` is the mean risk over all coverages, `excess` what is above that of the perfect order.
    `f1` is the best F1 of abstaining at an over-abstention of at most 5 %."""

    risks: tuple[float, ...]
    area: float
    excess: float
    f1: float


def risk_coverage(answerable: Sequence[float], unanswerable: Sequence[float]) -> RiskCoverage | None:
    """Of the confidences of either. Cases of one confidence are answered together: within such a tie the
    risk is that of the whole tie. None without one of either."""
    if not answerable or not unanswerable:
        return None
    confidence = np.asarray([*answerable, *unanswerable], np.float64)
    wrong = np.asarray([0.0] * len(answerable) + [1.0] * len(unanswerable))
    risks = _running(confidence, wrong)
    best = _running(-wrong, wrong)
    at = [max(1, round(coverage * len(risks))) - 1 for coverage in COVERAGES]
    area = float(risks.mean())
    return RiskCoverage(
        tuple(float(risks[place]) for place in at),
        area,
        area - float(best.mean()),
        _best_f1(np.asarray(answerable), np.asarray(unanswerable)),
    )


def _running(confidence: NDArray[np.float64], wrong: NDArray[np.float64]) -> NDArray[np.float64]:
    """The risk at each number of cases answered; a tie spreads its errors evenly."""
    _, tie, sizes = np.unique(-confidence, return_inverse=True, return_counts=True)
    share = np.bincount(tie, weights=wrong) / sizes
    errors = np.cumsum(np.repeat(share, sizes))
    answered: NDArray[np.float64] = np.arange(1, len(errors) + 1, dtype=np.float64)
    running: NDArray[np.float64] = errors / answered
    return running


def _best_f1(
    answerable: NDArray[np.float64], unanswerable: NDArray[np.float64], *, most: float = 0.05
) -> float:
    """Over every threshold below which it would abstain."""
    best = 0.0
    for threshold in np.unique([*answerable, *unanswerable, np.inf]):
        over, right = (answerable < threshold).sum(), (unanswerable < threshold).sum()
        if over <= most * len(answerable) and right:
            best = max(best, float(2 * right / (over + right + len(unanswerable))))
    return best
