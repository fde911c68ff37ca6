"""Damaged vectors are found out in another process before they are asked for, and made anew."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval import probe
from retrieval.embed import Embedder
from retrieval.errors import IndexUnavailable
from retrieval.identity import POINTER
from retrieval.lexical import LexicalIndex
from tests.retrieval.made import TALKS, corpus_in, found, source

_ENOUGH = 1_050  # for Chroma to write the vectors into files


@pytest.fixture(scope="module")
def embedded_by_chance(embedder: Embedder) -> Iterator[None]:
    """Only that there are many vectors matters."""

    def embed(_: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
        drawn = [np.random.default_rng(abs(hash(text))).normal(size=384) for text in texts]
        return np.array([v / np.linalg.norm(v) for v in drawn], np.float32)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(embedder), "embed", embed)
        yield


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, embedded_by_chance: None) -> Path:
    """A corpus with files of vectors."""
    directory = tmp_path_factory.mktemp("large")
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


def words(data: Path) -> Path:
    return max((data / "index" / "lexical").glob("*/*.idx"), key=lambda path: path.stat().st_size)


def _one_bit(file: Path) -> None:
    """As a disk that rots does it: nothing else of the file changes."""
    whole, times = bytearray(file.read_bytes()), file.stat()
    whole[len(whole) // 3] ^= 4
    file.write_bytes(whole)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _by_chance(file: Path) -> None:
    file.write_bytes(os.urandom(file.stat().st_size))


def _cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _gone(file: Path) -> None:
    file.unlink()


def _names_gone(file: Path) -> None:
    (file.parent / "index_metadata.pickle").unlink()


def _killed(data: Path) -> None:
    """As after kill -9: nothing was noted."""
    (data / "index" / "closed.json").unlink()


def _closed(_: Path) -> None:
    pass


@pytest.mark.slow
@pytest.mark.parametrize(
    ("left", "damage"),
    [
        *((_closed, damage) for damage in (_one_bit, _names_gone)),
        *((_killed, damage) for damage in (_by_chance, _cut_short, _names_gone)),
    ],
)
def test_damaged_vectors_are_made_anew_instead_of_crashing_the_service(
    data: Path, left: Callable[[Path], None], damage: Callable[[Path], None]
) -> None:
    left(data)
    damage(vectors(data))
    with pytest.raises(IndexUnavailable, match="files of its vectors") as told:
        corpus_in(shutil.copytree(data, data.with_name("copied")), heal=False)
    assert "parley reindex" in told.value.remedy
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert said[0].startswith("The index is damaged: the files of its vectors in ")
        assert said[1].startswith("Rebuilding the index from the record")
        assert corpus.ready()
        assert corpus.index.current.vectors.count() == _ENOUGH


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("small")
    with corpus_in(directory) as corpus:
        list(corpus.ingester.ingest([source(f"{TALKS} Day {n}.", id_=f"d{n}") for n in range(9)]))
    return directory


@pytest.mark.parametrize("damage", [_one_bit, pytest.param(_gone, marks=pytest.mark.slow)])
def test_damaged_words_are_made_anew_without_embedding(
    small: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    data, looked_at = (shutil.copytree(small, tmp_path / name) for name in ("data", "looked-at"))
    damage(words(looked_at))
    with pytest.raises(IndexUnavailable, match="files of its words"):
        corpus_in(looked_at, heal=False)
    damage(words(data))
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert said[0].startswith("The index is damaged: the files of its words in ")
        assert said[1:] == ["Made the words of the index anew."]
        assert corpus.ready()
        assert found(corpus, "Where did the envoys meet?")


@pytest.mark.slow
def test_words_that_cannot_be_opened_are_made_anew_after_a_kill_too(small: Path, tmp_path: Path) -> None:
    data = shutil.copytree(small, tmp_path / "data")
    _killed(data)
    _cut_short(words(data))
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert said == ["Made the words of the index anew."]
        assert corpus.ready()


@pytest.mark.parametrize("at", range(10))
def test_words_that_are_damaged_beneath_a_search_are_told(small: Path, tmp_path: Path, at: int) -> None:
    """Whatever tantivy makes of them, a panic of its own included, it is no crash."""
    copied = shutil.copytree(words(small).parent, tmp_path / "words")
    (terms,) = copied.glob("*.term")
    whole = bytearray(terms.read_bytes())
    place = at * len(whole) // 10
    whole[place : place + 30] = bytes(byte ^ 0x5A for byte in whole[place : place + 30])
    terms.write_bytes(whole)
    with suppress(IndexUnavailable):
        index = LexicalIndex(copied)
        for asked in TALKS.split():
            with suppress(IndexUnavailable):
                index.search(asked, k=9)
        index.close()


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
    _killed(data)
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert probed == [corpus.record.setting(POINTER)]
    assert said == []
    corpus_in(data).close()
    assert len(probed) == 1


def test_the_files_of_a_small_corpus_are_not_read_so_they_are_not_probed(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS)]))
    _killed(tmp_path)
    _by_chance(vectors(tmp_path))
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
