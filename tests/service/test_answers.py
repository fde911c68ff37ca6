"""An answer opens again as it was given."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.answers import QuestionTurn
from service.bootstrap import Service
from service.conversation import TurnText
from service.errors import AnswerNotFound, ConversationNotFound, RequestConflict
from service.kept import turns
from service.wire import AnswerOut, ChatRequest
from tests.conftest import add


def ask(service: Service, question: str, **more: object) -> AnswerOut:
    return service.chat.ask(ChatRequest.model_validate({"question": question, **more}))


def test_an_answer_opens_as_it_was_given_whatever_happened_since(service: Service) -> None:
    id_ = add(service, "The envoys — “both” 🕊️ — met for two hours in Київ.").article_id
    assert id_ is not None
    answer = ask(service, "How long did the envoys meet?", include=["hits"])
    assert answer.citations
    service.corpus.ingester.delete(id_)
    again = service.answers.get(answer.id)
    assert again == answer
    assert again.model_dump_json() == answer.model_dump_json()


@pytest.mark.parametrize("id_", ["", "ans_" + "0" * 32, "\x00", "'; DROP TABLE answers; --"])
def test_an_unknown_answer_is_named(service: Service, id_: str) -> None:
    with pytest.raises(AnswerNotFound, match="answer"):
        service.answers.get(id_)


def test_turns_come_back_in_order_the_latest_when_there_are_many(service: Service) -> None:
    first = ask(service, "Question 0?")
    for number in range(1, 5):
        ask(service, f"Question {number}?", conversation_id=first.conversation_id)
    ask(service, "Another conversation?")
    told = service.answers.turns(first.conversation_id, most=3)
    assert [turn.text for turn in told if turn.role == "user"] == [
        "Question 2?",
        "Question 3?",
        "Question 4?",
    ]
    assert [turn.role for turn in told] == ["user", "assistant"] * 3
    assert service.answers.turns("c_" + "0" * 32) == []
    assert TurnText("user", "Question 0?") in service.answers.turns(first.conversation_id)


def claimed(service: Service, **more: str) -> QuestionTurn:
    turn = service.answers.claim(replace(QuestionTurn("ans_" + "1" * 32, "c_" + "1" * 32, "Why?"), **more))
    assert isinstance(turn, QuestionTurn)
    return turn


def test_a_question_is_written_down_before_it_is_answered(service: Service) -> None:
    turn = claimed(service)
    (written,) = service.answers.conversation(turn.conversation_id).turns
    assert (written.question, written.state, written.answer) == ("Why?", "in_progress", None)
    assert service.answers.turns(turn.conversation_id) == []
    with pytest.raises(AnswerNotFound):
        service.answers.get(turn.id)


def test_a_question_whose_service_died_is_shown_and_taken_up_again_under_its_key(service: Service) -> None:
    turn = claimed(service, key="k", request_sha256="0" * 64)
    with service.corpus.record.database.write() as connection:
        connection.execute(turns.update().values(owner="a process that died"))
    service.answers.interrupt_unfinished()
    (written,) = service.answers.conversation(turn.conversation_id).turns
    assert (written.state, written.answer) == ("interrupted", None)
    again = replace(turn, id="ans_" + "2" * 32, conversation_id="c_" + "2" * 32)
    assert service.answers.claim(again) == turn
    with pytest.raises(RequestConflict):
        service.answers.claim(again)


def test_a_turn_that_fails_is_gone_and_its_key_free(service: Service) -> None:
    turn = claimed(service, key="k", request_sha256="0" * 64)
    with pytest.raises(KeyError), service.answers.abandoning(turn):
        raise KeyError
    with pytest.raises(ConversationNotFound):
        service.answers.conversation(turn.conversation_id)
    assert claimed(service, key="k", request_sha256="1" * 64).key == "k"


def test_a_key_is_let_go_of_after_a_day(service: Service) -> None:
    answer = ask(service, "Why?")
    turn = claimed(service, key="k", request_sha256="0" * 64)
    long_ago = datetime.now(UTC) - timedelta(hours=24, minutes=1)
    with service.corpus.record.database.write() as connection:
        connection.execute(turns.update().where(turns.c.id == turn.id).values(asked_at=long_ago))
    later = claimed(service, id="ans_" + "3" * 32, key="k", request_sha256="1" * 64)
    assert later.id == "ans_" + "3" * 32
    assert len(service.answers.conversation(turn.conversation_id).turns) == 2
    assert service.answers.get(answer.id) == answer


def test_another_principal_finds_nothing(service: Service) -> None:
    answer = ask(service, "Why?")
    store = service.answers
    with pytest.raises(AnswerNotFound):
        store.get(answer.id, principal="another")
    for look in (store.conversation, store.delete_conversation):
        with pytest.raises(ConversationNotFound):
            look(answer.conversation_id, principal="another")
    assert store.turns(answer.conversation_id, principal="another") == []
    assert store.get(answer.id) == answer


def test_an_answer_to_a_deleted_conversation_is_not_kept(service: Service) -> None:
    answer = ask(service, "Why?")
    service.answers.delete_conversation(answer.conversation_id)
    service.answers.finish(answer)
    with pytest.raises(AnswerNotFound):
        service.answers.get(answer.id)
