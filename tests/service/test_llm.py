"""The language model's client, against a scripted server over the real wire."""

import logging
import random
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from prompts import Rendered
from service.language_model import Schema, Spent
from service.llm import Endpoint, Limits
from service.llm_breaker import Breaker
from service.llm_errors import (
    AskerLeft,
    ModelCutOff,
    ModelDeclined,
    ModelFault,
    ModelFiltered,
    ModelGarbage,
    ModelOverloaded,
    ModelRateLimited,
    ModelRefused,
    ModelSuspended,
    ModelTimeout,
    ModelTooLong,
    ModelUnreachable,
)
from tests.conftest import REPOSITORY
from tests.fault_llm import FAULTS as FAULT_SCRIPTS
from tests.fault_llm import Exchange, FaultServer, Received
from tests.running import free_port

QUICK = Limits(idle=0.3, total=5.0, pause=0.01, patience=2.0)
KEY = "sk-canary-7f3a9c"
ASKED = Rendered("Answer from the passages.", "What was offered? Geheimnis.")
SCHEMA: Schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
TEXT = "Nothing that was asked can be said — “naïvely” or otherwise."


@contextmanager
def opened(
    url: str, *, limits: Limits = QUICK, breaker: Breaker | None = None, key: str | None = KEY
) -> Iterator[Endpoint]:
    with closing(Endpoint(url, "scripted", key=key, limits=limits, breaker=breaker)) as endpoint:
        yield endpoint


def outcome(
    endpoint: Endpoint, *, schema: Schema | None = None, spent: Spent | None = None
) -> tuple[str, type[ModelFault] | None]:
    said: list[str] = []
    try:
        said.extend(endpoint.say(ASKED, schema=schema, spent=spent))
    except ModelFault as fault:
        return "".join(said), type(fault)
    return "".join(said), None


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


# -- what goes out, and what comes in ----------------------------------------------------------------------
def test_an_answer_is_heard_while_it_is_said() -> None:
    heard = threading.Event()

    def waits_to_be_heard(exchange: Exchange) -> None:
        exchange.begin()
        exchange.piece("First ")
        assert heard.wait(10)
        exchange.piece("second.")
        exchange.finish()

    with FaultServer(waits_to_be_heard) as server, opened(server.url) as endpoint:
        pieces = endpoint.say(ASKED)
        assert next(pieces) == "First "
        heard.set()
        assert list(pieces) == ["second."]


def test_what_is_asked_for() -> None:
    with FaultServer(key=KEY) as server, opened(server.url) as endpoint:
        assert outcome(endpoint, schema=SCHEMA) == (TEXT, None)
    assert server.received[0].body == {
        "model": "scripted",
        "stream": True,
        "messages": [
            {"role": "system", "content": ASKED.system},
            {"role": "user", "content": ASKED.user},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True},
        },
        "stream_options": {"include_usage": True},
        "temperature": 0,
    }


def test_no_structure_is_asked_for_where_none_is_wanted() -> None:
    with FaultServer() as server, opened(server.url) as endpoint:
        assert outcome(endpoint) == (TEXT, None)
    assert "response_format" not in server.received[0].body


