"""The load benchmark counts what a service does: every question once, and what is refused as refused."""

import os
import threading
from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from benchmarks.load import Bench, Seen
from service.bootstrap import Service, open_service
from tests.conftest import MakeSettings, serving
from tests.service.http.stuck import stuck

SECONDS = 0.4
LONG = 2.0  # for an answer also on a machine that does much else


@pytest.fixture
def narrow(make_settings: MakeSettings, tmp_path: Path) -> Iterator[Service]:
    """Room for one question."""
    settings = make_settings(tmp_path / "data", workers=1, queue=0)
    service = open_service(settings, command="a test")
    yield service
    service.close()


def bench(url: str, watcher: ThreadPool, seconds: float = SECONDS) -> Bench:
    return Bench(url, os.getpid(), ["Who met whom?", "Where was it?"], watcher, seconds)


def test_questions_that_find_room_are_answered(service: Service) -> None:
    with ThreadPool(1) as watcher, serving(service) as client:
        assert client.post("/v1/chat", json={"question": "Who met whom?"}).is_success  # takes longest
        seen = bench(str(client.base_url), watcher, LONG).capacity()
    assert set(seen.statuses) == {200}
    assert len(seen.answered) == seen.statuses[200] > 0
    assert seen.goodput == seen.statuses[200] / LONG
    assert seen.cpu > 0
    assert min(map(len, seen.health.values())) > 0


def test_questions_come_whether_or_not_there_is_room(narrow: Service) -> None:
    with ThreadPool(1) as watcher, stuck(narrow) as (service, answerer), serving(service) as client:

        def let_go() -> None:
            """Long after the others came, which found no room."""
            assert answerer.begun.acquire(timeout=20)
            answerer.go_on.wait(2)
            answerer.go_on.set()

        letting = threading.Thread(target=let_go)
        letting.start()
        seen = bench(str(client.base_url), watcher).load(100)
        letting.join()
    assert set(seen.statuses) <= {200, 503}
    assert 0 < seen.statuses[503] == len(seen.refused)
    # The one with room was answered after the end, which isn't counted.
    assert 39 <= seen.statuses.total() <= 40


def test_stretches_add_up() -> None:
    one, two = Seen(seconds=1.0, cpu=0.5), Seen(seconds=2.0, cpu=0.25)
    one.note(200, 10.0)
    two.note(200, 20.0)
    two.note(503, 1.0)
    two.health["/livez"].append(3.0)
    both = one + two
    assert (both.seconds, both.cpu, both.goodput) == (3.0, 0.75, 2 / 3)
    assert both.answered == [10.0, 20.0]
    assert (both.refused, both.health["/livez"]) == ([1.0], [3.0])
    assert one.answered == [10.0]
