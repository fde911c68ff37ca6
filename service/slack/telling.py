"""One answer as it is told in its thread: statement by statement where Slack streams, else in a message that
is posted and updated. Whatever breaks on the way, each message stands there once in the end, and whole.
"""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from enum import Enum
from functools import partial
from typing import Any, Protocol

from slack_sdk.web.chat_stream import ChatStream

from service.errors import SlackRefused, SlackUnreachable
from service.slack.blocks import Message, stream_chunks
from service.slack.events import Post
from service.slack.rich_text import Block
from service.slack.web import MARK, Web, translated

_LOG = logging.getLogger(__name__)
_TRIES = 4
_OF_BLOCKS = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long")


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
    """`ts`: our message that an earlier attempt left, which is completed in place; `again`: an attempt was
    made before, and may have left messages of which we don't know. Raises SlackUnreachable where Slack can't
    be reached in the end."""

    def __init__(
        self,
        web: Web,
        post: Post,
        ledger: Ledger,
        *,
        ts: str | None = None,
        again: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web = web
        self._post = post
        self._ledger = ledger
        self._sleep = sleep
        self._ts = ts
        self._told: list[Message] = []
        self._stream: ChatStream | None = None
        self._begun = self._again = again
        self._doubt = False  # whether Slack may have a message that we don't know of
        if again and ts is None:
            self._ts = self._unmarked()
        self._how = _How.STREAM if self._ts is None else _How.AT_END

    @property
    def told(self) -> Message:
        """What was said so far."""
        blocks = [block for piece in self._told for block in piece.blocks]
        return Message("\n".join(piece.text for piece in self._told), tuple(blocks))

    def say(self, piece: Message) -> None:
        """One more statement."""
        self._told.append(piece)
        try:
            if self._how is _How.STREAM:
                self._append(piece)
            elif self._how is _How.POST:
                self._put(self.told)
        except SlackUnreachable:
            # It may have been taken: said again it would stand there twice.
            self._how, self._doubt = _How.AT_END, self._ts is None
        except SlackRefused:
            self._how = _How.AT_END

    def finish(self, whole: Sequence[Message], *, rest: Sequence[Message] | None = None) -> None:
        """Make it whole, in as many messages as it takes. `rest`: what is to follow what was said, its first
        message below it; None where that isn't how it begins. Raises SlackRefused where nothing can be said
        in this place any more."""
        if rest is not None and self._streaming and self._close_stream(rest[0].blocks):
            whole = rest
        else:
            self._persist(self._put, whole[0])
        for part, message in enumerate(whole[1:], start=1):
            self._persist(partial(self._put_part, part), message)

    # -- streaming

    @property
    def _streaming(self) -> bool:
        return self._how is _How.STREAM and self._stream is not None

    def _append(self, piece: Message) -> None:
        if self._stream is None:
            self._begin()
            post = self._post
            self._stream = self._web.stream(
                post.channel, post.thread, user=post.user, user_team=post.user_team
            )
        try:
            with translated("chat.appendStream"):
                self._stream.append(chunks=stream_chunks(piece.blocks))
        except SlackRefused:
            if self._ts is None:
                self._how = _How.POST
                self._put(self.told)
            else:  # it expired, or takes no more
                self._how = _How.AT_END
        if self._ts is None and self._stream.ts is not None:
            self._posted(self._stream.ts)

    def _close_stream(self, tail: Sequence[Block]) -> bool:
        assert self._stream is not None
        try:
            with translated("chat.stopStream"):
                self._stream.stop(blocks=list(tail), metadata=self._mark(0))
        except (SlackRefused, SlackUnreachable):
            return False
        return True

    # -- posting

    def _put(self, message: Message) -> None:
        """The first message as it is to stand now, in place of what stands there."""
        if self._ts is None and self._doubt:
            self._ts = self._unmarked()
            self._doubt = False
        if self._ts is None:
            self._begin()
            self._posted(self._post_new(message, part=0))
            return
        if self._how is not _How.POST:
            self._stop_first(self._ts)
        self._web.update(self._post.channel, self._ts, message, metadata=self._mark(0))

    def _put_part(self, part: int, message: Message) -> None:
        """A message that goes on after the first."""
        ts = self._marked(part) if self._again or self._doubt else None
        self._doubt = False
        if ts is None:
            self._post_new(message, part=part)
        else:
            self._web.update(self._post.channel, ts, message, metadata=self._mark(part))

    def _post_new(self, message: Message, *, part: int) -> str:
        try:
            return self._web.post(self._post.channel, self._post.thread, message, metadata=self._mark(part))
        except SlackUnreachable:
            self._doubt = True
            raise

    def _stop_first(self, ts: str) -> None:
        """A message that is still streaming takes no update."""
        try:
            self._web.stop(self._post.channel, ts)
        except SlackRefused:
            return  # it isn't

    def _persist(self, put: Callable[[Message], None], message: Message) -> None:
        for attempt in range(1, _TRIES + 1):
            try:
                put(message)
            except SlackUnreachable:
                if attempt == _TRIES:
                    raise
                self._sleep(2.0**attempt / 2)
            except SlackRefused as error:
                if error.reason not in _OF_BLOCKS or not message.blocks:
                    raise
                _LOG.exception("Slack took none of the blocks; the text goes without them")
                message = Message(message.text, ())
            else:
                return

    # -- our own messages, found again

    def _begin(self) -> None:
        if not self._begun:
            self._ledger.begin()
            self._begun = True

    def _posted(self, ts: str) -> None:
        self._ts = ts
        self._ledger.posted(ts)

    def _mark(self, part: int) -> dict[str, Any]:
        return {"event_type": MARK, "event_payload": {"post": self._post.ts, "part": part}}

    def _unmarked(self) -> str | None:
        """The message that answers this post, posted by an attempt that never learned of it. One that broke
        off while it streamed bears no mark yet."""
        ts = self._mine((None, {}, self._mark(0)))
        if ts is not None:
            self._ledger.posted(ts)
        return ts

    def _marked(self, part: int) -> str | None:
        return self._mine((self._mark(part),))

    def _mine(self, marks: Sequence[Any]) -> str | None:
        user, bot = self._web.me
        others = self._ledger.of_others()
        for message in self._web.replies(self._post.channel, self._post.thread, after=self._post.ts):
            ours = message.get("user") == user or (bot and message.get("bot_id") == bot)
            later = _moment(message["ts"]) > _moment(self._post.ts)
            if ours and later and message["ts"] not in others and message.get("metadata") in marks:
                return str(message["ts"])
        return None


def _moment(ts: str) -> tuple[int, ...]:
    """Slack's timestamps have more digits than a float keeps."""
    return tuple(int(part) for part in ts.split("."))
