"""A bounded pool: the rest is refused while it can still be, and nothing else waits for it."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from retrieval import maintain
from retrieval.ingest import Ingester
from retrieval.outcome import Ingested
from retrieval.sources import Source
from service.bootstrap import Service, open_service
from service.errors import Overloaded, Stopping
from service.http import health
from service.http.admission import Admission
from service.http.articles import LARGE
from tests.conftest import MakeSettings, serving
from tests.service.http.stuck import Stuck, stuck
from tests.service.http.wire_level import JSON, address, check_problem, send, stall


@pytest.fixture
def busy(tmp_path: Path, make_settings: MakeSettings) -> Iterator[tuple[httpx.Client, Stuck]]:
    """One worker, which is stuck once it is asked; one place in the queue."""
    settings = make_settings(tmp_path / "data", workers=1, queue=1, queue_seconds=20)
    opened = open_service(settings, command="a test")
    with stuck(opened) as (service, answerer), serving(service) as client:
        yield client, answerer
        answerer.go_on.set()
    opened.close()


def test_a_full_queue_refuses_at_once(busy: tuple[httpx.Client, Stuck]) -> None:
    client, answerer = busy
    with ThreadPoolExecutor(4) as pool:

        def ask() -> Future[httpx.Response]:
            return pool.submit(client.post, "/v1/chat", json={"question": "Who?"})

        working = ask()
        assert answerer.begun.acquire(timeout=10)
        # Of the next two one waits and one is refused; which, the network decides.
        others = [ask(), ask()]
        refused = next(future for future in _as_done(others) if future.result().status_code != 200)
        body = check_problem(refused.result(), 503, "overloaded")
        assert body["retryable"] is True
        assert int(refused.result().headers["retry-after"]) > 0
        answerer.go_on.set()
        assert working.result().status_code == 200
        (waited,) = [future for future in others if future is not refused]
        assert waited.result().status_code == 200


def _as_done(futures: list[Future[httpx.Response]]) -> Iterator[Future[httpx.Response]]:
    from concurrent.futures import as_completed

    return iter(as_completed(futures, timeout=10))


def test_health_and_pages_do_not_wait_for_questions(busy: tuple[httpx.Client, Stuck]) -> None:
    client, answerer = busy
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(client.post, "/v1/chat", json={"question": "Who?"})
        assert answerer.begun.acquire(timeout=10)
        for path in ("/livez", "/readyz", "/", "/articles", "/v1/articles", "/v1/openapi.json"):
            # Behind the stuck question it would never come back: the client's deadline only ends the test.
            assert client.get(path).status_code == 200, path
        assert not working.done()
        answerer.go_on.set()
        assert working.result().status_code == 200


@contextmanager
def full(client: httpx.Client, answerer: Stuck) -> Iterator[None]:
    """One question is worked on and one waits."""
    with ThreadPoolExecutor(2) as pool:
        try:
            for _ in range(2):
                pool.submit(client.post, "/v1/chat", json={"question": "Who?"})
            assert answerer.begun.acquire(timeout=10)
            # Until the other waits: one that is asked now would take its place.
            await_full(client, "/v1/chat")
            yield
        finally:
            answerer.go_on.set()


def await_full(client: httpx.Client, path: str) -> None:
    """What is refused for want of its body, as long as there is room, is refused for want of room then."""
    for _ in range(1_000):
        if client.post(path).status_code == 503:
            return
        time.sleep(0.01)
    raise AssertionError("nobody waited")


UNREAD = b"POST /v1/chat HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 60\r\n"


@pytest.mark.parametrize(
    "wrong", [b"", b"Content-Type: text/html\r\n", b"Origin: https://rebound.example\r\n"]
)
def test_who_is_too_many_is_told_so_before_anything_is_read(
    busy: tuple[httpx.Client, Stuck], wrong: bytes
) -> None:
    client, answerer = busy
    with full(client, answerer):
        # The body never comes: whoever waited for it would say 408, ten seconds later.
        reply = stall(client, UNREAD + wrong + b"\r\n")
        assert reply.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nretry-after: 2\r\n" in reply
        assert b'"code":"overloaded"' in reply
        assert b"x-content-type-options: nosniff" in reply
        check_problem(send(client, "POST", "/v1/chat", JSON, body=b"{}"), 503, "overloaded")
        completion = send(client, "POST", "/v1/chat/completions", JSON, body=b"{}")
        assert check_problem(completion, 503, "overloaded")["error"]["type"] == "server_error"
        assert completion.headers["retry-after"] == "2"
        check_problem(send(client, "GET", "/v1/chat"), 405, "method_not_allowed")
        check_problem(client.get("/v1/nothing"), 404, "not_found")


def test_a_connection_that_was_turned_away_asks_again(busy: tuple[httpx.Client, Stuck]) -> None:
    client, answerer = busy
    asked = UNREAD + b"\r\n" + b" " * 60
    last = UNREAD + b"Connection: close\r\n\r\n" + b" " * 60
    with (
        full(client, answerer),
        socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=20) as opened,
    ):
        opened.sendall((asked + asked + last).replace(b"HOST", address(client).encode()))
        got = b""
        while block := opened.recv(65_536):
            got += block
    assert got.count(b"HTTP/1.1 503 ") == 3


@pytest.mark.parametrize(
    ("words", "refused", "taken"),
    [(5, (0, 900, LARGE), (9_000_000,)), (LARGE // 4, (9_000_000, 1_000_000), (900, 2 * LARGE))],
    ids=["small", "large"],
)
def test_each_lane_of_articles_refuses_its_own_unread(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    words: int,
    refused: Sequence[int],
    taken: Sequence[int],
) -> None:
    """What may be of the other lane, as by JSON's escapes, is read."""
    go_on, known = threading.Event(), Ingester.ingest

    def ingest(self: Ingester, sources: Iterable[Source]) -> Iterator[Ingested]:
        go_on.wait(20)
        return known(self, [replace(source, data=source.data[:40]) for source in sources])

    monkeypatch.setattr(Ingester, "ingest", ingest)
    with serving(service) as client, ThreadPoolExecutor(9) as pool:
        texts = [{"text": f"Ferry {number} " + "sails " * words} for number in range(9)]
        posted = [pool.submit(client.post, "/v1/articles", json=text) for text in texts]
        try:
            await_told(client, refused[0], b"503")
            assert [told(client, length) for length in refused] == [b"503"] * len(refused)
            assert [told(client, length) for length in taken] == [b"415"] * len(taken)
        finally:
            go_on.set()
        assert {done.result().status_code for done in posted} <= {200, 201}


