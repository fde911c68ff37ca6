"""Socket Mode on loopback: hello, envelopes, acknowledgements, and connections that end."""

import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from tests.slack_server.state import State


@dataclass(frozen=True, slots=True)
class Ack:
    envelope_id: str
    at: float
    payload: dict[str, Any] | None


@dataclass
class SocketMode:
    """`sent` holds the time at which each envelope left, by its id."""

    state: State
    acks: list[Ack] = field(default_factory=list)
    sent: dict[str, float] = field(default_factory=dict)
    opened: int = 0  # connections so far
    _connections: list[ServerConnection] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _server: Server | None = None

    def start(self) -> None:
        self._server = serve(self._converse, "127.0.0.1", 0)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
        self.drop()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/link/?ticket={self.state.number()}"

    @property
    def connections(self) -> int:
        with self._changed:
            return len(self._connections)

    def wait_connected(self, *, timeout: float = 10, more_than: int = 0) -> None:
        """Until an app is connected, and has been more often than `more_than`."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._connections and self.opened > more_than, timeout):
                raise TimeoutError(f"no app connected within {timeout} s")

    def send(
        self,
        payload: dict[str, Any],
        *,
        kind: str = "events_api",
        envelope_id: str | None = None,
        retry: int = 0,
    ) -> str:
        """Hand one envelope to the newest connection. The same id may be sent again, as Slack does."""
        id_ = envelope_id or f"env-{self.state.number()}"
        envelope: dict[str, Any] = {
            "envelope_id": id_,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        with self._changed:
            connection = self._connections[-1]
            self.sent.setdefault(id_, time.monotonic())
        connection.send(json.dumps(envelope))
        return id_

    def wait_ack(self, envelope_id: str, *, timeout: float = 10, times: int = 1) -> Ack:
        def those() -> list[Ack]:
            return [ack for ack in self.acks if ack.envelope_id == envelope_id]

        with self._changed:
            if not self._changed.wait_for(lambda: len(those()) >= times, timeout):
                raise TimeoutError(f"{envelope_id} was acknowledged {len(those())} times in {timeout} s")
            return those()[-1]

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Slack's `disconnect` message to every connection; Slack then closes the link."""
        with self._changed:
            going = list(self._connections)
        for connection in going:
            connection.send(json.dumps({"type": "disconnect", "reason": reason}))

    def drop(self) -> None:
        """End every connection without a word."""
        with self._changed:
            going = list(self._connections)
        for connection in going:
            connection.close_socket()

    def _converse(self, connection: ServerConnection) -> None:
        hello = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0000000001"}}
        connection.send(json.dumps(hello))
        with self._changed:
            self._connections.append(connection)
            self.opened += 1
            self._changed.notify_all()
        try:
            for message in connection:
                self._hear(json.loads(message))
        except (ConnectionClosed, OSError, ValueError):
            pass  # a client that goes in the middle of a message is a case, not a fault
        finally:
            with self._changed:
                self._connections.remove(connection)
                self._changed.notify_all()

    def _hear(self, said: dict[str, Any]) -> None:
        with self._changed:
            self.acks.append(Ack(said["envelope_id"], time.monotonic(), said.get("payload")))
            self._changed.notify_all()
