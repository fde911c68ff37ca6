"""docs/slack.md and the manifest say what the code does."""

import json
import re

from tests.conftest import REPOSITORY
from tests.docs.slack_page import MANIFEST, PAGE, http_manifest, passages, render, surfaces
from tests.slack_server import block_errors, view_errors
from tests.slack_server.state import SCOPES

MANIFEST_JSON = json.loads(MANIFEST.read_text("utf-8"))
EVENTS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
}


def page() -> str:
    return PAGE.read_text("utf-8")


def test_every_passage_is_as_the_renderers_make_it() -> None:
    assert page() == render(page()), "run `make fix`"
    assert set(re.findall(r"<!-- (\w+) -->", page())) - {"end"} == set(passages())


def test_slack_would_take_every_passage() -> None:
    made = surfaces()
    assert block_errors(made["statement"][0]["blocks"]) == []
    assert block_errors(made["answer"]["blocks"]) == block_errors(made["abstention"]["blocks"]) == []
    assert [view_errors(made[name]) for name in ("sources", "reason", "home")] == [[], [], []]
    assert len(made["prompts"]["prompts"]) == 2


def test_the_passages_are_json() -> None:
    for passage in re.findall(r"```json\n(.*?)\n```", page(), re.DOTALL):
        json.loads(passage)


def test_each_scope_has_its_reason_and_none_is_without() -> None:
    scopes = MANIFEST_JSON["oauth_config"]["scopes"]
    assert list(scopes) == ["bot"]
    assert tuple(scopes["bot"]) == SCOPES  # the fake Slack grants no more
    table = page().partition("## Scopes")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"(?m)^\| `([a-z_:]+)` \| \S", table)) == sorted(scopes["bot"])


def test_the_events_are_those_listened_to_and_their_scopes_are_asked_for() -> None:
    settings = MANIFEST_JSON["settings"]
    assert sorted(settings["event_subscriptions"]["bot_events"]) == sorted(EVENTS)
    assert {scope for scope in EVENTS.values() if scope} <= set(
        MANIFEST_JSON["oauth_config"]["scopes"]["bot"]
    )
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["socket_mode_enabled"] is True


def test_the_agent_has_its_tabs() -> None:
    features = MANIFEST_JSON["features"]
    assert set(features) == {"bot_user", "app_home", "agent_view"}
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(MANIFEST_JSON["display_information"]["description"]) <= 140


def test_the_manifest_for_http_differs_in_how_slack_comes_in_alone() -> None:
    made = http_manifest(MANIFEST_JSON, "https://x.example/slack/events")
    assert made["settings"]["socket_mode_enabled"] is False
    addresses = [made["settings"][name]["request_url"] for name in ("event_subscriptions", "interactivity")]
    assert addresses == ["https://x.example/slack/events"] * 2
    assert {**made, "settings": None} == {**MANIFEST_JSON, "settings": None}


def test_the_links_of_the_page_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page()):
        assert (PAGE.parent / target).resolve().is_file(), target


def test_the_manifest_is_shipped() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text("utf-8")
    assert '"service.slack" = ["manifest.json"]' in project
