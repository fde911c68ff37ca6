"""A disk that runs full stops writing, never reading, and never the process; a process that froze all the
same is ended, and what it acknowledged is there when it is started again."""

import random
import signal
import sys
from pathlib import Path

import httpx
import pytest

from service.bootstrap import Service
from tests.conftest import serving
from tests.retrieval.made import STEEL, TALKS
from tests.running import PARLEY, started
from tests.service.http.wire_level import check_problem
from tests.small_disk import inside, on_small_disk

_ASKED = {"question": "When did the envoys meet in Vienna?"}
_SYLLABLES = ("ba", "ker", "lo", "min", "sat", "tru", "vel", "wo", "zir", "pe", "nud", "gra")


def _text(chance: random.Random, sentences: int) -> str:
    """Of words that hardly repeat: what an index takes most room for."""
    words = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(14 * sentences)]
    return "\n\n".join(" ".join(words[at : at + 14]).capitalize() + "." for at in range(0, len(words), 14))


def test_without_room_articles_are_turned_down_and_questions_answered(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(service) as client:
        assert client.post("/v1/articles", json={"text": TALKS}).status_code == 201
        with monkeypatch.context() as patch:
            patch.setattr("retrieval.room.SPARE", 10**18)
            for id_ in ("steel", "left"):
                refused = client.post("/v1/articles", json={"text": STEEL, "id": id_})
                problem = check_problem(refused, 507, "storage_full")
                assert "Free some disk space" in problem["remedy"]
                assert problem["retryable"]
            assert client.get("/readyz").status_code == 200
            assert client.post("/v1/chat", json=_ASKED).json()["citations"]
        assert client.post("/v1/articles", json={"text": STEEL, "id": "steel"}).status_code == 201
        assert client.get("/v1/articles").json()["total"] == 2
    # What wasn't sent again is in the journal, for the next start.
    assert [done.outcome for done in service.corpus.ingester.resume()] == ["added"]
    assert service.corpus.record.article_count() == 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_small_disk_that_runs_full_never_freezes_the_process(tmp_path: Path, seed: int) -> None:
    chance, told, refused = random.Random(seed), [], 0
    command = on_small_disk(tmp_path / "data", [*PARLEY, "serve"], megabytes=24)
    with (
        started(tmp_path / "data", command=command) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        told.append(_taken(client, TALKS))
        while refused < 12:
            done = client.post("/v1/articles", json={"text": _text(chance, chance.choice([5, 40, 120]))})
            if done.status_code == 201:
                told.append(done.json()["article"]["id"])
            else:
                check_problem(done, 507, "storage_full")
                refused += 1
                if refused == 6:  # another program takes what is left
                    _fill(inside(running.process.pid, tmp_path / "data") / "of-another")
            assert client.get("/livez").status_code == 200
            asked = client.post("/v1/chat", json=_ASKED)
            assert asked.status_code == 200 or check_problem(asked, 507, "storage_full")
        (inside(running.process.pid, tmp_path / "data") / "of-another").unlink()
        assert client.post("/v1/chat", json=_ASKED).json()["citations"]
        listed = client.get("/v1/articles", params={"limit": 500}).json()["articles"]
        assert set(told) <= {article["id"] for article in listed}
        assert len(told) > 20
        code, last = running.stop()
    assert (code, "everything is stored" in last) == (0, True)


def _taken(client: httpx.Client, text: str) -> str:
    done = client.post("/v1/articles", json={"text": text})
    assert done.status_code == 201, done.text
    id_: str = done.json()["article"]["id"]
    return id_


def _fill(file: Path) -> None:
    with file.open("ab", buffering=0) as rest:
        try:
            while True:
                rest.write(b"x" * 4096)
        except OSError:
            return


_FREEZING = """
import ctypes, os, threading, time
from importlib import import_module
from service.terminal import cli
serve = import_module("service.http.serve")
announce = serve._announce

def announce_and_freeze(*given):
    def wait():
        while not os.path.exists(os.environ["FREEZE"]):
            time.sleep(0.05)
        ctypes.PyDLL(None).sleep(1000)
    threading.Thread(target=wait, daemon=True).start()
    announce(*given)

serve._announce = announce_and_freeze
cli.main(["serve"])
"""


@pytest.mark.slow
def test_a_frozen_service_ends_and_the_next_one_has_all_that_it_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, freeze = tmp_path / "data", tmp_path / "freeze"
    monkeypatch.setenv("FREEZE", str(freeze))
    command = (sys.executable, "-c", _FREEZING)
    with (
        started(data, command=command, frozen_seconds=4) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        article = _taken(client, TALKS)
        answer = client.post("/v1/chat", json=_ASKED).json()
        freeze.touch()
        _, said = running.process.communicate(timeout=60)
    assert running.process.returncode == signal.SIGUSR2
    assert f"process {running.process.pid} has frozen" in said
    assert "in wait" in said  # the thread that holds the interpreter, and where
    freeze.unlink()
    with (
        started(data) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        assert [a["id"] for a in client.get("/v1/articles").json()["articles"]] == [article]
        assert client.get(f"/v1/answers/{answer['id']}").json() == answer
        assert client.post("/v1/chat", json=_ASKED).json()["citations"]
