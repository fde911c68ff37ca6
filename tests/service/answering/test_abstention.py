from hypothesis import given
from hypothesis import strategies as st

from service.answering.abstention import LONG, Fit, excess, probability

MATCHES = st.floats(-1, 1)
PIECES = st.integers(0, 2000)


@given(MATCHES, MATCHES, PIECES)
def test_a_better_match_is_likelier(one: float, other: float, pieces: int) -> None:
    low, high = sorted((one, other))
    assert 0 < probability(low, pieces=pieces) <= probability(high, pieces=pieces) <= 1


@given(MATCHES, st.integers(0, LONG))
def test_length_counts_only_past_long(match: float, pieces: int) -> None:
    assert excess(pieces) == 0
    assert probability(match, pieces=pieces) == probability(match, pieces=LONG)


def test_a_long_question_needs_less() -> None:
    assert probability(0.45, pieces=4 * LONG) > probability(0.45, pieces=LONG)


def test_is_the_logistic() -> None:
    fit = Fit(intercept=-1.0, match=2.0, length=0.0, answers=0.5, near=0.1)
    assert probability(0.5, pieces=8, fit=fit) == 0.5
