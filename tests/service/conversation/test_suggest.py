"""Questions to begin with: drawn from the articles, and answered."""

from service.bootstrap import Service
from service.conversation.suggest import Suggestions
from service.wire import ChatRequest
from tests.conftest import add

QUOTED = (
    "The ferry crews stayed ashore on Friday. “We will not sail in fog,” Ann Lee told Radio Sur."
    " Tom Hart said that the harbour would open in June. Port Sable has been shut since May. Fishermen in"
    " Port Sable wait for fuel.\n"
)
NAMELESS = (
    "The Harbour Fund has been empty since May. The Harbour Fund was set up in Port Sable by its council.\n"
)


def test_of_whoever_is_quoted_and_to_whom(service: Service) -> None:
    add(service, QUOTED)
    suggested = service.chat.suggestions.questions()
    assert suggested[:2] == ["What did Ann Lee say to Radio Sur?", "What did Tom Hart say?"]
    for question in suggested:
        assert service.chat.answer(ChatRequest(question=question)).status.value == "answered"


def test_where_nobody_is_quoted_of_what_is_named(service: Service) -> None:
    add(service, NAMELESS)
    (first, *_) = service.chat.suggestions.questions()
    assert "Harbour Fund" in first
    assert service.chat.answer(ChatRequest(question=first)).status.value == "answered"


def test_none_that_is_not_answered(service: Service) -> None:
    add(service, QUOTED)
    corpus, tried = service.corpus, list[str]()

    def answered(question: str) -> bool:
        tried.append(question)
        return "Hart" in question

    suggestions = Suggestions(corpus.record, corpus.searcher, answered)
    assert suggestions.questions() == suggestions.questions() == ["What did Tom Hart say?"]
    assert len(tried) == len(set(tried))  # worked out once
