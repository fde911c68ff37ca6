"""Killed by SIGKILL at each named place and at random, a service stands by all that it told anybody."""

import copy
import os
import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from retrieval import maintain
from tests.fault_llm import FaultServer
from tests.fault_llm.exchange import Exchange
from tests.killed.newsroom import Newsroom
from tests.killed.nursery import KILLED, Nursery
from tests.retrieval.made import corpus_in, steps
from tests.running import environment

_BEFORE_VISIBLE = (
    "journal.received",
    "journal.parsed",
    "journal.embedded",
    "index.adding",
    "index.vectors-added",
    "index.words-added",
    "journal.indexed",
    "versions.making-visible",
)
_REMOVING = (
    "erasure.marking",
    "erasure.marked",
    "erasure.record-rewritten",
    "index.strays-deleted",
    "index.words-refilled",
    "erasure.index-rewritten",
)
PLACES = (
    *(("add", place) for place in _BEFORE_VISIBLE),
    *(("update", place) for place in (*_BEFORE_VISIBLE, "index.forgetting")),
    *(("delete", place) for place in _REMOVING),
    *(("purge", place) for place in _REMOVING),
    *(("ask", place) for place in ("chat.claimed", "chat.answered", "erasure.holding", "chat.stored")),
    *(("reindex", place) for place in ("reindex.filling", "reindex.filled", "index.switched")),
)
_ACTS = ("add", "update", "update", "delete", "purge", "ask", "ask", "reindex")
_RATE: dict[str, Any] = {"requests_per_minute": 100_000}


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as opened:
        yield opened


def killed_at(nursery: Nursery, data: Path, newsroom: Newsroom, act: str, place: str) -> None:
    serving = nursery.serve(data, kill_at=place, **_RATE)
    if serving is None:  # in what it finished of the time before
        return
    try:
        newsroom.check(serving.client)
        newsroom.act(serving.client, act)
    except httpx.TransportError:
        serving.client.close()
        assert serving.started.wait() == KILLED
    else:
        serving.kill()
        pytest.fail(f"nobody came by {place} in {act}")


def killed_at_random(nursery: Nursery, data: Path, newsroom: Newsroom) -> None:
    chance = newsroom.chance
    serving = nursery.serve(data, **_RATE)
    assert serving is not None
    newsroom.check(serving.client)
    end = threading.Timer(chance.uniform(0, 0.6), serving.started.kill)
    end.start()
    try:
        while True:
            newsroom.act(serving.client, chance.choice(_ACTS))
    except httpx.TransportError:
        end.join()
        serving.client.close()


def stands(nursery: Nursery, data: Path, newsroom: Newsroom) -> None:
    serving = nursery.serve(data, **_RATE)
    assert serving is not None
    newsroom.check(serving.client)
    serving.kill()
    with corpus_in(data) as corpus:
        assert set(steps(corpus)) <= {"visible", "refused"}
        report = maintain.check(corpus.record, corpus.index, corpus.embedder)
        assert (report.missing_vectors, report.missing_words) == ((), ())
        assert report.found_themselves == report.sampled


@pytest.mark.slow
def test_killed_at_every_named_place(nursery: Nursery, tmp_path: Path) -> None:
    newsroom = Newsroom(random.Random(15))
    for act, place in PLACES:
        killed_at(nursery, tmp_path, newsroom, act, place)
    stands(nursery, tmp_path, newsroom)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(os.environ.get("SOAK", "1"))))
def test_killed_at_random(nursery: Nursery, tmp_path: Path, seed: int) -> None:
    newsroom = Newsroom(random.Random(seed))
    for _ in range(60):
        killed_at_random(nursery, tmp_path, newsroom)
    stands(nursery, tmp_path, newsroom)


