"""`parley backup` beside a running service, `parley restore` once it has stopped."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from retrieval.backup import back_up
from service.bootstrap import open_service
from tests.conftest import MakeSettings, add, serving
from tests.retrieval.made import STEEL, TALKS, corpus_in, source
from tests.running import environment, run, started

ASKED = "When did the envoys meet in Vienna?"


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def _opened(client: httpx.Client, conversation: str) -> dict[str, Any]:
    """A conversation with its answers, every citation of them opened and cut out of its article again."""
    told: dict[str, Any] = client.get(f"/v1/conversations/{conversation}").json()
    citations = [c for turn in told["turns"] for c in turn["answer"]["citations"]]
    assert citations
    for citation in citations:
        article, quote = citation["article"], citation["quote"]
        text = client.get(
            f"/v1/articles/{article['id']}/text", params={"version": article["version"]}
        ).content.decode()
        assert text[quote["start"] : quote["end"]] == quote["text"]
    for turn in told["turns"]:
        assert client.get(f"/v1/answers/{turn['answer']['id']}").json() == turn["answer"]
    return told


def test_conversations_answers_and_citations_open_as_before(
    tmp_path: Path,
    make_settings: MakeSettings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    service = open_service(make_settings(tmp_path / "data"), command="a test")
    add(service, TALKS, id_="talks", outlet="The Ledger")
    add(service, STEEL, id_="steel")
    with serving(service) as client:
        first = client.post("/v1/chat", json={"question": ASKED}).json()
        again = {"question": "How long did they speak?", "conversation_id": first["conversation_id"]}
        client.post("/v1/chat", json=again)
        add(service, TALKS + "\n\nMore is to come.", id_="talks", outlet="The Ledger")  # cited: the old one
        before = _opened(client, first["conversation_id"])
        listed = client.get("/v1/articles").json()
        for name, value in environment(tmp_path / "data").items():
            monkeypatch.setenv(name, value)
        assert _main("backup", str(tmp_path)) == 0
        assert "Backed up 2 articles and 2 questions" in capsys.readouterr().out
    service.close()
    (backup,) = tmp_path.glob("parley-*.sqlite")
    monkeypatch.setenv("PARLEY_DATA_DIR", str(tmp_path / "elsewhere"))
    assert _main("restore", str(backup)) == 0
    assert "Restored 2 articles and 2 questions" in capsys.readouterr().out
    service = open_service(make_settings(tmp_path / "elsewhere"), command="a test")
    with serving(service) as client:
        assert _opened(client, first["conversation_id"]) == before
        assert client.get("/v1/articles").json() == listed
        assert client.post("/v1/chat", json={"question": ASKED}).json()["text"] == first["text"]
    service.close()


def test_what_is_restored_is_its_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with corpus_in(tmp_path / "data") as corpus:
        list(corpus.ingester.ingest([source(TALKS)]))
    back_up(tmp_path / "data", tmp_path / "put-away")
    for name, value in environment(tmp_path / "elsewhere").items():
        monkeypatch.setenv(name, value)
    assert _main("restore", str(tmp_path / "put-away")) == 0
    every = [tmp_path / "elsewhere", *(tmp_path / "elsewhere").rglob("*")]
    assert tmp_path / "elsewhere" / "index" / "chroma" / "chroma.sqlite3" in every
    assert [path for path in every if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def _main(*arguments: str) -> int:
    from service.terminal.cli import main

    return main(arguments)


@pytest.mark.slow
def test_beside_a_service_and_back_as_a_user_does_it(tmp_path: Path) -> None:
    data, backup = tmp_path / "data", tmp_path / "put-away.sqlite"
    env = environment(data)
    with (
        started(data) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        client.post("/v1/articles", json={"text": TALKS})
        answer = client.post("/v1/chat", json={"question": ASKED}).json()
        assert run("backup", str(backup), env=env).stdout.startswith("Backed up 1 article and 1 question to")
        for refused, named in (
            (run("backup", str(backup), env=env), "is there already"),
            (run("restore", str(backup), env=env), "is held by `parley serve`"),
        ):
            assert (refused.returncode, named in refused.stderr) == (1, True)
        running.stop()
    (data / "record.sqlite").unlink()
    for arguments in (("serve",), ("ask", ASKED), ("ingest", "seeds"), ("reindex",), ("check-index",)):
        lost = run(*arguments, env=env)
        assert lost.returncode == 1
        assert "record.sqlite is not there" in lost.stderr
        assert "parley restore" in lost.stderr
    done = run("restore", str(backup), env=env)
    assert done.returncode == 0, done.stderr
    assert "Rebuilding the index" in done.stderr
    assert str(data / "replaced-") in done.stdout
    with (
        started(data) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        assert client.get(f"/v1/answers/{answer['id']}").json() == answer
        assert client.post("/v1/chat", json={"question": ASKED}).json()["text"] == answer["text"]
