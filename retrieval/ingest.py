"""Sources become articles that can be found.

    parse -> received -> parsed -> embedded -> indexed -> visible

A source is parsed before anything is stored, so that a bad one leaves no trace. From `received` on, the
journal lets a restart finish what a crash cut short. Articles go through in batches: a batch pays once
for each commit of the record and the index. Only that is done one at a time: while a long article is read and
embedded, others and deletions pass by.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from retrieval.article import Article, Chunk
from retrieval.chunks import chunks_of, left_out, within_bounds
from retrieval.embed import Embedder
from retrieval.erasure import INDEX, RECORD, erase_unheld, mark, marked, purge, rewrite_record, unmark
from retrieval.errors import (
    EmbeddingError,
    Overtaken,
    ParleyError,
    ParserUnavailable,
    ReadingFailed,
    SourceError,
    UnreadableSource,
)
from retrieval.index import Index, forget
from retrieval.journal import Job, Journal, Step, advance, first_version, forget_jobs
from retrieval.outcome import Ingested, Outcome
from retrieval.parse import Parsed
from retrieval.parsing import Parser
from retrieval.record import Record, bump_corpus_version, hide
from retrieval.sources import Source
from retrieval.turns import Turns
from retrieval.versions import Newest, make_visible, newest, searched_to

BATCH_ARTICLES = 32
SEEDED = "seeded_at"
_OVERTAKEN = "a later change of the same article came first"
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]")

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class _Pending:
    """An article on its way to being visible. `vectors` are the chunks', a row each."""

    job: Job
    article: Article
    identity: str
    chunks: list[Chunk]
    outcome: Outcome
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))


