"""From a claimed post to an answer in its thread: each once, whatever happens in between."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from slack_sdk import WebClient

from retrieval.errors import DataDirectoryError, ParleyError
from service.desk import Desk
from service.errors import SlackRefused, SlackUnreachable
from service.received import State, slack_principal
from service.slack import wording
from service.slack.addressed import Act
from service.slack.blocks import Message, answer_messages, plain_message
from service.slack.crew import Crew
from service.slack.deliveries import Deliveries, Delivery
from service.slack.elsewhere import Elsewhere, whisper
from service.slack.events import Incoming, Post
from service.slack.hearing import Entry, Statements
from service.slack.sources import Link
from service.slack.telling import Telling
from service.slack.web import MARK, Web
from service.wire import AnswerOut

_LOG = logging.getLogger(__name__)
_ATTEMPTS = 3
_ERRANDS = 1000
# What Slack says of a token that nothing can be done with again.
_NO_TOKEN = ("token_revoked", "account_inactive", "invalid_auth", "token_expired", "not_installed")
Clients = Callable[[str], WebClient]


@dataclass(frozen=True, slots=True)
class Pace:
    """`hands`: questions worked on at once; `most`: those that wait included. `slow`: seconds after which
    whoever waits is told so; `again`: after which Slack is tried again that couldn't be reached."""

    hands: int = 4
    most: int = 100
    slow: float = 60.0
    again: float = 60.0
    sleep: Callable[[float], None] = time.sleep


