"""What a person types and clicks in the fake Slack's page is delivered, and what the app posts is shown."""

import json
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright
from slack_sdk import WebClient
from websockets.sync.client import ClientConnection, connect

from service.slack.blocks import answer_messages
from tests.service.slack.making import answer, citation, in_other_words, quoted
from tests.service.slack.reading import link
from tests.slack_server.page import served_page
from tests.slack_server.server import SlackServer, slack_server

pytestmark = pytest.mark.slow


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with slack_server() as server:
        yield server


@pytest.mark.slow
def test_without_an_app_nothing_is_delivered_and_that_is_said(slack: SlackServer) -> None:
    with served_page(slack) as page:
        asked = {"channel": "C0000000001", "text": "@Parley Who?"}
        assert httpx.post(f"{page}/say", json=asked, trust_env=False).status_code == 409
        assert httpx.get(f"{page}/state", trust_env=False).json()["connected"] is False
        assert httpx.get(f"{page}/other", trust_env=False).status_code == 404


def delivered(app: ClientConnection) -> dict[str, object]:
    envelope = json.loads(app.recv(timeout=10))
    payload: dict[str, object] = envelope["payload"]
    return payload


@pytest.mark.slow
def test_one_asks_reads_and_clicks(slack: SlackServer) -> None:
    client = WebClient(slack.workspaces[0].bot_token, base_url=slack.base_url)
    with (
        served_page(slack) as address,
        connect(slack.socket.url) as app,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]) as browser,
    ):
        app.recv(timeout=10)  # hello
        page = browser.new_page()
        page.goto(address)
        page.get_by_text("Parley is connected").wait_for()
        page.get_by_label("Message").fill("@Parley who <b>sails</b>?")
        page.keyboard.press("Enter")
        mention, posted = delivered(app)["event"], delivered(app)["event"]
        assert isinstance(mention, dict)
        assert isinstance(posted, dict)
        assert (mention["type"], posted["type"]) == ("app_mention", "message")
        assert mention["text"] == "<@U0BOT000001> who &lt;b&gt;sails&lt;/b&gt;?"
        _answer(client, mention)
        _read(page)
        page.get_by_role("button", name="Show all sources").click()
        clicked = delivered(app)
        assert clicked["type"] == "block_actions"
        client.views_open(trigger_id=str(clicked["trigger_id"]), view=_modal())
        page.get_by_role("dialog").get_by_text("Nobody").wait_for()


def _answer(client: WebClient, mention: dict[str, str]) -> None:
    statements = quoted("Holm: ", ("No ferry sails.", 1)), in_other_words("None sails.", 2, id_="s2")
    made = answer(*statements, citations=[citation(1, "No ferry sails."), citation(2, "Not one.")])
    (message,) = answer_messages(made, link=link)
    client.chat_postMessage(channel=mention["channel"], thread_ts=mention["ts"], **message.posting())
    client.chat_postEphemeral(channel=mention["channel"], user="U0000000009", text="Psst.")


def _read(page: Page) -> None:
    page.get_by_text("Psst.").wait_for()
    assert page.locator("blockquote").inner_text() == "Holm: No ferry sails. [1]"
    links = page.get_by_role("link", name="[2]")
    assert [each.get_attribute("href") for each in links.all()] == [link(citation(2))] * 2


def _modal() -> dict[str, object]:
    section = {"type": "section", "text": {"type": "plain_text", "text": "unused"}}
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Nobody."}]}
    titles = {
        "title": {"type": "plain_text", "text": "Sources"},
        "close": {"type": "plain_text", "text": "Close"},
    }
    return {"type": "modal", **titles, "blocks": [section, {"type": "rich_text", "elements": [quote]}]}
