"""An answer opens again as it was given."""

import pytest

from service.bootstrap import Service
from service.conversation import TurnText
from service.errors import AnswerNotFound
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
    turns = service.answers.turns(first.conversation_id, most=3)
    assert [turn.text for turn in turns if turn.role == "user"] == [
        "Question 2?",
        "Question 3?",
        "Question 4?",
    ]
    assert [turn.role for turn in turns] == ["user", "assistant"] * 3
    assert service.answers.turns("c_" + "0" * 32) == []
    assert TurnText("user", "Question 0?") in service.answers.turns(first.conversation_id)