class Replies:
    """`clients` gives the Web API client of a workspace."""

    def __init__(
        self,
        desk: Desk,
        deliveries: Deliveries,
        clients: Clients,
        link: Link,
        *,
        pace: Pace,
        channels: Collection[str] | None = None,
        left: Callable[[str], None] | None = None,
    ) -> None:
        self.deliveries = deliveries
        self.errands = Crew("errand", hands=pace.hands, most=_ERRANDS)
        self._desk = desk
        self._clients = clients
        self._link = link
        self._pace = pace
        self._elsewhere = Elsewhere(channels)
        self._left = left
        self._crew = Crew("question", hands=pace.hands, most=pace.most)
        self._closing = False

    def web(self, team: str) -> Web:
        return Web(self._clients(team))

    def receive(self, incoming: Incoming) -> bool:
        """Claim it, and have it answered. True where it is ours, also when it was claimed before. What this
        raises, Slack must learn of, so that it delivers again: nothing has been claimed."""
        post = incoming.post
        if incoming.how == "reply" and not self.deliveries.in_conversation(
            post.team, post.channel, post.thread
        ):
            return False
        if not self._elsewhere.allows(incoming):
            if self._elsewhere.is_news(post):
                self.errands.take(object(), lambda: whisper(self.web, post))
            return True
        if incoming.act is Act.REACT:
            self.errands.take(object(), lambda: self._react(post))
            return True
        delivery = self.deliveries.claim(post)
        if delivery is not None:
            self._line_up(delivery)
        return True

    def _react(self, post: Post) -> None:
        """Once, however often: Slack refuses it the second time, as it does without the scope for it."""
        with suppress(SlackRefused, SlackUnreachable):
            self.web(post.team).react(post.channel, post.ts, wording.WELCOME)

    def resume(self) -> None:
        """What an earlier process claimed and didn't finish."""
        for delivery in self.deliveries.unfinished():
            self._line_up(delivery, however_many=True)

    def end(self, team: str) -> None:
        """Nothing is answered in this workspace any more. Its token goes last: once that is gone, the app
        may be installed anew, and what is asked then isn't stopped."""
        self.deliveries.stop(team)
        if self._left is not None:
            self._left(team)

    def close(self, *, seconds: float = 10.0) -> bool:
        """Whether all that was begun is done by then. What isn't, and what still comes, is taken up at the
        next start."""
        self._closing = True
        answered = self._crew.close(seconds=seconds)
        return self.errands.close(seconds=seconds / 2) and answered

    def _line_up(self, delivery: Delivery, *, however_many: bool = False) -> None:
        place = _place(delivery.post)
        if self._closing:
            return
        if not self._crew.take(place, lambda: self._reply(delivery), however_many=however_many):
            self.errands.take(place, lambda: self._turn_away(delivery), however_many=True)

    def _turn_away(self, delivery: Delivery) -> None:
        with self._ending(delivery):
            current = self.deliveries.take_up(delivery)
            if current is not None:
                self._telling(current).finish([plain_message(wording.BUSY)])
                self.deliveries.finish(current, State.OVERLOADED)

    def _reply(self, delivery: Delivery) -> None:
        with self._ending(delivery):
            current = self.deliveries.take_up(delivery)
            if current is None:  # its workspace is gone
                return
            telling = self._telling(current)
            with self._working(current.post, telling):
                state = self._tell(current, telling)
            self.deliveries.finish(current, state)

    def _telling(self, delivery: Delivery) -> Telling:
        return Telling(
            self.web(delivery.post.team),
            delivery.post,
            Entry(self.deliveries, delivery),
            ts=delivery.message_ts,
            again=delivery.state is State.TELLING,
            sleep=self._pace.sleep,
        )

    def _tell(self, delivery: Delivery, telling: Telling) -> State:
        """FAILED where a plain sentence was all that could be told."""
        hearer = Statements(telling, self._link)
        try:
            answer = self._answer(delivery, hearer)
        except ParleyError as error:
            _LOG.warning("a question from Slack was not answered: %s", error.message)
            sentence = wording.sorry(error)
        except Exception:  # noqa: BLE001 - the outermost edge: whoever asked is told, the log has the rest
            _LOG.exception("a question from Slack failed")
            sentence = wording.FAILED
        else:
            if isinstance(answer, AnswerOut):
                if not self.deliveries.answered(delivery, answer.id):
                    return self._forget(delivery)
                telling.finish(answer_messages(answer, link=self._link), rest=hearer.rest(answer))
                return State.DONE
            sentence = answer
        _say_plainly(telling, sentence)
        return State.FAILED

    def _forget(self, delivery: Delivery) -> State:
        """Its workspace has left, and was erased before this was stored."""
        self._desk.forget([delivery.conversation_id], principal=slack_principal(delivery.post.team))
        return State.FAILED

    def _answer(self, delivery: Delivery, hearer: Statements) -> AnswerOut | str:
        """Or what there is to say instead."""
        post = delivery.post
        if not post.text:
            return wording.help_with(self._desk.about().questions)
        if delivery.attempts > _ATTEMPTS:
            return wording.GAVE_UP
        return self._desk.ask(
            post.text,
            conversation_id=delivery.conversation_id,
            principal=slack_principal(post.team),
            key=f"{post.channel}-{post.ts}",
            hearer=hearer,
        )

    @contextmanager
    def _ending(self, delivery: Delivery) -> Iterator[None]:
        """Slack may be out of reach, or the disk full: then the delivery stays open, to be told later or at
        the next start."""
        try:
            yield
        except (SlackUnreachable, DataDirectoryError) as error:
            _LOG.error("an answer could not be told, and stays to be told: %s", error.message)
            with suppress(DataDirectoryError):
                self.deliveries.postpone(delivery)
            later = threading.Timer(self._pace.again, lambda: self._line_up(delivery, however_many=True))
            later.daemon = True
            later.start()
        except SlackRefused as error:
            _LOG.error("an answer could not be told: %s", error.message)
            self.deliveries.finish(delivery, State.FAILED)
            if error.reason in _NO_TOKEN:
                self._end_refused(delivery.post.team)

    def _end_refused(self, team: str) -> None:
        """Unless it was installed again meanwhile: that token is asked of first."""
        with suppress(SlackUnreachable):
            try:
                _ = self.web(team).me
            except SlackRefused as error:
                if error.reason in _NO_TOKEN:
                    told = (
                        "workspace %s has no token that Slack takes (%s): nothing is answered there any more"
                    )
                    _LOG.error(told, team, error.reason)
                    self.end(team)

    @contextmanager
    def _working(self, post: Post, telling: Telling) -> Iterator[None]:
        """Seen at once, and gone in the end, also after an error."""
        late = threading.Timer(self._pace.slow, lambda: self._say_slow(post, telling))
        late.daemon = True
        late.start()
        self._show(post, lambda: wording.reading(self._articles()))
        try:
            yield
        finally:
            late.cancel()
            self._show(post, lambda: "")

    def _show(self, post: Post, status: Callable[[], str]) -> None:
        """In order, and beside the answer, which doesn't wait for it."""

        def show() -> None:
            with suppress(SlackRefused, SlackUnreachable):
                self.web(post.team).status(post.channel, post.thread, status())

        self.errands.take(("status", *_place(post)), show)

    def _articles(self) -> int | None:
        try:
            return self._desk.about().articles
        except ParleyError:
            return None

    def _say_slow(self, post: Post, telling: Telling) -> None:
        def say() -> None:
            with suppress(SlackRefused, SlackUnreachable):
                note = {"event_type": MARK, "event_payload": {"note": post.ts}}
                web = self.web(post.team)
                web.post(post.channel, post.thread, plain_message(wording.SLOW), metadata=note)
                web.status(post.channel, post.thread, wording.reading(self._articles()))

        if not telling.told.blocks:
            self.errands.take(("status", *_place(post)), say)


def _place(post: Post) -> tuple[str, str, str]:
    return post.team, post.channel, post.thread


def _say_plainly(telling: Telling, sentence: str) -> None:
    """Below what was told already."""
    plain, told = plain_message(sentence), telling.told
    whole = Message(f"{told.text}\n{plain.text}".strip(), (*told.blocks, *plain.blocks))
    telling.finish([whole], rest=[plain])
