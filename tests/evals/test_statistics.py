"""Statistics, against published and hand-computed values."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.statistics import (
    difference_interval,
    flip_rate,
    holm,
    mcnemar,
    mean_interval,
    pass_hat,
    roc_auc,
    roc_auc_interval,
    wilson,
)

scores = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


def test_an_interval_of_independent_cases_is_the_normal_one() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(0.3, 1.0, 400).tolist()
    got = mean_interval(values, range(400))
    assert got is not None
    half = 1.96 * float(np.std(values)) / 20
    assert got.value == pytest.approx(float(np.mean(values)))
    assert got.low == pytest.approx(got.value - half, abs=0.01)
    assert got.high == pytest.approx(got.value + half, abs=0.01)
    assert got.clusters == 400


def test_cases_that_repeat_within_clusters_add_no_certainty() -> None:
    values = [float(i % 3 == 0) for i in range(40)]
    alone = mean_interval(values, range(40))
    repeated = mean_interval(
        [v for v in values for _ in range(10)], [i for i in range(40) for _ in range(10)]
    )
    mistaken = mean_interval([v for v in values for _ in range(10)], range(400))
    assert alone is not None
    assert repeated is not None
    assert mistaken is not None
    assert (repeated.value, repeated.low, repeated.high) == pytest.approx(
        (alone.value, alone.low, alone.high)
    )
    assert mistaken.high - mistaken.low < (alone.high - alone.low) / 2


def test_clusters_of_unequal_size_weigh_by_their_cases() -> None:
    got = mean_interval([1.0, 1.0, 1.0, 0.0], ["a", "a", "a", "b"])
    assert got is not None
    assert (got.value, got.low, got.high, got.clusters) == (0.75, 0.0, 1.0, 2)


def test_pairing_removes_what_both_share() -> None:
    rng = random.Random(2)
    hard = [rng.random() for _ in range(200)]
    got = difference_interval([h + 0.05 for h in hard], hard, range(200))
    assert got is not None
    assert (got.low, got.high) == pytest.approx((0.05, 0.05))
    assert got.verdict == "better"
    worse = difference_interval(hard, [h + 0.05 for h in hard], range(200))
    assert worse is not None
    assert worse.verdict == "worse"
    noise = difference_interval([1.0, 0.0, 1.0], [0.0, 1.0, 1.0], range(3))
    assert noise is not None
    assert noise.verdict == "too few to tell"


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.0, 1.0, 1.0, 0.5] * 5
    assert mean_interval(values, range(20)) == mean_interval(values, range(20))
    uneven = [math.sqrt(n) for n in range(20)]
    assert mean_interval(uneven, range(20), seed=1) != mean_interval(uneven, range(20), seed=2)
    assert mean_interval([], []) is None
    with pytest.raises(ValueError, match="2 values but 1 clusters"):
        mean_interval([1.0, 2.0], ["a"])


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    covered = 0
    for trial in range(200):
        values = (rng.random(60) < 0.4).astype(float).tolist()
        got = mean_interval(values, range(60), draws=400, seed=trial)
        assert got is not None
        covered += got.low <= 0.4 <= got.high
    assert 0.88 <= covered / 200 <= 0.99


@pytest.mark.parametrize(
    ("wins", "losses", "expected"),
    [(0, 0, 1.0), (5, 0, 2 / 32), (1, 8, 20 / 512), (10, 10, 1.0), (0, 10, 2 / 1024)],
)
def test_mcnemar_by_hand(wins: int, losses: int, expected: float) -> None:
    ours = [True] * wins + [False] * losses + [True, False]
    theirs = [False] * wins + [True] * losses + [True, False]
    assert mcnemar(ours, theirs) == pytest.approx(expected)
    assert mcnemar(theirs, ours) == pytest.approx(expected)


def test_wilson_against_published_values() -> None:
    # Newcombe (1998), table I, method 3.
    for passes, total, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        assert wilson(passes, total) == pytest.approx((low, high), abs=5e-5)
    assert wilson(20, 20) == pytest.approx((0.8389, 1.0), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_rate(total: int, data: st.DataObject) -> None:
    passes = data.draw(st.integers(0, total))
    low, high = wilson(passes, total)
    assert 0 <= low <= passes / total <= high <= 1


def test_holm_by_hand() -> None:
    got = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert got == pytest.approx({"d": 0.02, "a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({"x": 0.9, "y": 0.8}) == {"y": 1.0, "x": 1.0}
    assert holm({}) == {}


@given(scores, scores)
def test_auc_is_the_share_of_pairs(positive: list[float], negative: list[float]) -> None:
    pairs = [1.0 if p > n else 0.5 if p == n else 0.0 for p in positive for n in negative]
    assert roc_auc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_auc_needs_both() -> None:
    assert roc_auc([], [1.0]) is roc_auc([1.0], []) is None
    assert roc_auc_interval([], [1.0]) is None
    got = roc_auc_interval([0.9, 0.8, 0.7, 0.4] * 5, [0.6, 0.3, 0.2, 0.1] * 5)
    assert got is not None
    assert got.low < got.value == 15 / 16 < got.high <= 1
    assert got == roc_auc_interval([0.9, 0.8, 0.7, 0.4] * 5, [0.6, 0.3, 0.2, 0.1] * 5)


def test_pass_hat_and_flips_by_hand() -> None:
    trials = [[True, True, True], [True, False, True], [False, False, False]]
    assert pass_hat(trials, 1) == pytest.approx(5 / 9)
    assert pass_hat(trials, 2) == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert pass_hat(trials, 3) == pytest.approx(1 / 3)
    assert pass_hat(trials, 4) is None
    assert pass_hat([*trials, [True]], 3) == pytest.approx(1 / 3)
    assert flip_rate(trials) == 1 / 3
    assert flip_rate([[True], []]) is None


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=6))
def test_more_trials_are_never_passed_more_often(trials: list[list[bool]]) -> None:
    rates = [pass_hat(trials, k) or 0.0 for k in (1, 2, 3, 4)]
    assert rates == sorted(rates, reverse=True)
