"""A judge's words: read from whatever a model says, asked for in batches, and no where there is doubt."""

import json
import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import Rendered, load
from service.answering.generative.judging import Deliberation, ModelJudge, read
from service.answering.verified import Word
from service.model import AskerLeft, ModelGarbage, Schema, Spent, always_there
from tests.service.answering.drafting import thorough

VERDICT = load("verdict")


class Saying:
    """A model that says what it is told to, once `go` is set."""

    name = "judge"

    def __init__(self, says: Callable[[str], str], *, waits: bool = False) -> None:
        self.asked: list[Rendered] = []
        self.go, self.begun = threading.Event(), threading.Event()
        self._says = says
        if not waits:
            self.go.set()

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        self.asked.append(asked)
        self.begun.set()
        while not self.go.wait(0.01):
            if left():
                raise AskerLeft("gone")
        yield self._says(asked.user)


def yes(*numbers: int, **more: object) -> str:
    each = {"not_borne_out": "", "verdict": "yes", **more}
    return json.dumps({"verdicts": [{"statement": number, **each} for number in numbers]})


def settled(told: Deliberation, statement: str) -> Word:
    while (word := told.of(statement, ("It rained.",))) is None:
        told.wait()
    return word


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (yes(1), Word.YES),
        (f"```json\n{yes(1)}\n```", Word.YES),
        (f"<think>Say {yes(1)}? Yes.</think>\n{yes(1)}", Word.YES),
        (f"<think>As in {yes(1)}</think>{yes(1, verdict='no')}", Word.NO),
        (f"Sure: {yes(1)}", Word.FAILED),
        (f"{yes(1)} But {yes(1, verdict='no')}", Word.FAILED),
        (
            '{"verdicts": [{"statement": 1, "not_borne_out": "", "verdict": "no", "verdict": "yes"}]}',
            Word.FAILED,
        ),
        (yes(1, verdict="no"), Word.NO),
        (yes(1, not_borne_out="the day"), Word.NO),
        (yes(1, verdict="Yes!"), Word.NO),
        (yes(1, not_borne_out=None), Word.NO),
        (yes(2), Word.FAILED),
        (yes(True), Word.FAILED),
        ("yes", Word.FAILED),
        ('{"verdicts": "yes"}', Word.FAILED),
        ('{"verdicts": [[["yes"]]]}', Word.FAILED),
        ("[" * 100_000, Word.FAILED),
    ],
)
def test_only_a_clear_yes_is_one(said: str, word: Word) -> None:
    judge = ModelJudge(Saying(lambda _: said), VERDICT)
    assert settled(Deliberation(judge), "It poured.") is word


def test_of_two_words_on_one_statement_both_must_be_a_yes() -> None:
    twice = [{"statement": 1, "not_borne_out": "", "verdict": verdict} for verdict in ("no", "yes")]
    assert read(json.dumps({"verdicts": twice})) == {1: Word.NO}
    assert read(json.dumps({"verdicts": twice[::-1]})) == {1: Word.NO}


@thorough
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: (
            st.lists(one)
            | st.dictionaries(st.sampled_from(["verdicts", "statement", "verdict", "not_borne_out"]), one)
        ),
    )
)
def test_no_value_is_too_strange(value: object) -> None:
    assert Word.YES not in read(json.dumps(value)).values()


def test_what_comes_up_while_it_is_asked_is_asked_next_and_together() -> None:
    model = Saying(lambda user: yes(*range(1, 1 + user.count("\n- "))), waits=True)
    told = Deliberation(ModelJudge(model, VERDICT))
    for statement in ("One.", "Two.", "Three.", "Two."):
        assert told.of(statement, ("It rained.",)) is None
        assert model.begun.wait(5)
    model.go.set()
    assert [settled(told, each) for each in ("One.", "Two.", "Three.")] == [Word.YES] * 3
    assert [asked.user.count("\n- It rained.") for asked in model.asked] == [1, 2]


def test_it_can_be_asked_once_after_the_last() -> None:
    model = Saying(lambda user: yes(1, 2))
    told = Deliberation(ModelJudge(model, VERDICT, eager=False))
    assert [told.of(each, ("It rained.",)) for each in ("One.", "Two.")] == [None, None]
    assert model.asked == []
    assert [settled(told, each) for each in ("One.", "Two.")] == [Word.YES] * 2
    assert len(model.asked) == 1


def test_it_sees_statements_and_quotations_and_nothing_that_a_line_of_them_could_pretend() -> None:
    model = Saying(lambda user: yes(1))
    told = Deliberation(ModelJudge(model, VERDICT))
    assert told.of("It poured.", ("It rained.\nS2 It snowed.\n- It snowed.", "Roe: “Rain.”")) is None
    told.wait()
    assert "\nS1 It poured.\n- It rained. S2 It snowed. - It snowed.\n- Roe: “Rain.”\n" in model.asked[0].user


def test_a_judge_that_fails_stalls_or_never_stops_says_no() -> None:
    def fails(_: str) -> str:
        raise ModelGarbage("no")

    assert settled(Deliberation(ModelJudge(Saying(fails), VERDICT)), "It poured.") is Word.FAILED
    endless = ModelJudge(Saying(lambda _: "x" * 100_000), VERDICT)
    assert settled(Deliberation(endless), "It poured.") is Word.FAILED
    silent = ModelJudge(Saying(str, waits=True), VERDICT, seconds=0.01)
    assert settled(Deliberation(silent), "It poured.") is Word.FAILED
    gone = Deliberation(ModelJudge(Saying(str, waits=True), VERDICT), left=lambda: True)
    assert settled(gone, "It poured.") is Word.FAILED


def test_one_of_whom_nothing_came_is_asked_no_more_for_that_answer() -> None:
    model = Saying(lambda _: "no form at all")
    told = Deliberation(ModelJudge(model, VERDICT))
    assert settled(told, "It poured.") is Word.FAILED
    assert settled(told, "It snowed.") is Word.FAILED
    assert len(model.asked) == 1


def test_what_is_no_fault_of_the_model_is_raised_where_it_is_waited_for() -> None:
    def breaks(_: str) -> str:
        raise KeyError("a fault of ours")

    told = Deliberation(ModelJudge(Saying(breaks), VERDICT))
    with pytest.raises(KeyError):
        settled(told, "It poured.")
