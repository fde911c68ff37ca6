"""Damaged vectors are found out in another process before they are asked for, and made anew."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval import probe
from retrieval.embed import Embedder
from retrieval.errors import IndexUnavailable
from retrieval.identity import POINTER
from tests.retrieval.made import TALKS, corpus_in, source

_ENOUGH = 1_050  # for Chroma to write the vectors into files


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A corpus with files of vectors. Those come by chance: only that there are many matters."""

    def embed(_: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
        drawn = [np.random.default_rng(abs(hash(text))).normal(size=384) for text in texts]
        return np.array([v / np.linalg.norm(v) for v in drawn], np.float32)

    directory = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(embedder), "embed", embed)
        with corpus_in(directory) as corpus:
            texts = (source(f"Ship number {n} has left.", id_=f"ship-{n}") for n in range(_ENOUGH))
            assert sum(1 for _ in corpus.ingester.ingest(texts)) == _ENOUGH
    return directory


@pytest.fixture
def data(large: Path, tmp_path: Path) -> Path:
    return shutil.copytree(large, tmp_path / "data")


def vectors(data: Path) -> Path:
    (file,) = (data / "index" / "chroma").glob("*/data_level0.bin")
    return file


def _by_chance(file: Path) -> None:
    file.write_bytes(os.urandom(file.stat().st_size))


def _cut_short(file: Path) -> None:
    os.truncate(file, 1_000)


def _without_names(file: Path) -> None:
    (file.parent / "index_metadata.pickle").write_bytes(b"garbage")


@pytest.mark.slow
@pytest.mark.parametrize("damage", [_by_chance, _cut_short, _without_names])
def test_damaged_vectors_are_made_anew_instead_of_crashing_the_service(
    data: Path, damage: Callable[[Path], None]
) -> None:
    damage(vectors(data))
    with pytest.raises(IndexUnavailable, match="is damaged") as told:
        corpus_in(data, heal=False)
    assert "parley reindex" in told.value.remedy
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert said[:2] == ["The index is damaged.", "Rebuilding the index from the record ..."]
        assert corpus.ready()
        assert corpus.index.current.vectors.count() == _ENOUGH


@pytest.mark.slow
def test_only_what_was_not_closed_as_it_is_gets_probed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    probed: list[str] = []
    real = probe.stands

    def stands(index: Path, name: str) -> bool:
        probed.append(name)
        return real(index, name)

    monkeypatch.setattr(probe, "stands", stands)
    corpus_in(data).close()
    assert probed == []
    (data / "index" / "closed.json").unlink()  # as after kill -9
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert probed == [corpus.record.setting(POINTER)]
    assert said == []
    corpus_in(data).close()
    assert len(probed) == 1


def test_the_files_of_a_small_corpus_are_not_read_so_they_are_not_probed(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS)]))
    (tmp_path / "index" / "closed.json").unlink()
    _by_chance(vectors(tmp_path))
    assert probe.as_left(tmp_path / "index")
    with corpus_in(tmp_path) as corpus:
        assert corpus.ready()


@pytest.mark.parametrize(
    ("code", "stands"), [(0, True), (1, True), (-9, True), (40, False), (-11, False), (-6, False)]
)
def test_only_damage_and_crashes_count_as_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, stands: bool
) -> None:
    """One that was killed for its memory, or found the disk full, says nothing about the index."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{f'kill {code} $$' if code < 0 else f'exit {code}'}\n")
    python.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(python))
    assert probe.stands(tmp_path, "name") is stands
