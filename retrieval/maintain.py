"""Is the index what the record says, and making it so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain

from retrieval.article import Chunk
from retrieval.batches import in_batches
from retrieval.database import Duty
from retrieval.embed import Embedder
from retrieval.erasure import INDEX, erase_marked, mark
from retrieval.errors import IndexUnavailable, ParleyError
from retrieval.failpoints import reached
from retrieval.index import Generation, Index
from retrieval.record import Record

_BATCH_CHUNKS = 256
_PATIENCE = 1.0  # seconds between two looks whether another's reindex has ended
_NEAREST = 5
_SAID = 20  # BM25 puts longer texts with the same words before the text itself


@dataclass(frozen=True, slots=True)
class IndexReport:
    """Ids that one side has and the other lacks, and how a sample of chunks found itself."""

    chunks: int
    missing_vectors: tuple[str, ...]
    missing_words: tuple[str, ...]
    stray_vectors: tuple[str, ...]
    stray_words: tuple[str, ...]
    sampled: int
    found_themselves: int
    found_by_words: int

    @property
    def sound(self) -> bool:
        """Strays are dropped from every answer, so they cost room, not truth; but they are drift."""
        drift = self.missing_vectors or self.missing_words or self.stray_vectors or self.stray_words
        return not drift and min(self.found_themselves, self.found_by_words) >= 0.995 * self.sampled


def check(record: Record, index: Index, embedder: Embedder, *, sample: int = 200) -> IndexReport:
    """Compare ids both ways, and search for a sample of chunks by the embedding of their own text, and by
    its words."""
    known = record.chunk_ids()
    vectors, words = index.current.vectors.ids(), index.current.words.ids()
    chosen = _spread(sorted(known), sample)
    by_vectors, by_words = _self_found(record, index.current, embedder, chosen)
    return IndexReport(
        chunks=len(known),
        missing_vectors=tuple(sorted(known - vectors)),
        missing_words=tuple(sorted(known - words)),
        stray_vectors=tuple(sorted(vectors - known)),
        stray_words=tuple(sorted(words - known)),
        sampled=len(chosen),
        found_themselves=by_vectors,
        found_by_words=by_words,
    )


def rebuild(
    record: Record, index: Index, embedder: Embedder, *, say: Callable[[int, int], None] = lambda *_: None
) -> int:
    """Fill a new generation from the record, while the one in use is searched and articles come and go, and
    switch to it. Returns the number of chunks. `say` is told how many of how many are done."""
    total = record.chunk_count()
    index.make_sure_of_room(total)
    with _alone(record, lambda: say(0, total)):
        generation = index.new_generation()
        try:
            _fill(record, index, embedder, generation, say)
        except ParleyError:
            with suppress(ParleyError), record.database.only(Duty.ARTICLES):
                _drop(record, index, generation)
            raise
    return record.chunk_count()


@contextmanager
def _alone(record: Record, waiting: Callable[[], None]) -> Iterator[None]:
    """Two that reindex would each drop what the other is filling. `waiting` may raise, to end the wait."""
    while True:
        with record.database.only(Duty.REINDEX, patience=_PATIENCE) as mine:
            if mine:
                yield
                return
        waiting()


def _fill(
    record: Record,
    index: Index,
    embedder: Embedder,
    generation: Generation,
    say: Callable[[int, int], None],
) -> None:
    total, done = record.chunk_count(), 0
    for batch in in_batches(chain.from_iterable(record.all_chunks()), _BATCH_CHUNKS):
        reached("reindex.filling")
        _add(record, generation, embedder, batch)
        done += len(batch)
        say(min(done, total), total)
    with record.database.only(Duty.ARTICLES):
        if _catch_up(record, generation, embedder):
            with record.database.write() as connection:
                mark(connection, INDEX)
        reached("reindex.filled")
        index.use(generation)
        erase_marked(record.database, index, reindexing=True)


def _drop(record: Record, index: Index, generation: Generation) -> None:
    """With what was deleted since it was read: a collection that is dropped leaves its text in the file."""
    with suppress(ParleyError):  # a full disk keeps nothing from being dropped
        if (generation.vectors.ids() | generation.words.ids()) - record.chunk_ids():
            with record.database.write() as connection:
                mark(connection, INDEX)
    index.drop_others()
    erase_marked(record.database, index, reindexing=True)


def _catch_up(record: Record, generation: Generation, embedder: Embedder) -> bool:
    """With what has changed since it was read. Whether it holds what the record no longer does."""
    known = record.chunk_ids()
    vectors, words = generation.vectors.ids(), generation.words.ids()
    for batch in in_batches(sorted(known - (vectors & words)), _BATCH_CHUNKS):
        refs = record.chunk_refs(batch).values()
        opened = record.opened({(ref.article_id, ref.version) for ref in refs}).values()
        missing = [chunk for _, its in opened for chunk in its if chunk.id in set(batch)]
        _add(record, generation, embedder, missing)
    return bool((vectors | words) - known)


def mend_words(record: Record, index: Index) -> bool:
    """Where only they are missing: that takes no embedding. Whether they were."""
    known = record.chunk_count()
    missing = index.current.words.count() < known <= index.current.vectors.count()
    if missing:
        index.current.words.refill(record.indexed_texts())
    return missing


def needs_rebuild(record: Record, index: Index) -> bool:
    """A cheap look at start: does the index have every chunk that the record has, by count? Strays are
    no reason; `check` finds what this cannot."""
    return min(index.current.words.count(), index.current.vectors.count()) < record.chunk_count()


def finds_itself(record: Record, index: Index, embedder: Embedder) -> bool:
    """One real query: does a chunk of the record come back for its own text, by its vector and by its words?
    True for an empty corpus. Asked once more where another generation has taken the place of that."""
    id_, generation = record.first_chunk_id(), index.current
    if id_ is None:
        return True
    try:
        return _self_found(record, generation, embedder, [id_]) == (1, 1)
    except IndexUnavailable:
        if index.current is generation:
            raise
    return _self_found(record, index.current, embedder, [id_]) == (1, 1)


def _add(record: Record, generation: Generation, embedder: Embedder, chunks: Sequence[Chunk]) -> None:
    """Those whose article is still here."""
    opened = record.opened({(c.article_id, c.version) for c in chunks})
    here = [c for c in chunks if (c.article_id, c.version) in opened]
    vectors = embedder.embed([chunk.embedded_text for chunk in here])
    generation.add(here, vectors, [opened[c.article_id, c.version][0].facts for c in here])


def _self_found(
    record: Record, generation: Generation, embedder: Embedder, ids: Sequence[str]
) -> tuple[int, int]:
    """How many come back for their own text by vectors, and how many by words."""
    texts = record.embedded_texts(ids)
    vectors = embedder.embed(list(texts.values())) if texts else ()
    near = [generation.vectors.query(vector, k=_NEAREST) for vector in vectors]
    searched = {id_: text for id_, text in texts.items() if generation.words.searches(text)}
    said = [generation.words.search(text, k=_SAID) for text in searched.values()]
    unsearched = len(texts) - len(searched)
    return _own(record, texts, near), unsearched + _own(record, searched, said)


def _own(record: Record, texts: Mapping[str, str], found: Sequence[Sequence[tuple[str, float]]]) -> int:
    """How many bring their own, or a copy with the same words in its place: where more articles have a chunk
    in common than are asked for, which of them come first is chance."""
    words = record.embedded_texts({id_ for hits in found for id_, _ in hits})
    return sum(
        any(words.get(hit) == text for hit, _ in hits)
        for text, hits in zip(texts.values(), found, strict=True)
    )


def _spread(ids: Sequence[str], size: int) -> list[str]:
    """Evenly spread; ids are digests, so that is as good as chance, and the same each time."""
    step = max(1, len(ids) // size)
    return list(ids[::step][:size])
