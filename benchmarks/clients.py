"""Clients of a running service that cost it as little as they can: they share its cores."""

import asyncio
import http.client
import json
import os
import time
from pathlib import Path

PATIENCE = 30.0
# Seconds between two looks. Ready is a search, and worth some milliseconds.
HEALTH = {"/livez": 0.02, "/readyz": 0.5}
NAP = "a nap of 5 ms, late"
_NAP_SECONDS = 0.005


class Line(asyncio.Protocol):
    """A connection that is kept; the least of HTTP that our own answers need."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._got = b""
        self._answer: asyncio.Future[int] | None = None
        self.says_when = False  # of the last answer: whether it has a Retry-After

    @property
    def closed(self) -> bool:
        return self._transport.is_closing()

    def ask(self, request: bytes) -> "asyncio.Future[int]":
        """Its status; 0 where the connection was lost."""
        self._got = b""
        self._answer = asyncio.get_running_loop().create_future()
        if self.closed:
            self._end(0)
            return self._answer
        self._transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head):
            self.says_when = b"\r\nretry-after:" in head.lower()
            self._end(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(0)

    def close(self) -> None:
        self._transport.close()

    def _end(self, status: int) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(status)


def question(host: str, port: int, text: str) -> bytes:
    return _post(host, port, "chat", {"question": text})


def article(host: str, port: int, text: str) -> bytes:
    return _post(host, port, "articles", {"text": text})


def _post(host: str, port: int, path: str, body: dict[str, str]) -> bytes:
    said = json.dumps(body).encode()
    kind = f"Content-Type: application/json\r\nContent-Length: {len(said)}"
    return f"POST /v1/{path} HTTP/1.1\r\nHost: {host}:{port}\r\n{kind}\r\n\r\n".encode() + said


def watch(host: str, port: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds. As a kubelet asks: a new connection each time, one after another. How late the naps in
    between end says what of that is the machine's, and would be there without a service."""
    end = time.perf_counter() + seconds
    times: dict[str, list[float]] = {name: [] for name in (*HEALTH, NAP)}
    due = dict.fromkeys(HEALTH, 0.0)
    while (now := time.perf_counter()) < end:
        for path, pause in HEALTH.items():
            if now >= due[path]:
                due[path] = now + pause
                times[path].append(_health(host, port, path))
        begun = time.perf_counter()
        time.sleep(_NAP_SECONDS)
        times[NAP].append(1000 * (time.perf_counter() - begun - _NAP_SECONDS))
    return times


def _health(host: str, port: int, path: str) -> float:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()
    return 1000 * (time.perf_counter() - begun)


def cpu_seconds(pid: int) -> float:
    """That the process has used; Linux alone says it this way."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _length(head: bytes) -> int:
    (line,) = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(line.partition(b":")[2])
