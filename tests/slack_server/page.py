"""The fake Slack in a browser: channels to write in, and what the app answers there."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from tests.slack_server.deliveries import event_request, interaction_request
from tests.slack_server.server import SlackServer
from tests.slack_server.state import Message

_HTML = Path(__file__).with_name("page.html")
CHANNELS = {"C0000000001": "#negotiations", "C0000000002": "#canteen", "D0000000001": "Parley (direct)"}
_MENTION = re.compile(r"@parley\b", re.I)


class Page:
    """What a person does in the browser, delivered over the socket that the app opened."""

    def __init__(self, slack: SlackServer, events: str | None = None) -> None:
        self._slack = slack
        self._home = slack.workspaces[0]
        self._events = events

    def _send(self, payload: dict[str, Any], *, kind: str = "events_api") -> None:
        if self._events is None:
            self._slack.socket.send(payload, kind=kind)
            return
        make = interaction_request if kind == "interactive" else event_request
        body, headers = make(payload)
        httpx.post(self._events, content=body, headers=headers, timeout=10, trust_env=False)

    @property
    def _connected(self) -> bool:
        by_http = self._home.bot_token in self._slack.state.workspaces
        return self._slack.socket.connections > 0 if self._events is None else by_http

    def state(self) -> dict[str, Any]:
        slack = self._slack
        with slack.state.lock:
            messages = [*slack.messages(ours=True), *slack.messages(ours=False)]
            shown = [self._shown(message) for message in messages]
            shown += [self._shown(each) | {"ours": True, "whispered": True} for each in slack.state.whispers]
            return {
                "connected": self._connected,
                "channels": CHANNELS,
                "messages": sorted(shown, key=lambda each: _moment(each["ts"])),
                "status": {"/".join(key[1:]): told[-1] for key, told in slack.state.statuses.items()},
                "view": next(reversed(slack.state.views.values()), None),
                "home": next(iter(slack.state.homes.values()), None),
                "prompts": slack.state.prompts.get((self._home.team, "D0000000001")),
            }

    def _shown(self, message: Message) -> dict[str, Any]:
        wire = message.wire()
        hearts = [name for _, channel, ts, name in self._slack.state.reactions if ts == message.ts]
        return {
            "channel": message.channel,
            "ts": message.ts,
            "thread": message.thread_ts or message.ts,
            "ours": message.bot_id is not None,
            "text": message.text.replace(f"<@{self._home.bot_user}>", "@Parley"),
            "blocks": wire.get("blocks", []),
            "markdown": message.markdown,
            "reactions": hearts,
        }

    def say(self, given: dict[str, Any]) -> None:
        text = given["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text, mentions = _MENTION.subn(f"<@{self._home.bot_user}>", text)
        said = self._slack.say(text, channel=given["channel"], thread=given.get("thread"))
        if mentions and not given["channel"].startswith("D"):
            self._send(said.mention)
        self._send(said.posted)

    def open(self, given: dict[str, Any]) -> None:
        """The Home tab, or the Messages tab."""
        self._send(self._slack.home_opened(tab=given["tab"]))

    def click(self, given: dict[str, Any]) -> None:
        """On a button of a message, or of the modal that is open."""
        action = given["action"] | {"block_id": "b"}
        if "view" in given:
            payload = self._slack.click_in_view(self._slack.state.views[given["view"]], action)
        else:
            message = self._slack.state.find(self._home.team, given["channel"], given["ts"])
            assert message is not None
            payload = self._slack.click(message, action)
        self._send(payload, kind="interactive")

    def submit(self, given: dict[str, Any]) -> None:
        payload = self._slack.submit(self._slack.state.views[given["view"]], given["values"])
        self._send(payload, kind="interactive")


def _moment(ts: str) -> tuple[int, ...]:
    return tuple(int(part) for part in ts.split("."))


class _Handler(BaseHTTPRequestHandler):
    page: Page

    def do_GET(self) -> None:
        if self.path == "/state":
            self._send(200, "application/json", json.dumps(self.page.state()).encode())
        elif self.path == "/":
            self._send(200, "text/html; charset=utf-8", _HTML.read_bytes())
        else:
            self._send(404, "text/plain", b"not found")

    def do_POST(self) -> None:
        does = {f"/{each.__name__}": each for each in _doings(self.page)}
        given = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        try:
            does[self.path](given)
        except (KeyError, IndexError) as exc:  # no such thing here; no app is connected
            self._send(409, "text/plain", repr(exc).encode())
        else:
            self._send(200, "application/json", b"{}")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on the terminal."""


def _doings(page: Page) -> tuple[Any, ...]:
    return page.say, page.open, page.click, page.submit


@contextmanager
def served_page(slack: SlackServer, *, port: int = 0, events: str | None = None) -> Iterator[str]:
    """Its address. `port` 0: any that is free. `events`: where the app takes what Slack sends, by HTTP; None:
    by the socket that it opened."""
    handler = type("Handler", (_Handler,), {"page": Page(slack, events)})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
