"""`parley slack`: Socket Mode, by itself or through a running service."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.bootstrap import Service
from service.errors import SettingsError
from service.slack.run import run
from tests.conftest import REPOSITORY, MakeSettings, serving
from tests.running import PARLEY, environment, started
from tests.service.conftest import KEY
from tests.service.slack.test_app import QUESTION, shown
from tests.slack_server.people import Said
from tests.slack_server.server import APP_TOKEN, SlackServer


@contextmanager
def parley_slack(data_dir: Path, slack: SlackServer, **given: object) -> Iterator[subprocess.Popen[str]]:
    """The command, connected."""
    settings = {
        "slack_bot_token": slack.workspaces[0].bot_token,
        "slack_app_token": APP_TOKEN,
        "slack_api_url": slack.base_url,
        **given,
    }
    seeds = bool(settings.pop("seeds", False))
    before = slack.socket.opened
    process = subprocess.Popen(
        [*PARLEY, "slack"],
        env=environment(data_dir, seeds=seeds, **settings),
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        slack.socket.wait_connected(timeout=60, more_than=before)
        yield process
    finally:
        process.kill()
        process.communicate()


def answered(slack: SlackServer, said: Said) -> str:
    def whole() -> bool:
        found = slack.messages(thread=said.ts)
        return bool(found) and all(message.stream != "streaming" for message in found)

    slack.wait_for("an answer", whole, timeout=60)
    (message,) = slack.messages(thread=said.ts)
    return shown(message)


@pytest.mark.slow
def test_it_answers_through_the_service_that_is_named(
    with_key: Service, slack: SlackServer, tmp_path: Path
) -> None:
    """Statement by statement, with the service's key; each post once; and after a restart too."""
    with serving(with_key) as http:
        given = {"slack_service_url": str(http.base_url).rstrip("/"), "api_key": KEY}
        given["public_url"] = "https://parley.example.org"
        said = slack.say(f"<@{slack.workspaces[0].bot_user}> What did Witkoff say?")
        with parley_slack(tmp_path, slack, **given) as process:
            for _ in range(2):
                slack.socket.wait_ack(slack.socket.send(said.mention))
            told = answered(slack, said)
            assert "Witkoff" in told
            assert "https://parley.example.org/articles/" in told
            assert "&token=" in told
            assert len(slack.calls("chat.appendStream")) > 1
            slack.socket.wait_ack(slack.socket.send(slack.home_opened()))
            slack.wait_for("the home", lambda: slack.state.homes)
            process.send_signal(signal.SIGTERM)
            _, last = process.communicate(timeout=30)
            assert process.returncode == 0, last
            assert "Stopped" in last
        with parley_slack(tmp_path, slack, **given):
            slack.socket.wait_ack(slack.socket.send(said.mention, retry=1))
            other = slack.say("And to whom?", thread=said.ts)
            slack.socket.wait_ack(slack.socket.send(other.posted))
            slack.wait_for("two answers", lambda: len(slack.messages(thread=said.ts)) == 2)


@pytest.mark.slow
def test_it_answers_by_itself_and_reconnects(slack: SlackServer, tmp_path: Path) -> None:
    with parley_slack(tmp_path, slack, seeds=True):
        first = slack.say(QUESTION, channel="D0000000001")
        slack.socket.wait_ack(slack.socket.send(first.posted))
        assert "Trump" in answered(slack, first)
        opened = slack.socket.opened
        slack.socket.ask_to_reconnect()
        slack.socket.wait_connected(timeout=30, more_than=opened)
        second = slack.say(QUESTION, channel="D0000000001")
        slack.socket.wait_ack(slack.socket.send(second.posted))
        assert "Trump" in answered(slack, second)


@pytest.mark.slow
def test_it_finds_the_service_that_holds_the_data_directory(slack: SlackServer, tmp_path: Path) -> None:
    with started(tmp_path, seeds=True), parley_slack(tmp_path, slack):
        said = slack.say(QUESTION, channel="D0000000001")
        slack.socket.wait_ack(slack.socket.send(said.posted))
        assert "Trump" in answered(slack, said)


def test_a_token_that_slack_refuses_is_said(
    slack: SlackServer, make_settings: MakeSettings, tmp_path: Path
) -> None:
    settings = make_settings(
        tmp_path,
        slack_bot_token="xoxb-wrong",
        slack_app_token=APP_TOKEN,
        slack_api_url=slack.base_url,
    )
    with pytest.raises(SettingsError, match="invalid_auth") as caught:
        run(settings, say=lambda _: None)
    assert "xoxb-wrong" not in str(caught.value)
