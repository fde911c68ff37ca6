"""Our own Bolt app: at the start, and with what nobody has use for."""

import logging
from pathlib import Path

import pytest
from slack_bolt import BoltRequest

from service.errors import SettingsError
from service.slack.bolt import bolt_app
from tests.conftest import MakeSettings
from tests.slack_server.server import SlackServer

SECRET = "xoxb-nobody-may-read-this"


def test_a_token_that_slack_refuses_stops_the_start_and_is_not_repeated(
    slack: SlackServer, make_settings: MakeSettings, tmp_path: Path
) -> None:
    settings = make_settings(tmp_path, slack_bot_token=SECRET, slack_api_url=slack.base_url)
    with pytest.raises(SettingsError, match="invalid_auth") as caught:
        bolt_app(settings, say=_nothing)
    assert SECRET not in f"{caught.value}{caught.value.remedy}{caught.value.__cause__}"


def test_slack_out_of_reach_is_said_and_does_not_stop_the_start(
    make_settings: MakeSettings, tmp_path: Path
) -> None:
    settings = make_settings(tmp_path, slack_bot_token=SECRET, slack_api_url="http://127.0.0.1:9/api/")
    said: list[str] = []
    assert bolt_app(settings, say=said.append).client.token == SECRET
    assert len(said) == 1
    assert "can't be reached" in said[0]
    assert SECRET not in said[0]


def test_nothing_that_people_say_is_logged(
    slack: SlackServer, make_settings: MakeSettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = make_settings(
        tmp_path, slack_bot_token=slack.workspaces[0].bot_token, slack_api_url=slack.base_url
    )
    app = bolt_app(settings, say=_nothing)
    with caplog.at_level(logging.INFO):
        app.dispatch(BoltRequest(body=slack.say("our secret").posted, mode="socket_mode"))
    assert "our secret" not in caplog.text


def _nothing(_: str) -> None:
    return None
