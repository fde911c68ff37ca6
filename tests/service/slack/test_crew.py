"""Workers: bounded, in turn within a conversation, and none brought down by a job."""

import threading
from collections.abc import Iterator

import pytest

from service.slack.crew import Crew


@pytest.fixture
def crew() -> Iterator[Crew]:
    made = Crew("test", hands=2, most=5)
    yield made
    made.close(seconds=5)


def test_more_than_it_may_hold_is_not_taken(crew: Crew) -> None:
    gate = threading.Event()
    taken = [crew.take(number, lambda: _wait(gate)) for number in range(6)]
    assert taken == [True] * 5 + [False]
    assert crew.take("left over from before", lambda: _wait(gate), however_many=True)
    gate.set()


def test_one_conversation_is_served_in_turn_and_keeps_nobody_else_waiting(crew: Crew) -> None:
    gate, other, last, done = threading.Event(), threading.Event(), threading.Event(), list[int]()
    crew.take("long", lambda: _wait(gate))
    crew.take("long", lambda: done.append(1))
    crew.take("long", lambda: done.append(2))
    crew.take("long", last.set)
    crew.take("short", other.set)
    assert other.wait(timeout=5)
    assert done == []
    gate.set()
    assert last.wait(timeout=5)
    assert done == [1, 2]


def test_a_job_that_fails_is_one_job(crew: Crew) -> None:
    done = threading.Event()
    crew.take("a", _fail)
    crew.take("a", done.set)
    assert done.wait(timeout=5)


def test_after_it_went_home_nothing_is_taken() -> None:
    crew = Crew("test", hands=1, most=4)
    crew.close(seconds=5)
    assert not crew.take("a", _fail)


def _wait(gate: threading.Event) -> None:
    assert gate.wait(timeout=10)


def _fail() -> None:
    raise RuntimeError("on purpose")
