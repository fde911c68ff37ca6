"""The app installed by workspaces themselves: Slack's own flow over its real wire, a token for each, and what
becomes of a workspace that goes."""

import html
import itertools
import logging
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr
from slack_sdk.oauth.installation_store import Installation

from service.bootstrap import Service
from service.slack.deliveries import Deliveries
from service.slack.installations import Installations, Installed, States, Unfit
from tests.service.conftest import KEY
from tests.service.slack.conftest import Talk, talking
from tests.service.slack.test_app import QUESTION
from tests.slack_server.installing import CLIENT_ID, CLIENT_SECRET
from tests.slack_server.people import Said
from tests.slack_server.server import SlackServer, slack_server
from tests.slack_server.state import Workspace

STORE_KEY = "the-key-of-the-tests-for-the-tokens"
BEARER = {"Authorization": f"Bearer {KEY}"}
_NUMBERS = itertools.count(500)


def workspace(**more: Any) -> Workspace:
    number = next(_NUMBERS)
    return Workspace(team=f"T{number:010d}", bot_token=f"xoxb-secret-of-{number}", **more)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """Nobody has installed the app yet."""
    with slack_server(workspace()) as server:
        server.state.workspaces.clear()
        yield server


@contextmanager
def installable(service: Service, slack: SlackServer, **given: Any) -> Iterator[Talk]:
    installed = {
        "slack_bot_token": None,
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": SecretStr(CLIENT_SECRET),
        "slack_store_key": SecretStr(STORE_KEY),
    }
    with talking(service, slack, **installed | given) as talk:
        yield talk


@pytest.fixture
def talk(with_key: Service, slack: SlackServer) -> Iterator[Talk]:
    with installable(with_key, slack) as talk:
        yield talk


def begin(talk: Talk, headers: dict[str, str] | None = None) -> tuple[dict[str, str], str]:
    """The cookie that the browser gets, which it sends back over https alone, and the state."""
    sent = talk.http.get("/slack/install", headers=BEARER if headers is None else headers)
    assert sent.status_code == 200
    asked = parse_qs(urlsplit(way_to_slack(sent)).query)
    cookie = sent.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    return {"Cookie": cookie.partition(";")[0]}, asked["state"][0]


def way_to_slack(page: httpx.Response) -> str:
    (link,) = re.findall(r'<a href="([^"]+)">Continue to Slack</a>', page.text)
    return html.unescape(link)


def install(talk: Talk, at: Workspace) -> httpx.Response:
    cookie, state = begin(talk)
    back = {"code": talk.slack.allow(at), "state": state}
    return talk.http.get("/slack/oauth_redirect", params=back, headers=cookie)


def ask(talk: Talk, at: Workspace, text: str = QUESTION) -> Said:
    said = talk.slack.say(f"<@{at.bot_user}> {text}", workspace=at)
    assert talk.deliver(said.mention).status_code == 200
    return said


def installed(service: Service, at: Workspace, key: str = STORE_KEY) -> Installed | None:
    return Installations(service.corpus.record.database, key).of(at.team)


def in_files(folder: Path, text: str) -> str:
    """The files that hold it. By another process: to close SQLite's file gives up one's own locks on it."""
    sought = subprocess.run(["grep", "-rlaF", text, str(folder)], capture_output=True, text=True, check=False)
    return sought.stdout


def test_slack_is_asked_for_the_scopes_of_the_manifest_and_comes_back_here(talk: Talk) -> None:
    sent = talk.http.get("/slack/install", headers=BEARER)
    asked = urlsplit(way_to_slack(sent))
    query = parse_qs(asked.query)
    assert asked.path == "/oauth/v2/authorize"
    assert query["client_id"] == [CLIENT_ID]
    assert query["redirect_uri"] == ["http://127.0.0.1/slack/oauth_redirect"]
    assert query["scope"][0].split(",") == list(Workspace().scopes)


def test_two_workspaces_install_it_and_each_is_answered_by_its_own_token(talk: Talk) -> None:
    one, two = workspace(), workspace()
    for at in (one, two):
        page = install(talk, at)
        assert (page.status_code, "<h1>Installed</h1>" in page.text) == (200, True)
    for at in (one, two):
        said = ask(talk, at)
        assert talk.answer(said).thread_ts == said.ts
        calls = [call for call in talk.slack.calls() if call.method.startswith("chat.")]
        assert calls[-1].token == at.bot_token
    database = Deliveries(talk.service.corpus.record.database)
    assert set(database.conversations(one.team)).isdisjoint(database.conversations(two.team))


def test_no_token_stands_in_the_record_or_the_log(
    talk: Talk, caplog: pytest.LogCaptureFixture, with_key: Service
) -> None:
    at = workspace()
    with caplog.at_level(logging.DEBUG, logger="parley"), caplog.at_level(logging.DEBUG, logger="service"):
        install(talk, at)
        talk.answer(ask(talk, at))
    assert in_files(with_key.settings.data_dir, at.team)
    assert in_files(with_key.settings.data_dir, at.bot_token) == ""
    assert at.bot_token not in caplog.text
    assert at.bot_token not in repr(installed(with_key, at))


