"""A Parley that a fake Slack on loopback calls, over real HTTP, with the seed articles."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from service.bootstrap import Service
from tests.conftest import serving
from tests.slack_server.deliveries import SIGNING_SECRET, event_request, interaction_request
from tests.slack_server.people import Said
from tests.slack_server.server import SlackServer, slack_server
from tests.slack_server.state import Message, Workspace

_TEAMS = itertools.count(1)
PUBLIC = "http://127.0.0.1"
MakeService = Callable[..., Service]


@dataclass
class Talk:
    """A Parley in a Slack. `http` speaks to Parley as anyone may."""

    slack: SlackServer
    http: httpx.Client
    service: Service

    def deliver(self, payload: dict[str, Any], *, retry: int = 0) -> httpx.Response:
        return self.send(event_request(payload, retry=retry))

    def interact(self, payload: dict[str, Any]) -> httpx.Response:
        return self.send(interaction_request(payload))

    def send(self, request: tuple[bytes, dict[str, str]]) -> httpx.Response:
        body, headers = request
        return self.http.post("/slack/events", content=body, headers=headers)

    def ask(self, text: str, **said: Any) -> Said:
        """Somebody mentions us, and Slack takes our acknowledgement."""
        spoken = self.slack.say(f"<@{self.slack.workspaces[0].bot_user}> {text}", **said)
        assert self.deliver(spoken.mention).status_code == 200
        return spoken

    def answers(self, said: Said, *, count: int = 1) -> list[Message]:
        """Our messages in its thread, once there are so many and all is done there."""
        what = f"{count} answers to {said.message.text!r}"
        self.slack.wait_for(what, lambda: self._cleared(said) >= count)
        return self.slack.messages(team=said.workspace.team, thread=said.thread)

    def answer(self, said: Said) -> Message:
        return self.answers(said)[-1]

    def _cleared(self, said: Said) -> int:
        """How often we took the status away, which is the last that we do. Slack does it too, earlier."""
        calls = [call.arguments for call in self.slack.calls("assistant.threads.setStatus")]
        return sum(call["thread_ts"] == said.thread and not call["status"] for call in calls)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """Another workspace in each test: the record is shared, and what is delivered again is not answered."""
    with slack_server(Workspace(team=f"T{next(_TEAMS):010d}")) as server:
        yield server


@contextmanager
def talking(service: Service, slack: SlackServer, **given: Any) -> Iterator[Talk]:
    """`/slack/events` of this service in this Slack."""
    settings = service.settings.model_copy(
        update=slack_settings(slack, api_key=service.settings.api_key, **given)
    )
    with serving(replace(service, settings=settings)) as http:
        yield Talk(slack, http, service)


def slack_settings(slack: SlackServer, **given: Any) -> dict[str, Any]:
    return {
        "slack_bot_token": SecretStr(slack.workspaces[0].bot_token),
        "slack_signing_secret": SecretStr(SIGNING_SECRET),
        "slack_api_url": slack.base_url,
        "public_url": PUBLIC,
        **given,
    }


@pytest.fixture
def talk(with_key: Service, slack: SlackServer) -> Iterator[Talk]:
    with talking(with_key, slack) as talk:
        yield talk
