import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.conversation.shorthand import spelt_out


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("how many ppl live in teh valley", "how many people live in the valley"),
        ("waht does the govt want?", "what does the government want?"),
        ("what was said b4 the vote", "what was said before the vote"),
        ("talks w/ the union w/o a mediator", "talks with the union without a mediator"),
        ("did gov’t troops leave", "did government troops leave"),
        ("wats new", "what's new"),
    ],
)
def test_what_is_typed_short_is_spelt_out(typed: str, spelt: str) -> None:
    assert spelt_out(typed) == spelt


@pytest.mark.parametrize(
    "typed",
    [
        "What did the PPL say?",  # a name
        "who said “ppl are tired of it”?",  # somebody's words
        "is adn.no an outlet",
        "who is @ppl",
        "what about york minster?",
        "does the rn union agree with bc ferries",
        "what about rn-12",
        "what does the-govt-watch say",
        "What does the government want?",
    ],
)
def test_what_may_be_something_else_stays(typed: str) -> None:
    assert spelt_out(typed) == typed


@given(st.text(max_size=60))
def test_it_is_spelt_out_once(typed: str) -> None:
    assert spelt_out(spelt_out(typed)) == spelt_out(typed)
