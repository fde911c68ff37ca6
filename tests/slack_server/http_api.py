"""The Web API's HTTP: arguments out of JSON, forms and queries; answers, and their loss."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from tests.slack_server.state import State

AUTHORIZE = "/oauth/v2/authorize"


class Answering(Protocol):
    state: State

    def authorize(self, asked: dict[str, str]) -> tuple[int, dict[str, str], str]:
        """The page on which a person allows an app, and where that leads: status, headers, page."""

    def answer(self, method: str, token: str, arguments: dict[str, Any]) -> tuple[int, dict[str, Any], bool]:
        """Status, body, and whether the answer is lost on its way."""


class Handler(BaseHTTPRequestHandler):
    fake: Answering
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        method = urlsplit(self.path).path.removeprefix("/api/")
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        arguments = self._arguments(raw)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.pop("token", "")
        status, body, lost = self.fake.answer(method, token, arguments)
        if lost:
            self.close_connection = True
            self.connection.close()
            return
        self._send(status, body)

    def do_GET(self) -> None:
        if urlsplit(self.path).path != AUTHORIZE:
            self.do_POST()
            return
        status, headers, page = self.fake.authorize(dict(parse_qsl(urlsplit(self.path).query)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page.encode())))
        self.end_headers()
        self.wfile.write(page.encode())

    def _arguments(self, raw: bytes) -> dict[str, Any]:
        found: dict[str, Any] = dict(parse_qsl(urlsplit(self.path).query))
        if "json" in self.headers.get("Content-Type", ""):
            given: dict[str, Any] = json.loads(raw or b"{}")
            return found | given
        return found | dict(parse_qsl(raw.decode(), keep_blank_values=True))

    def _send(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        if "retry_after" in body:
            self.send_header("Retry-After", str(body["retry_after"]))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on the tests' terminal."""
