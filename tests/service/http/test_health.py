"""Ready means: the index finds what the record holds."""

from pathlib import Path

import pytest

from retrieval.errors import IndexUnavailable
from service.bootstrap import Service
from tests.conftest import add, serving
from tests.service.http.wire_level import check_problem


def test_an_empty_service_is_alive_and_ready(service: Service) -> None:
    with serving(service) as client:
        assert client.get("/livez").json() == {"status": "alive"}
        assert client.get("/readyz").json() == {"status": "ready", "articles": 0}


def test_an_index_that_lost_a_passage_is_not_ready(service: Service) -> None:
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
