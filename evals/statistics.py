"""How sure a figure is. Resampling is seeded: the same figures give the same interval."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

DRAWS = 10_000
CONFIDENCE = 0.95
FEWEST_CLUSTERS = 5
_BLOCK = 500  # draws at once, which bounds memory
_Z_95 = 1.959963984540054

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval. `clusters` is how many independent groups it rests on; of fewer than
    FEWEST_CLUSTERS a bootstrap says nothing: there are too few ways to draw them."""

    value: float
    low: float
    high: float
    clusters: int

    @property
    def tells(self) -> bool:
        return self.clusters >= FEWEST_CLUSTERS

    @property
    def verdict(self) -> str:
        """Of a difference."""
        if not self.tells:
            return "too few to tell"
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "too few to tell"


def mean_interval(
    values: Sequence[float], clusters: Sequence[Hashable], *, draws: int = DRAWS, seed: int = 0
) -> Interval | None:
    """The mean with its percentile bootstrap interval (Efron and Tibshirani, 1993, chapter 13).

    Whole clusters are drawn, since cases about one article or of one conversation are not independent
    (Field and Welsh, 2007). None without values.
    """
    if not values:
        return None
    sums, sizes = _by_cluster(values, clusters)
    totals = _resampled(np.stack([sums, sizes]), draws=draws, seed=seed)
    low, high = _percentiles(totals[:, 0] / totals[:, 1])
    return Interval(float(sums.sum() / sizes.sum()), low, high, len(sums))


def difference_interval(
    ours: Sequence[float],
    theirs: Sequence[float],
    clusters: Sequence[Hashable],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Interval | None:
    """The mean of `ours` - `theirs`, case by case, with its paired bootstrap interval: both systems are
    always resampled on the same cases (Koehn, 2004)."""
    pairs = zip(ours, theirs, strict=True)
    return mean_interval([one - other for one, other in pairs], clusters, draws=draws, seed=seed)


def mcnemar(ours: Sequence[bool], theirs: Sequence[bool]) -> float:
    """Two-sided exact p-value for paired passes and failures (McNemar, 1947): of the cases on which the two
    differ, are wins and losses as for a fair coin? 1 where they never differ."""
    wins = sum(one and not other for one, other in zip(ours, theirs, strict=True))
    losses = sum(other and not one for one, other in zip(ours, theirs, strict=True))
    differing = wins + losses
    tail = sum(math.comb(differing, count) for count in range(min(wins, losses) + 1))
    return min(1.0, float(2 * tail / 2**differing))


def fisher(passes: int, total: int, others: int, of_others: int) -> float:
    """Two-sided exact p-value of two groups' passes (Fisher, 1935): how likely, where the groups don't
    differ, are tables no likelier than this one?"""
    whole, right = total + of_others, passes + others
    ways = {
        k: math.comb(right, k) * math.comb(whole - right, total - k)
        for k in range(max(0, total - (whole - right)), min(total, right) + 1)
    }
    return sum(n for n in ways.values() if n <= ways[passes]) / math.comb(whole, total)


def wilson(passes: int, total: int, *, z: float = _Z_95) -> tuple[float, float]:
    """The score interval of a rate (Wilson, 1927); of nothing, 0 to 1."""
    if total == 0:
        return 0.0, 1.0
    rate, spread = passes / total, z * z / total
    centre = (rate + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(rate * (1 - rate) / total + spread / (4 * total))
    low = 0.0 if passes == 0 else max(0.0, centre - half)
    return low, 1.0 if passes == total else min(1.0, centre + half)


def holm(p_values: Mapping[_Key, float]) -> dict[_Key, float]:
    """Adjusted p-values (Holm, 1979): where no test has anything to find,
    one of them lies below 0.05 in at most 5 % of such families."""
    adjusted: dict[_Key, float] = {}
    running = 0.0
    ordered = sorted(p_values, key=lambda key: p_values[key])
    for rank, key in enumerate(ordered):
        running = max(running, min(1.0, (len(ordered) - rank) * p_values[key]))
        adjusted[key] = running
    return adjusted


def roc_auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The probability that a positive scores above a negative, ties half (Hanley and McNeil, 1982). None
    without one of either. For abstention: how sure the target was, of answerable and unanswerable cases."""
    if not positive or not negative:
        return None
    scores = np.asarray([*positive, *negative], dtype=np.float64)
    return float(_auc(scores, len(positive)))


def roc_auc_interval(
    positive: Sequence[float], negative: Sequence[float], *, draws: int = 2_000, seed: int = 0
) -> Interval | None:
    """The AUC with its percentile bootstrap interval, positives and negatives resampled apart, each case on
    its own."""
    value = roc_auc(positive, negative)
    if value is None:
        return None
    rng = np.random.default_rng(seed)
    ups, downs = np.asarray(positive, np.float64), np.asarray(negative, np.float64)
    drawn = np.array(
        [
            _auc(np.concatenate([rng.choice(ups, len(ups)), rng.choice(downs, len(downs))]), len(ups))
            for _ in range(draws)
        ]
    )
    low, high = _percentiles(drawn)
    return Interval(value, low, high, len(ups) + len(downs))


def pass_hat(trials: Sequence[Sequence[bool]], k: int) -> float | None:
    """pass^k: the chance that k trials of a case all pass, averaged over cases (tau-bench, Yao et al., 2024):
    C(passes, k) / C(trials, k). Cases with fewer than k trials are left out; None where all are."""
    enough = [case for case in trials if len(case) >= k]
    if not enough:
        return None
    return sum(math.comb(sum(case), k) / math.comb(len(case), k) for case in enough) / len(enough)


def flip_rate(trials: Sequence[Sequence[bool]]) -> float | None:
    """Cases that pass in one trial and fail in another / cases with two trials or more."""
    repeated = [case for case in trials if len(case) > 1]
    return sum(len(set(case)) > 1 for case in repeated) / len(repeated) if repeated else None


def _by_cluster(
    values: Sequence[float], clusters: Sequence[Hashable]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum and number of the values of each cluster, clusters in the order of their first value."""
    numbers: dict[Hashable, int] = {}
    for cluster in clusters:
        numbers.setdefault(cluster, len(numbers))
    if len(clusters) != len(values):
        raise ValueError(f"{len(values)} values but {len(clusters)} clusters")
    of = [numbers[cluster] for cluster in clusters]
    sums = np.bincount(of, weights=np.asarray(values, np.float64))
    return sums.astype(np.float64), np.bincount(of).astype(np.float64)


def _resampled(figures: NDArray[np.float64], *, draws: int, seed: int) -> NDArray[np.float64]:
    """(draws, rows): for each draw of as many clusters as there are, with replacement, each row's sum."""
    rng = np.random.default_rng(seed)
    count = figures.shape[1]
    totals = np.empty((draws, len(figures)))
    for start in range(0, draws, _BLOCK):
        stop = min(start + _BLOCK, draws)
        drawn = rng.integers(0, count, size=(stop - start, count))
        totals[start:stop] = figures[:, drawn].sum(axis=2).T
    return totals


def _percentiles(values: NDArray[np.float64]) -> tuple[float, float]:
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def _auc(scores: NDArray[np.float64], positives: int) -> float:
    """From the positives' mean ranks (Mann and Whitney, 1947); they stand first."""
    _, number, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[number]
    negatives = len(scores) - positives
    above = ranks[:positives].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))
