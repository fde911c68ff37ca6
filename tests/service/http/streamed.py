"""Reads server-sent events as a client does, and knows what every stream must be."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

EVENTS = {"Accept": "text/event-stream"}


@dataclass(frozen=True)
class Sent:
    id: int
    name: str
    data: Any


def read(response: httpx.Response) -> Iterator[Sent | None]:
    """None is a heartbeat."""
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line.startswith(":"):
            yield None
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            yield Sent(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}


def told(
    client: httpx.Client, question: str, headers: dict[str, str] | None = None, **more: Any
) -> list[Sent]:
    body = {"question": question, **more}
    with client.stream("POST", "/v1/chat", json=body, headers=EVENTS | (headers or {})) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [event for event in read(response) if event is not None]
    check(events)
    return events


def told_again(client: httpx.Client, answer_id: str, after: int | None = None) -> list[Sent]:
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    with client.stream("GET", f"/v1/answers/{answer_id}/events", headers=headers) as response:
        assert response.status_code == 200, response.read()
        return [event for event in read(response) if event is not None]


def check(events: list[Sent]) -> None:
    """Numbered from 1; one done or error, last; what is done is what was told."""
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    assert [event.name for event in events if event.name in ("done", "error")] == [events[-1].name]
    if events[-1].name == "error":
        return
    answer = events[-1].data["answer"]
    stages = [event.data for event in events if event.name == "status"]
    assert [stage["stage"] for stage in stages] == ["condense", "search", "answer"]
    for stage in stages:
        assert stage["answer_id"] == answer["id"]
        assert stage["conversation_id"] == answer["conversation_id"]
    statements = [event.data for event in events if event.name == "statement"]
    assert [told["statement"] for told in statements] == answer["statements"]
    assert [citation for told in statements for citation in told["citations"]] == answer["citations"]
