"""One workspace's Web API: the calls we make, and what goes wrong with them in our own words.

A call that Slack refused did nothing. One without an answer may have been done: whoever posts looks for the
message before posting it again.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState
from slack_sdk.web.chat_stream import ChatStream

from service.errors import SlackRefused, SlackUnreachable
from service.slack.blocks import Message

MARK = "parley_answer"  # the metadata by which our answers are known again
_SECONDS = 20
_TRIES = 5
_LONGEST_PAUSE = 60
_SERVER_FAULT = 500
_TOO_MANY = 429
_LOOKED_AT = 200


class HonoursRetryAfter(RetryHandler):
    """Waits as long as a 429 says. Slack did nothing, so that nothing is lost and nothing doubled."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__(max_retry_count=_TRIES)
        self._sleep = sleep

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return (
            response is not None and response.status_code == _TOO_MANY and _pause(response) <= _LONGEST_PAUSE
        )

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        assert response is not None
        state.next_attempt_requested = True
        self._sleep(_pause(response))
        state.increment_current_attempt()


def _pause(response: HttpResponse) -> float:
    for name, values in response.headers.items():
        if name.lower() == "retry-after":
            value = values if isinstance(values, str) else values[0]
            return float(value) if value.isdigit() else 1.0
    return 1.0


@contextmanager
def translated(method: str) -> Iterator[None]:
    """Raises SlackRefused, SlackUnreachable."""
    try:
        yield
    except SlackApiError as exc:
        status = getattr(exc.response, "status_code", 200)
        if status >= _SERVER_FAULT or status == _TOO_MANY:
            raise _unreachable(method, f"HTTP {status}") from exc
        raise SlackRefused(method, str(exc.response.get("error", "unknown"))) from exc
    except (SlackClientError, HTTPException, OSError) as exc:
        raise _unreachable(method, str(exc) or type(exc).__name__) from exc


def _unreachable(method: str, why: str) -> SlackUnreachable:
    return SlackUnreachable(
        f"Slack did not answer {method}: {why}", remedy="Check the network, and https://slack-status.com."
    )


class Web:
    """Raises SlackRefused, SlackUnreachable."""

    def __init__(self, client: WebClient) -> None:
        # Not the client's own handlers: they post again where the connection broke, and double what Slack had
        # taken already.
        self._client = WebClient(
            token=client.token,
            base_url=client.base_url,
            timeout=_SECONDS,
            ssl=client.ssl,
            proxy=client.proxy,
            headers=client.headers,
            retry_handlers=[HonoursRetryAfter()],
        )

    @cached_property
    def me(self) -> tuple[str, str]:
        """Our user id and bot id in this workspace."""
        with translated("auth.test"):
            found = self._client.auth_test()
            return str(found["user_id"]), str(found.get("bot_id") or "")

    def post(self, channel: str, thread: str, message: Message, *, metadata: Mapping[str, Any]) -> str:
        with translated("chat.postMessage"):
            posted = self._client.chat_postMessage(
                channel=channel, thread_ts=thread, metadata=dict(metadata), **message.posting()
            )
            return str(posted["ts"])

    def whisper(self, channel: str, user: str, message: Message, *, thread: str | None) -> None:
        """Seen by that one person, and kept nowhere."""
        with translated("chat.postEphemeral"):
            self._client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=thread, text=message.text, blocks=list(message.blocks)
            )

    def update(self, channel: str, ts: str, message: Message, *, metadata: Mapping[str, Any]) -> None:
        with translated("chat.update"):
            self._client.chat_update(channel=channel, ts=ts, metadata=dict(metadata), **message.updating())

    def stream(self, channel: str, thread: str, *, user: str, user_team: str) -> ChatStream:
        """Nothing is sent until something is appended."""
        return self._client.chat_stream(
            buffer_size=1,  # a statement is told as soon as it is verified
            channel=channel,
            thread_ts=thread,
            recipient_user_id=user,
            recipient_team_id=user_team,
        )

    def stop(self, channel: str, ts: str) -> None:
        with translated("chat.stopStream"):
            self._client.chat_stopStream(channel=channel, ts=ts)

    def replies(self, channel: str, thread: str, *, after: str) -> list[dict[str, Any]]:
        with translated("conversations.replies"):
            found = self._client.conversations_replies(
                channel=channel, ts=thread, oldest=after, limit=_LOOKED_AT, include_all_metadata=True
            )
            messages: list[dict[str, Any]] = found["messages"]
            return messages

    def react(self, channel: str, ts: str, emoji: str) -> None:
        with translated("reactions.add"):
            self._client.reactions_add(channel=channel, timestamp=ts, name=emoji)

    def status(self, channel: str, thread: str, status: str) -> None:
        """An empty one takes it away."""
        with translated("assistant.threads.setStatus"):
            self._client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)

    def suggest(self, channel: str, prompts: Mapping[str, Any], *, thread: str | None) -> None:
        """`thread` only in the older assistant view: with one, an agent's call fails without a word."""
        with translated("assistant.threads.setSuggestedPrompts"):
            self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, thread_ts=thread, **prompts
            )

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        with translated("views.publish"):
            self._client.views_publish(user_id=user, view=dict(view))

    def open_view(self, trigger: str, view: Mapping[str, Any]) -> None:
        with translated("views.open"):
            self._client.views_open(trigger_id=trigger, view=dict(view))

    def turn_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        with translated("views.update"):
            self._client.views_update(view_id=view_id, view=dict(view))
