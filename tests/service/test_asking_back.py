"""Whom a follow-up means is asked back where two bear the name, and what was told singles out none."""

from service.bootstrap import Service
from service.wire import AnswerOut, ChatRequest
from tests.conftest import add

FLOOD = "The harbour of Senn flooded on Monday. The mayor said that the harbour would open on Friday.\n"


def follow_up(service: Service, question: str) -> AnswerOut:
    first = service.chat.ask(ChatRequest(question="When will the harbour of Senn open?"))
    return service.chat.ask(ChatRequest(question=question, conversation_id=first.conversation_id))


def test_of_two_with_one_name(service: Service) -> None:
    add(service, FLOOD, id_="flood")
    add(service, "Pilot Lise Dahlke said that the harbour of Senn was lost.\n", id_="lise")
    add(service, "Banker Jens Dahlke said that the harbour of Senn was sold.\n", id_="jens")
    answer = follow_up(service, "What did Dahlke say about it?")
    assert answer.status == "clarification"
    assert "Lise Dahlke" in answer.text
    assert "Jens Dahlke" in answer.text


def test_never_of_a_thing_that_two_names_end_with(service: Service) -> None:
    add(service, FLOOD, id_="flood")
    add(service, "Upper Mill by the harbour of Senn flooded. The mill will open on Tuesday.\n", id_="one")
    add(service, "Lower Mill by the harbour of Senn flooded. The mill will open on Sunday.\n", id_="two")
    assert "Whom do you mean" not in follow_up(service, "What about the mill?").text
