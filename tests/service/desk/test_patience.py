"""Whoever comes too often waits, and is answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from service.bootstrap import open_service
from service.desk.client import Client
from service.desk.patience import Patient
from tests.conftest import MakeSettings, serving

KEY = "a-key-for-these-tests"
Refusal = tuple[int, str | None]


@contextmanager
def refusing(*refusals: Refusal) -> Iterator[tuple[str, list[bytes]]]:
    """Each with a status and a Retry-After, then whatever is asked is answered; and the bodies that came."""
    left, came = list(refusals), list[bytes]()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            status, after = left.pop(0) if left else (200, None)
            self.send_response(status)
            if after is not None:
                self.send_header("Retry-After", after)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(url: str, waits: list[float], *, patience: float = 120.0) -> int:
    with httpx.Client(transport=Patient(patience=patience, sleep=waits.append)) as client:
        return client.post(url, files={"file": ("a.txt", b"The envoys met.")}).status_code


def test_it_waits_as_long_as_it_is_told_and_sends_the_same_again() -> None:
    waits: list[float] = []
    with refusing((429, "7"), (429, "1"), (429, "0")) as (url, came):
        assert ask(url, waits) == 200
    assert waits == [7, 1, 1]
    assert len(came) == 4
    assert len(set(came)) == 1
    assert b"The envoys met." in came[0]


@pytest.mark.parametrize(
    "after", [None, "", "-1", "soon", "Fri, 31 Dec 1999 23:59:59 GMT", "61", "9" * 400, "²"]
)
def test_what_says_no_time_to_wait_is_not_waited_for(after: str | None) -> None:
    waits: list[float] = []
    with refusing((429, after)) as (url, _):
        assert ask(url, waits) == 429
    assert waits == []


@pytest.mark.parametrize("status", [401, 500, 503])
def test_other_refusals_are_given_back_at_once(status: int) -> None:
    waits: list[float] = []
    with refusing((status, "1")) as (url, _):
        assert ask(url, waits) == status
    assert waits == []


def test_patience_ends() -> None:
    waits: list[float] = []
    with refusing(*[(429, "40")] * 9) as (url, _):
        assert ask(url, waits, patience=100) == 429
    assert waits == [40, 40]


@pytest.mark.slow
def test_the_command_line_gets_past_the_limit_of_a_service(
    make_settings: MakeSettings, tmp_path: Path
) -> None:
    service = open_service(make_settings(tmp_path / "data", api_key=KEY), command="a test")
    with serving(service) as http, Client(str(http.base_url), key=KEY) as client:
        for _ in range(62):
            assert client.articles(limit=1, offset=0)["total"] == 0
    service.close()
