"""What may be asked after an answer goes on from it."""

from retrieval.article import Article
from retrieval.versions import no_such_article
from service.bootstrap import Service
from service.next_questions import NextQuestions
from service.wire import AnswerOut, ChatRequest
from tests.conftest import add

STRIKE = (
    "The weavers of Brenna walked out on Monday. “We will not weave for less than forty marks,” Ida Voss told"
    " Radio Orla. Mill owner Karl Dehn said that he would pay thirty-five marks.\n"
)
LOCK = "The lock stays shut.\n\n“The gates are rotten,” Ada Brandt told Channel Five on Friday.\n"


def asked(service: Service, question: str, conversation_id: str | None = None) -> AnswerOut:
    return service.chat.ask(ChatRequest(question=question, conversation_id=conversation_id))


def test_of_who_speaks_beside_what_was_cited_first_and_nothing_asked_before(service: Service) -> None:
    add(service, STRIKE, id_="strike")
    add(service, LOCK, id_="lock")
    first = asked(service, "What did Ida Voss tell Radio Orla?")
    after = service.chat.next_questions(first.id)
    assert "Karl Dehn" in after[0]
    assert not any("Ida Voss" in question for question in after)
    second = asked(service, after[0], first.conversation_id)
    assert after[0] not in service.chat.next_questions(second.id)


def test_each_is_answered_with_something_that_was_not_told(service: Service) -> None:
    add(service, STRIKE, id_="strike")
    add(service, LOCK, id_="lock")
    first = asked(service, "What did Ida Voss tell Radio Orla?")
    told = {citation.quote.text for citation in first.cited}
    for question in service.chat.next_questions(first.id):
        answer = asked(service, question)
        assert answer.status == "answered"
        assert {citation.quote.text for citation in answer.cited} - told


def test_they_follow_what_was_asked(service: Service) -> None:
    add(service, STRIKE, id_="strike")
    add(service, LOCK, id_="lock")
    one, other = (asked(service, f"What did {who} say?") for who in ("Ida Voss", "Ada Brandt"))
    assert service.chat.next_questions(one.id) != service.chat.next_questions(other.id)


def test_of_an_article_that_is_erased_meanwhile_no_speaker(service: Service) -> None:
    add(service, STRIKE, id_="strike")
    first = asked(service, "What did Ida Voss tell Radio Orla?")

    def erased(id_: str, version: int) -> Article:
        raise no_such_article(id_, version)

    after = NextQuestions(erased, service.chat.answer).after(first, [first], [])
    assert not any("Karl Dehn" in question for question in after)
