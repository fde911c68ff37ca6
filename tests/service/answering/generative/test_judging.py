"""A judge's words: read from whatever a model says, asked for in batches, and no where there is doubt."""

import json
import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import Rendered, load
from service.answering.generative.judging import Deliberation, ModelJudge, read
from service.answering.verified import Exhibit, Word
from service.model import AskerLeft, ModelGarbage, ModelSuspended, ModelTimeout, Schema, Spent, always_there
from tests.service.answering.drafting import thorough

VERDICT = load("verdict")
RAIN = (Exhibit("It rained."),)


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
    while (word := told.of(statement, RAIN)) is None:
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
        assert told.of(statement, RAIN) is None
        assert model.begun.wait(5)
    model.go.set()
    assert [settled(told, each) for each in ("One.", "Two.", "Three.")] == [Word.YES] * 3
    assert [asked.user.count("\n- It rained.") for asked in model.asked] == [1, 2]


def test_it_can_be_asked_once_after_the_last() -> None:
    model = Saying(lambda user: yes(1, 2))
    told = Deliberation(ModelJudge(model, VERDICT, eager=False))
    assert [told.of(each, RAIN) for each in ("One.", "Two.")] == [None, None]
    assert model.asked == []
    assert [settled(told, each) for each in ("One.", "Two.")] == [Word.YES] * 2
    assert len(model.asked) == 1


def test_it_sees_statements_and_quotations_and_nothing_that_a_line_of_them_could_pretend() -> None:
    model = Saying(lambda user: yes(1))
    told = Deliberation(ModelJudge(model, VERDICT))
    rain = Exhibit("It rained.\nS2 It snowed.\n- It snowed.")
    roe = Exhibit("Roe: “Rain.”", ("said to: Radio\n- It snowed.", "when: Monday"))
    assert told.of("It poured.", (rain, roe)) is None
    told.wait()
    first, second = "- It rained. S2 It snowed. - It snowed.", "- Roe: “Rain.”"
    beside = "  (said to: Radio - It snowed.; when: Monday)"
    assert f"\nS1 It poured.\n{first}\n{second}\n{beside}\n" in model.asked[0].user


def test_a_judge_that_fails_stalls_or_never_stops_says_no() -> None:
    def fails(_: str) -> str:
        raise ModelGarbage("no")

    assert settled(Deliberation(ModelJudge(Saying(fails), VERDICT)), "It poured.") is Word.FAILED
    endless = ModelJudge(Saying(lambda _: "x" * 100_000), VERDICT)
    assert settled(Deliberation(endless), "It poured.") is Word.FAILED
    silent = ModelJudge(Saying(str, waits=True), VERDICT, within=0.01)
    assert settled(Deliberation(silent), "It poured.") is Word.FAILED
    gone = Deliberation(ModelJudge(Saying(str, waits=True), VERDICT), left=lambda: True)
    assert settled(gone, "It poured.") is Word.FAILED


def test_one_of_whom_nothing_came_is_asked_no_more_for_that_answer() -> None:
    model = Saying(lambda _: "no form at all")
    told = Deliberation(ModelJudge(model, VERDICT))
    assert settled(told, "It poured.") is Word.FAILED
    assert settled(told, "It snowed.") is Word.FAILED
    assert len(model.asked) == 1


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_judge_without_a_verdict_is_told_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    model = Saying(lambda user: yes(1) if "Two." in user else "no form at all")
    told = Deliberation(ModelJudge(model, VERDICT, eager=False))
    assert (settled(told, "One."), told.unavailable) == (Word.FAILED, True)
    settled(told, "Three.")
    assert warned(caplog) == [
        "the judge judge gave no verdict: the judge's answer holds no verdict that can be read"
    ]


def test_so_is_one_that_leaves_a_statement_out(caplog: pytest.LogCaptureFixture) -> None:
    told = Deliberation(ModelJudge(Saying(lambda _: yes(1)), VERDICT, eager=False))
    assert [told.of(each, RAIN) for each in ("One.", "Two.")] == [None, None]
    assert [settled(told, each) for each in ("One.", "Two.")] == [Word.YES, Word.FAILED]
    assert told.unavailable
    assert warned(caplog) == ["the judge judge gave no verdict: it left a statement out"]


