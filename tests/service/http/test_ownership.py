"""Each operation of the document, asked for what is one's own, another's, absent, malformed and deleted:
another's and what is deleted answer as what never was, to the byte. An operation without a row fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from service.bootstrap import Service, open_service
from service.wire import ChatRequest, FeedbackIn
from tests.conftest import MakeSettings, add, serving

OTHERS = "slack:T1"
QUESTION = "How long did the envoys meet?"
RATED = FeedbackIn(rating="down")
MALFORMED = ["x", "%00", "é", "a_' OR 1=1", "." * 300, "%F0%9F%95%8A", "c_" + "G" * 32]


@dataclass(frozen=True)
class Row:
    """`own` is the status for one's own; `body` and the query `also` are what is sent. `shared`: all who may
    read have it, and nobody owns it. `lists`: the kind that it tells of, nobody else's, nor what is deleted.
    `gone`: the status for what is deleted, where it isn't as if it never was. `scope`: what a key must
    be good for."""

    own: int = 200
    body: Any = None
    shared: bool = False
    lists: str | None = None
    gone: int = 404
    also: dict[str, Any] = field(default_factory=dict)
    scope: str | None = None


ROWS = {
    "GET /livez": Row(shared=True),
    "GET /readyz": Row(shared=True),
    "GET /metrics": Row(shared=True, scope="admin"),
    "GET /v1/about": Row(shared=True, scope="read"),
    "GET /v1/statements": Row(shared=True, lists="article", scope="read"),
    "POST /v1/search": Row(shared=True, body={"query": QUESTION}, lists="article", scope="read"),
    "POST /v1/reindex": Row(202, shared=True, scope="admin"),
    "GET /v1/reindex": Row(shared=True, scope="admin"),
    "GET /v1/articles": Row(shared=True, lists="article", scope="read"),
    "POST /v1/articles": Row(201, shared=True, body={"text": "A ferry sank. Nobody saw it."}, scope="ingest"),
    "GET /v1/articles/{article_id}": Row(shared=True, also={"version": 1}, gone=410, scope="read"),
    "GET /v1/articles/{article_id}/text": Row(shared=True, also={"version": 1}, gone=410, scope="read"),
    "GET /v1/articles/{article_id}/versions": Row(shared=True, gone=410, scope="read"),
    "PATCH /v1/articles/{article_id}": Row(
        shared=True, body={"outlet": "Lund Post"}, gone=410, scope="ingest"
    ),
    "DELETE /v1/articles/{article_id}": Row(204, shared=True, scope="ingest"),
    "POST /v1/chat": Row(body={"question": QUESTION}, scope="ask"),
    "POST /v1/chat/completions": Row(
        body={"model": "parley", "messages": [{"role": "user", "content": QUESTION}]}, scope="ask"
    ),
    "GET /v1/models": Row(shared=True, scope="ask"),
    "GET /v1/answers/{answer_id}": Row(scope="read"),
    "GET /v1/answers/{answer_id}/events": Row(scope="read"),
    "GET /v1/answers/{answer_id}/next": Row(scope="read"),
    "POST /v1/answers/{answer_id}/share": Row(scope="read"),
    "POST /v1/answers/{answer_id}/feedback": Row(204, body={"rating": "up"}, scope="ask"),
    "GET /v1/feedback": Row(shared=True, lists="answer", scope="admin"),  # of all, to whoever runs it
    "GET /v1/conversations": Row(lists="conversation", scope="read"),
    "GET /v1/conversations/{conversation_id}": Row(scope="read"),
    "PATCH /v1/conversations/{conversation_id}": Row(body={"title": "Lund"}, scope="ask"),
    "DELETE /v1/conversations/{conversation_id}": Row(204, scope="ask"),
    "GET /v1/conversations/{conversation_id}/export": Row(scope="read"),
}
PATHS = [name for name in ROWS if "{" in name]
LISTS = [name for name, row in ROWS.items() if row.lists]


@dataclass(frozen=True)
class World:
    """Ids by kind, of whom they are: "own", "foreign" and "deleted"."""

    client: httpx.Client
    service: Service
    ids: dict[str, dict[str, str]]

    def ask(self, name: str, id_: str) -> httpx.Response:
        method, path = name.split(" ")
        row = ROWS[name]
        url = re.sub(r"\{\w+\}", id_, path)
        return self.client.request(method, url, json=row.body, params=row.also)


def held(service: Service, principal: str = "owner") -> dict[str, str]:
    answer = service.chat.ask(ChatRequest(question=QUESTION), principal=principal)
    service.feedback.put(answer.id, RATED, principal=principal)
    article = add(service, f"Envoys told {answer.id} that they met for two hours.").article_id
    assert article is not None
    return {"answer": answer.id, "conversation": answer.conversation_id, "article": article}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[World]:
    opened = open_service(make_settings(tmp_path_factory.mktemp("owned")), command="a test")
    ids = {"own": held(opened), "foreign": held(opened, OTHERS), "deleted": held(opened)}
    with serving(opened) as client:
        assert client.delete(f"/v1/conversations/{ids['deleted']['conversation']}").is_success
        assert client.delete(f"/v1/articles/{ids['deleted']['article']}?purge=true").is_success
        yield World(client, opened, ids)
    opened.close()


def kind_of(name: str) -> str:
    found = re.search(r"\{(\w+)_id\}", name)
    assert found is not None
    return found[1]


def absent(name: str) -> str:
    prefix = {"answer": "ans_", "conversation": "c_", "article": "a_"}[kind_of(name)]
    return prefix + "0" * 32


def told(reply: httpx.Response, id_: str) -> tuple[int, str]:
    """What an answer gives away beside the id that was sent."""
    return reply.status_code, reply.text.replace(id_, "ID")


def test_each_operation_has_a_row(world: World) -> None:
    document = world.client.get("/openapi.json").json()
    assert set(ROWS) == {
        f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods
    }


@pytest.mark.parametrize("name", PATHS)
def test_what_is_anothers_absent_or_deleted_is_not_there(world: World, name: str) -> None:
    row, kind = ROWS[name], kind_of(name)
    nowhere = told(world.ask(name, absent(name)), absent(name))
    assert nowhere[0] == 404
    deleted = world.ids["deleted"][kind]
    if kind == "article":
        assert world.ask(name, deleted).status_code == row.gone
    else:
        assert told(world.ask(name, deleted), deleted) == nowhere
        foreign = world.ids["foreign"][kind]
        assert told(world.ask(name, foreign), foreign) == nowhere
    for id_ in MALFORMED:
        assert world.ask(name, id_).status_code == 404, id_


def test_another_keeps_what_was_asked_for(world: World) -> None:
    theirs = world.ids["foreign"]
    for name in PATHS:
        if kind_of(name) != "article":
            world.ask(name, theirs[kind_of(name)])
    held = world.service.answers.conversation(theirs["conversation"], principal=OTHERS)
    assert [turn.answer and turn.answer.id for turn in held.turns] == [theirs["answer"]]
    assert world.service.conversations.summary(theirs["conversation"], principal=OTHERS).title == QUESTION
    said = [each for each in world.service.feedback.unfavourable() if each.principal == OTHERS]
    assert [(each.answer_id, each.rating) for each in said] == [(theirs["answer"], "down")]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_tells_of_nothing_that_is_anothers_or_deleted(world: World, name: str) -> None:
    kind, text = ROWS[name].lists, world.ask(name, "").text
    assert kind is not None
    assert world.ids["own"][kind] in text
    assert world.ids["deleted"][kind] not in text
    assert ROWS[name].shared or world.ids["foreign"][kind] not in text


def test_anothers_conversation_is_not_gone_on_with(world: World) -> None:
    """A question that names it begins one of the asker's own, which knows nothing of the other."""
    id_ = world.ids["foreign"]["conversation"]
    reply = world.client.post("/v1/chat", json={"question": "And then?", "conversation_id": id_}).json()
    assert reply["standalone_question"] == "And then?"
    turns = world.client.get(f"/v1/conversations/{id_}").json()["turns"]
    assert [turn["question"] for turn in turns] == ["And then?"]
    assert world.client.delete(f"/v1/conversations/{id_}").status_code == 204
    held = world.service.answers.conversation(id_, principal=OTHERS)
    assert [turn.question for turn in held.turns] == [QUESTION]


def test_ones_own_is_there(world: World) -> None:
    for name, row in ROWS.items():
        mine = held(world.service) if name.startswith("DELETE") else world.ids["own"]
        reply = world.ask(name, mine[kind_of(name)] if "{" in name else "")
        assert reply.status_code == row.own, (name, reply.text)
