"""The language model's client, against a scripted server over the real wire."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from prompts import Rendered
from service.model.errors import (
    ModelCutOff,
    ModelFault,
    ModelFiltered,
    ModelGarbage,
    ModelOverloaded,
    ModelRateLimited,
    ModelRefused,
    ModelTimeout,
    ModelTooLong,
    ModelUnreachable,
)
from service.model.language_model import Spent
from tests.fault_llm import Exchange, FaultServer, Received
from tests.running import free_port
from tests.service.asking import ASKED, IMPATIENT, KEY, QUICK, SCHEMA, TEXT, opened, outcome


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


def test_an_answer_that_is_whole_is_not_waited_for_much_longer() -> None:
    limits = replace(QUICK, idle=60.0, total=8.0)  # either would run out, and the answer be late
    with FaultServer("never-done") as server, opened(server.url, limits=limits) as endpoint:
        assert outcome(endpoint) == (TEXT, None)


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_a_name_and_no_more_requests_than_it_is_worth(name: str) -> None:
    limits = IMPATIENT if FAULTS[name][1] is ModelTimeout else QUICK
    with FaultServer(name) as server, opened(server.url, limits=limits) as endpoint:
        assert (*outcome(endpoint), len(server.received)) == FAULTS[name]


@pytest.mark.parametrize("name", ["endless", "huge"])
def test_an_answer_that_is_too_long_is_heard_to_the_longest_that_is_read(name: str) -> None:
    with FaultServer(name) as server, opened(server.url, limits=replace(QUICK, longest=5000)) as endpoint:
        said, fault = outcome(endpoint)
    assert fault is ModelTooLong
    assert 3000 < len(said) <= 5000


@pytest.mark.parametrize("name", ["drip", "pings"])
def test_an_answer_that_is_never_silent_has_a_total_time(name: str) -> None:
    with FaultServer(name) as server, opened(server.url, limits=replace(QUICK, total=1.0)) as endpoint:
        said, fault = outcome(endpoint)
    assert fault is ModelTimeout
    assert set(said.split()) == ({"and"} if name == "drip" else set())


def test_the_total_time_is_over_all_attempts() -> None:
    def slowly_refuses(exchange: Exchange) -> None:
        exchange.wait(1.2)
        exchange.refuse(500)

    limits = replace(QUICK, total=2.0)
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
