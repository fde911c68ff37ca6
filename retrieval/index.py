"""The index: vectors and words of every visible chunk, in generations.

A generation is a Chroma collection and a lexical index of the same name. Rebuilding fills a new one and
then switches the pointer in the record, so that a rebuild that dies leaves the old one in use.
"""

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval import lexical, probe, room
from retrieval.article import Chunk, Facts
from retrieval.errors import EmbeddingError, IndexMismatch, IndexUnavailable, StorageFull
from retrieval.failpoints import reached
from retrieval.identity import POINTER
from retrieval.lexical import LexicalIndex
from retrieval.nodes import node_of
from retrieval.record import Record
from retrieval.store import ChromaServer, VectorStore


class Index:
    def __init__(
        self,
        directory: Path,
        record: Record,
        *,
        fingerprint: str,
        start_anew: bool = False,
        mend: bool = False,
    ) -> None:
        """Open the generation that the record points to, or make the first. With `start_anew` one that
        cannot be opened gives way to an empty one, for the caller to fill; with `mend` its words do."""
        self._directory = directory
        self._record = record
        self._fingerprint = fingerprint
        directory.mkdir(parents=True, exist_ok=True)
        self._generation: Generation | None = None
        self._server = _open_chroma(directory / "chroma", start_anew=start_anew)
        try:
            self._open_or_make(start_anew=start_anew, mend=mend)
        except BaseException:
            self._server.close()
            raise

    @property
    def current(self) -> "Generation":
        assert self._generation is not None
        return self._generation

    def make_sure_of_room(self, chunks: int) -> None:
        """Raises StorageFull where so many more may not fit."""
        room.make_sure(self._directory, chunks=chunks, known=self.current.vectors.known())

    def new_generation(self) -> "Generation":
        """An empty one, not yet in use."""
        name = f"chunks-{uuid.uuid4().hex[:12]}"
        vectors = self._server.create(name, fingerprint=self._fingerprint)
        return Generation(name, vectors, LexicalIndex(self._lexical_directory(name)))

    def use(self, generation: "Generation") -> None:
        """Switch to it, then drop the others."""
        self._record.set_setting(POINTER, generation.name)
        old, self._generation = self._generation, generation
        reached("index.switched")
        if old is not None:
            old.words.close()
        self.drop_others()

    def drop_others(self) -> None:
        """Every generation but the one in use, such as one that a rebuild was filling as its process died.
        Raises IndexUnavailable."""
        self._server.drop_others(keep=self.current.name)
        reached("index.vectors-dropped")
        for directory in (self._directory / "lexical").iterdir():
            if directory.name != self.current.name:
                lexical.drop(directory)

    def has_others(self) -> bool:
        """Whether there are generations but the one in use."""
        return any(it.name != self.current.name for it in (self._directory / "lexical").iterdir())

    def erase_strays(self) -> None:
        """Leave nothing in any file of what the record has no chunk of. Searches go on meanwhile; nothing may
        be added. Raises IndexUnavailable, StorageFull."""
        strays = self.current.vectors.ids() - self._record.chunk_ids()
        self.current.vectors.delete(sorted(strays))
        reached("index.strays-deleted")
        self.current.words.refill(self._record.indexed_texts())
        reached("index.words-refilled")
        self._server.rewrite()

    def _open_or_make(self, *, start_anew: bool, mend: bool) -> None:
        name = self._record.setting(POINTER)
        try:
            if name is not None:
                self._generation = self._open(name, mend=mend)
        except (IndexMismatch, IndexUnavailable):
            if not start_anew:
                raise
        if self._generation is None:
            self.use(self.new_generation())

    def _open(self, name: str, *, mend: bool) -> "Generation":
        vectors = self._server.open(name, fingerprint=self._fingerprint)
        directory = self._lexical_directory(name)
        try:
            words = LexicalIndex(directory)
        except IndexUnavailable:
            if not mend:
                raise
            lexical.drop(directory)
            words = LexicalIndex(directory)
        return Generation(name, vectors, words)

    def close(self) -> None:
        self.current.words.close()
        self._server.close()
        probe.note(self._directory)

    def _lexical_directory(self, name: str) -> Path:
        return self._directory / "lexical" / name


class Generation:
    def __init__(self, name: str, vectors: VectorStore, words: LexicalIndex) -> None:
        self.name = name
        self.vectors = vectors
        self.words = words

    def add(self, chunks: Sequence[Chunk], vectors: NDArray[np.float32], facts: Sequence[Facts]) -> None:
        """Safe to repeat: the ids are content-addressed."""
        if len(vectors) != len(chunks):
            raise EmbeddingError(
                f"the embedding model gave {len(vectors)} vectors for {len(chunks)} texts",
                remedy="The embedding model is damaged: run `parley fetch-model`, then ingest again.",
            )
        nodes = [node_of(c, f, embedding=v) for c, v, f in zip(chunks, vectors, facts, strict=True)]
        reached("index.adding")
        self.vectors.add(nodes)
        reached("index.vectors-added")
        self.words.add(chunks)
        reached("index.words-added")

    def delete(self, chunk_ids: Sequence[str]) -> None:
        if chunk_ids:
            self.vectors.delete(chunk_ids)
            self.words.delete(chunk_ids)


def _open_chroma(directory: Path, *, start_anew: bool) -> ChromaServer:
    """With `start_anew` a Chroma that is damaged beyond opening is thrown away: the record has it all."""
    try:
        return ChromaServer(directory)
    except IndexUnavailable:
        if not start_anew:
            raise
        shutil.rmtree(directory, ignore_errors=True)
        return ChromaServer(directory)


def forget(generation: Generation, chunk_ids: Sequence[str]) -> None:
    """Delete what can no longer be found anyway: a failure here costs room, not truth, and
    `parley check-index` finds what was left."""
    reached("index.forgetting")
    try:
        generation.delete(chunk_ids)
    except (IndexUnavailable, StorageFull):
        return
