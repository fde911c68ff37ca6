"""Parley in somebody else's Bolt app, installed in two workspaces."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from service.answers import AnswerStore
from service.bootstrap import Service
from service.desk import service_desk
from service.kept import turns
from service.slack.app import register
from tests.conftest import add
from tests.service.slack.test_app import shown
from tests.slack_server.people import Said
from tests.slack_server.server import SlackServer, slack_server
from tests.slack_server.state import Message, Workspace

ONE = Workspace(team="T000000EMB1", bot_token="xoxb-one")
TWO = Workspace(team="T000000EMB2", bot_token="xoxb-two", bot_user="U0BOT000002", bot_id="B0BOT000002")


@dataclass
class Host:
    """An app that does things of its own, before and after Parley is hung on it."""

    slack: SlackServer
    app: App
    heard: list[str] = field(default_factory=list)

    def clients(self, team: str) -> WebClient:
        (workspace,) = (each for each in self.slack.workspaces if each.team == team)
        return WebClient(workspace.bot_token, base_url=self.slack.base_url)

    def deliver(self, payload: dict[str, Any]) -> BoltResponse:
        return self.app.dispatch(BoltRequest(body=payload, mode="socket_mode"))

    def ask(self, text: str, workspace: Workspace, **said: Any) -> Said:
        spoken = self.slack.say(f"<@{workspace.bot_user}> {text}", workspace=workspace, **said)
        assert self.deliver(spoken.mention).status == 200
        return spoken

    def answer(self, said: Said, *, count: int = 1) -> Message:
        def ours() -> list[Message]:
            found = self.slack.messages(team=said.workspace.team, thread=said.thread)
            return [message for message in found if message.stream != "streaming"]

        self.slack.wait_for("an answer", lambda: len(ours()) >= count)
        return ours()[-1]


@pytest.fixture
def host(service: Service) -> Iterator[Host]:
    add(service, "Talks\n\nThe envoy Marta Lund told reporters that the ports would open on Friday.")
    with slack_server(ONE, TWO) as slack:

        def authorize(team_id: str) -> AuthorizeResult:
            (workspace,) = (each for each in slack.workspaces if each.team == team_id)
            return AuthorizeResult(
                enterprise_id=None,
                team_id=team_id,
                bot_token=workspace.bot_token,
                bot_id=workspace.bot_id,
                bot_user_id=workspace.bot_user,
            )

        client = WebClient(base_url=slack.base_url)
        app = App(client=client, authorize=authorize, request_verification_enabled=False)
        host = Host(slack, app)

        @app.message("deploy")
        def deploy(message: dict[str, Any]) -> None:
            host.heard.append(f"deploy: {message['text']}")

        parley = register(
            app, service_desk(service), service.corpus.record.database, clients=host.clients, home=False
        )

        @app.event("message")
        def other(event: dict[str, Any]) -> None:
            host.heard.append(f"message: {event['text']}")

        @app.event("app_home_opened")
        def home(event: dict[str, Any]) -> None:
            host.heard.append(f"home: {event['tab']}")

        @app.event("app_uninstalled")
        def gone(body: dict[str, Any]) -> None:
            host.heard.append(f"gone: {body['team_id']}")

        with parley:
            yield host


def test_parley_answers_and_leaves_the_rest_to_its_host(host: Host) -> None:
    slack = host.slack
    answered = host.ask("What did Marta Lund say?", ONE)
    assert "ports would open" in shown(host.answer(answered))
    for payload in (
        slack.say("deploy the site", channel="D0000000001").posted,
        slack.say("good morning").posted,
        slack.home_opened(),
    ):
        assert host.deliver(payload).status == 200
    slack.wait_for("the host's own", lambda: len(host.heard) == 3)
    assert sorted(host.heard) == ["deploy: deploy the site", "home: home", "message: good morning"]
    assert slack.state.homes == {}
    assert len(slack.messages()) == 1


def test_two_workspaces_never_see_each_others_conversations(host: Host, service: Service) -> None:
    """The same channel, the same moment: two threads, two conversations, two owners."""
    ts = "1800000000.000100"
    first = host.ask("What did Marta Lund say?", ONE, ts=ts)
    host.answer(first)
    second = host.ask("And to whom did she say it?", TWO, ts=ts)
    told = host.answer(second)
    assert "Understood as" not in shown(told)
    answers = AnswerStore(service.corpus.record.database)
    principals = {f"slack:{team}" for team in (ONE.team, TWO.team)}
    rows = _turns(service)
    assert {principal for principal, _ in rows} == principals
    assert len({conversation for _, conversation in rows}) == 2
    for principal, conversation in rows:
        (other,) = principals - {principal}
        assert answers.turns(conversation, principal=principal)
        assert not answers.turns(conversation, principal=other)
    tokens = {call.token for call in host.slack.calls("chat.startStream")}
    assert tokens == {ONE.bot_token, TWO.bot_token}


def test_a_workspace_that_leaves_takes_nothing_of_the_other_with_it(host: Host, service: Service) -> None:
    for workspace in (ONE, TWO):
        host.answer(host.ask("What did Marta Lund say?", workspace))
    gone = host.slack.event({"type": "app_uninstalled", "event_ts": "1.0"}, ONE)
    assert host.deliver(gone).status == 200
    host.slack.wait_for("the host's own cleaning", lambda: host.heard == [f"gone: {ONE.team}"])
    host.slack.wait_for(
        "forgetting", lambda: {principal for principal, _ in _turns(service)} == {f"slack:{TWO.team}"}
    )


def _turns(service: Service) -> list[tuple[str, str]]:
    with service.corpus.record.database.read() as connection:
        rows = connection.execute(sa.select(turns.c.principal, turns.c.conversation_id))
        return [(principal, conversation) for principal, conversation in rows]
