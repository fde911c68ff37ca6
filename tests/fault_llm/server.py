"""The scripted server itself: GET /v1/models and POST /v1/chat/completions on loopback."""

import http.server
import json
import threading
from collections import deque
from typing import Any, Self

from tests.fault_llm.exchange import Exchange, Gone, Received
from tests.fault_llm.faults import FAULTS, Plays
from tests.fault_llm.speakers import Says, named


class FaultServer:
    """`fault` names what happens on the wire, `says` what the model says; both can be functions, and be
    changed while it runs. With a `key`, requests need it."""

    def __init__(
        self,
        fault: str | Plays = "whole",
        *,
        says: str | Says = "fixed",
        port: int = 0,
        model: str = "scripted",
        key: str | None = None,
    ) -> None:
        self.fault = fault
        self.says = says
        self.model = model
        self.key = key
        self.received: list[Received] = []
        self._next: deque[str | Plays] = deque()
        self._stopping = threading.Event()
        self._server = _Listener(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def enqueue(self, *faults: str | Plays) -> None:
        """What happens to the next requests, one each, before `fault` does again."""
        self._next.extend(faults)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join(timeout=5)
        self._server.server_close()

    def answer(self, handler: http.server.BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        received = Received({k.lower(): v for k, v in handler.headers.items()}, body)
        chosen = self._next.popleft() if self._next else self.fault
        self.received.append(received)
        exchange = Exchange(handler, received, named(self.says)(received), self._stopping)
        try:
            (FAULTS[chosen].plays if isinstance(chosen, str) else chosen)(exchange)
        except (Gone, OSError):
            handler.close_connection = True
            if not self._stopping.is_set():
                received.left.set()
        finally:
            exchange.over()


class _Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], scripted: FaultServer) -> None:
        self.scripted = scripted
        super().__init__(address, _Handler)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # the client left between two requests
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):  # cut by a script
            self.close_connection = True

    def do_GET(self) -> None:
        if not self._known("/v1/models"):
            return
        models = [{"id": self.server.scripted.model, "object": "model", "created": 0, "owned_by": "tests"}]
        self._reply(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._known("/v1/chat/completions"):
            self.server.scripted.answer(self, json.loads(body))

    def _known(self, path: str) -> bool:
        key = self.server.scripted.key
        if self.path != path:
            self._reply(404, {"error": {"message": f"there is no {self.path}"}})
        elif key is not None and self.headers.get("Authorization") != f"Bearer {key}":
            self._reply(401, {"error": {"message": f"Incorrect key: {self.headers.get('Authorization')}"}})
        else:
            return True
        return False

    def _reply(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Says nothing."""