class Ingester:
    """Safe to share between threads. Of two changes of one article the later counts, whichever ends first."""

    def __init__(self, record: Record, index: Index, embedder: Embedder) -> None:
        self._record = record
        self._index = index
        self._embedder = embedder
        self._journal = Journal(record.database)
        self._parser = Parser()
        self._turns = Turns()
        self._one_at_a_time = threading.Lock()
        self._at_work: set[int] = set()  # the jobs of calls that go on

    def close(self) -> None:
        self._parser.close()

    def ingest(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """Each source's outcome, in order, once its batch is visible. A refused source stops no other."""
        for batch in _in_batches(sources, BATCH_ARTICLES):
            yield from self._receive_and_finish(batch)

    def ingest_seeds(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """On the very first start only, so that a seed article that was deleted doesn't come back."""
        if self._record.setting(SEEDED) is None:
            yield from self._receive_and_finish(list(sources), mark=(SEEDED, datetime.now(UTC).isoformat()))

    def unfinished(self) -> bool:
        """Whether an earlier process left anything to finish."""
        return bool(self._journal.unfinished())

    def resume(self) -> Iterator[Ingested]:
        """Finish what an earlier process left unfinished; what a later change overtook is to be erased.
        A job that can't be read now through no fault of its article's is left: once the others are done,
        ParserUnavailable or ReadingFailed is raised."""
        good: list[tuple[Job, Parsed]] = []
        left: ParleyError | None = None
        for job in self._journal.unfinished():
            parsed = self._read(job.source)
            if isinstance(parsed, ParserUnavailable | ReadingFailed):
                left = parsed
            elif isinstance(parsed, SourceError):
                self._journal.advance([job.id], Step.REFUSED, error=parsed.message)
            elif self._overtaken(job, parsed):
                with self._one_at_a_time:
                    self._refuse_late([job.id])
            else:
                good.append((job, parsed))
        for batch in _in_batches(good, BATCH_ARTICLES):
            with self._turns.turn() as turn:
                results = self._finish_or_refuse(batch, turn)
            yield from results.values()
        if left is not None:
            raise left

    def _finish_or_refuse(self, batch: Sequence[tuple[Job, Parsed]], turn: int) -> dict[int, Ingested]:
        """One article that can't be embedded must not stop every start: its batch goes one by one, and it
        is refused."""
        try:
            return self._finish(batch, turn)
        except EmbeddingError as error:
            if len(batch) > 1:
                return {k: v for one in batch for k, v in self._finish_or_refuse([one], turn).items()}
            ((job, _),) = batch
            self._journal.advance([job.id], Step.REFUSED, error=error.message)
            refusal = UnreadableSource(f"{job.source.name}: {error.message}", remedy=error.remedy)
            return {job.id: Ingested(job.source.name, Outcome.REFUSED, error=refusal)}

    def delete(self, id_: str) -> None:
        """Found by no search that starts after this returns, and in no file of the index; the record keeps
        the versions that something holds. Raises ArticleNotFound; IndexUnavailable or DataDirectoryError
        where it is hidden, but a file can't be rewritten now: the next start does, or deleting again. What
        was changed by a call that came later stays as that call left it. A waiting job that can't be read
        now is left: the next start refuses it."""
        with self._turns.turn() as turn, self._left_of(id_) as jobs:
            if self._turns.overtaken(id_, turn):
                return
            try:
                with self._record.database.write() as connection:
                    hide(connection, id_)
                    erase_unheld(connection, [id_], jobs=jobs)
                    mark(connection, RECORD, INDEX)
                self._turns.changed(id_, turn)
            finally:
                self._erase()

    def purge(self, id_: str, *, also: Callable[[sa.Connection], None] = lambda _: None) -> None:
        """Erase every version, held or not. `also` does in the same transaction what its holders need.
        Purged again, it stays purged. It takes what is there when its turn at the lock comes, also what a
        later call has changed. Raises what `delete` raises."""
        with self._turns.turn() as turn, self._left_of(id_) as jobs:
            with self._record.database.write() as connection:
                also(connection)
                purge(connection, id_, jobs=jobs)
            self._turns.changed(id_, turn)
            self._erase()

    def finish_erasing(self) -> bool:
        """What an earlier process deleted and didn't get to erase. Whether there was any."""
        with self._one_at_a_time:
            database = self._record.database
            if not marked(database, RECORD) and not marked(database, INDEX):
                return False
            with database.write() as connection:
                erase_unheld(connection)
            self._erase()
        return True

    def _erase(self) -> None:
        """Every file that a deletion has marked."""
        database = self._record.database
        rewrite_record(database)
        if marked(database, INDEX):
            self._index.erase_strays()
            unmark(database, INDEX)

    @contextmanager
    def _left_of(self, id_: str) -> Iterator[list[int]]:
        """One at a time: an article's jobs that failed and wait for the next start, since they hold its text.
        They are read before, which may take long. One that is at work is no business of a deletion: it ends
        by itself, refused if it is the earlier."""
        with self._one_at_a_time:
            waiting = [job for job in self._journal.unfinished() if job.id not in self._at_work]
        parsed = [(job, self._read(job.source)) for job in waiting]
        its = [job.id for job, text in parsed if isinstance(text, Parsed) and _is_of(id_, job, text)]
        with self._one_at_a_time:
            yield [id_ for id_ in its if id_ not in self._at_work]

    def _receive_and_finish(
        self, batch: Sequence[Source], *, mark: tuple[str, str] | None = None
    ) -> list[Ingested]:
        outcomes = [self._try_parse(source) for source in batch]
        good = [(s, p) for s, p in zip(batch, outcomes, strict=True) if isinstance(p, Parsed)]
        with self._turns.turn() as turn, self._received([source for source, _ in good], mark) as jobs:
            results = self._finish([(job, p) for job, (_, p) in zip(jobs, good, strict=True)], turn)
        finished = iter([results[job.id] for job in jobs])
        return [
            Ingested(source.name, Outcome.REFUSED, error=outcome)
            if isinstance(outcome, SourceError)
            else next(finished)
            for source, outcome in zip(batch, outcomes, strict=True)
        ]

    @contextmanager
    def _received(self, sources: Sequence[Source], mark: tuple[str, str] | None) -> Iterator[list[Job]]:
        with self._one_at_a_time:
            jobs = self._journal.receive(sources, mark=mark)
            self._at_work |= {job.id for job in jobs}
        try:
            yield jobs
        finally:
            with self._one_at_a_time:
                self._at_work -= {job.id for job in jobs}

    def _finish(self, parsed: Sequence[tuple[Job, Parsed]], turn: int) -> dict[int, Ingested]:
        """From `received` to `visible`. A second source with the same identity waits for the first."""
        batch: dict[str, _Pending] = {}
        here: dict[str, _Pending] = {}
        later: list[tuple[Job, Parsed]] = []
        for job, text in parsed:
            article, identity = first_version(job, text)
            known = newest(self._record.database, article.id)
            if article.id in batch or article.id in here:
                later.append((job, text))
            elif known is not None and known.same_as(article):
                here[article.id] = _Pending(job, article, identity, [], Outcome.UNCHANGED)
            else:
                version, outcome = _next(known)
                article = replace(article, version=version)
                batch[article.id] = _Pending(job, article, identity, self._chunks(article), outcome)
        results = self._leave_unchanged(list(here.values()), turn)
        later += [(job, text) for job, text in parsed if job.id in _jobs(here.values()) - results.keys()]
        results |= self._publish(list(batch.values()), turn)
        return results | (self._finish(later, turn) if later else {})

    def _leave_unchanged(self, here: Sequence[_Pending], turn: int) -> dict[int, Ingested]:
        """What is here already. Left out are those that another change has made different meanwhile."""
        if not here:
            return {}
        with self._one_at_a_time:
            late = [p for p in here if self._turns.overtaken(p.article.id, turn)]
            rest = [p for p in here if not self._turns.overtaken(p.article.id, turn)]
            same = [now for p in rest if (now := self._as_it_is(p)) is not None]
            self._journal.advance([p.job.id for p in same], Step.VISIBLE)
            for pending in same:
                self._turns.changed(pending.article.id, turn)
            if late:
                self._refuse(late)
            return {p.job.id: _late(p) for p in late} | {p.job.id: self._unchanged(p) for p in same}

    def _as_it_is(self, pending: _Pending) -> _Pending | None:
        known = newest(self._record.database, pending.article.id)
        if known is None or not known.same_as(pending.article):
            return None
        return replace(pending, article=replace(pending.article, version=known.version))

    def _unchanged(self, pending: _Pending) -> Ingested:
        article = pending.article
        to = searched_to(self._record.database, [article.id]).get(article.id)
        return _ingested(pending.job, article, Outcome.UNCHANGED, searched_to=to)

    def _overtaken(self, job: Job, parsed: Parsed) -> bool:
        """Whether the article was changed or deleted after this failed: it must not turn back."""
        known = newest(self._record.database, first_version(job, parsed)[0].id)
        return known is not None and known.changed_at > job.received_at

    def _chunks(self, article: Article) -> list[Chunk]:
        """Without those that hold no word, such as a line of invisible characters: nothing finds them."""
        every = within_bounds(chunks_of(article, fits=self._fits), count=self._embedder.token_count)
        return [chunk for chunk in every if self._holds_word(chunk.embedded_text)]

    def _holds_word(self, text: str) -> bool:
        """By the tokenizer, which is asked only where no plain letter or digit settles it."""
        return bool(_PLAIN_WORD.search(text) or self._embedder.token_count(text))

    def _fits(self, text: str) -> bool:
        return self._embedder.token_count(text) <= self._embedder.max_tokens

    def _publish(self, batch: Sequence[_Pending], turn: int) -> dict[int, Ingested]:
        """Embeds first, which takes long; the rest is quick, and is one at a time."""
        if not batch:
            return {}
        jobs = [pending.job.id for pending in batch]
        self._index.make_sure_of_room(sum(len(pending.chunks) for pending in batch))
        self._journal.advance(jobs, Step.PARSED)
        embedded = self._embedded(batch)
        self._journal.advance(jobs, Step.EMBEDDED)
        with self._one_at_a_time:
            late = [p for p in embedded if self._turns.overtaken(p.article.id, turn)]
            mine = [self._renewed(p) for p in embedded if not self._turns.overtaken(p.article.id, turn)]
            self._make_found(mine)
            for pending in mine:
                self._turns.changed(pending.article.id, turn)
            if late:
                self._refuse(late)
        return {p.job.id: _late(p) for p in late} | {p.job.id: _published(p) for p in mine}

    def _embedded(self, batch: Sequence[_Pending]) -> list[_Pending]:
        vectors = self._embedder.embed([chunk.embedded_text for p in batch for chunk in p.chunks])
        ends = np.cumsum([len(pending.chunks) for pending in batch])
        rows = np.split(vectors, ends[:-1])
        return [replace(pending, vectors=own) for pending, own in zip(batch, rows, strict=True)]

    def _renewed(self, pending: _Pending) -> _Pending:
        """As the next version, where another has come since: ids depend on it, vectors don't."""
        if not self._turns.touched(pending.article.id):
            return pending
        version, outcome = _next(newest(self._record.database, pending.article.id))
        if version == pending.article.version:
            return replace(pending, outcome=outcome)
        article = replace(pending.article, version=version)
        return replace(pending, article=article, chunks=self._chunks(article), outcome=outcome)

    def _make_found(self, batch: Sequence[_Pending]) -> None:
        if not batch:
            return
        jobs = [pending.job.id for pending in batch]
        every = [chunk for pending in batch for chunk in pending.chunks]
        facts = [pending.article.facts for pending in batch for _ in pending.chunks]
        self._index.current.add(every, np.concatenate([pending.vectors for pending in batch]), facts)
        self._journal.advance(jobs, Step.INDEXED)
        replaced: list[str] = []
        with self._record.database.write() as connection:
            for pending in batch:
                replaced += make_visible(
                    connection, pending.article, identity=pending.identity, parts=pending.chunks
                )
            advance(connection, jobs, Step.VISIBLE)
            bump_corpus_version(connection)
        forget(self._index.current, replaced)

    def _refuse(self, late: Sequence[_Pending]) -> None:
        """And erase their text: the later change may have been a deletion."""
        self._refuse_late([pending.job.id for pending in late])
        self._erase()

    def _refuse_late(self, jobs: Sequence[int]) -> None:
        with self._record.database.write() as connection:
            advance(connection, jobs, Step.REFUSED, error=_OVERTAKEN)
            forget_jobs(connection)
            mark(connection, RECORD)

    def _try_parse(self, source: Source) -> Parsed | SourceError:
        try:
            return self._parser.parse(source)
        except SourceError as error:
            return error

    def _read(self, source: Source) -> Parsed | SourceError | ParserUnavailable:
        try:
            return self._try_parse(source)
        except ParserUnavailable as error:
            return error


def _is_of(id_: str, job: Job, parsed: Parsed) -> bool:
    return first_version(job, parsed)[0].id == id_


def _next(known: Newest | None) -> tuple[int, Outcome]:
    """The version that follows, and what has come of it."""
    if known is None:
        return 1, Outcome.ADDED
    return known.version + 1, Outcome.ADDED if known.erased else Outcome.UPDATED


def _jobs(pending: Iterable[_Pending]) -> set[int]:
    return {one.job.id for one in pending}


def _published(pending: _Pending) -> Ingested:
    to = pending.chunks[-1].end if pending.chunks else None
    return _ingested(pending.job, pending.article, pending.outcome, searched_to=to)


def _late(pending: _Pending) -> Ingested:
    name = pending.job.source.name
    error = Overtaken(f"{name}: {_OVERTAKEN}", remedy="send it again if it is to be the newest")
    return Ingested(name, Outcome.REFUSED, error=error)


def _ingested(job: Job, article: Article, outcome: Outcome, *, searched_to: int | None) -> Ingested:
    too_long = left_out(article, searched_to)
    return Ingested(job.source.name, outcome, article.id, article.version, left_out=too_long)


def _in_batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
