"""Channels in which Parley isn't to answer: who asks there is told so once, in private."""

import logging
import threading
from collections.abc import Callable, Collection
from contextlib import suppress

from service.errors import SlackRefused, SlackUnreachable
from service.slack import wording
from service.slack.blocks import plain_message
from service.slack.events import Incoming, Post
from service.slack.web import Web

_LOG = logging.getLogger(__name__)
_REMEMBERED = 10_000  # people in channels; then it may be told again


class Elsewhere:
    """`channels` are the ids of those in which Parley answers; None: in all. What is written to it directly
    it answers always."""

    def __init__(self, channels: Collection[str] | None) -> None:
        self._channels = None if channels is None else frozenset(channels)
        self._told: set[tuple[str, str, str]] = set()
        self._lock = threading.Lock()

    def allows(self, incoming: Incoming) -> bool:
        post = incoming.post
        return self._channels is None or incoming.how == "direct" or post.channel in self._channels

    def is_news(self, post: Post) -> bool:
        """Whether this person wasn't told of this channel yet; from now on they were."""
        asked = (post.team, post.channel, post.user)
        with self._lock:
            if asked in self._told:
                return False
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            self._told.add(asked)
            return True


def whisper(web: Callable[[str], Web], post: Post) -> None:
    """To whoever asked, where nobody else sees it; the log gets no word of theirs."""
    _LOG.warning("Parley was asked in channel %s, in which it isn't to answer", post.channel)
    thread = post.thread if post.thread != post.ts else None
    with suppress(SlackRefused, SlackUnreachable):
        web(post.team).whisper(post.channel, post.user, plain_message(wording.NOT_HERE), thread=thread)
