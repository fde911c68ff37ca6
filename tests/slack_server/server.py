"""The fake's front: one object that serves the Web API and Socket Mode, and can be looked into."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from typing import Any

from tests.slack_server.checks import Refused
from tests.slack_server.faulty import Faulty
from tests.slack_server.http_api import Handler
from tests.slack_server.installing import Installing
from tests.slack_server.methods import METHODS
from tests.slack_server.people import People, Said
from tests.slack_server.socket_mode import SocketMode
from tests.slack_server.state import Call, Fault, Message, State, Workspace

APP_TOKEN = "xapp-one"


class SlackServer(People, Faulty, Installing):
    """`base_url` is for `WebClient(base_url=...)`. Everything that was asked is in `calls`."""

    def __init__(self, workspaces: Sequence[Workspace]) -> None:
        self.workspaces = tuple(workspaces)
        self.state = State({each.bot_token: each for each in workspaces}, APP_TOKEN)
        self.socket = SocketMode(self.state)
        handler = type("Handler", (Handler,), {"fake": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._http.server_address[1]}/api/"

    # -- what happened ------------------------------------------------------------------------------------

    def calls(self, method: str | None = None, *, ok: bool | None = None) -> list[Call]:
        """The calls so far, oldest first."""
        with self.state.lock:
            return [
                call for call in self.state.calls if method in (None, call.method) and ok in (None, call.ok)
            ]

    def messages(
        self, *, team: str | None = None, thread: str | None = None, ours: bool = True
    ) -> list[Message]:
        """The messages as they stand now, in the order in which they were begun."""
        with self.state.lock:
            return [
                message
                for (of, _, _), message in self.state.messages.items()
                if team in (None, of)
                and thread in (None, message.thread_ts)
                and (message.bot_id is not None) is ours
            ]

    def status(self, said: Said) -> list[str]:
        """Every status that a thread was given; the last is the one that shows, "" where none does."""
        return self.state.statuses.get((said.workspace.team, said.message.channel, said.thread), [])

    def wait_for(self, what: str, condition: Any, *, timeout: float = 20) -> None:
        """Poll until `condition()` holds; `what` is named when it never does."""
        until = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError(f"{what} did not happen within {timeout} s; calls: {self.calls()[-5:]}")
            time.sleep(0.01)

    # -- running -------------------------------------------------------------------------------------------

    def start(self) -> None:
        self.socket.start()
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.socket.stop()
        self._http.shutdown()
        self._http.server_close()

    def answer(self, method: str, token: str, arguments: dict[str, Any]) -> tuple[int, dict[str, Any], bool]:
        """Status, body, and whether the answer is lost on its way."""
        fault = self.state.fault(method) or Fault()
        time.sleep(fault.delay)
        with self.state.lock:  # at once: whoever sees what a call did finds the call too
            status, body, lost = self._answered(fault, method, token, arguments)
            workspace = self.state.workspaces.get(token)
            team = workspace.team if workspace else None
            self.state.calls.append(Call(method, team, arguments, time.monotonic(), status, body, token))
        return status, body, lost

    def _answered(
        self, fault: Fault, method: str, token: str, arguments: dict[str, Any]
    ) -> tuple[int, dict[str, Any], bool]:
        if fault.error is not None or fault.status != 200:
            body: dict[str, Any] = {"ok": False, "error": fault.error or "internal_error"}
            if fault.retry_after is not None:
                body["retry_after"] = fault.retry_after
            return fault.status, body, False
        try:
            return 200, {"ok": True, **self._do(method, token, arguments)}, fault.lost
        except Refused as refused:
            body = {"ok": False, "error": refused.error, **refused.more}
            if refused.retry_after is None:
                return 200, body, fault.lost
            return 429, body | {"retry_after": refused.retry_after}, fault.lost

    def _do(self, method: str, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if method == "apps.connections.open":
            if token != self.state.app_token:
                raise Refused("invalid_auth" if token else "not_authed")
            return {"url": self.socket.url}
        if method == "oauth.v2.access":
            return self.installed(token, arguments)
        workspace = self.state.workspaces.get(token)
        if workspace is None:
            raise Refused(self.state.refused.get(token, "invalid_auth") if token else "not_authed")
        if method not in METHODS:
            raise Refused("unknown_method")
        return METHODS[method](self.state, workspace, arguments)


@contextmanager
def slack_server(*workspaces: Workspace) -> Iterator[SlackServer]:
    """A Slack of its own for one test; one workspace unless told otherwise."""
    server = SlackServer(workspaces or (Workspace(),))
    server.start()
    try:
        yield server
    finally:
        server.stop()
