"""Each write of the record and of the index fails in its turn: what is stored is still read, what was asked
is refused with a reason, nothing is half there, and once it can be written again all goes on, unrepaired."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from retrieval import failpoints, maintain
from retrieval.record import article_id
from service.bootstrap import Service, open_service
from tests.conftest import MakeSettings, serving
from tests.retrieval.made import STEEL, TALKS, found

_ASKED = {"question": "When did the envoys meet in Vienna?"}
_FULL = "database or disk is full"
_READ_ONLY = "attempt to write a readonly database"
_NO_FILE = "unable to open database file"
_WRITES = ("INSERT", "UPDATE", "DELETE")
_PLACES = (
    "index.adding",
    "index.vectors-added",
    "index.words-added",
    "index.strays-deleted",
    "index.forgetting",
)


class Turns:
    """Of everything that is to be written, the `at`-th fails."""

    def __init__(self, reason: str, at: int) -> None:
        self.reason, self.left, self.failed = reason, at, False

    def come_by(self) -> bool:
        self.left -= 1
        self.failed = self.failed or self.left == 0
        return self.left == 0


@contextmanager
def failing(service: Service, turns: Turns) -> Iterator[None]:
    engine = service.corpus.record.database._engine

    def statement(_: Any, written: str, *__: Any) -> None:
        if written.lstrip().startswith(_WRITES) and turns.come_by():
            raise sqlite3.OperationalError(turns.reason)

    def index() -> None:
        if turns.come_by():
            number = errno.ENOSPC if turns.reason == _FULL else errno.EROFS
            raise service.corpus.index._server._failed(OSError(number, os.strerror(number)))

    sa.event.listen(engine, "do_execute", statement)
    failpoints.ARMED.update(dict.fromkeys(_PLACES, index))
    try:
        yield
    finally:
        failpoints.ARMED.clear()
        sa.event.remove(engine, "do_execute", statement)


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings
) -> Iterator[tuple[httpx.Client, Service]]:
    settings = make_settings(tmp_path_factory.mktemp("failing"), requests_per_minute=0)
    service = open_service(settings, command="a test")
    with serving(service) as opened:
        assert opened.post("/v1/articles", json={"text": TALKS, "id": "talks"}).status_code == 201
        yield opened, service
    service.close()


def _add(client: httpx.Client) -> httpx.Response:
    return client.post("/v1/articles", json={"text": STEEL, "id": "steel"})


def _update(client: httpx.Client) -> httpx.Response:
    return client.post("/v1/articles", json={"text": f"{TALKS} On day {os.urandom(4).hex()}.", "id": "talks"})


def _delete(client: httpx.Client) -> httpx.Response:
    return client.delete(f"/v1/articles/{article_id('steel')}")


def _purge(client: httpx.Client) -> httpx.Response:
    return client.delete(f"/v1/articles/{article_id('steel')}?purge=true")


def _ask(client: httpx.Client) -> httpx.Response:
    return client.post("/v1/chat", json=_ASKED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act", "reason"),
    [
        *((act, _FULL) for act in (_add, _update, _delete, _purge, _ask)),
        *((act, _READ_ONLY) for act in (_add, _ask)),
        (_update, _NO_FILE),
    ],
)
def test_every_write_fails_in_its_turn(
    client: tuple[httpx.Client, Service], act: Callable[[httpx.Client], httpx.Response], reason: str
) -> None:
    asked, service = client
    for at in range(1, 60):
        if act in (_delete, _purge):
            assert _add(asked).is_success
        if act is _add:
            _delete(asked)  # what was refused before may have been finished since
        turns = Turns(reason, at)
        with failing(service, turns):
            refused = act(asked)
            if not turns.failed:
                assert refused.is_success
                assert at > 3
                break
            assert asked.get("/readyz").status_code == 200
            assert asked.get(f"/v1/articles/{article_id('talks')}/text").status_code == 200
        if not refused.is_success:  # what follows the answer may fail without it
            problem = refused.json()
            assert refused.status_code in ((507, 503) if reason == _FULL else (503,)), problem
            assert problem["detail"]
            assert problem["remedy"]
        assert act(asked).is_success or act in (_delete, _purge)
        assert found(service.corpus, _ASKED["question"])
    else:
        pytest.fail("no end of writes")
    list(service.corpus.ingester.resume())
    service.corpus.ingester.finish_erasing()
    report = maintain.check(service.corpus.record, service.corpus.index, service.corpus.embedder)
    assert (report.missing_vectors, report.missing_words) == ((), ())
    assert report.found_themselves == report.sampled
