"""What readers think of answers, over HTTP."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from service.bootstrap import Service
from service.feedback import Feedback
from service.wire import ChatRequest, FeedbackIn
from tests.conftest import serving
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


def test_feedback_is_listed_with_its_question(service: Service) -> None:
    asked = [service.chat.ask(ChatRequest(question=f"Who met {name}?")).id for name in ("Ayo", "Bo", "Cy")]
    asked.append(service.chat.ask(ChatRequest(question="Who?"), principal="slack:T1").id)
    down = {"rating": "down", "reason": "missing", "comment": "And Dee 🕊️?"}
    service.feedback.put(asked[3], FeedbackIn(rating="up"), principal="slack:T1")
    with serving(service) as client:
        for id_, given in zip(asked[:3], (down, {"rating": "up"}, {"rating": "down"}), strict=True):
            assert client.post(f"/v1/answers/{id_}/feedback", json=given).is_success

        def listed(**query: str | int) -> list[int]:
            found = client.get("/v1/feedback", params=query)
            assert found.status_code == 200, found.text
            return [asked.index(each["answer_id"]) for each in found.json()["feedback"]]

        assert listed() == [2, 1, 0, 3]  # whoever asked
        assert (listed(rating="down"), listed(reason="missing")) == ([2, 0], [0])
        told = client.get("/v1/feedback", params={"reason": "missing"}).json()["feedback"][0]
        held = client.get(f"/v1/answers/{asked[0]}").json()
        assert told | down == told
        assert (told["question"], told["conversation_id"]) == ("Who met Ayo?", held["conversation_id"])
        first = client.get("/v1/feedback", params={"limit": 2}).json()
        assert len(first["feedback"]) == 2
        assert listed(limit=2, cursor=first["next_cursor"]) == [0, 3]
        day = told["given_at"][:10]
        assert listed(since=day, until=day) == [2, 1, 0, 3]
        assert (listed(since=told["given_at"]), listed(until=told["given_at"])) == ([2, 1, 0], [3])
        assert listed(since="9999-12-31") == []
        assert listed(since="0001-01-01T00:00:00+14:00", until="9999-12-31") == [2, 1, 0, 3]


def test_strangers_feedback_is_not_listed(service: Service) -> None:
    """Of workspaces that anybody may have made, whoever they let in; the house's own is."""
    asked = {
        of: service.chat.ask(ChatRequest(question="Who?"), principal=of).id for of in ("owner", "slack:T1")
    }
    for of, id_ in asked.items():
        service.feedback.put(id_, FeedbackIn(rating="up"), principal=of)

    def listed(**slack: object) -> set[str]:
        settings = service.settings.model_copy(update=slack)
        with serving(replace(service, settings=settings)) as client:
            found = client.get("/v1/feedback").json()["feedback"]
            return {of for of, id_ in asked.items() if id_ in {each["answer_id"] for each in found}}

    assert listed(slack_install="open") == {"owner"}
    assert listed(slack_install="key") == {"owner", "slack:T1"}
    assert listed(slack_install="open", slack_bot_token=SecretStr("xoxb-1")) == {"owner", "slack:T1"}


@pytest.mark.parametrize(
    "query",
    [
        {"rating": "no"},
        {"limit": "0"},
        {"cursor": "x"},
        {"since": "1"},
        {"since": "2026-03-02", "until": "2026-03-01"},
    ],
)
def test_a_list_that_cannot_be_is_refused(seeded_client: httpx.Client, query: dict[str, str]) -> None:
    check_problem(seeded_client.get("/v1/feedback", params=query), 422, "invalid_request")
