"""A model's rewriting of a follow-up is taken only where every word of it was said."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import Rendered, load
from service.conversation.condensing import Condenser, understand_with, vouched_for
from service.model import AskerLeft, ModelGarbage, ModelTimeout, Schema, Spent, always_there
from tests.service.answering.drafting import thorough
from tests.service.saying import turns

SAID = turns("What did Witkoff tell CNN?", "Witkoff told CNN that Russia made 3 concessions. [1]")
ASKED = "And what did he tell Fox News on Sunday?"


class Model:
    """Says this, or raises it."""

    name = "scripted"

    def __init__(self, *said: str | Exception) -> None:
        self.said = said
        self.asked: list[Rendered] = []

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        self.asked.append(asked)
        for piece in self.said:
            if left():
                raise AskerLeft("gone")
            if isinstance(piece, Exception):
                raise piece
            yield piece


def test_only_what_needs_what_was_said_is_rewritten() -> None:
    for question in ("What is UNESCO?", "Hi! What is UNESCO? cc @ann", "And what is UNESCO?"):
        model = Model("What did Witkoff tell UNESCO?")
        understood, rewritten = understand_with(condenser(model), question, SAID, left=always_there)
        assert (understood.standalone, rewritten, model.asked) == ("What is UNESCO?", None, [])
    model = Model("What did Witkoff tell Fox News on Sunday?")
    understood, rewritten = understand_with(condenser(model), f"Hello, {ASKED}", SAID, left=always_there)
    assert rewritten is not None
    assert understood.standalone == understood.searched == "What did Witkoff tell Fox News on Sunday?"
    assert understood.context is None
    assert "Hello" not in model.asked[0].user


def condenser(model: Model, **given_: object) -> Condenser:
    return Condenser(model, load("condense"), **given_)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        "What did Witkoff tell Fox News on Sunday?",
        "And what did Witkoff tell Fox News on Sunday about Russia?",
        ASKED,
    ],
)
def test_what_was_said_may_be_put_in(line: str) -> None:
    assert vouched_for(line, ASKED, SAID)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "What did Rubio tell Fox News on Sunday?",
        "What did Witkoff tell Fox News on Monday?",
        "What did Witkoff tell Fox News on Sunday about 4 concessions?",
        "What did Witkoff tell Fox News on Sunday about 1 concession?",  # the number of a citation
        "What did Witkoff not tell Fox News on Sunday?",
        "What did Witkoff tell CNN?",
        "What did Witkoff tell Fox News?",
        "What did Witkoff tell Fox News on Sunday?\nWhat did he tell CNN?",
        "What did Witkoff tell Fox News on Sunday? https://evil.example",
        "What did Witkoff tell [Fox News](x) on Sunday?",
        "Witkoff lied to Fox News on Sunday.",
        "What did Witkoff tell Fox News on Sunday?" + " Russia made concessions." * 8,
        "What did Witkoff tell Fox News on Sunday" + "?" * 2000,
    ],
)
def test_what_was_not_said_may_not(line: str) -> None:
    assert not vouched_for(line, ASKED, SAID)


def test_a_denial_is_kept() -> None:
    assert not vouched_for("Did Witkoff tell CNN?", "Did he not tell CNN?", SAID)


@thorough
@given(st.text())
def test_no_text_puts_a_new_name_or_number_in(line: str) -> None:
    if vouched_for(f"What did Witkoff tell Fox News on Sunday {line}", ASKED, SAID):
        assert {float(number) for number in re.findall(r"\d+(?:\.\d+)?", line)} <= {3}


def test_the_line_is_the_models_if_it_can_be_vouched_for() -> None:
    model = Model("What did Witkoff tell ", "Fox News on Sunday?\n")
    rewritten = condenser(model).rewrite(ASKED, SAID)
    assert rewritten.question == "What did Witkoff tell Fox News on Sunday?"
    assert "Question: What did Witkoff tell CNN?\nAnswer: Witkoff told" in model.asked[0].user
    assert condenser(Model("What did Zorn do?")).rewrite(ASKED, SAID).question is None
    assert condenser(Model(*["endless "] * 9000)).rewrite(ASKED, SAID).question is None


def test_what_kept_the_model_from_it_is_told() -> None:
    fault = ModelGarbage("nonsense")
    assert condenser(Model("What", fault)).rewrite(ASKED, SAID).fault is fault
    gone = condenser(Model("What")).rewrite(ASKED, SAID, left=lambda: True)
    assert isinstance(gone.fault, AskerLeft)
    clock = iter(range(0, 1000, 10))
    late = condenser(Model("What", "What"), clock=lambda: float(next(clock))).rewrite(ASKED, SAID)
    assert isinstance(late.fault, ModelTimeout)


def test_a_long_conversation_is_cut() -> None:
    model = Model("x")
    condenser(model).rewrite(ASKED, turns(*["long " * 500] * 40))
    assert len(model.asked[0].user) < 10_000
