"""The risk-coverage curve, by hand and by its properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoring.selective import COVERAGES, risk_coverage
from evals.statistics import roc_auc

SURE = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.9, 1.0]), min_size=1, max_size=30)


def test_the_surest_cases_come_first() -> None:
    found = risk_coverage([0.9, 0.8, 0.4], [0.6, 0.1])
    assert found is not None
    assert list(found.risks) == pytest.approx([0, 0, 1 / 3, 1 / 4, 2 / 5])
    assert found.area == pytest.approx((0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5)
    assert found.excess == pytest.approx(found.area - (0 + 0 + 0 + 1 / 4 + 2 / 5) / 5)
    assert found.f1 == pytest.approx(2 * 1 / (0 + 1 + 2))  # below .4; the other would cost an answerable one


def test_a_perfect_order_has_no_excess() -> None:
    found = risk_coverage([0.9, 0.8], [0.1])
    assert found is not None
    assert found.excess == pytest.approx(0)
    assert found.f1 == 1


def test_without_either_there_is_no_curve() -> None:
    assert risk_coverage([], [0.5]) is None
    assert risk_coverage([0.5], []) is None


@given(SURE, SURE)
def test_its_end_is_the_share_of_the_unanswerable_and_it_is_no_better_than_perfect(
    answerable: list[float], unanswerable: list[float]
) -> None:
    found = risk_coverage(answerable, unanswerable)
    assert found is not None
    assert len(found.risks) == len(COVERAGES)
    assert found.risks[-1] == pytest.approx(len(unanswerable) / (len(answerable) + len(unanswerable)))
    assert all(0 <= risk <= 1 for risk in found.risks)
    assert found.excess >= -1e-9
    assert 0 <= found.f1 <= 1
    if roc_auc(answerable, unanswerable) == 1:
        assert found.excess == pytest.approx(0)


@given(SURE, SURE)
def test_the_order_of_cases_does_not_matter(answerable: list[float], unanswerable: list[float]) -> None:
    turned = risk_coverage(answerable[::-1], unanswerable[::-1])
    assert risk_coverage(answerable, unanswerable) == turned
