"""Slack, the model or the service fail on the way: one whole message, or a plain sentence, never silence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from retrieval.errors import IndexUnavailable, ParleyError
from retrieval.timing import Timings
from service.answering import UNWATCHED, Passage, Proposal, Watch
from service.answering.extractive import ExtractiveAnswerer
from service.bootstrap import Service
from service.chat import Chat
from service.desk import service_desk
from service.errors import InvalidRequest, Overloaded
from service.slack import wording
from service.slack.app import register
from service.slack.deliveries import Deliveries
from service.slack.events import Incoming, read_event
from service.slack.replies import Pace, Replies
from service.wire import ChatRequest
from tests.service.http.stuck import stuck
from tests.service.slack.conftest import Talk, talking
from tests.service.slack.test_app import QUESTION, shown
from tests.slack_server.server import SlackServer
from tests.slack_server.state import Message

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def whole_answer(with_key: Service) -> list[str]:
    """The statements of the answer to QUESTION, as they are when nothing fails."""
    answer = with_key.chat.ask(ChatRequest(question=QUESTION), principal="a test")
    return [statement.text for statement in answer.statements]


def check_whole(message: Message, statements: Sequence[str]) -> None:
    """Each statement stands in it once."""
    text = shown(message)
    assert [text.count(statement) for statement in statements] == [1] * len(statements)


def refuse_streaming(slack: SlackServer) -> None:
    slack.refuse_streaming()


def limit_every_call(slack: SlackServer) -> None:
    for method in ("chat.startStream", "chat.appendStream", "chat.stopStream"):
        slack.limit(method, retry_after=0)


def limit_posts(slack: SlackServer) -> None:
    slack.refuse_streaming()
    for method in ("chat.postMessage", "chat.update"):
        slack.limit(method, retry_after=0)


def lose(method: str) -> Callable[[SlackServer], None]:
    return lambda slack: slack.fail(method, lost=True)


def lose_the_post(slack: SlackServer) -> None:
    slack.refuse_streaming()
    slack.fail("chat.postMessage", lost=True)


def break_the_post(slack: SlackServer) -> None:
    slack.refuse_streaming()
    slack.fail("chat.postMessage", status=503)


FAULTS: dict[str, Callable[[SlackServer], None]] = {
    "none": lambda slack: None,
    "streaming refused": refuse_streaming,
    "a stream that expires": lambda slack: slack.end_streams_after(1),
    "a stream that expires at once": lambda slack: slack.end_streams_after(0),
    "429 in the stream": limit_every_call,
    "429 while posting": limit_posts,
    "the answer to the start is lost": lose("chat.startStream"),
    "the answer to an append is lost": lose("chat.appendStream"),
    "the answer to the end is lost": lose("chat.stopStream"),
    "the answer to a post is lost": lose_the_post,
    "a post fails": break_the_post,
    "no status": lambda slack: slack.fail("assistant.threads.setStatus", "not_allowed", times=1),
    "the end is refused": lambda slack: slack.fail("chat.stopStream", "internal_error"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_whole_message_stands_in_the_end(talk: Talk, whole_answer: list[str], fault: str) -> None:
    FAULTS[fault](talk.slack)
    said = talk.ask(QUESTION)
    check_whole(talk.answer(said), whole_answer)
    assert len(talk.slack.messages()) == 1
    assert all(call.status != 429 or call.error == "ratelimited" for call in talk.slack.calls())


def test_blocks_that_slack_takes_none_of_leave_the_words(talk: Talk) -> None:
    talk.slack.refuse_streaming()
    for method in ("chat.postMessage", "chat.update"):
        talk.slack.fail(method, "invalid_blocks", times=2)
    message = talk.answer(talk.ask(QUESTION))
    assert "Trump" in message.text


@dataclass
class Failing:
    """An answerer that tells its drafts, and then fails."""

    real: ExtractiveAnswerer
    fault: Exception

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        for draft in self.real.answer(question, passages, timings=timings).drafts:
            watch.draft(draft)
        raise self.fault


def failing(service: Service, fault: Exception) -> Service:
    answerer = Failing(service.extractive, fault)
    record, searcher = service.corpus.record, service.corpus.searcher
    return replace(service, chat=Chat(record, searcher, answerer, service.answers))


SENTENCES: list[tuple[Exception, str]] = [
    (IndexUnavailable("the index is gone", remedy="Look."), wording.NOT_READY),
    (Overloaded("too much", remedy="Wait."), wording.BUSY),
    (InvalidRequest("no <!channel>", remedy="Mend it."), "I can't answer that: no <!channel>. Mend it."),
    (ParleyError("a secret of the operator's", remedy="Look."), wording.FAILED),
    (RuntimeError("nobody foresaw this"), wording.FAILED),
]


@pytest.mark.parametrize(("fault", "sentence"), SENTENCES)
def test_a_fault_is_told_in_a_plain_sentence_below_what_was_told(
    with_key: Service, slack: SlackServer, whole_answer: list[str], fault: Exception, sentence: str
) -> None:
    with talking(failing(with_key, fault), slack) as talk:
        said = talk.ask(QUESTION)
        message = talk.answer(said)
    assert shown(message).endswith(sentence)
    assert whole_answer[0] in shown(message)
    assert slack.status(said)[-1] == ""
    assert len(slack.messages()) == 1


def test_slack_is_answered_while_the_model_stalls_and_a_slow_answer_is_announced(
    with_key: Service, slack: SlackServer
) -> None:
    with stuck(with_key) as (service, answerer), talking(service, slack) as talk:
        asked = [talk.ask(f"What did Trump say about item {number}?") for number in range(20)]
        assert answerer.begun.acquire(timeout=10)
        for said in asked:  # a second delivery of each, while nothing is answered
            assert talk.deliver(said.mention, retry=1).status_code == 200
        assert slack.messages() == []
        answerer.go_on.set()
        for said in asked:
            talk.answer(said)
    assert len(slack.messages()) == 20


@pytest.fixture
def replies_in(slack: SlackServer, service: Service) -> Callable[[Service, Pace], Replies]:
    """The core by itself, at a pace of the test's."""

    def make(opened: Service, pace: Pace) -> Replies:
        client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
        app = App(client=client, request_verification_enabled=False, signing_secret="unused")
        return register(app, service_desk(opened), opened.corpus.record.database, pace=pace).replies

    return make


