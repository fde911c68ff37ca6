"""Conversations reopen unchanged, and are gone when deleted; a question is asked once under a key."""

import re
import threading
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from service.bootstrap import Service, open_service
from service.wire import ChatRequest
from tests.conftest import MakeSettings, add, serving
from tests.service.http.streamed import EVENTS, told, told_again
from tests.service.http.stuck import stuck
from tests.service.http.wire_level import check_problem

TEXT = "The envoys met for two hours in Lund. Nobody else spoke. The talks cost 40 crowns."
QUESTION = "How long did the envoys meet?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[httpx.Client]:
    opened = open_service(make_settings(tmp_path_factory.mktemp("turns")), command="a test")
    add(opened, TEXT)
    with serving(opened) as client:
        yield client
    opened.close()


@pytest.fixture
def conversation(client: httpx.Client) -> str:
    id_: str = ask(client).json()["conversation_id"]
    return id_


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


def test_own_conversations_are_listed_the_one_last_asked_in_first(service: Service) -> None:
    add(service, TEXT)
    service.chat.ask(ChatRequest(question="Of another?"), principal="slack:T1")
    with serving(service) as client:
        first, second, third = (
            ask(client, f"{word} met?").json()["conversation_id"] for word in ("Who", "Where", "Why")
        )
        latest = ask(client, conversation_id=first).json()
        found = client.get("/v1/conversations").json()
        assert found["next_cursor"] is None
        assert [each["id"] for each in found["conversations"]] == [first, third, second]
        told = found["conversations"][0]
        assert (told["title"], told["named"], told["turns"]) == ("Who met?", False, 2)
        held = client.get(f"/v1/conversations/{first}").json()
        assert told["updated"] == held["turns"][1]["asked_at"]
        assert held["turns"][1]["answer"] == latest
        paged = client.get("/v1/conversations", params={"limit": 2}).json()
        assert paged["conversations"] == found["conversations"][:2]
        rest = client.get("/v1/conversations", params={"limit": 2, "cursor": paged["next_cursor"]}).json()
        assert rest == {"conversations": found["conversations"][2:], "next_cursor": None}


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 201}, {"cursor": "-1"}, {"cursor": "9" * 19}])
def test_a_page_that_cannot_be_is_refused(client: httpx.Client, asked: dict[str, str]) -> None:
    check_problem(client.get("/v1/conversations", params=asked), 422, "invalid_request")


def test_a_conversation_gets_a_name_which_goes_with_it(client: httpx.Client, conversation: str) -> None:
    path = f"/v1/conversations/{conversation}"
    for title in ("Lund", "Lund, “zweiter” Tag 🕊️"):
        reply = client.patch(path, json={"title": title})
        assert (reply.status_code, reply.json()["title"], reply.json()["named"]) == (200, title, True)
        assert client.get("/v1/conversations").json()["conversations"][0] == reply.json()
    assert client.delete(path).status_code == 204
    ask(client, conversation_id=conversation)  # of the same id, and not of the same name
    assert client.get("/v1/conversations").json()["conversations"][0]["title"] == QUESTION


@pytest.mark.parametrize("given", [{}, {"title": ""}, {"title": " "}, {"title": "x" * 201}, {"name": "x"}])
def test_a_name_that_cannot_be_is_refused(
    client: httpx.Client, conversation: str, given: dict[str, str]
) -> None:
    reply = client.patch(f"/v1/conversations/{conversation}", json=given)
    check_problem(reply, 422, "invalid_request")


def test_a_conversation_is_exported_whole(client: httpx.Client, conversation: str) -> None:
    path = f"/v1/conversations/{conversation}"
    reply = client.get(f"{path}/export")
    assert reply.headers["content-disposition"] == f'attachment; filename="parley-{conversation}.json"'
    its = client.get("/v1/conversations").json()["conversations"][0]
    assert reply.json() == client.get(path).json() | {"title": its["title"], "updated": its["updated"]}


def test_a_conversation_is_exported_as_markdown_in_which_nothing_is_live(service: Service) -> None:
    url = "https://news.example/lund_talks"
    add(service, TEXT.replace("40", "[40](http://evil.example)"), title="Talks <b>", url=url)
    with serving(service) as client:
        id_ = ask(client, "What did the talks *cost*? <script>\n# www.evil.example").json()["conversation_id"]
        client.patch(f"/v1/conversations/{id_}", json={"title": "Costs\n- of ![it](http://evil.example)"})
        reply = client.get(f"/v1/conversations/{id_}/export?format=markdown")
    assert reply.headers["content-type"] == "text/markdown; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="parley-{id_}.md"'
    assert (reply.text.count("\n# "), reply.text[:8], reply.text.count("\n## ")) == (0, "# Costs ", 1)
    assert re.search(r"\n- \\\[1\\\] Talks \\<b>, unknown outlet, undated, .*: “.*”\n$", reply.text), (
        reply.text
    )
    assert "crowns" in reply.text
    assert not re.search(r"(?<!\\)[<\[!*]|://(?!\u2060)|www\.(?!\u2060)", reply.text), reply.text


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
    path = f"/v1/conversations/{id_}"
    renamed = client.patch(path, json={"title": "x"})
    for reply in (client.get(path), client.delete(path), client.get(f"{path}/export"), renamed):
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


def test_a_question_that_takes_anothers_place_is_read_as_that_one_was(client: httpx.Client) -> None:
    first = ask(client).json()
    here = {"conversation_id": first["conversation_id"]}
    follow = ask(client, "And where did they?", **here).json()
    assert follow["standalone_question"] != follow["question"]
    again = ask(client, "And where did they?", **here, in_place_of=follow["id"]).json()
    same = ("standalone_question", "statements", "status")
    assert [again[name] for name in same] == [follow[name] for name in same]
    assert (again["in_place_of"], "in_place_of" in follow) == (follow["id"], False)
    edited = ask(client, "What did the talks cost?", **here, in_place_of=first["id"]).json()
    assert edited["status"] == "answered"
    stored = client.get(f"/v1/conversations/{first['conversation_id']}").json()["turns"]
    assert [turn["answer"]["id"] for turn in stored] == [
        one["id"] for one in (first, follow, again, edited)
    ], "all stay"
    replaced = ask(client, "Who?", **here, in_place_of=follow["id"])
    check_problem(replaced, 404, "not_found")


def test_what_was_replaced_is_not_asked_about_any_more(client: httpx.Client) -> None:
    first = ask(client, "What did the talks cost?").json()
    here = {"conversation_id": first["conversation_id"]}
    ask(client, QUESTION, **here, in_place_of=first["id"])
    told = ask(client, "Shorter.", **here).json()
    assert "40 crowns" not in told["text"]
    check_problem(ask(client, in_place_of=first["id"]), 422, "invalid_request")
    other = ask(client).json()["conversation_id"]
    refused = ask(client, conversation_id=other, in_place_of=first["id"])
    check_problem(refused, 404, "not_found")
    assert len(client.get(f"/v1/conversations/{other}").json()["turns"]) == 1, "nothing is left of it"


def test_an_exported_conversation_reads_as_it_was_said(service: Service) -> None:
    text = "The clerk of Lund, A. B. Moe (no. 3), said: “We pay 40 crowns - no more,” on 2 May."
    with serving(service) as client:
        client.post("/v1/articles", json={"text": text})
        id_ = ask(client, "What did the clerk of Lund say?").json()["conversation_id"]
        told = client.get(f"/v1/conversations/{id_}/export?format=markdown").text.replace("\u2060", "")
    assert f"\n- \\[1\\] no title given, unknown outlet, undated: «{text}»\n" in told
    assert "““" not in told
