"""Requests as a client of any kind may send them: a header or a body that no library would make."""

import http.client
import json
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

JSON = ("Content-Type", "application/json")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def address(client: httpx.Client) -> str:
    return f"{client.base_url.host}:{client.base_url.port}"


def send(
    client: httpx.Client,
    method: str,
    path: str,
    *headers: tuple[str, str],
    host: str | None = None,
    body: bytes | Iterator[bytes] | None = None,
) -> Reply:
    """An iterator is sent in chunks, without a length. The server may answer before it is all sent."""
    url = client.base_url
    connection = http.client.HTTPConnection(url.host, url.port or 80, timeout=20)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in _headers(client, headers, host, body):
            connection.putheader(name, value)
        connection.endheaders()
        _send_body(connection, body)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read())
    finally:
        connection.close()


def _headers(
    client: httpx.Client,
    headers: Sequence[tuple[str, str]],
    host: str | None,
    body: bytes | Iterator[bytes] | None,
) -> Iterator[tuple[str, str]]:
    yield "Host", address(client) if host is None else host
    yield from headers
    if isinstance(body, bytes):
        if "content-length" not in {name.lower() for name, _ in headers}:
            yield "Content-Length", str(len(body))
    elif body is not None:
        yield "Transfer-Encoding", "chunked"


def _send_body(connection: http.client.HTTPConnection, body: bytes | Iterator[bytes] | None) -> None:
    try:
        if isinstance(body, bytes):
            connection.send(body)
        elif body is not None:
            for block in body:
                connection.send(b"%x\r\n%s\r\n" % (len(block), block))
            connection.send(b"0\r\n\r\n")
    except (BrokenPipeError, ConnectionResetError):
        return  # refused before the end; the answer is there to read


def stall(client: httpx.Client, head: bytes) -> bytes:
    """Send the beginning of a request and no more; what comes back until the server closes or answers."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=20) as sender:
        sender.sendall(head.replace(b"HOST", address(client).encode()))
        return sender.recv(65536)


def leave(client: httpx.Client, request: bytes) -> None:
    """Send a request and be gone before it is answered."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=20) as sender:
        sender.sendall(request.replace(b"HOST", address(client).encode()))
        sender.shutdown(socket.SHUT_WR)


def check_problem(reply: httpx.Response | Reply, status: int, code: str) -> dict[str, Any]:
    """A whole problem as wire.md has it, which names no innards."""
    found = reply.status if isinstance(reply, Reply) else reply.status_code
    body = reply.json()
    assert (found, body["status"], body["code"]) == (status, status, code), body
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(body) - {"error"} == {"type", "title", "status", "detail", "code", "remedy", "retryable"}
    assert body["type"] == "about:blank"
    assert all(body[key] for key in ("title", "detail", "remedy"))
    assert "Traceback" not in str(body)
    assert "/service/" not in str(body)
    return dict(body)
