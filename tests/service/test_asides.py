"""What is asked of an answer keeps to what is searched now, whoever tells what was said before."""

from typing import Any

import pytest

from retrieval.article import Quote
from service.answering import Draft, DraftPart, Proposal, StatementKind, Status
from service.bootstrap import Service
from service.chat import Chat
from service.wire import AnswerOut, ChatRequest
from tests.conftest import add
from tests.service.test_chat import Scripted

QUESTION = "What did Ada Brandt tell Radio Orla?"
TEXT = (
    "Lock stays shut\n\n“The lock stays shut until the owners pay,” Ada Brandt told Radio Orla on Friday.\n\n"
    "The owners have refused to pay for the new gates since March."
)
KNOWN = {"outlet": "The Orla Times", "published": "2025-05-18"}


def ask(service: Service, question: str, **given: Any) -> AnswerOut:
    return service.chat.ask(ChatRequest.model_validate({"question": question, **given}))


def asked_again(service: Service, question: str, first: AnswerOut, **given: Any) -> AnswerOut:
    return ask(service, question, conversation_id=first.conversation_id, **given)


@pytest.fixture
def lock(service: Service) -> Service:
    add(service, TEXT, id_="lock", **KNOWN)
    return service


def test_who_said_it_by_what_a_client_tells(lock: Service) -> None:
    history = [{"role": "user", "text": QUESTION}]
    whole = ask(lock, "when?", history=history)
    assert whole.text.startswith("Friday (16 May 2025): ")
    told = {"role": "assistant", "text": ask(lock, QUESTION).text}
    assert ask(lock, "when?", history=[*history, told]).text == whole.text


def test_not_where_a_client_tells_of_another_answer(lock: Service) -> None:
    history = [
        {"role": "user", "text": QUESTION},
        {"role": "assistant", "text": "She praised bakers, weavers and lamplighters."},
    ]
    assert "who said that" in ask(lock, "who said that?", history=history).standalone_question
    assert "Ada Brandt: " not in ask(lock, "who said that?", history=history).text


def test_a_replaced_article_is_not_cited_again(lock: Service) -> None:
    first = ask(lock, QUESTION)
    add(lock, TEXT.replace("Friday", "Monday"), id_="lock", **KNOWN)
    answer = asked_again(lock, "in which article?", first)
    assert (answer.status, answer.citations) == ("abstained", [])
    assert "articles that are here now" in answer.text


def test_nor_one_outside_of_the_filter(lock: Service) -> None:
    first = ask(lock, QUESTION)
    add(lock, "The mayor of Brenna spoke of apples.", outlet="The Brenna Post")
    answer = asked_again(lock, "who said that?", first, filters={"outlets": ["The Brenna Post"]})
    assert (answer.status, answer.citations) == ("abstained", [])


def test_what_follows_a_purged_article_keeps_none_of_its_words(lock: Service) -> None:
    first = ask(lock, QUESTION)
    answer = asked_again(lock, "who said that?", first)
    assert "Ada Brandt: " in answer.text
    lock.purge(answer.cited[0].article.id)
    for turn in lock.answers.conversation(first.conversation_id).turns:
        assert turn.answer
        assert "lock" not in turn.answer.text
    assert lock.answers.get(answer.id).standalone_question == "who said that?"


def test_a_purge_leaves_another_ones_conversation_of_the_same_id_alone(lock: Service) -> None:
    id_ = ask(lock, QUESTION).conversation_id
    add(lock, "The weavers met on Tuesday. “We want a later bell,” Ida Voss told Radio Orla.")
    for question in ("What did Ida Voss tell Radio Orla?", "who said that?"):
        request = ChatRequest(question=question, conversation_id=id_)
        theirs = lock.chat.ask(request, principal="another")
    assert "Ida Voss: " in theirs.text
    lock.purge(ask(lock, QUESTION).cited[0].article.id)
    assert lock.answers.get(theirs.id, principal="another") == theirs


def test_nobody_is_asked_of_another_ones_conversation(lock: Service) -> None:
    first = ask(lock, QUESTION)
    request = ChatRequest(question="who said that?", conversation_id=first.conversation_id)
    assert lock.chat.ask(request, principal="another").status == "clarification"


def test_a_day_that_only_the_sentence_before_names_is_shown_with_it(service: Service) -> None:
    add(service, "On Tuesday the weavers met. “We want a later bell,” Ida Voss told Radio Orla.")
    answer = asked_again(service, "when?", ask(service, "What did Ida Voss tell Radio Orla?"))
    assert answer.status == "partial"
    assert "I found no day on which this was said" in answer.text
    assert "[The sentence before: “On Tuesday the weavers met.”]" in answer.text


def test_an_answer_in_a_models_words_is_asked_by_its_quotations(lock: Service) -> None:
    article = ask(lock, QUESTION).cited[0].article
    start = TEXT.index("The owners")
    quote = Quote(article.id, article.version, start, len(TEXT), TEXT[start:])
    words = DraftPart("The owners have refused to pay for new gates since March.", quote)
    proposal = Proposal(Status.ANSWERED, (Draft(StatementKind.PARAPHRASE, (words,)),))
    chat = Chat(lock.corpus.record, lock.corpus.searcher, Scripted(proposal), lock.answers)
    first = chat.ask(ChatRequest(question="Did the owners pay?"))
    assert first.statements[0].kind == "paraphrase"
    assert asked_again(lock, "shorter", first).text == first.text
    answer = asked_again(lock, "in which article?", first)
    assert answer.text == f"The Orla Times, 18 May 2025, “Lock stays shut”: “{quote.text}” [1]"


def test_which_languages_the_articles_are_in(lock: Service) -> None:
    add(lock, "Die Schleuse bleibt zu.", language="de")
    answer = ask(lock, "Warum bleibt die Schleuse zu?")
    assert answer.status == "clarification"
    assert "please ask in English" in answer.text
    assert "in German" in answer.text


def test_an_overview_is_asked_for_where_nothing_was_said_before(lock: Service) -> None:
    first = ask(lock, "tl;dr")
    assert first.status == "answered"
    assert "The lock stays shut" in first.text
