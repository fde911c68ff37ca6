"""Chroma hangs, or its directory is deleted, or no file can be opened: what was asked is answered or refused
with a reason, in time, and goes on once it can."""

import resource
import shutil
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.bootstrap import Service, open_service
from tests.conftest import MakeSettings, serving
from tests.killed.nursery import Nursery
from tests.retrieval.made import STEEL, TALKS

_ASKED = {"question": "When did the envoys meet in Vienna?"}


class Hanging:
    """In the place of the threads that Chroma is called on."""

    def __init__(self) -> None:
        self.called: list[Future[Any]] = []

    def submit(self, *_: object, **__: object) -> Future[Any]:
        self.called.append(Future())
        return self.called[-1]


def refused(reply: httpx.Response) -> bool:
    told = reply.json()
    return bool(reply.status_code == 503 and "Chroma" in told["detail"] and told["remedy"])


@pytest.mark.slow
def test_a_chroma_that_hangs_is_waited_for_once(service: Service) -> None:
    """A question may search several times; the deadline, 5 seconds, is for all of them."""
    with serving(service) as client:
        assert client.post("/v1/articles", json={"text": TALKS}).status_code == 201
        first = client.post("/v1/chat", json=_ASKED).json()
        assert client.get("/readyz").is_success  # the first look is a patient one
        server = service.corpus.index._server
        real, hanging = server._calls, Hanging()
        server._calls = hanging  # type: ignore[assignment]
        follow_up = {"question": "And where?", "conversation_id": first["conversation_id"]}
        assert refused(client.post("/v1/chat", json=follow_up))
        assert len(hanging.called) == 1
        assert refused(client.post("/v1/chat", json=_ASKED))
        assert refused(client.get("/readyz"))
        assert refused(client.post("/v1/articles", json={"text": STEEL}))
        assert len(hanging.called) == 1
        assert client.get("/v1/articles").json()["total"] == 1
        hanging.called[0].set_result(None)
        server._calls = real
        assert client.post("/v1/chat", json=_ASKED).json()["citations"]
        assert client.post("/v1/articles", json={"text": STEEL}).is_success


@pytest.mark.slow
def test_a_directory_that_is_deleted_beneath_it_is_made_anew(
    tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings(tmp_path)
    service = open_service(settings, command="a test")
    with serving(service) as client:
        assert client.post("/v1/articles", json={"text": TALKS}).status_code == 201
        shutil.rmtree(tmp_path / "index" / "chroma")
        asked = client.post("/v1/chat", json=_ASKED)
        assert asked.is_success or refused(asked)
        added = client.post("/v1/articles", json={"text": STEEL})
        assert added.is_success or refused(added)
        assert client.get("/v1/articles").is_success
    service.close()
    service = open_service(settings, command="a test")
    with serving(service) as client:
        assert client.get("/readyz").is_success
        assert client.post("/v1/chat", json=_ASKED).json()["citations"]
        assert client.post("/v1/articles", json={"text": STEEL}).is_success
        assert client.get("/v1/articles").json()["total"] == 2
    service.close()


@pytest.mark.slow
def test_a_process_that_may_open_no_more_files_goes_on_reading(tmp_path: Path) -> None:
    with Nursery() as nursery:
        serving_ = nursery.serve(tmp_path)
        assert serving_ is not None
        client, pid = serving_.client, serving_.started.pid
        article = client.post("/v1/articles", json={"text": TALKS}).json()["article"]["id"]
        answer = client.post("/v1/chat", json=_ASKED).json()
        soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (len(list(Path(f"/proc/{pid}/fd").iterdir())), hard))
        for _ in range(3):
            assert client.get(f"/v1/articles/{article}/text").text == TALKS
            assert client.get(f"/v1/answers/{answer['id']}").json() == answer
            added = client.post("/v1/articles", json={"text": STEEL})
            assert added.status_code in (200, 201, 503, 507), added.text
            assert added.is_success or added.json()["remedy"]
            asked = client.post("/v1/chat", json=_ASKED)
            assert asked.status_code in (200, 503, 507), asked.text
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        assert client.post("/v1/articles", json={"text": STEEL}).is_success
        assert client.post("/v1/chat", json=_ASKED).json()["citations"]
        assert client.get("/readyz").is_success
        serving_.kill()
