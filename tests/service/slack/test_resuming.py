"""What an earlier process left is finished in place, wherever that process stopped."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from retrieval.errors import StorageFull
from service.bootstrap import Service, open_service
from service.desk import service_desk
from service.received import State
from service.slack import wording
from service.slack.app import register
from service.slack.blocks import Message, plain_message
from service.slack.deliveries import Deliveries, Delivery
from service.slack.events import read_event
from service.slack.replies import _ATTEMPTS, Pace
from service.slack.telling import Telling
from service.slack.web import Web
from tests.conftest import MakeSettings, add
from tests.service.slack.test_app import shown
from tests.slack_server.people import Said
from tests.slack_server.server import SlackServer

pytestmark = pytest.mark.slow

ARTICLE = "Talks\n\nThe envoy Marta Lund told reporters that the ports would open on Friday."
STATEMENT = "the ports would open on Friday"


class Died(Exception):
    """kill -9, as far as one thread can tell."""


class DyingLedger:
    """Writes down what a process would, up to the moment at which it dies."""

    def __init__(self, store: Deliveries, delivery: Delivery, *, before: str = "") -> None:
        self._store = store
        self._delivery = delivery
        self._before = before

    def begin(self) -> None:
        if self._before == "begin":
            raise Died
        self._store.telling(self._delivery)

    def posted(self, ts: str) -> None:
        if self._before == "posted":
            raise Died
        self._store.told(self._delivery, ts)

    def of_others(self) -> set[str]:
        return set(self._store.messages_of_others(self._delivery))


class Earlier:
    """An earlier process, which claims a post and dies at some point of telling its answer."""

    def __init__(self, slack: SlackServer, service: Service) -> None:
        self.slack = slack
        self.store = Deliveries(service.corpus.record.database)
        self.web = Web(WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url))

    def claim(self, *, thread: str | None = None) -> tuple[Said, Delivery]:
        spoken = self.slack.say("What did Marta Lund say?", thread=thread)
        found = read_event(spoken.mention, team=spoken.workspace.team, bot_user="U0BOT000001")
        assert found is not None
        claimed = self.store.claim(found.post)
        assert claimed is not None
        return spoken, claimed

    def tell(self, delivery: Delivery, *, before: str = "", whole: bool = False) -> None:
        telling = Telling(self.web, delivery.post, DyingLedger(self.store, delivery, before=before))
        begun = plain_message("A beginning that no answer of ours has.")
        with suppress(Died):
            telling.say(begun)
            if whole:
                telling.finish([begun], rest=[Message("", ())])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    """Opened once: each test has a workspace of its own, and leaves nothing unfinished."""
    opened = open_service(make_settings(tmp_path_factory.mktemp("resuming")), command="a test")
    add(opened, ARTICLE)
    yield opened
    opened.close()


@pytest.fixture
def earlier(slack: SlackServer, service: Service) -> Earlier:
    return Earlier(slack, service)


@pytest.fixture
def start(slack: SlackServer, service: Service) -> Iterator[Callable[[], None]]:
    """The process that follows."""
    with ExitStack() as closing:

        def starting() -> None:
            client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
            app = App(client=client, request_verification_enabled=False, signing_secret="unused")
            database = service.corpus.record.database
            closing.enter_context(register(app, service_desk(service), database, pace=Pace()))

        yield starting


def check_answered(earlier: Earlier, said: Said) -> None:
    earlier.slack.wait_for("the end", lambda: not earlier.store.unfinished())
    (message,) = earlier.slack.messages(thread=said.ts)
    assert message.stream != "streaming"
    assert STATEMENT in shown(message)
    assert "A beginning" not in shown(message)


def test_a_claim_without_more_is_answered(earlier: Earlier, start: Callable[[], None]) -> None:
    said, _ = earlier.claim()
    start()
    check_answered(earlier, said)


STOPS = [
    {"before": "begin"},  # nothing was posted
    {"before": "posted"},  # Slack has a stream that the record doesn't know of
    {"before": ""},  # the record knows of it
    {"before": "", "whole": True},  # all was told, and only the last word to the record is missing
]


@pytest.mark.parametrize("stop", STOPS, ids=str)
@pytest.mark.parametrize("streaming", [True, False])
def test_what_slack_has_already_is_made_whole_in_place(
    earlier: Earlier, start: Callable[[], None], stop: dict[str, object], streaming: bool
) -> None:
    if not streaming:
        earlier.slack.refuse_streaming()
    said, delivery = earlier.claim()
    earlier.tell(delivery, **stop)  # type: ignore[arg-type]
    start()
    check_answered(earlier, said)


def test_our_other_messages_in_the_thread_are_left_alone(earlier: Earlier, start: Callable[[], None]) -> None:
    said, first = earlier.claim()
    earlier.web.post(
        first.post.channel,
        said.ts,
        plain_message(wording.SLOW),
        metadata={"event_type": "x", "event_payload": {}},
    )
    _, second = earlier.claim(thread=said.ts)
    earlier.tell(first)
    earlier.tell(second, before="posted")
    start()
    earlier.slack.wait_for("the end", lambda: not earlier.store.unfinished())
    told = [shown(message) for message in earlier.slack.messages(thread=said.ts)]
    assert [STATEMENT in each for each in told] == [False, True, True]
    assert told[0] == wording.SLOW


def test_a_question_that_brings_us_down_each_time_is_given_up_with_a_word(
    earlier: Earlier, start: Callable[[], None]
) -> None:
    said, delivery = earlier.claim()
    for _ in range(_ATTEMPTS):
        assert earlier.store.take_up(delivery)
    start()
    earlier.slack.wait_for("the end", lambda: not earlier.store.unfinished())
    (message,) = earlier.slack.messages(thread=said.ts)
    assert shown(message) == wording.GAVE_UP


def test_while_slack_is_away_a_question_stays_to_be_answered(
    earlier: Earlier, slack: SlackServer, service: Service, start: Callable[[], None]
) -> None:
    said, delivery = earlier.claim()
    for method in ("chat.startStream", "chat.postMessage", "conversations.replies"):
        slack.fail(method, status=503, times=50)
    client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
    app = App(client=client, request_verification_enabled=False, signing_secret="unused")
    pace = Pace(sleep=lambda _: None)
    with register(app, service_desk(service), service.corpus.record.database, pace=pace):
        slack.wait_for("giving up", lambda: len(slack.calls("conversations.replies")) >= 4)
    assert [left.number for left in earlier.store.unfinished()] == [delivery.number]
    assert earlier.store.unfinished()[0].state is State.TELLING
    slack.state.faults.clear()
    start()
    check_answered(earlier, said)


def test_a_full_disk_in_the_middle_is_waited_out(
    earlier: Earlier, slack: SlackServer, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, _ = earlier.claim()
    full = iter([True, True, True])
    take_up, telling = Deliveries.take_up, Deliveries.telling

    def until_freed(write: Callable[..., Any]) -> Callable[..., Any]:
        def writing(*given: Any) -> Any:
            if next(full, False):
                raise StorageFull("the disk is full", remedy="Free some.")
            return write(*given)

        return writing

    monkeypatch.setattr(Deliveries, "take_up", until_freed(take_up))
    monkeypatch.setattr(Deliveries, "telling", until_freed(telling))
    client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
    app = App(client=client, request_verification_enabled=False, signing_secret="unused")
    pace = Pace(again=0.02)
    with register(app, service_desk(service), service.corpus.record.database, pace=pace):
        check_answered(earlier, said)


def test_what_comes_while_we_go_home_is_kept_for_the_next_start(
    earlier: Earlier, slack: SlackServer, service: Service, start: Callable[[], None]
) -> None:
    client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
    app = App(client=client, request_verification_enabled=False, signing_secret="unused")
    registered = register(app, service_desk(service), service.corpus.record.database)
    registered.close()
    said = slack.say("What did Marta Lund say?", channel="D0000000001")
    assert app.dispatch(BoltRequest(body=said.posted, mode="socket_mode")).status == 200
    assert slack.messages() == []
    start()
    check_answered(earlier, said)


def test_when_slack_is_back_what_was_left_is_told_without_a_restart(
    earlier: Earlier, slack: SlackServer, service: Service
) -> None:
    said, _ = earlier.claim()
    for method in ("chat.startStream", "chat.postMessage"):
        slack.fail(method, status=503, times=5 * _ATTEMPTS)
    client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
    app = App(client=client, request_verification_enabled=False, signing_secret="unused")
    pace = Pace(sleep=lambda _: None, again=0.02)
    with register(app, service_desk(service), service.corpus.record.database, pace=pace):
        check_answered(earlier, said)


@pytest.mark.parametrize("lost", range(4))
@pytest.mark.parametrize("streaming", [True, False])
def test_each_message_of_a_long_answer_stands_there_once(
    earlier: Earlier, lost: int, streaming: bool
) -> None:
    """Whichever post's answer is lost on its way, and told again from the beginning after a restart."""
    slack = earlier.slack
    said, delivery = earlier.claim()
    whole = [plain_message(text) for text in ("It begins.", "It goes on.", "It ends.")]
    ledger = DyingLedger(earlier.store, delivery)
    telling = Telling(earlier.web, delivery.post, ledger, sleep=lambda _: None)
    if streaming:
        telling.say(whole[0])
    for _ in range(lost):
        slack.fail("chat.postMessage", lost=True)
    telling.finish(whole, rest=[plain_message("Below."), *whole[1:]] if streaming else None)
    assert len(slack.messages(thread=said.ts)) == 3
    again = Telling(earlier.web, delivery.post, ledger, again=True, sleep=lambda _: None)
    again.finish(whole)
    told = [shown(message) for message in slack.messages(thread=said.ts)]
    assert told == ["It begins.", "It goes on.", "It ends."]
