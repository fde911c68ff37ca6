"""What a connection may hold before there is a request: a head of a bounded size, for a bounded time."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from service.bootstrap import Service
from service.http import connection
from service.http.connection import HEAD_BYTES
from tests.conftest import serving
from tests.service.http.wire_level import Reply, address, check_problem

HEAD = b"GET /livez HTTP/1.1\r\nHost: HOST\r\n"
LONG = 1.0  # seconds in which a whole head gets through, also on a busy machine


@pytest.fixture
def hasty(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)
    with serving(service) as client:
        yield client


def connect(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=20)


def answered(opened: socket.socket, client: httpx.Client, *pieces: bytes) -> bytes:
    """All that comes back until the server closes."""
    for piece in pieces:
        opened.sendall(piece.replace(b"HOST", address(client).encode()))
    got = b""
    while block := opened.recv(65_536):
        got += block
    return got


@pytest.mark.parametrize("said", [b"", b"GET", HEAD, b"\r\n\r\n"])
def test_a_head_that_never_ends_is_not_waited_for(hasty: httpx.Client, said: bytes) -> None:
    with connect(hasty) as opened:
        assert answered(opened, hasty, said) == b""


@pytest.mark.parametrize("more", [b"GET", b"\r\n"])
def test_nor_is_the_next_one(hasty: httpx.Client, monkeypatch: pytest.MonkeyPatch, more: bytes) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", LONG)
    with connect(hasty) as opened:
        opened.sendall((HEAD + b"\r\n").replace(b"HOST", address(hasty).encode()))
        assert opened.recv(65_536).startswith(b"HTTP/1.1 200 OK")
        assert b"HTTP" not in answered(opened, hasty, more)


def test_a_body_may_take_longer_than_a_head(hasty: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", LONG)

    def slowly() -> Iterator[bytes]:
        yield b'{"question": '
        with connect(hasty) as opened:
            answered(opened, hasty)  # as long as a head may take
        yield b'"Who met?"}'

    kind = {"Content-Type": "application/json"}
    assert hasty.post("/v1/chat", content=slowly(), headers=kind).status_code == 200


@pytest.mark.parametrize("lines", [b"X: " + b"a" * 300_000, b"X: a\r\n" * 60_000])
def test_a_head_too_large_is_refused(seeded_client: httpx.Client, lines: bytes) -> None:
    with connect(seeded_client) as opened:
        head, rest = HEAD + lines[:HEAD_BYTES], lines[HEAD_BYTES:]
        try:
            got = answered(opened, seeded_client, head, rest[:100_000], rest[100_000:])
        except (BrokenPipeError, ConnectionResetError):
            return  # closed before it was all sent
        assert got.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "said",
    [
        b"What did they agree on?\r\n\r\n",
        HEAD + b"no colon\r\n\r\n",
        HEAD + b"Content-Length: x\r\n\r\n",
        HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
)
def test_what_is_no_request_is_a_problem(seeded_client: httpx.Client, said: bytes) -> None:
    with connect(seeded_client) as opened:
        head, _, body = answered(opened, seeded_client, said).partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    assert status == "HTTP/1.1 400 Bad Request"
    named = dict(header.split(": ", 1) for header in headers)
    check_problem(Reply(400, named, body), 400, "bad_request")
    assert int(named["content-length"]) == len(body)


def test_many_requests_on_one_connection_are_not_one_large_head(seeded_client: httpx.Client) -> None:
    kind = {"Content-Type": "application/json"}
    for _ in range(4):
        reply = seeded_client.post("/v1/chat", content=b" " * 60_000 + b"[]", headers=kind)
        assert reply.status_code == 422


def test_requests_sent_at_once_are_answered_in_turn(seeded_client: httpx.Client) -> None:
    with connect(seeded_client) as opened:
        last = HEAD + b"Connection: close\r\n\r\n"
        got = answered(opened, seeded_client, (HEAD + b"\r\n") * 3 + last)
    assert got.count(b"HTTP/1.1 200 OK") == 4
