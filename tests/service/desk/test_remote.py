"""The desk of a running service, as seen from another process."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from retrieval.errors import ParleyError, StorageFull
from service.answers import AnswerStore
from service.bootstrap import Service
from service.desk.client import Client
from service.desk.links import ReaderLinks
from service.desk.remote import RemoteDesk
from service.errors import (
    ConversationNotFound,
    InvalidRequest,
    Overloaded,
    ServiceRefused,
    ServiceUnreachable,
)
from service.links import PageLinks
from service.wire import AnswerOut, Cited, FeedbackIn, StatementOut
from tests.conftest import serving
from tests.service.conftest import KEY
from tests.service.http.stuck import stuck

LINKS = ReaderLinks(PageLinks(KEY), address="https://parley.example.org")
CONVERSATION = f"c_{'7' * 32}"


@dataclass
class Heard:
    stages: list[str] = field(default_factory=list)
    statements: list[StatementOut] = field(default_factory=list)
    citations: list[Cited] = field(default_factory=list)

    def stage(self, name: str) -> None:
        self.stages.append(name)

    def statement(self, statement: StatementOut, citations: Sequence[Cited]) -> None:
        self.statements.append(statement)
        self.citations += citations


def ask(desk: RemoteDesk, *, key: str, question: str = "What did Trump say?") -> tuple[AnswerOut, Heard]:
    heard = Heard()
    answer = desk.ask(question, conversation_id=CONVERSATION, principal="slack:T1", key=key, hearer=heard)
    return answer, heard


@pytest.fixture
def desk(with_key: Service) -> Iterator[RemoteDesk]:
    with serving(with_key) as http, Client(str(http.base_url), key=KEY) as client:
        yield RemoteDesk(client, LINKS)


def test_statements_are_heard_as_they_will_stand_in_the_answer(desk: RemoteDesk) -> None:
    answer, heard = ask(desk, key="one")
    assert heard.stages == ["condense", "search", "answer"]
    assert heard.statements == answer.statements
    assert heard.citations == answer.citations
    link = desk.link(answer.cited[0])
    assert link is not None
    assert link.startswith("https://parley.example.org/articles/")
    assert "&token=" in link


def test_the_same_key_gets_the_same_answer_and_it_opens_again(desk: RemoteDesk) -> None:
    first, _ = ask(desk, key="two")
    again, _ = ask(desk, key="two")
    assert again == first == desk.answer(first.id, principal="slack:T1")


def test_it_rates_and_forgets(desk: RemoteDesk, with_key: Service) -> None:
    answer, _ = ask(desk, key="three")
    desk.rate(answer.id, FeedbackIn(rating="down", reason="wrong"), principal="slack:T1", author="U1")
    assert answer.id in {each.answer_id for each in with_key.feedback.unfavourable()}
    assert desk.about().articles == 2
    desk.forget([CONVERSATION, f"c_{'8' * 32}"], principal="slack:T1")
    assert answer.id not in {each.answer_id for each in with_key.feedback.unfavourable()}
    with pytest.raises(ServiceRefused, match="not here"):
        desk.answer(answer.id, principal="slack:T1")


def test_what_keeps_the_service_from_deleting_is_not_passed_over(
    desk: RemoteDesk, with_key: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are deleted all the same, and it can be told to again."""
    first, last = f"c_{'5' * 32}", f"c_{'6' * 32}"
    for id_ in (first, last):
        desk.ask("Who met?", conversation_id=id_, principal="slack:T1", key=id_, hearer=Heard())
    deleted, delete = [], with_key.answers.delete_conversation

    def full(_: object, id_: str, *, principal: str) -> None:
        if id_ == first:
            raise StorageFull("the record cannot be written", remedy="Free some disk space.")
        delete(id_, principal=principal)
        deleted.append(id_)

    with monkeypatch.context() as patch:
        patch.setattr(AnswerStore, "delete_conversation", full)
        with pytest.raises(ServiceRefused, match="cannot be written"):
            desk.forget([first, last], principal="slack:T1")
    assert deleted == [last]
    desk.forget([first, last], principal="slack:T1")
    with pytest.raises(ConversationNotFound):
        with_key.answers.conversation(first)


def test_a_question_that_is_none_is_refused_here(desk: RemoteDesk) -> None:
    with pytest.raises(InvalidRequest):
        ask(desk, key="four", question="x" * 2_001)


def test_what_the_service_still_works_on_is_waited_for(with_key: Service) -> None:
    """As after a restart of this process in the middle of a question."""
    with (
        stuck(with_key) as (service, answerer),
        serving(service) as http,
        Client(str(http.base_url), key=KEY) as client,
    ):
        first = threading.Thread(target=lambda: ask(RemoteDesk(client, LINKS), key="five"))
        first.start()
        assert answerer.begun.acquire(timeout=10)
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            answerer.go_on.set()
            first.join(timeout=10)

        answer, _ = ask(RemoteDesk(client, LINKS, sleep=wait), key="five")
        assert answer.status == "abstained"
        assert waits


def test_a_full_queue_is_waited_for_and_then_said(with_key: Service) -> None:
    settings = with_key.settings.model_copy(update={"workers": 1, "queue": 0})
    with (
        stuck(with_key) as (service, answerer),
        serving(replace(service, settings=settings)) as http,
        Client(str(http.base_url), key=KEY) as client,
    ):
        first = threading.Thread(target=lambda: ask(RemoteDesk(client, LINKS), key="six"))
        first.start()
        assert answerer.begun.acquire(timeout=10)
        with pytest.raises(Overloaded):
            ask(RemoteDesk(client, LINKS, patience=0), key="seven")
        answerer.go_on.set()
        first.join(timeout=10)


def test_a_service_that_is_gone_is_said() -> None:
    with Client("http://127.0.0.1:9", key=None) as client, pytest.raises(ServiceUnreachable) as caught:
        ask(RemoteDesk(client, LINKS), key="eight")
    assert isinstance(caught.value, ParleyError)
    assert caught.value.retryable


def test_without_an_address_for_readers_there_is_no_link(desk: RemoteDesk) -> None:
    answer, _ = ask(desk, key="nine")
    assert ReaderLinks(PageLinks(KEY), address=None)(answer.cited[0]) is None


def test_without_the_key_it_says_which_setting_has_it(with_key: Service) -> None:
    with (
        serving(with_key) as http,
        Client(str(http.base_url), key=None) as client,
        pytest.raises(ServiceRefused) as refused,
    ):
        ask(RemoteDesk(client, LINKS), key="six")
    assert "PARLEY_API_KEY" in refused.value.remedy