@pytest.mark.parametrize("key", [KEY, None])
def test_nothing_of_the_machine_goes_out(monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: yes")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with FaultServer() as server, opened(server.url, key=key) as endpoint:
        assert outcome(endpoint) == (TEXT, None)
    headers = dict(server.received[0].headers)
    assert headers.pop("authorization", None) == (f"Bearer {KEY}" if key else None)
    assert headers.pop("user-agent") == "parley"
    assert headers.pop("accept-encoding") == "identity"
    assert headers.keys() == {"host", "connection", "accept", "content-type", "content-length"}


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with FaultServer() as server, opened(server.url) as endpoint:
        assert outcome(endpoint) == (TEXT, None)


def test_a_redirect_is_not_followed() -> None:
    with FaultServer() as elsewhere:

        def redirects(exchange: Exchange) -> None:
            exchange.refuse(307, Location=f"{elsewhere.url}/chat/completions")

        with FaultServer(redirects) as server, opened(server.url) as endpoint:
            assert outcome(endpoint) == ("", ModelRefused)
        assert elsewhere.received == []


def test_each_of_many_at_once_gets_its_own_answer() -> None:
    def says(received: Received) -> str:
        return f"You asked: {received.user}"

    with FaultServer(says=says) as server, opened(server.url) as endpoint, ThreadPoolExecutor(8) as pool:
        questions = [f"question {number}" for number in range(40)]
        answers = pool.map(lambda asked: "".join(endpoint.say(Rendered("", asked))), questions)
        assert list(answers) == [f"You asked: {question}" for question in questions]


def test_what_it_cost_is_added_up() -> None:
    spent = Spent()
    with FaultServer() as server, opened(server.url) as endpoint:
        server.enqueue("500")
        outcome(endpoint, spent=spent)
        assert spent == Spent(requests=2, prompt_tokens=8, completion_tokens=11)
        outcome(endpoint, spent=spent)
        assert spent == Spent(requests=3, prompt_tokens=16, completion_tokens=22)
        server.fault = "never-done"
        outcome(endpoint, spent=spent)
        assert spent == Spent(requests=4, prompt_tokens=16, completion_tokens=22)


# -- every fault -------------------------------------------------------------------------------------------
WHOLE = ["whole", "no-stream", "bytes", "never-done"]
HALF = "Nothing that was asked can "
FAULTS: dict[str, tuple[str, type[ModelFault], int]] = {
    # what happens: what is heard, what it is called, how many requests were made
    "429": ("", ModelRateLimited, 3),
    "429-soon": ("", ModelRateLimited, 3),
    "429-later": ("", ModelRateLimited, 1),
    "429-nonsense": ("", ModelRateLimited, 3),
    "500": ("", ModelOverloaded, 3),
    "500-endless": ("", ModelOverloaded, 3),
    "502": ("", ModelOverloaded, 3),
    "503": ("", ModelOverloaded, 3),
    "529": ("", ModelOverloaded, 3),
    "401": ("", ModelRefused, 1),
    "403": ("", ModelRefused, 1),
    "404": ("", ModelRefused, 1),
    "413": ("", ModelRefused, 1),
    "redirect": ("", ModelRefused, 1),
    "400": ("", ModelRefused, 2),
    "400-deep": ("", ModelRefused, 2),
    "500-charset": ("", ModelOverloaded, 3),
    "400-filter": ("", ModelFiltered, 1),
    "drop": ("", ModelUnreachable, 3),
    "cut": (HALF, ModelUnreachable, 1),
    "ends-early": (HALF, ModelCutOff, 1),
    "error-event": (HALF, ModelCutOff, 1),
    "length": (HALF, ModelTooLong, 1),
    "filter": (HALF, ModelFiltered, 1),
    "refusal": ("", ModelFiltered, 1),
    "silent": ("", ModelTimeout, 1),
    "silent-stream": ("", ModelTimeout, 1),
    "idle": (HALF, ModelTimeout, 1),
    "bomb": ("", ModelGarbage, 3),
    "garbage": ("", ModelGarbage, 3),
    "not-utf-8": ("", ModelGarbage, 3),
    "html": ("", ModelGarbage, 3),
    "a-list": ("", ModelGarbage, 3),
    "choices-text": ("", ModelGarbage, 3),
    "choices-numbers": ("", ModelGarbage, 3),
    "content-number": ("", ModelGarbage, 3),
    "content-parts": ("", ModelGarbage, 3),
    "delta-text": ("", ModelGarbage, 3),
    "deep": ("", ModelGarbage, 3),
    "empty-choices": ("", ModelGarbage, 3),
    "no-words": ("", ModelGarbage, 3),
    "nothing": ("", ModelGarbage, 3),
    "huge-line": ("", ModelTooLong, 1),
    "endless-empty": ("", ModelTooLong, 1),
}


@pytest.mark.parametrize("name", WHOLE)
def test_however_it_is_sent_an_answer_is_whole(name: str) -> None:
    with FaultServer(name) as server, opened(server.url) as endpoint:
        assert outcome(endpoint) == (TEXT, None)


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_a_name_and_no_more_requests_than_it_is_worth(name: str) -> None:
    with FaultServer(name) as server, opened(server.url) as endpoint:
        assert (*outcome(endpoint), len(server.received)) == FAULTS[name]


@pytest.mark.parametrize("name", ["endless", "huge"])
def test_an_answer_that_is_too_long_is_heard_to_the_longest_that_is_read(name: str) -> None:
    with FaultServer(name) as server, opened(server.url, limits=replace(QUICK, longest=5000)) as endpoint:
        said, fault = outcome(endpoint)
    assert fault is ModelTooLong
    assert 3000 < len(said) <= 5000


@pytest.mark.parametrize("name", ["drip", "pings"])
def test_an_answer_that_is_never_silent_has_a_total_time(name: str) -> None:
    with FaultServer(name) as server, opened(server.url, limits=replace(QUICK, total=0.4)) as endpoint:
        said, fault = outcome(endpoint)
    assert fault is ModelTimeout
    assert set(said.split()) == ({"and"} if name == "drip" else set())


def test_the_total_time_is_over_all_attempts() -> None:
    def slowly_refuses(exchange: Exchange) -> None:
        exchange.wait(0.25)
        exchange.refuse(500)

    limits = replace(QUICK, total=0.4)
    with FaultServer(slowly_refuses) as server, opened(server.url, limits=limits) as endpoint:
        assert outcome(endpoint) == ("", ModelTimeout)
        assert len(server.received) == 2


def test_where_nobody_listens_there_is_no_connection() -> None:
    spent = Spent()
    with opened(f"http://127.0.0.1:{free_port()}/v1") as endpoint:
        assert outcome(endpoint, spent=spent) == ("", ModelUnreachable)
    assert spent.requests == 3


def test_a_name_that_cannot_be_looked_up_is_no_endpoint() -> None:
    with opened("http://a..b/v1") as endpoint:
        assert outcome(endpoint) == ("", ModelUnreachable)


def test_what_speaks_no_http_is_no_endpoint() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greets() -> None:
            for _ in range(3):
                connection, _ = listener.accept()
                with connection:
                    connection.sendall(b"220 mail.example.org ESMTP\r\n")

        threading.Thread(target=greets, daemon=True).start()
        with opened(f"http://127.0.0.1:{listener.getsockname()[1]}/v1") as endpoint:
            assert outcome(endpoint) == ("", ModelUnreachable)


def test_plain_text_where_encryption_is_wanted_is_no_endpoint() -> None:
    with FaultServer() as server, opened(server.url.replace("http:", "https:")) as endpoint:
        assert outcome(endpoint) == ("", ModelUnreachable)
        assert server.received == []


def test_half_an_emoji_does_not_go_out_either() -> None:
    with FaultServer(says="echo") as server, opened(server.url) as endpoint:
        assert "".join(endpoint.say(Rendered("", "a\ud83d b"))) == "\na? b"


def test_half_an_emoji_does_not_come_through() -> None:
    with FaultServer("surrogates") as server, opened(server.url) as endpoint:
        assert outcome(endpoint) == ("a \U0001f600 \ufffd b", None)


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
            FAULT_SCRIPTS["length"].plays(exchange)

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


# -- who leaves --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["silent", "silent-stream", "idle", "drip", "endless-empty"])
def test_a_call_that_nobody_waits_for_is_stopped(name: str) -> None:
    patient = replace(QUICK, idle=60.0, total=60.0)
    with FaultServer(name) as server, opened(server.url, limits=patient) as endpoint:
        with pytest.raises(AskerLeft):
            list(endpoint.say(ASKED, left=lambda: bool(server.received)))
        assert server.received[0].left.wait(10)


def test_a_call_that_is_not_read_to_its_end_is_stopped() -> None:
    with FaultServer("drip") as server, opened(server.url) as endpoint:
        pieces = endpoint.say(ASKED)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert server.received[0].left.wait(10)


def test_who_leaves_does_not_count_against_the_endpoint() -> None:
    with FaultServer("silent") as server, opened(server.url, limits=replace(QUICK, idle=60.0)) as endpoint:
        for asked in range(1, 8):
            with pytest.raises(AskerLeft):
                list(endpoint.say(ASKED, left=lambda asked=asked: len(server.received) >= asked))  # type: ignore[misc]


def test_closing_ends_what_is_being_asked() -> None:
    with FaultServer("silent") as server, ThreadPoolExecutor(1) as pool:
        endpoint = Endpoint(server.url, "scripted", limits=replace(QUICK, idle=60.0))
        asking = pool.submit(outcome, endpoint)
        while not server.received:
            assert not asking.done()
        endpoint.close()
        assert asking.result(timeout=10) == ("", AskerLeft)
        assert server.received[0].left.wait(10)
        endpoint.close()
        assert outcome(endpoint) == ("", AskerLeft)
        assert len(server.received) == 1


# -- secrets -----------------------------------------------------------------------------------------------
@pytest.fixture
def everything_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text


@pytest.mark.parametrize("name", ["whole", "401", "404", "500", "cut", "garbage", "silent", "400"])
def test_neither_key_nor_question_is_told(name: str, everything_logged: Callable[[], str]) -> None:
    told = ""
    with FaultServer(name) as server, opened(server.url) as endpoint:
        try:
            list(endpoint.say(ASKED))
        except ModelFault as fault:
            told = "".join(traceback.format_exception(fault)) + repr(fault) + fault.message + fault.remedy
        told += repr(endpoint) + everything_logged()
    assert KEY not in told
    assert "Geheimnis" not in told


@pytest.mark.parametrize("key", ["two words", "line\n", "schl\u00fcssel"])
def test_a_key_that_no_header_takes_is_not_told(key: str) -> None:
    with pytest.raises(ValueError, match="visible ASCII") as caught:
        Endpoint("http://127.0.0.1:9/v1", "scripted", key=key)
    assert key not in str(caught.value)


def test_the_client_is_loaded_when_there_is_an_endpoint() -> None:
    code = "import sys, service.llm; assert 'openai' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=REPOSITORY)