def test_whoever_waits_long_is_told_so(
    service: Service, slack: SlackServer, replies_in: Callable[[Service, Pace], Replies]
) -> None:
    with stuck(service) as (opened, answerer):
        replies = replies_in(opened, Pace(slow=0.05))
        said = slack.say("Well?")
        assert replies.receive(_incoming(said.mention))
        slack.wait_for("the note", slack.messages)
        assert shown(slack.messages()[0]) == wording.SLOW
        answerer.go_on.set()
        slack.wait_for("the answer", lambda: len(slack.messages()) == 2)
        replies.close()
    assert "I found no passage." in shown(slack.messages()[1])


def test_too_many_questions_are_turned_down_in_words(
    service: Service, slack: SlackServer, replies_in: Callable[[Service, Pace], Replies]
) -> None:
    with stuck(service) as (opened, answerer):
        replies = replies_in(opened, Pace(hands=1, most=2))
        asked = [slack.say(f"Well, {number}?") for number in range(4)]
        for said in asked:
            assert replies.receive(_incoming(said.mention))
        slack.wait_for("two refusals", lambda: len(slack.messages()) == 2)
        assert {message.thread_ts for message in slack.messages()} == {asked[2].ts, asked[3].ts}
        assert all(shown(message) == wording.BUSY for message in slack.messages())
        answerer.go_on.set()
        slack.wait_for("two answers", lambda: len(slack.messages()) == 4)
        replies.close()
    assert Deliveries(service.corpus.record.database).unfinished() == []


def test_questions_of_one_thread_are_answered_in_turn(
    service: Service, slack: SlackServer, replies_in: Callable[[Service, Pace], Replies]
) -> None:
    with stuck(service) as (opened, answerer):
        replies = replies_in(opened, Pace(hands=4))
        root = slack.say("First?")
        asked = [root, *(slack.say(f"Then {number}?", thread=root.ts) for number in range(3))]
        for said in asked:
            assert replies.receive(_incoming(said.mention))
        assert answerer.begun.acquire(timeout=10)
        assert not answerer.begun.acquire(timeout=0.2)
        answerer.go_on.set()
        slack.wait_for("four answers", lambda: len(slack.messages()) == 4)
        replies.close()
    told = [message.metadata for message in slack.messages()]
    assert [mark["event_payload"]["post"] for mark in told if mark] == [said.ts for said in asked]


def _incoming(body: dict[str, Any]) -> Incoming:
    found = read_event(body, team="T0000000001", bot_user="U0BOT000001")
    assert found is not None
    return found


def test_where_nothing_may_be_said_any_more_it_is_let_go(talk: Talk) -> None:
    said = talk.slack.say(QUESTION, channel="D0000000001")
    for method in ("chat.startStream", "chat.postMessage"):
        talk.slack.fail(method, "is_archived", times=9)
    talk.deliver(said.posted)
    talk.slack.wait_for("the end", lambda: talk.slack.calls("assistant.threads.setStatus", ok=True)[1:])
    assert talk.slack.messages() == []
    store = Deliveries(talk.service.corpus.record.database)
    talk.slack.wait_for("letting go", lambda: not store.unfinished())