def test_with_another_key_a_token_opens_no_more_and_that_is_said(
    talk: Talk, with_key: Service, caplog: pytest.LogCaptureFixture
) -> None:
    at = workspace()
    install(talk, at)
    assert installed(with_key, at, key="another-key-that-is-long-enough-too") is None
    assert "PARLEY_SLACK_STORE_KEY" in caplog.text


def test_only_who_has_a_key_for_it_installs_it_unless_anybody_may(
    with_key: Service, slack: SlackServer
) -> None:
    with installable(with_key, slack) as talk:
        assert talk.http.get("/slack/install").status_code == 401
        assert talk.http.get("/slack/oauth_redirect").status_code == 400
    with installable(with_key, slack, slack_install="open") as talk:
        begin(talk, headers={})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "status", "said"),
    [
        ("no cookie", 400, "takes no cookies"),
        ("another's state", 400, "begin it"),
        ("twice", 401, "was done already"),
        ("a wrong code", 401, "gave no token"),
        ("declined", 200, "allow it"),
        ("an organisation", 500, "one workspace at a time"),
        ("rotation", 500, "token rotation"),
        ("Slack is down", 502, "could not be reached"),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_is_stored(talk: Talk, way: str, status: int, said: str) -> None:
    more = {"an organisation": {"is_enterprise_install": True}, "rotation": {"expires_in": 43_200}}
    at = workspace(installs_with=more.get(way, {}))
    (cookie, state), code = begin(talk), talk.slack.allow(at)
    if way == "no cookie":
        cookie = {}
    elif way == "another's state":
        cookie, _ = begin(talk)
    elif way == "twice":
        assert States(talk.service.corpus.record.database).consume(state)
    elif way == "Slack is down":
        talk.slack.fail("oauth.v2.access", lost=True)
    back = {"state": state, "code": "none" if way == "a wrong code" else code}
    if way == "declined":
        back = {"state": state, "error": "access_denied"}
    page = talk.http.get("/slack/oauth_redirect", params=back, headers=cookie)
    assert (page.status_code, "<h1>Not installed</h1>" in page.text) == (status, True)
    assert said in page.text
    assert installed(talk.service, at) is None


@pytest.mark.parametrize("kept", [False, True])
def test_a_workspace_that_takes_the_app_away_has_no_token_left(
    with_key: Service, slack: SlackServer, *, kept: bool
) -> None:
    with installable(with_key, slack, slack_uninstalled="keep" if kept else "erase") as talk:
        at, store = workspace(), Deliveries(with_key.corpus.record.database)
        install(talk, at)
        talk.answer(ask(talk, at))
        slack.revoke(at)
        for event in (
            {"type": "tokens_revoked", "tokens": {"bot": [at.bot_user]}},
            {"type": "app_uninstalled"},
        ):
            assert talk.deliver(slack.event({**event, "event_ts": f"{time.time()}"}, at)).status_code == 200
        if not kept:
            slack.wait_for("forgetting", lambda: not store.conversations(at.team))
        assert bool(store.conversations(at.team)) is kept
        assert installed(with_key, at) is None
        before = len(slack.calls())
        ask(talk, at)
    assert len(slack.calls()) == before


def test_a_token_that_slack_refuses_ends_the_workspace_and_is_said_without_a_word_of_the_question(
    talk: Talk, with_key: Service, caplog: pytest.LogCaptureFixture
) -> None:
    at = workspace()
    install(talk, at)
    talk.slack.revoke(at, "account_inactive")
    ask(talk, at, "What did the canary in the harbour sing?")
    talk.slack.wait_for("the end", lambda: installed(with_key, at) is None)
    assert f"workspace {at.team} has no token that Slack takes (account_inactive)" in caplog.text
    assert "canary" not in caplog.text
    assert not [
        one for one in Deliveries(with_key.corpus.record.database).unfinished() if one.post.team == at.team
    ]
    install(talk, at)  # once more: it is answered again
    assert talk.answer(ask(talk, at)).bot_id


def test_one_that_was_installed_again_meanwhile_stays(talk: Talk, with_key: Service) -> None:
    at = workspace()
    install(talk, at)
    talk.slack.fail("chat.startStream", "token_revoked")  # of the call that was under way
    talk.slack.fail("chat.postMessage", "token_revoked", times=2)
    ask(talk, at)
    talk.slack.wait_for("the look", lambda: len(talk.slack.calls("auth.test")) > 1)
    assert installed(with_key, at) is not None


def test_what_slack_tells_late_takes_nothing_from_a_newer_installation(talk: Talk, with_key: Service) -> None:
    at, store = workspace(), Deliveries(with_key.corpus.record.database)
    install(talk, at)
    talk.answer(ask(talk, at))
    kept = store.conversations(at.team)
    for event in ({"type": "tokens_revoked", "tokens": {"bot": [at.bot_user]}}, {"type": "app_uninstalled"}):
        late = talk.slack.event({**event, "event_ts": f"{time.time() - 3600}"}, at)
        assert talk.deliver(late, retry=3).status_code == 200
    talk.answer(ask(talk, at))  # after whatever those had set going
    assert installed(with_key, at) is not None
    assert set(kept) < set(store.conversations(at.team))


def test_an_installation_without_a_bot_is_refused(with_key: Service) -> None:
    store = Installations(with_key.corpus.record.database, STORE_KEY)
    with pytest.raises(Unfit, match="bot scopes"):
        store.save(Installation(team_id="T9", user_id="U1"))
