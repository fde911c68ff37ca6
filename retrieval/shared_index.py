"""The index that several processes share: vectors in a Chroma server, words in PostgreSQL.

Which generation is in use the record says, and is asked each time: another process may have made a new one.
"""

import uuid
from threading import Lock

from retrieval.errors import IndexMismatch, IndexUnavailable, RecordLost
from retrieval.identity import CORPUS, POINTER
from retrieval.index import Generation, Index
from retrieval.postgres_words import PostgresWords
from retrieval.record import Record
from retrieval.served_chroma import ChromaAddress, ServedChroma


class SharedIndex(Index):
    def __init__(
        self, address: ChromaAddress, record: Record, *, fingerprint: str, start_anew: bool = False
    ) -> None:
        """As `Index`, for one process at a time. Raises RecordLost where the record knows nothing, and Chroma
        has a corpus."""
        self._record = record
        self._fingerprint = fingerprint
        self._opening = Lock()
        self._generation: Generation | None = None
        corpus = record.setting(CORPUS) or uuid.uuid4().hex
        self._server: ServedChroma = ServedChroma(address, corpus=corpus)
        try:
            if record.setting(CORPUS) is None:
                _refuse_lost(self._server, address)
                record.set_setting(CORPUS, corpus)
            self._open_or_make(start_anew=start_anew)
        except BaseException:
            self._server.close()
            raise

    @property
    def current(self) -> Generation:
        name = self._record.setting(POINTER)
        with self._opening:
            if self._generation is None or self._generation.name != name:
                self._generation = self._open(name or "")
            return self._generation

    def make_sure_of_room(self, chunks: int) -> None:
        """Chroma's server and PostgreSQL see to their disks themselves."""

    def new_generation(self) -> Generation:
        name = f"chunks-{uuid.uuid4().hex[:12]}"
        return self._of(name, self._server.create(name, fingerprint=self._fingerprint))

    def use(self, generation: Generation) -> None:
        self._switch(generation)
        self.drop_others()

    def has_others(self) -> bool:
        """None that leave text in a file of ours once they are dropped."""
        return False

    def drop_others(self) -> None:
        name = self.current.name
        self._server.drop_others(keep=name)
        PostgresWords(self._record.database, name).drop_others()

    def erase_strays(self) -> None:
        """Leave nothing to be found of what the record has no chunk of."""
        known = self._record.chunk_ids()
        for part in (self.current.vectors, self.current.words):
            part.delete(sorted(part.ids() - known))

    def close(self) -> None:
        self._server.close()

    def _open_or_make(self, *, start_anew: bool, mend: bool = False) -> None:
        del mend  # PostgreSQL's words are rows of the record
        name = self._record.setting(POINTER)
        try:
            if name is not None:
                self._generation = self._open(name)
        except (IndexMismatch, IndexUnavailable):
            if not start_anew:
                raise
        if self._generation is None:
            self._switch(self.new_generation())  # another process may be filling one

    def _switch(self, generation: Generation) -> None:
        self._record.set_setting(POINTER, generation.name)
        with self._opening:
            self._generation = generation

    def _open(self, name: str, *, mend: bool = False) -> Generation:
        del mend
        return self._of(name, self._server.open(name, fingerprint=self._fingerprint))

    def _of(self, name: str, vectors: object) -> Generation:
        return Generation(name, vectors, PostgresWords(self._record.database, name))  # type: ignore[arg-type]


def _refuse_lost(server: ServedChroma, address: ChromaAddress) -> None:
    """An index without its record must not pass for a first start."""
    if server.corpora():
        raise RecordLost(
            f"the record is empty, but Chroma at {address.url} (tenant {address.tenant}, database "
            f"{address.database}) holds a corpus: its record is lost, or another database",
            remedy="Put the record back with pg_restore, or name its database in PARLEY_RECORD_URL; or, for "
            "a corpus of its own, name another PARLEY_CHROMA_DATABASE.",
        )
