"""Generations of the index: opened, filled, switched, and healed."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval.article import Facts
from retrieval.database import Database
from retrieval.embed import Embedder
from retrieval.errors import EmbeddingError, IndexMismatch, IndexUnavailable
from retrieval.identity import POINTER
from retrieval.index import Generation, Index, forget
from retrieval.record import Record
from tests.retrieval.made import chunk

CHUNKS = [chunk("The envoys met in Vienna.", id_="c1"), chunk("Steel tariffs fall.", id_="c2", start=30)]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    database = Database(f"sqlite:///{tmp_path / 'record.sqlite'}")
    yield Record(database)
    database.close()


@pytest.fixture
def index(tmp_path: Path, record: Record, embedder: Embedder) -> Iterator[Index]:
    opened = Index(tmp_path / "index", record, fingerprint=embedder.fingerprint)
    yield opened
    opened.close()


def fill(generation: Generation, embedder: Embedder) -> None:
    vectors = embedder.embed([c.embedded_text for c in CHUNKS])
    generation.add(CHUNKS, vectors, [Facts(), Facts()])


def both(generation: Generation) -> tuple[set[str], set[str]]:
    return generation.vectors.ids(), generation.words.ids()


def test_the_first_one_is_made_and_opened_again(
    tmp_path: Path, record: Record, index: Index, embedder: Embedder
) -> None:
    fill(index.current, embedder)
    fill(index.current, embedder)
    assert both(index.current) == ({"c1", "c2"}, {"c1", "c2"})
    index.close()
    again = Index(tmp_path / "index", record, fingerprint=embedder.fingerprint)
    assert again.current.name == index.current.name == record.setting(POINTER)
    assert both(again.current) == ({"c1", "c2"}, {"c1", "c2"})
    again.close()


def test_deleting_takes_from_both(index: Index, embedder: Embedder) -> None:
    fill(index.current, embedder)
    index.current.delete(["c1", "unknown"])
    index.current.delete([])
    assert both(index.current) == ({"c2"}, {"c2"})


def test_a_new_generation_is_not_in_use_until_it_is_switched_to(
    tmp_path: Path, record: Record, index: Index, embedder: Embedder
) -> None:
    fill(index.current, embedder)
    old, new = index.current, index.new_generation()
    assert (index.current.name, record.setting(POINTER)) == (old.name, old.name)
    assert both(index.current) == ({"c1", "c2"}, {"c1", "c2"})
    index.use(new)
    assert (index.current.name, record.setting(POINTER)) == (new.name, new.name)
    assert both(index.current) == (set(), set())
    assert [d.name for d in (tmp_path / "index" / "lexical").iterdir()] == [new.name]
    with pytest.raises(IndexUnavailable):
        old.vectors.query(np.ones(384, np.float32), k=1)


def test_another_models_index_is_refused_unless_it_starts_anew(
    tmp_path: Path, record: Record, index: Index
) -> None:
    index.close()
    with pytest.raises(IndexMismatch) as refused:
        Index(tmp_path / "index", record, fingerprint="another/1")
    assert "parley reindex" in refused.value.remedy
    assert record.setting(POINTER) == index.current.name
    anew = Index(tmp_path / "index", record, fingerprint="another/1", start_anew=True)
    assert anew.current.name != index.current.name
    anew.close()


@pytest.mark.parametrize("damage", ["no chroma", "garbage chroma", "garbage lexical"])
def test_damage_is_told_and_starting_anew_heals_it(
    tmp_path: Path, record: Record, index: Index, embedder: Embedder, damage: str
) -> None:
    fill(index.current, embedder)
    index.close()
    chroma, lexical = tmp_path / "index" / "chroma", tmp_path / "index" / "lexical" / index.current.name
    if damage == "no chroma":
        chroma.rename(tmp_path / "away")
    elif damage == "garbage chroma":
        (chroma / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    else:
        (lexical / "meta.json").write_text("garbage")
    with pytest.raises(IndexUnavailable) as told:
        Index(tmp_path / "index", record, fingerprint=embedder.fingerprint)
    assert "parley reindex" in told.value.remedy
    anew = Index(tmp_path / "index", record, fingerprint=embedder.fingerprint, start_anew=True)
    fill(anew.current, embedder)
    assert both(anew.current) == ({"c1", "c2"}, {"c1", "c2"})
    anew.close()


def test_fewer_vectors_than_chunks_are_refused(index: Index, embedder: Embedder) -> None:
    with pytest.raises(EmbeddingError, match="1 vectors for 2 texts"):
        index.current.add(CHUNKS, embedder.embed(["One."]), [Facts(), Facts()])
    assert both(index.current) == (set(), set())


def test_forgetting_may_fail(index: Index, embedder: Embedder) -> None:
    fill(index.current, embedder)
    index.close()
    with pytest.raises(IndexUnavailable):
        index.current.delete(["c1"])
    forget(index.current, ["c1"])
