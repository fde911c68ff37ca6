"""Conversations reopen unchanged, and are gone when deleted; a question is asked once under a key."""

import threading
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from service.bootstrap import Service, open_service
from tests.conftest import MakeSettings, add, serving
from tests.service.http.streamed import EVENTS, told, told_again
from tests.service.http.stuck import stuck

TEXT = "The envoys met for two hours in Lund. Nobody else spoke. The talks cost 40 crowns."
QUESTION = "How long did the envoys meet?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[httpx.Client]:
    opened = open_service(make_settings(tmp_path_factory.mktemp("turns")), command="a test")
    add(opened, TEXT)
    with serving(opened) as client:
        yield client
    opened.close()


def ask(
    client: httpx.Client, question: str = QUESTION, *, key: str | None = None, **more: str
) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post("/v1/chat", json={"question": question, **more}, headers=headers)


def test_a_conversation_reopens_as_it_was_held(client: httpx.Client) -> None:
    first = ask(client).json()
    id_ = first["conversation_id"]
    second = ask(client, "What did the talks cost?", conversation_id=id_).json()
    found = client.get(f"/v1/conversations/{id_}").json()
    assert found["id"] == id_
    assert [turn["answer"] for turn in found["turns"]] == [first, second]
    assert [turn["question"] for turn in found["turns"]] == [first["question"], second["question"]]
    assert [turn["state"] for turn in found["turns"]] == ["answered", "answered"]
    times = [datetime.fromisoformat(turn["asked_at"]) for turn in found["turns"]]
    assert times == sorted(times)
    assert all(time.tzinfo for time in times)


def test_a_deleted_conversation_is_gone_with_its_answers_and_keys(client: httpx.Client) -> None:
    kept, gone = ask(client).json(), ask(client, key="of-the-deleted").json()
    for address in (f"/v1/conversations/{gone['conversation_id']}",):
        assert client.delete(address).status_code == 204
        assert client.delete(address).status_code == 404
        assert client.get(address).json()["code"] == "not_found"
    assert client.get(f"/v1/answers/{gone['id']}").status_code == 404
    assert client.get(f"/v1/answers/{gone['id']}/events").status_code == 404
    assert client.get(f"/v1/answers/{kept['id']}").json() == kept
    assert ask(client, key="of-the-deleted").json()["id"] != gone["id"]


@pytest.mark.parametrize("id_", ["c_" + "0" * 32, "x", "%00", "c_' OR 1=1", "é"])
def test_an_unknown_conversation_is_not_found(client: httpx.Client, id_: str) -> None:
    for reply in (client.get(f"/v1/conversations/{id_}"), client.delete(f"/v1/conversations/{id_}")):
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


def test_the_same_request_under_a_key_gets_the_same_answer(client: httpx.Client) -> None:
    first = ask(client, key="k-1")
    assert ask(client, key="k-1").content == first.content
    events = told(client, QUESTION, headers={"Idempotency-Key": "k-1"})
    assert events[-1].data["answer"] == first.json()
    assert told_again(client, first.json()["id"]) == events
    assert len(client.get(f"/v1/conversations/{first.json()['conversation_id']}").json()["turns"]) == 1


def test_another_request_under_a_key_is_a_conflict(client: httpx.Client) -> None:
    assert ask(client, key="k-2").status_code == 200
    for reply in (
        ask(client, "Who spoke?", key="k-2"),
        ask(client, key="k-2", answerer="extractive"),
        client.post("/v1/chat", json={"question": "Who spoke?"}, headers=EVENTS | {"Idempotency-Key": "k-2"}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "conflict")
        assert "key" in reply.json()["remedy"].lower()


@pytest.mark.parametrize("key", ["", "with space", "é".encode(), "x" * 256])
def test_a_key_that_cannot_be_is_refused(client: httpx.Client, key: str | bytes) -> None:
    headers = {b"Idempotency-Key": key.encode() if isinstance(key, str) else key}
    reply = client.post("/v1/chat", json={"question": QUESTION}, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
    assert "Idempotency-Key" in reply.json()["detail"]


def test_a_key_in_flight_is_a_conflict_and_then_gives_the_answer(service: Service) -> None:
    with stuck(service) as (blocked, answerer), serving(blocked) as client:
        replies: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: replies.append(ask(client, key="k")))
        asking.start()
        assert answerer.begun.acquire(timeout=20)
        refused = ask(client, key="k")
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
        answerer.go_on.set()
        asking.join(timeout=20)
        assert ask(client, key="k").content == replies[0].content


def test_a_second_question_waits_for_the_first_of_its_conversation(service: Service) -> None:
    id_ = "c_" + "7" * 32
    with stuck(service) as (blocked, answerer), serving(blocked) as client:
        replies: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: replies.append(ask(client, "First?", conversation_id=id_)))
        asking.start()
        assert answerer.begun.acquire(timeout=20)
        refused = ask(client, "Second?", conversation_id=id_)
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
        answerer.go_on.set()
        asking.join(timeout=20)
        assert ask(client, "Second?", conversation_id=id_).status_code == 200
        turns = client.get(f"/v1/conversations/{id_}").json()["turns"]
        assert [turn["question"] for turn in turns] == ["First?", "Second?"]
