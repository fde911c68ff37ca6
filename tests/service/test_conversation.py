"""What a question means after what has been said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.conversation import TurnText, standalone

FIRST = "What did the mediator tell Radio Norway?"
TURNS = [TurnText("user", FIRST), TurnText("assistant", "That talks would resume.")]


@pytest.mark.parametrize(
    "question",
    [
        "And what did he tell the Daily Post?",
        "Why?",
        "What about the owners?",
        "Did she agree to that offer?",
    ],
)
def test_a_question_that_leans_gets_what_it_leans_on(question: str) -> None:
    asked = standalone(question, TURNS)
    assert asked.endswith(question)
    assert "mediator" in asked


def test_a_question_that_stands_by_itself_stays_as_it_is() -> None:
    question = "Which routes across the northern fjord has the ferry strike stopped since Tuesday?"
    assert standalone(question, TURNS) == question


def test_it_leans_on_the_latest_question() -> None:
    turns = [TurnText("user", "Who owns the ferries of the fjord?"), *TURNS]
    asked = standalone("And on Friday?", turns)
    assert "mediator" in asked


def test_a_long_question_before_is_cut() -> None:
    asked = standalone("And why?", [TurnText("user", "word " * 400)])
    assert len(asked) < 1000
    assert asked.endswith("And why?")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1), st.lists(st.builds(TurnText, st.sampled_from(["user", "assistant"]), st.text())))
def test_the_question_is_always_in_it(question: str, turns: list[TurnText]) -> None:
    assert question in standalone(question, turns)
    assert standalone(question, []) == question
