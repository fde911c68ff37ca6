"""What people put around a question changes nothing; what is part of it stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.conversation.wrapping import unwrapped

PLAIN = "What did Roe say about pay?"


@pytest.mark.parametrize(
    "typed",
    [
        "Hi! what did Roe say about pay?",
        "Hey Parley, quick question - what did Roe say about pay?",
        "good morning all, what did Roe say about pay",
        "Dear Parley, what did Roe say about pay?",
        "@parley what did Roe say about pay? cc @ann @desk-west",
        "<@U012ABC> what did Roe say about pay?",
        "What did Roe say about pay? cc",
        "What did Roe say about pay, cc @ann",
        "What did Roe say about pay? :thinking_face: \N{EYES}",
        "What did Roe say about pay?????",
        "What did Roe say about pay ?!",
        "what did Roe say about pay pls",
        "What did Roe say about pay, please?",
        "What did Roe say about pay? Thanks in advance!",
        "What did Roe say about pay?\n\nThanks,\nAnn",
        "What did Roe say about pay?\n\n-- Ann Lee",
        "What did Roe say about pay? Best regards, Ann",
        "“What did Roe say about pay?”",
        "**What did Roe say about pay?**",
        "What did _Roe_ say about pay?",
        "Q: What did Roe say about pay?",
        "fyi, sorry to bother you, but what did Roe say about pay?",
        "Could you please tell me what Roe said about pay?",
        "I was wondering what Roe said about pay. Cheers, Tom",
        "Does anyone know what Roe said about pay?",
        "asap pls: what did Roe say about pay??",
        "RE: what did Roe say about pay?",
        "- What did Roe say about pay?",
        "I've got a question. What did Roe say about pay (asking for a friend)?",
    ],
)
def test_what_stands_around_a_question_is_taken_away(typed: str) -> None:
    assert unwrapped(typed) == PLAIN


@pytest.mark.parametrize(
    "question",
    [
        PLAIN,
        "what did roe say about pay",
        "And on NBC?",
        "no, I meant Roe",
        "Who said thanks?",
        "What does CC stand for?",
        "Did Roe say please",
        "Hi-Fi's chairman said what?",
        "Hello World Festival: who opened it?",
        "Thanks to whom did the strike end?",
        "Morning Post reported what?",
        "Who told Radio Sur “Please wait for us”?",
        "Who wrote “What is to be done?” and when?",
        "Is 5 * 3 * 2 the offer?",
        "Who represents the U.S. for the talks",
        "Tell me about the strike",
        "hello",
        "thanks!",
        "?",
        "",
    ],
)
def test_a_question_with_nothing_around_it_stays_as_it_was_typed(question: str) -> None:
    assert unwrapped(question) == question


def test_before_an_and_a_greeting_goes() -> None:
    assert unwrapped("thanks, and what did Roe want?") == "And what did Roe want?"


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["hi", ",", "pls", "?", "cc @a", "thx", "--", "“", "”", "*", "what", "is", "Roe"])
    ).map(" ".join)
)
def test_something_is_left_and_nothing_more_is_taken_the_second_time(typed: str) -> None:
    once = unwrapped(typed)
    assert once.strip() or not typed.strip()
    assert (
        set(once.lower()) <= set(typed.lower()) | {"?", " "} or "did" in once.lower() or "do" in once.lower()
    )


@pytest.mark.parametrize(
    "unit", ["hi ", "hi, ", ":a", ":ab: ", "? ", "thanks, ", "? thanks", "a pls ", "@a ", "dear ", " "]
)
def test_it_is_read_in_no_time_whatever_is_typed(unit: str) -> None:
    """A pattern that blows up on one of these would keep the suite from ending."""
    assert unwrapped((unit * 2000)[:1999] + "x") is not None
