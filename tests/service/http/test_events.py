"""An answer as events: what is told is what the answer holds, and every stream ends once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.bootstrap import Service, open_service
from service.http import events as sse
from service.searching import Searching
from tests.conftest import MakeSettings, add, serving
from tests.service.http.streamed import EVENTS, Sent, read, told, told_again
from tests.service.http.stuck import stuck
from tests.service.http.wire_level import leave

TEXT = "The envoys — “both” 🕊️ — met for two hours in Київ. Nobody else spoke."
QUESTION = "How long did the envoys meet?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[httpx.Client]:
    opened = open_service(make_settings(tmp_path_factory.mktemp("events")), command="a test")
    add(opened, TEXT)
    with serving(opened) as client:
        yield client
    opened.close()


def answer_of(events: list[Sent]) -> dict[str, Any]:
    answer: dict[str, Any] = events[-1].data["answer"]
    return answer


def test_statements_are_told_one_by_one_and_the_answer_whole(client: httpx.Client) -> None:
    events = told(client, QUESTION)
    answer = answer_of(events)
    assert answer["status"] == "answered"
    assert "two hours" in answer["text"]
    assert client.get(f"/v1/answers/{answer['id']}").json() == answer


@pytest.mark.parametrize("question", [QUESTION, "hello"])
def test_a_stream_is_taken_up_where_it_broke_off(client: httpx.Client, question: str) -> None:
    events = told(client, question)
    ids = [event.data["statement"]["id"] for event in events if event.name == "statement"]
    assert ids == [statement["id"] for statement in answer_of(events)["statements"]]
    id_ = answer_of(events)["id"]
    for after in range(len(events) + 2):
        assert told_again(client, id_, after) == events[after:]
    assert told_again(client, id_) == events


def test_an_answer_that_was_asked_for_whole_streams_too(client: httpx.Client) -> None:
    answer = client.post("/v1/chat", json={"question": QUESTION}).json()
    assert answer_of(told_again(client, answer["id"])) == answer


@pytest.mark.parametrize("last", ["-1", "x", "1.5", "9" * 30])
def test_a_last_event_that_cannot_be_is_refused(client: httpx.Client, last: str) -> None:
    id_ = answer_of(told(client, QUESTION))["id"]
    reply = client.get(f"/v1/answers/{id_}/events", headers={"Last-Event-ID": last})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
    assert "Last-Event-ID" in reply.json()["detail"]


def test_unknown_answers_have_no_events(client: httpx.Client) -> None:
    reply = client.get(f"/v1/answers/ans_{'0' * 32}/events")
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "body",
    [
        {"question": ""},
        {"question": QUESTION, "answerer": "generative"},
        {"question": QUESTION, "filters": {"article_ids": ["a_" + "0" * 32]}},
    ],
)
def test_what_is_wrong_with_a_request_is_said_before_the_stream(
    client: httpx.Client, body: dict[str, Any]
) -> None:
    reply = client.post("/v1/chat", json=body, headers=EVENTS)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_failure_amid_a_stream_ends_it_and_is_told_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(service, TEXT)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault nobody foresaw: secret")

    monkeypatch.setattr(Searching, "search", broken)
    with serving(service) as client:
        events = told(client, QUESTION)
        assert [event.name for event in events] == ["status", "status", "error"]
        assert (events[-1].data["code"], events[-1].data["status"]) == ("internal", 500)
        assert "secret" not in str(events)
        id_ = events[0].data["answer_id"]
        assert told_again(client, id_, 2) == events[2:]
        assert client.get(f"/v1/answers/{id_}").status_code == 404


def test_the_heartbeat_keeps_a_quiet_stream_open_and_a_second_reader_follows(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse.Streams.__init__, "__kwdefaults__", {"heartbeat": 0.02})
    with stuck(service) as (blocked, answerer), serving(blocked) as client:
        with client.stream("POST", "/v1/chat", json={"question": "?"}, headers=EVENTS) as response:
            frames = read(response)
            # A heartbeat may come between any two where the machine is slow.
            first = list(islice((event for event in frames if event is not None), 3))
            assert [event.data["stage"] for event in first] == ["condense", "search", "answer"]
            assert next(frames) is None
            answerer.go_on.set()
            rest = [event for event in frames if event is not None]
        assert [event.name for event in rest] == ["statement", "done"]
        assert told_again(client, first[0].data["answer_id"], 3) == rest


def test_who_leaves_is_noticed_and_the_answer_is_stored_once(service: Service) -> None:
    with stuck(service) as (blocked, answerer), serving(blocked) as client:
        with client.stream("POST", "/v1/chat", json={"question": "?"}, headers=EVENTS) as response:
            frames = read(response)  # kept: a response whose lines nobody reads is closed
            begun = next(frames)
            assert begun is not None
            assert answerer.begun.acquire(timeout=20)
            assert not answerer.left()
        assert answerer.leaves(timeout=20)
        answerer.go_on.set()
        events = told_again(client, begun.data["answer_id"])
        assert events[-1].name == "done"
        conversation = client.get(f"/v1/conversations/{begun.data['conversation_id']}").json()
        assert [turn["state"] for turn in conversation["turns"]] == ["answered"]


def test_who_leaves_before_there_is_a_worker_is_noticed_too(
    tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings(tmp_path / "data", workers=1, queue_seconds=30)
    opened = open_service(settings, command="a test")
    with stuck(opened) as (blocked, answerer), serving(blocked) as client, ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/v1/chat", json={"question": "?"})
        assert answerer.begun.acquire(timeout=20)
        head = (
            "POST /v1/chat HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 17\r\n"
        )
        leave(client, f'{head}Accept: text/event-stream\r\n\r\n{{"question": "?"}}'.encode())
        assert client.get("/livez").status_code == 200  # by now it has been heard, and waits
        first_goes_on, answerer.go_on = answerer.go_on, threading.Event()
        first_goes_on.set()
        assert first.result().status_code == 200
        assert answerer.begun.acquire(timeout=20)
        assert answerer.leaves(timeout=20)
        answerer.go_on.set()
    opened.close()


def test_the_document_of_the_interface_names_the_stream(client: httpx.Client) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    for route in (paths["/v1/chat"]["post"], paths["/v1/answers/{answer_id}/events"]["get"]):
        assert "text/event-stream" in route["responses"]["200"]["content"]
