"""What readers think of answers, over HTTP."""

from typing import Any

import httpx
import pytest

from service.bootstrap import Service
from service.feedback import Feedback
from service.wire import ChatRequest
from tests.service.http.wire_level import check_problem


@pytest.fixture
def answer_id(seeded: Service) -> str:
    return seeded.chat.ask(ChatRequest(question="Who met whom?")).id


def stored(service: Service, answer_id: str) -> list[Feedback]:
    return [each for each in service.feedback.unfavourable() if each.answer_id == answer_id]


def test_the_latest_word_of_a_reader_counts(
    seeded: Service, seeded_client: httpx.Client, answer_id: str
) -> None:
    path = f"/v1/answers/{answer_id}/feedback"
    for given in ({"rating": "down"}, {"rating": "down", "reason": "wrong", "comment": "It was Friday 🕊️."}):
        reply = seeded_client.post(path, json=given)
        assert (reply.status_code, reply.content) == (204, b"")
    assert stored(seeded, answer_id) == [
        Feedback(answer_id, "owner", "", "down", "wrong", "It was Friday 🕊️.")
    ]
    assert seeded_client.post(path, json={"rating": "up", "comment": "No, it is right."}).status_code == 204
    assert stored(seeded, answer_id) == []


INVALID: list[dict[str, Any]] = [
    {},
    {"rating": "sideways"},
    {"rating": "down", "reason": "boring"},
    {"rating": "up", "reason": "wrong"},
    {"rating": "down", "stars": 3},
    {"rating": "down", "comment": "x" * 2_001},
    {"rating": "down", "comment": "\x00"},
]


@pytest.mark.parametrize("given", INVALID)
def test_feedback_is_strict(seeded_client: httpx.Client, answer_id: str, given: dict[str, Any]) -> None:
    reply = seeded_client.post(f"/v1/answers/{answer_id}/feedback", json=given)
    check_problem(reply, 422, "invalid_request")


def test_another_principals_answer_is_not_here(seeded: Service, seeded_client: httpx.Client) -> None:
    answer = seeded.chat.ask(ChatRequest(question="Who met whom?"), principal="slack:T1")
    reply = seeded_client.post(f"/v1/answers/{answer.id}/feedback", json={"rating": "up"})
    check_problem(reply, 404, "not_found")


def test_what_may_be_asked_about(seeded_client: httpx.Client) -> None:
    about = seeded_client.get("/v1/about").json()
    assert about["articles"] == 2
    assert sum(outlet["articles"] for outlet in about["outlets"]) <= 2
    assert about["questions"]