def told(client: httpx.Client, length: int) -> bytes:
    """To an article in a type that isn't taken, of which nothing but the head comes: refused for its type, or
    for want of room."""
    head = (
        b"POST /v1/articles HTTP/1.1\r\nHost: HOST\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
    )
    return stall(client, head % length).split()[1]


def await_told(client: httpx.Client, length: int, status: bytes) -> None:
    for _ in range(1_000):
        if told(client, length) == status:
            return
        time.sleep(0.01)
    raise AssertionError("nobody waited")


def test_health_stands_while_every_worker_has_a_question(
    busy: tuple[httpx.Client, Stuck], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found a moment ago; after that it looks again, also then."""
    client, answerer = busy
    looks = []
    known = maintain.finds_itself

    def look(*given: Any) -> bool:
        looks.append(given)
        return known(*given)

    now = [time.monotonic()]
    monkeypatch.setattr(maintain, "finds_itself", look)
    monkeypatch.setattr(health, "monotonic", lambda: now[0])
    for later, seen in ((0.0, 1), (1.0, 1), (2.0, 2)):
        now[0] += later
        assert client.get("/readyz").status_code == 200
        assert len(looks) == seen
    with full(client, answerer):
        now[0] += 9.0
        for _ in range(5):
            assert client.get("/readyz").json() == {"status": "ready", "articles": 0}
            assert client.get("/livez").json() == {"status": "alive"}
        assert len(looks) == 2
        now[0] += 2.0
        assert client.get("/readyz").status_code == 200
        assert len(looks) == 3


def test_the_wait_for_a_worker_ends() -> None:
    async def scenario() -> None:
        admission = Admission(workers=1, queue=1, patience=0.05)
        go_on = threading.Event()
        working = asyncio.create_task(admission.run(lambda: go_on.wait(20)))
        await asyncio.sleep(0)
        with pytest.raises(Overloaded, match=r"0\.05 s"):
            await admission.run(lambda: True)
        go_on.set()
        assert await working
        assert await admission.run(lambda: "free again") == "free again"
        assert await admission.close()

    asyncio.run(scenario())


def test_without_a_queue_only_free_workers_take_questions() -> None:
    async def scenario() -> None:
        admission = Admission(workers=2, queue=0, patience=5)
        go_on = threading.Event()
        working = [asyncio.create_task(admission.run(lambda: go_on.wait(20))) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await admission.run(lambda: True)
        go_on.set()
        assert await asyncio.gather(*working) == [True, True]
        assert await admission.close()

    asyncio.run(scenario())


def test_a_place_is_given_back_when_the_work_fails_and_not_when_its_client_leaves() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    async def scenario() -> None:
        admission = Admission(workers=1, queue=0, patience=5)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await admission.run(fail)
        go_on, ended = threading.Event(), threading.Event()

        def work() -> None:
            go_on.wait(20)
            ended.set()

        leaving = asyncio.create_task(admission.run(work))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        with pytest.raises(Overloaded):
            await admission.run(lambda: True)
        go_on.set()
        assert await asyncio.to_thread(ended.wait, 10)
        assert await admission.close()

    asyncio.run(scenario())


def test_told_to_stop_it_ends_the_wait_and_not_the_work() -> None:
    async def scenario() -> None:
        admission = Admission(workers=1, queue=0, patience=5)
        go_on, ended = threading.Event(), threading.Event()

        def work() -> None:
            go_on.wait(20)
            ended.set()

        waiting = asyncio.create_task(admission.run(work))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        admission.stop()
        with pytest.raises(Stopping):
            await waiting
        assert not await admission.close(patience=0.01)
        assert not ended.is_set()
        go_on.set()
        assert await admission.close(patience=20)
        assert ended.is_set()

    asyncio.run(scenario())


def test_no_more_run_at_once_than_there_are_workers() -> None:
    lock, now, most = threading.Lock(), 0, 0
    both = threading.Barrier(2)

    def work() -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        both.wait(10)  # two are needed to go on: so two do run at once
        with lock:
            now -= 1

    async def scenario() -> None:
        admission = Admission(workers=2, queue=8, patience=20)
        await asyncio.gather(*(admission.run(work) for _ in range(8)))
        assert await admission.close()

    asyncio.run(scenario())
    assert most == 2
