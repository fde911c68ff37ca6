"""What a person writes is in the record while they want it there, and nowhere else: no log, metric, span or
error tells of it, and when it is deleted no file does."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.remains import remains
from tests.running import started
from tests.service.test_tracing import collecting

pytestmark = pytest.mark.slow

KEY = "a-key-that-nobody-guesses-qxzv"
BEARER = {"Authorization": f"Bearer {KEY}"}
# No word of them is in an article, nor in anything that Parley says by itself.
CANARIES = ("Zwetschgenkobold", "Quastenflosser", "Murmelgrube", "Tannhaeher")


def asked(client: httpx.Client) -> list[httpx.Response]:
    """In every way there is, and many in which it isn't."""
    one, two, three, four = CANARIES
    chat = {"question": f"What did {one} say about the {two}?"}
    messages = [{"role": "user", "content": f"Did {three} agree?"}]
    told = client.post("/v1/chat", json=chat, headers=BEARER)
    again = {**chat, "conversation_id": told.json()["conversation_id"]}
    ways: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/v1/chat", {"json": again, "headers": BEARER | {"Accept": "text/event-stream"}}),
        ("POST", "/v1/chat/completions", {"json": {"model": "parley", "messages": messages}}),
        ("POST", "/v1/search", {"json": {"query": f"{three} in the {two}"}}),
        ("POST", f"/v1/answers/{told.json()['id']}/feedback", {"json": {"rating": "up", "comment": four}}),
        ("POST", "/v1/chat", {"json": {"question": f"{one}\0"}}),
        ("POST", "/v1/chat", {"json": {"question": f"{one} " * 900}}),
        ("POST", "/v1/chat", {"json": {**chat, "answerer": "generative"}}),
        ("POST", "/v1/chat", {"content": f'{{"question": {two}'.encode()}),
        ("GET", f"/v1/{three}/{four}?{one}={two}", {}),
        ("GET", f"/?q={one}", {}),
        ("GET", "/v1/articles", {"headers": {"Authorization": f"Bearer {four}"}}),
        ("POST", "/sign-in", {"data": {"key": four}}),
    ]
    return [client.request(method, path, **{"headers": BEARER, **more}) for method, path, more in ways]


def test_nothing_tells_what_was_asked_but_the_record_and_that_until_it_is_deleted(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    told = {"api_key": KEY, "log_format": "json"}
    with (
        collecting() as collector,
        started(data_dir, seeds=True, otlp_endpoint=collector.address, **told) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        replies = asked(client)
        assert {reply.status_code for reply in replies} >= {200, 204, 401, 404, 422}
        refused = [reply.text for reply in replies if reply.status_code >= 400]
        metrics = client.get("/metrics", headers=BEARER).text
        for one in client.get("/v1/conversations", headers=BEARER).json()["conversations"]:
            gone = client.delete(f"/v1/conversations/{one['id']}", headers=BEARER)
            assert gone.status_code == 204
        _, log = running.stop()
    assert '"route": "/v1/chat"' in log
    assert "parley_answers_total" in metrics
    for word in CANARIES:
        spread = {"the log": log, "the metrics": metrics, "a refusal": "\n".join(refused)}
        spread["the spans"] = b"".join(collector.raw).decode(errors="replace")
        assert [where for where, text in spread.items() if word in text or KEY in text] == []
    assert collector.raw
    assert remains(data_dir, [*CANARIES, KEY]) == []
