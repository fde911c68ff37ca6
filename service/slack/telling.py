"""One answer as it is told in its thread: statement by statement where Slack streams, else in a message that
is posted and updated. Whatever breaks on the way, there is one message in the end, and it is whole.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from slack_sdk.web.chat_stream import ChatStream

from service.errors import SlackRefused, SlackUnreachable
from service.slack.events import Post
from service.slack.web import MARK, Blocks, Web, translated

_TRIES = 4
_LONGEST_TEXT = 3_900  # Slack refuses an update with more


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message, and what goes below its text where the text has been streamed already."""

    text: str
    blocks: Blocks | None = None
    tail: Blocks | None = None


class Ledger(Protocol):
    """What the record is told of our message, so that a restart finds it."""

    def begin(self) -> None:
        """Before Slack is asked to post: from here on there may be a message that we don't know of."""

    def posted(self, ts: str) -> None: ...

    def of_others(self) -> Collection[str]:
        """Our messages in the thread that answer other posts."""


class _How(Enum):
    STREAM = "stream"
    POST = "post"  # streaming was refused: posted, and updated as it grows
    AT_END = "at end"  # what Slack has is in doubt, or closed: the whole replaces it at the end


class Telling:
    """`ts`: our message that an earlier attempt left, which is completed in place; `look`: that attempt may
    have left one of which we don't know. Raises SlackUnreachable where Slack can't be reached in the end."""

    def __init__(
        self,
        web: Web,
        post: Post,
        ledger: Ledger,
        *,
        ts: str | None = None,
        look: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web = web
        self._post = post
        self._ledger = ledger
        self._sleep = sleep
        self._ts = ts
        self._told: list[str] = []
        self._stream: ChatStream | None = None
        self._begun = look
        self._doubt = False  # whether Slack may have a message that we don't know of
        if look and ts is None:
            self._ts = self._found()
        self._how = _How.STREAM if self._ts is None else _How.AT_END

    def say(self, markdown: str) -> None:
        """One more statement."""
        self._told.append(markdown)
        try:
            if self._how is _How.STREAM:
                self._append(markdown if len(self._told) == 1 else f"\n\n{markdown}")
            elif self._how is _How.POST:
                self._grow()
        except SlackUnreachable:
            # It may have been taken: said again it would stand there twice.
            self._how, self._doubt = _How.AT_END, self._ts is None
        except SlackRefused:
            self._how = _How.AT_END

    def take_back(self) -> None:
        """What was said is not how the answer begins: the whole replaces it at the end."""
        self._how = _How.AT_END

    def finish(self, message: Message) -> None:
        """Make it whole. Raises SlackRefused where nothing can be said in this place any more."""
        if self._how is _How.STREAM and self._stream is not None and self._close_stream(message.tail):
            return
        self._persist(lambda: self._put(message))

    # -- streaming

    def _append(self, markdown: str) -> None:
        if self._stream is None:
            self._begin()
            post = self._post
            self._stream = self._web.stream(
                post.channel, post.thread, user=post.user, user_team=post.user_team
            )
        try:
            with translated("chat.appendStream"):
                self._stream.append(markdown_text=markdown)
        except SlackRefused:
            if self._ts is None:
                self._how = _How.POST
                self._grow()
            else:  # it expired, or takes no more
                self._how = _How.AT_END
        if self._ts is None and self._stream.ts is not None:
            self._posted(self._stream.ts)

    def _close_stream(self, tail: Blocks | None) -> bool:
        assert self._stream is not None
        try:
            with translated("chat.stopStream"):
                self._stream.stop(blocks=None if tail is None else list(map(dict, tail)), metadata=self._mark())
        except (SlackRefused, SlackUnreachable):
            return False
        return True

    # -- posting

    def _grow(self) -> None:
        told = "\n\n".join(self._told)
        self._put(Message(told, blocks=[{"type": "markdown", "text": told}]))

    def _put(self, message: Message) -> None:
        """The message as it is to stand now, in place of what stands there."""
        if self._ts is None and self._doubt:
            self._ts = self._found()
            self._doubt = False
        if self._ts is None:
            self._post_new(message)
            return
        if self._how is not _How.POST:
            self._stop_first(self._ts)
        text = message.text[:_LONGEST_TEXT]
        self._web.update(self._post.channel, self._ts, text=text, blocks=message.blocks)

    def _post_new(self, message: Message) -> None:
        self._begin()
        post, text = self._post, message.text[:_LONGEST_TEXT]
        try:
            ts = self._web.post(
                post.channel, post.thread, text=text, blocks=message.blocks, metadata=self._mark()
            )
        except SlackUnreachable:
            self._doubt = True
            raise
        self._posted(ts)

    def _stop_first(self, ts: str) -> None:
        """A message that is still streaming takes no update."""
        try:
            self._web.stop(self._post.channel, ts)
        except SlackRefused:
            return  # it isn't

    def _persist(self, put: Callable[[], None]) -> None:
        for attempt in range(1, _TRIES + 1):
            try:
                put()
            except SlackUnreachable:
                if attempt == _TRIES:
                    raise
                self._sleep(2.0**attempt / 2)
            else:
                return

    # -- our own message, found again

    def _begin(self) -> None:
        if not self._begun:
            self._ledger.begin()
            self._begun = True

    def _posted(self, ts: str) -> None:
        self._ts = ts
        self._ledger.posted(ts)

    def _mark(self) -> dict[str, Any]:
        return {"event_type": MARK, "event_payload": {"post": self._post.ts}}

    def _found(self) -> str | None:
        """The message that answers this post, posted by an attempt that never learned of it. One that broke
        off while it streamed bears no mark yet."""
        user, bot = self._web.me
        others = self._ledger.of_others()
        for message in self._web.replies(self._post.channel, self._post.thread, after=self._post.ts):
            ours = message.get("user") == user or (bot and message.get("bot_id") == bot)
            later = _moment(message["ts"]) > _moment(self._post.ts)
            mark = message.get("metadata")
            if ours and later and message["ts"] not in others and mark in (None, {}, self._mark()):
                ts = str(message["ts"])
                self._ledger.posted(ts)
                return ts
        return None


def _moment(ts: str) -> tuple[int, ...]:
    """Slack's timestamps have more digits than a float keeps."""
    return tuple(int(part) for part in ts.split("."))
