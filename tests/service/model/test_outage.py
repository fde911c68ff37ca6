"""What a model's endpoint is spared: repeated attempts, what it declines, an outage."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from service.model.breaker import Breaker
from service.model.errors import (
    ModelDeclined,
    ModelOverloaded,
    ModelRefused,
    ModelSuspended,
    ModelTimeout,
    ModelTooLong,
)
from tests.fault_llm import FAULTS as SCRIPTS
from tests.fault_llm import Exchange, FaultServer
from tests.service.asking import QUICK, SCHEMA, TEXT, Clock, opened, outcome

pytestmark = pytest.mark.slow


# -- another attempt ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["429", "429-soon", "500", "drop", "garbage", "nothing"])
def test_another_attempt_is_made_while_nothing_was_heard(name: str) -> None:
    with FaultServer() as server, opened(server.url) as endpoint:
        server.enqueue(name, name)
        assert outcome(endpoint) == (TEXT, None)
        assert len(server.received) == 3


def test_no_attempt_begins_before_the_endpoint_asked_for_it() -> None:
    limits = replace(QUICK, pause=1000.0)  # what it names goes before what we would wait
    with FaultServer() as server, opened(server.url, limits=limits) as endpoint:
        server.enqueue("429-date")
        assert outcome(endpoint) == (TEXT, None)
        assert len(server.received) == 2


def test_attempts_can_be_had_without() -> None:
    with FaultServer("500") as server, opened(server.url, limits=replace(QUICK, retries=0)) as endpoint:
        assert outcome(endpoint) == ("", ModelOverloaded)
        assert len(server.received) == 1


# -- what an endpoint doesn't take -------------------------------------------------------------------------
def forms(server: FaultServer) -> list[tuple[str | None, bool, bool]]:
    """Of each request: the type of response_format, whether with stream_options, whether with temperature."""
    return [
        (
            (received.body.get("response_format") or {}).get("type"),
            "stream_options" in received.body,
            "temperature" in received.body,
        )
        for received in server.received
    ]


@pytest.mark.parametrize(
    ("name", "tried"),
    [
        ("no-schema", [("json_schema", True, True), ("json_object", True, True)]),
        ("no-format", [("json_schema", True, True), ("json_object", True, True), (None, True, True)]),
        ("no-usage", [("json_schema", True, True), ("json_schema", False, True)]),
        ("no-temperature", [("json_schema", True, True), ("json_schema", True, False)]),
        (
            "no-extras",
            [
                ("json_schema", True, True),
                ("json_object", True, True),
                (None, True, True),
                (None, False, False),
            ],
        ),
    ],
)
def test_what_an_endpoint_declines_is_left_out_from_then_on(
    name: str, tried: list[tuple[str | None, bool, bool]]
) -> None:
    with FaultServer(name) as server, opened(server.url) as endpoint:
        assert [outcome(endpoint, schema=SCHEMA) for _ in range(2)] == [(TEXT, None)] * 2
        assert forms(server) == [*tried, tried[-1]]


def test_what_is_declined_is_remembered_also_where_the_answer_fails_later() -> None:
    def declines_and_breaks_off(exchange: Exchange) -> None:
        if "stream_options" in exchange.received.body:
            exchange.refuse(400, "stream_options?")
        else:
            SCRIPTS["length"].plays(exchange)

    with FaultServer(declines_and_breaks_off) as server, opened(server.url) as endpoint:
        assert [outcome(endpoint)[1] for _ in range(2)] == [ModelTooLong] * 2
        assert len(server.received) == 3


def test_an_endpoint_that_declines_everything_is_asked_once_a_question_and_has_its_chance_again() -> None:
    with FaultServer("400") as server, opened(server.url) as endpoint:
        assert outcome(endpoint, schema=SCHEMA) == ("", ModelRefused)
        assert len(server.received) == 4
        assert outcome(endpoint, schema=SCHEMA) == ("", ModelRefused)
        assert len(server.received) == 5
        server.fault = "whole"
        assert outcome(endpoint, schema=SCHEMA) == (TEXT, None)
        assert outcome(endpoint, schema=SCHEMA) == (TEXT, None)
        assert forms(server)[-2:] == [(None, False, False), ("json_schema", True, True)]


def test_a_request_that_is_declined_where_others_were_taken_is_at_fault_itself() -> None:
    with FaultServer() as server, opened(server.url) as endpoint:
        assert outcome(endpoint, schema=SCHEMA) == (TEXT, None)
        server.enqueue(*["400"] * 6)
        assert [outcome(endpoint, schema=SCHEMA) for _ in range(6)] == [("", ModelDeclined)] * 6
        assert outcome(endpoint, schema=SCHEMA) == (TEXT, None)
        assert set(forms(server)) == {("json_schema", True, True)}


# -- an outage ---------------------------------------------------------------------------------------------
def test_an_endpoint_that_keeps_failing_is_left_alone_and_then_tried_by_one() -> None:
    clock = Clock()
    with FaultServer("404") as server, opened(server.url, breaker=Breaker(clock=clock)) as endpoint:
        assert [outcome(endpoint)[1] for _ in range(7)] == [ModelRefused] * 5 + [ModelSuspended] * 2
        clock.now += 15
        assert [outcome(endpoint)[1] for _ in range(2)] == [ModelRefused, ModelSuspended]
        clock.now += 15
        server.fault = "whole"
        assert [outcome(endpoint) for _ in range(3)] == [(TEXT, None)] * 3
        assert len(server.received) == 9


def test_an_endpoint_that_is_never_done_is_left_alone_too() -> None:
    with FaultServer("drip") as server, opened(server.url, limits=replace(QUICK, total=0.2)) as endpoint:
        assert [outcome(endpoint)[1] for _ in range(6)] == [ModelTimeout] * 5 + [ModelSuspended]


@pytest.mark.parametrize("name", ["length", "filter", "400-filter"])
def test_what_says_nothing_about_the_endpoint_does_not_count(name: str) -> None:
    with FaultServer(name) as server, opened(server.url) as endpoint:
        assert ModelSuspended not in [outcome(endpoint)[1] for _ in range(7)]


@pytest.mark.parametrize("name", ["429", "503", "drop", "garbage", "401"])
@pytest.mark.parametrize(("between", "at_once"), [(0.0, 1), (0.0, 8), (20.0, 1)])
def test_an_outage_is_not_made_worse_by_asking_again(name: str, between: float, at_once: int) -> None:
    clock, asked = Clock(), 40
    with FaultServer() as server, opened(server.url, breaker=Breaker(clock=clock)) as endpoint:
        outcome(endpoint)
        server.received.clear()
        server.fault = name

        def ask(_: int) -> None:
            assert outcome(endpoint)[1] is not None
            clock.now += between

        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(ask, range(asked)))
        assert len(server.received) <= 1.2 * asked


def test_half_an_outage_is_not_made_worse_either() -> None:
    dice, asked = random.Random(7), 100
    with FaultServer() as server, opened(server.url, breaker=Breaker(failures=1000)) as endpoint:
        server.fault = lambda exchange: exchange.refuse(503) if dice.random() < 0.5 else exchange.say()
        for _ in range(asked):
            outcome(endpoint)
        assert len(server.received) <= 1.2 * asked