@pytest.mark.slow
def test_killed_while_a_model_is_asked_the_question_is_there_and_is_answered_once(
    nursery: Nursery, tmp_path: Path
) -> None:
    """It was committed before the model was called; under its key it is taken up again, as the same turn."""
    newsroom, dead = Newsroom(random.Random(3)), threading.Event()
    with FaultServer(says="honest") as model:
        serving = nursery.serve(tmp_path, llm_base_url=model.url, llm_model="scripted", **_RATE)
        assert serving is not None
        newsroom.add(serving.client)

        def kills(_: Exchange) -> None:
            serving.started.kill()
            dead.set()

        model.enqueue(kills)
        with pytest.raises(httpx.TransportError):
            newsroom.ask(serving.client)
        assert dead.wait(30)
        serving.client.close()
        again = nursery.serve(tmp_path, llm_base_url=model.url, llm_model="scripted", **_RATE)
        assert again is not None
        (waiting,) = again.client.get("/v1/conversations").json()["conversations"]
        (turn,) = again.client.get(f"/v1/conversations/{waiting['id']}").json()["turns"]
        assert (turn["state"], turn["answer"]) == ("interrupted", None)
        newsroom.check(again.client)
        assert newsroom.conversation == waiting["id"]
        (answer,) = newsroom.answers.values()
        assert answer["status"] == "answered"
        again.kill()


# -- commands


@pytest.fixture(scope="module")
def kept(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Newsroom]:
    """A data directory at rest, and what it is to stand by."""
    data, newsroom = tmp_path_factory.mktemp("kept"), Newsroom(random.Random(5))
    serving = nursery.serve(data, **_RATE)
    assert serving is not None
    for act in ("add", "add", "update", "ask"):
        newsroom.act(serving.client, act)
    serving.kill()
    return data, newsroom


def dies(nursery: Nursery, data: Path, place: str, *arguments: str) -> None:
    started = nursery.start(*arguments, env=environment(data, frozen_seconds=0), kill_at=place)
    assert started.wait() == KILLED, started.said.read_text()


def runs(nursery: Nursery, data: Path, *arguments: str) -> None:
    started = nursery.start(*arguments, env=environment(data, frozen_seconds=0))
    assert started.wait() == 0, started.said.read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    ["reindex.filling", "index.vectors-added", "reindex.filled", "index.switched", "index.vectors-dropped"],
)
def test_a_reindex_that_is_killed_leaves_one_index_that_finds_everything(
    nursery: Nursery, kept: tuple[Path, Newsroom], tmp_path: Path, place: str
) -> None:
    data, newsroom = shutil.copytree(kept[0], tmp_path / "data"), copy.deepcopy(kept[1])
    dies(nursery, data, place, "reindex")
    stands(nursery, data, newsroom)
    with corpus_in(data) as corpus:
        server = corpus.index._server
        held = [c.name for c in server.call(server._client.list_collections)]
        assert held == [d.name for d in (data / "index" / "lexical").iterdir()] == [corpus.index.current.name]


@pytest.mark.slow
@pytest.mark.parametrize("place", ["backup.copied", "backup.flushed"])
def test_a_backup_that_is_killed_leaves_none(
    nursery: Nursery, kept: tuple[Path, Newsroom], tmp_path: Path, place: str
) -> None:
    data, newsroom = shutil.copytree(kept[0], tmp_path / "data"), copy.deepcopy(kept[1])
    dies(nursery, data, place, "backup", str(tmp_path / "backup"))
    assert not (tmp_path / "backup").exists()
    runs(nursery, data, "backup", str(tmp_path / "backup"))
    runs(nursery, tmp_path / "elsewhere", "restore", str(tmp_path / "backup"))
    stands(nursery, tmp_path / "elsewhere", newsroom)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["restore.copied", "restore.set-aside", "restore.replaced"])
def test_a_restore_that_is_killed_leaves_what_was_there_or_what_was_put_back(
    nursery: Nursery, kept: tuple[Path, Newsroom], tmp_path: Path, place: str
) -> None:
    data, newsroom = shutil.copytree(kept[0], tmp_path / "data"), copy.deepcopy(kept[1])
    runs(nursery, data, "backup", str(tmp_path / "backup"))
    later = copy.deepcopy(newsroom)
    serving = nursery.serve(data, **_RATE)
    assert serving is not None
    later.act(serving.client, "update")
    serving.kill()
    dies(nursery, data, place, "restore", str(tmp_path / "backup"))
    stands(nursery, data, newsroom if place == "restore.replaced" else later)
    runs(nursery, data, "restore", str(tmp_path / "backup"))
    stands(nursery, data, newsroom)
