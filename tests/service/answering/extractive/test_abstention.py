import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering import LONG, Abstaining
from service.answering.asked import read_question
from service.answering.extractive.abstention import Signs, denied, excess, probability

MATCHES = st.floats(-1, 1)
PIECES = st.integers(0, 2000)


def signs(match: float, *, pieces: int = LONG, denied: bool = False) -> Signs:
    return Signs(match, pieces, denied=denied)


@given(MATCHES, MATCHES, PIECES, st.booleans())
def test_a_better_match_is_likelier(one: float, other: float, pieces: int, denied: bool) -> None:
    low, high = (signs(match, pieces=pieces, denied=denied) for match in sorted((one, other)))
    assert 0 < probability(low) <= probability(high) <= 1


@given(MATCHES, st.integers(0, LONG))
def test_length_counts_only_past_long(match: float, pieces: int) -> None:
    assert excess(pieces) == 0
    assert probability(signs(match, pieces=pieces)) == probability(signs(match))


def test_a_long_question_needs_less() -> None:
    assert probability(signs(0.45, pieces=4 * LONG)) > probability(signs(0.45))


def test_what_denies_nothing_is_unlikely_to_answer_what_was_not() -> None:
    assert probability(signs(0.6, denied=True)) < probability(signs(0.6))


def test_is_the_logistic() -> None:
    fit = Abstaining(intercept=-1.0, match=2.0)
    assert probability(signs(0.5), fit=fit) == 0.5


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Which ports did not strike?", "Two ports were on strike.", True),
        ("Which ports did not strike?", "Only Bergen did not join.", False),
        ("Which ports didn't strike?", "Bergen never joined.", False),
        ("How many non-members voted?", "Nine members voted.", True),
        ("Which ports struck?", "Two ports were on strike.", False),
        ("Why did the port not strike?", "Bergen feared for its trade.", False),
        ("Did Bergen not strike?", "Bergen was on strike.", False),
    ],
)
def test_what_asks_for_what_is_not_so_wants_a_denial(question: str, sentence: str, expected: bool) -> None:
    assert denied(read_question(question), sentence) is expected
