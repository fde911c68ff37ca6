"""Questions as people type them in a conversation, on two articles of their own."""

from collections.abc import Callable, Iterator

import pytest

from service.wire import AnswerOut
from tests.service.talk import measure
from tests.service.talk.measure import Case, Talk, cases, is_small_talk, same

pytestmark = pytest.mark.slow

SOME = 10  # of each kind, where not all are asked
# So many of a hundred, as measured; what was written beside the code that they are tried on isn't held back.
AT_LEAST = {"own_question": 100, "wrapped": 92, "smalltalk": 100}


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with measure.talking(tmp_path_factory.mktemp("talk") / "data") as talk:
        yield talk


@pytest.mark.parametrize("case", cases("own_question")[1 :: 60 // SOME], ids=lambda case: case["second"])
def test_what_was_said_before_changes_no_whole_question(talk: Talk, case: Case) -> None:
    assert measure.own_question(talk, case)


@pytest.mark.parametrize("case", cases("wrapped")[1::16], ids=lambda case: case["typed"][:40])
def test_words_around_a_question_change_nothing(talk: Talk, case: Case) -> None:
    answer = talk.ask(case["typed"])
    assert same(answer, talk.ask(case["plain"]))
    assert answer.question == case["typed"]
    assert answer.standalone_question == case["plain"]


@pytest.mark.parametrize("case", cases("smalltalk")[1::12], ids=lambda case: case["typed"])
def test_small_talk_is_told_from_questions(talk: Talk, case: Case) -> None:
    assert measure.small_talk(talk, case)


def test_small_talk_says_what_is_known_and_suggests_what_is_answered(talk: Talk) -> None:
    answer = talk.ask("hello")
    assert is_small_talk(answer)
    assert answer.unanswered == []
    suggested = talk.service.chat.suggestions.questions()
    assert len(suggested) == 3
    for question in suggested:
        assert f"“{question}”" in answer.text
        assert talk.ask(question).status == "answered"


def test_after_small_talk_the_question_before_it_is_gone_on_with(talk: Talk) -> None:
    first = talk.ask("What did Lindqvist tell Radio Skarne?")

    def on(question: str) -> AnswerOut:
        return talk.on(question, first.conversation_id)

    assert is_small_talk(on("thanks!"))
    assert on("And the Coast Tribune?").standalone_question == "What did Lindqvist tell the Coast Tribune?"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("own_question", measure.own_question),
        ("wrapped", measure.wrapped),
        ("smalltalk", measure.small_talk),
    ],
)
def test_of_all_cases_no_fewer_are_right(talk: Talk, name: str, right: Callable[[Talk, Case], bool]) -> None:
    asked = cases(name)
    assert sum(right(talk, case) for case in asked) * 100 >= AT_LEAST[name] * len(asked)


@pytest.mark.slow
def test_of_all_follow_ups_no_fewer_are_answered_as_a_person_would_have_put_them(talk: Talk) -> None:
    asked = cases("real_followup")
    assert sum(measure.answered_as(talk, case) for case in asked) >= 23