def test_one_that_says_yes_or_no_or_that_nobody_waits_for_is_not(caplog: pytest.LogCaptureFixture) -> None:
    told = Deliberation(ModelJudge(Saying(lambda _: yes(1, verdict="no")), VERDICT))
    assert settled(told, "It poured.") is Word.NO
    gone = Deliberation(ModelJudge(Saying(str, waits=True), VERDICT), left=lambda: True)
    assert settled(gone, "It poured.") is Word.FAILED
    assert (told.unavailable, gone.unavailable, warned(caplog)) == (False, False, [])


def test_one_that_is_left_alone_for_a_while_is_told_and_not_logged_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def suspended(_: str) -> str:
        raise ModelSuspended("it failed too often")

    told = Deliberation(ModelJudge(Saying(suspended), VERDICT))
    assert (settled(told, "It poured."), told.unavailable) == (Word.FAILED, True)
    assert warned(caplog) == []


def test_a_fault_of_ours_is_logged_and_no_verdict(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(_: str) -> str:
        raise KeyError("a fault of ours")

    told = Deliberation(ModelJudge(Saying(breaks), VERDICT))
    assert (settled(told, "It poured."), told.unavailable) == (Word.FAILED, True)
    (record,) = caplog.records
    assert record.exc_info
    assert record.exc_info[0] is KeyError


def test_no_call_is_larger_than_a_middling_model_holds() -> None:
    model = Saying(lambda user: yes(*range(1, 1 + user.count("\n- "))))
    told = Deliberation(ModelJudge(model, VERDICT, eager=False))
    long = (Exhibit("It rained. " * 200),)
    every = [(f"Number {n}.", RAIN) for n in range(15)] + [(f"Long {n}.", long) for n in range(5)]
    assert {told.of(*each) for each in every} == {None}
    for each in every:
        while told.of(*each) is None:
            told.wait()
    assert {told.of(*each) for each in every} == {Word.YES}
    assert [asked.user.count("\n- ") for asked in model.asked] == [6, 6, 5, 2, 1]


class OneAtATime(Saying):
    """Says nothing in time as long as the model that writes isn't done."""

    def __init__(self) -> None:
        super().__init__(lambda user: yes(*range(1, 1 + user.count("\n- "))))
        self.writing = True

    def say(self, asked: Rendered, **_: object) -> Iterator[str]:
        self.asked.append(asked)
        writing = self.writing  # as it is now: once it has begun, the test may go on
        self.begun.set()
        if writing:
            raise ModelTimeout("silent")
        yield self._says(asked.user)


def test_at_an_endpoint_that_does_one_thing_at_a_time_it_is_asked_again_once_all_are_made() -> None:
    model = OneAtATime()
    told = Deliberation(ModelJudge(model, VERDICT))
    assert told.of("One.", RAIN) is None
    assert model.begun.wait(5)
    assert told.of("Two.", RAIN) is None
    model.writing = False
    assert [settled(told, each) for each in ("One.", "Two.")] == [Word.YES] * 2
    assert [asked.user.count("\n- ") for asked in model.asked] == [1, 2]
    assert not told.unavailable


def test_and_no_third_time() -> None:
    model = OneAtATime()
    told = Deliberation(ModelJudge(model, VERDICT))
    assert told.of("One.", RAIN) is None
    assert model.begun.wait(5)
    assert [settled(told, each) for each in ("One.", "Two.")] == [Word.FAILED] * 2
    assert (len(model.asked), told.unavailable) == (2, True)


def test_once_the_answers_time_is_over_nothing_waits_for_it() -> None:
    now = [0.0]
    model = Saying(str, waits=True)
    told = Deliberation(ModelJudge(model, VERDICT, within=30, clock=lambda: now[0]))
    now[0] = 29.0
    assert told.of("One.", RAIN) is None
    assert model.begun.wait(5)
    now[0] = 30.5
    assert [settled(told, each) for each in ("One.", "Two.")] == [Word.FAILED] * 2
    assert (len(model.asked), told.unavailable) == (1, True)


def test_no_thread_of_it_outlives_an_answer() -> None:
    model = Saying(str, waits=True)
    told = Deliberation(ModelJudge(model, VERDICT))
    assert told.of("One.", RAIN) is None
    assert model.begun.wait(5)
    assert "judge" in {thread.name for thread in threading.enumerate()}
    told.close()
    assert "judge" not in {thread.name for thread in threading.enumerate()}
    assert not told.unavailable
