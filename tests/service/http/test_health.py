"""Ready means: the index finds what the record holds."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from retrieval.errors import IndexUnavailable
from service.articles import ReindexOut
from service.bootstrap import Service
from tests.conftest import add, serving
from tests.service.http.wire_level import check_problem


def test_an_empty_service_is_alive_and_ready(service: Service) -> None:
    with serving(service) as client:
        assert client.get("/livez").json() == {"status": "alive"}
        assert client.get("/readyz").json() == {"status": "ready", "articles": 0}


def test_one_look_is_for_all_who_ask(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may ask, without the key: more than one look at a time would take every reader's worker."""
    looks: list[int] = []
    go_on = threading.Event()

    def looking(*_: object) -> bool:
        looks.append(1)
        return go_on.wait(30)

    monkeypatch.setattr("retrieval.maintain.finds_itself", looking)
    monkeypatch.setattr("service.http.health._STANDS_SECONDS", 60.0)  # also for who comes late
    asking = 3 * service.settings.workers
    with serving(service) as client, ThreadPoolExecutor(asking) as pool:
        replies = [pool.submit(client.get, "/readyz") for _ in range(asking)]
        try:
            assert client.get("/v1/articles").status_code == 200
        finally:
            go_on.set()
        assert {reply.result().status_code for reply in replies} == {200}
        assert client.get("/readyz").json() == {"status": "ready", "articles": 0}
    assert looks == [1]


def test_an_index_that_lost_a_passage_is_not_ready(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.http.health._STANDS_SECONDS", 0.0)
    add(service, "The envoys met for two hours in the old customs house and agreed on nothing.")
    with serving(service) as client:
        assert client.get("/readyz").json() == {"status": "ready", "articles": 1}
        service.corpus.index.current.vectors.delete(sorted(service.corpus.record.chunk_ids()))
        body = check_problem(client.get("/readyz"), 503, "not_ready")
        assert "parley reindex" in body["remedy"]
        assert client.get("/livez").status_code == 200


def test_an_index_that_does_not_answer_is_not_ready(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def gone(*_: object) -> bool:
        raise IndexUnavailable("the index did not answer", remedy="Wait.")

    monkeypatch.setattr("retrieval.maintain.finds_itself", gone)
    with serving(service) as client:
        reply = client.get("/readyz")
        assert check_problem(reply, 503, "not_ready")["retryable"] is True
        assert "retry-after" in reply.headers


def test_a_reindexing_that_breaks_says_so_and_is_begun_again(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError("seven by none")

    def ended(client: httpx.Client) -> ReindexOut:
        assert client.post("/v1/reindex").status_code == 202
        while (now := ReindexOut.model_validate(client.get("/v1/reindex").json())).state == "going":
            pass
        return now

    with serving(service) as client:
        monkeypatch.setattr("retrieval.maintain.rebuild", broken)
        told = ended(client)
        assert (told.state, "seven" in str(told.failed), "seven by none" in caplog.text) == (
            "failed",
            False,
            True,
        )
        monkeypatch.undo()
        assert ended(client).state == "done"
