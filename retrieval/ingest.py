"""Sources become articles that can be found.

    parse -> received -> parsed -> embedded -> indexed -> visible

A source is parsed before anything is stored, so that a bad one leaves no trace. From `received` on, the
journal lets a restart finish what a crash cut short. Articles go through in batches: a batch pays once
for each commit of the record and the index. Only that is done one at a time: while a long article is read and
embedded, others and deletions pass by.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import numpy as np
import sqlalchemy as sa

from retrieval.at_work import AtWork
from retrieval.batches import by_weight, in_batches
from retrieval.database import Duty
from retrieval.embed import Embedder
from retrieval.erasure import INDEX, RECORD, erase_marked, erase_unheld, mark, marked, purge
from retrieval.errors import (
    EmbeddingError,
    PackageFault,
    ParleyError,
    ParserUnavailable,
    ReadingFailed,
    SourceError,
    UnreadableSource,
)
from retrieval.index import Index, forget
from retrieval.journal import Job, Journal, Step, advance, first_version, forget_jobs
from retrieval.ledger import NOTHING, Ledger
from retrieval.outcome import Ingested, Outcome
from retrieval.parse import Parsed
from retrieval.parsing import Parser
from retrieval.pending import (
    OVERTAKEN,
    Pending,
    as_they_are,
    embedded,
    publish,
    stale,
    told_from_copies,
)
from retrieval.record import Record, bump_corpus_version, hide
from retrieval.sources import Source
from retrieval.turns import turns_of
from retrieval.versions import is_stale, newest, newest_of

BATCH_ARTICLES = 32
_MOST_SMALL, _SMALL, _LARGE = 256, 128 * 1024, 16 * 1024**2  # articles in a batch, and bytes of them all
SEEDED = "seeded_at"


class Ingester:
    """Safe to share between threads, and beside those of other processes. Of two changes of one article the
    later counts, whichever ends first."""

    def __init__(self, record: Record, index: Index, embedder: Embedder, ledger: Ledger = NOTHING) -> None:
        self._record = record
        self._index = index
        self._embedder = embedder
        self._ledger = ledger
        self._journal = Journal(record.database)
        self._parser = Parser()
        self._turns = turns_of(record.database)
        self._one_at_a_time = partial(record.database.only, Duty.ARTICLES)
        self._at_work = AtWork(self._journal)

    def close(self) -> None:
        self._parser.close()

    def ingest(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """Each source's outcome, in order, once its batch is visible. A refused source stops no other."""
        for batch in _batches(sources):
            yield from self._receive_and_finish(batch, mark=None if self._started() else _started_now())

    def ingest_seeds(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """On the first start of an empty corpus only: a seed article that was deleted doesn't come back."""
        if not self._started():
            yield from self._receive_and_finish(list(sources), mark=_started_now())

    def _started(self) -> bool:
        return self._record.setting(SEEDED) is not None or self._record.article_count() > 0

    def unfinished(self) -> bool:
        """Whether another process left anything to finish."""
        return bool(self._at_work.left())

    def resume(self) -> Iterator[Ingested]:
        """Finish what processes that are gone left unfinished; what a later change overtook is to be erased.
        A job that can't be read now through no fault of its article's is left: once the others are done,
        ParserUnavailable, PackageFault or ReadingFailed is raised."""
        good: list[tuple[Job, Parsed]] = []
        left: ParleyError | None = None
        with self._at_work.on_what_is_left() as jobs:
            for job in jobs:
                parsed = self._read(job.source)
                if isinstance(parsed, ParserUnavailable | PackageFault | ReadingFailed):
                    left = parsed
                elif isinstance(parsed, SourceError):
                    self._journal.advance([job.id], Step.REFUSED, error=parsed.message)
                elif self._overtaken(job, parsed):
                    with self._one_at_a_time():
                        self._refuse([job.id])
                else:
                    good.append((job, parsed))
            for batch in in_batches(good, self._turns.resumed_at_once or BATCH_ARTICLES):
                with self._turns.turn(resumed=batch[0][0].id) as turn:
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
            if self._turns.overtaken({id_}, turn):
                return
            try:
                with self._record.database.write() as connection:
                    hide(connection, id_)
                    erase_unheld(connection, [id_], jobs=jobs)
                    mark(connection, RECORD, INDEX)
                self._turns.changed({id_}, turn)
            finally:
                erase_marked(self._record.database, self._index)

    def purge(self, id_: str, *, also: Callable[[sa.Connection], None] = lambda _: None) -> None:
        """Erase every version, held or not. `also` does in the same transaction what its holders need.
        Purged again, it stays purged. It takes what is there when its turn at the lock comes, also what a
        later call has changed. Raises what `delete` raises."""
        with self._turns.turn() as turn, self._left_of(id_) as jobs:
            with self._record.database.write() as connection:
                also(connection)
                purge(connection, id_, jobs=jobs)
            self._turns.changed({id_}, turn)
            erase_marked(self._record.database, self._index)

    def finish_erasing(self) -> bool:
        """What an earlier process deleted and didn't get to erase. Whether there was any."""
        with self._one_at_a_time():
            database = self._record.database
            if not marked(database, RECORD) and not marked(database, INDEX):
                return False
            with database.write() as connection:
                erase_unheld(connection)
            erase_marked(database, self._index)
        return True

    @contextmanager
    def _left_of(self, id_: str) -> Iterator[list[int]]:
        """One at a time: an article's jobs that failed and wait for the next start, since they hold its text.
        They are read before, which may take long. One that is at work is no business of a deletion: it ends
        by itself, refused if it is the earlier."""
        parsed = [(job, self._read(job.source)) for job in self._at_work.left()]
        its = [job.id for job, text in parsed if isinstance(text, Parsed) and _id_of(job, text) == id_]
        with self._one_at_a_time():
            yield [id_ for id_ in its if id_ not in self._at_work]

    def _receive_and_finish(
        self, batch: Sequence[Source], *, mark: tuple[str, str] | None = None
    ) -> list[Ingested]:
        read = [(source, self._try_parse(source)) for source in batch]
        good = [(source, parsed) for source, parsed in read if isinstance(parsed, Parsed)]
        sources = [source for source, _ in good]
        received = partial(self._journal.receive, sources, mark=mark)
        with self._turns.turn() as turn, self._at_work.on(received) as jobs:
            results = self._finish([(job, p) for job, (_, p) in zip(jobs, good, strict=True)], turn)
        finished = iter([results[job.id] for job in jobs])
        return [
            next(finished) if isinstance(p, Parsed) else Ingested(source.name, Outcome.REFUSED, error=p)
            for source, p in read
        ]

    def _finish(self, parsed: Sequence[tuple[Job, Parsed]], turn: int) -> dict[int, Ingested]:
        """From `received` to `visible`. A second source with the same identity waits for the first."""
        batch: dict[str, Pending] = {}
        here: dict[str, Pending] = {}
        later: list[tuple[Job, Parsed]] = []
        first = [Pending(job, *first_version(job, text), notes=text.notes) for job, text in parsed]
        found = newest_of(self._record.database, {pending.article.id for pending in first})
        for (job, text), new in zip(parsed, first, strict=True):
            id_ = new.article.id
            known = found.get(id_)
            pending = new.knowing(known)
            if id_ in batch or id_ in here:
                later.append((job, text))
            elif known is not None and known.same_as(pending.article):
                here[id_] = pending
            else:
                batch[id_] = pending.following(known, self._embedder)
        results = self._in_time(list(here.values()), turn, self._leave_unchanged) if here else {}
        made_different = {pending.job.id for pending in here.values()} - results.keys()
        later += [(job, text) for job, text in parsed if job.id in made_different]
        results |= self._publish(list(batch.values()), turn)
        return results | (self._finish(later, turn) if later else {})

    def _in_time(
        self, batch: Sequence[Pending], turn: int, do: Callable[[Sequence[Pending]], Sequence[Pending]]
    ) -> dict[int, Ingested]:
        """One at a time, what no later change has overtaken. `do` gives what it has done. The text of the
        others is erased: the later change may have been a deletion."""
        database = self._record.database
        with self._one_at_a_time():
            overtaken = self._turns.overtaken({p.article.id for p in batch}, turn)
            old = [*stale(batch, database), *(p for p in batch if p.article.id in overtaken)]
            late = {p.job.id: p for p in old}
            done = do([p for p in batch if p.job.id not in late])
            if done:
                self._turns.changed({p.article.id for p in done}, turn)
            if late:
                self._refuse(list(late))
                erase_marked(database, self._index)
        return {id_: p.overtaken() for id_, p in late.items()} | {p.job.id: p.ingested() for p in done}

    def _leave_unchanged(self, here: Sequence[Pending]) -> Sequence[Pending]:
        """Left out are those that another change has made different meanwhile."""
        database = self._record.database
        same = as_they_are(here, database)
        self._journal.advance([pending.job.id for pending in same], Step.VISIBLE)
        return told_from_copies(same, database)

    def _overtaken(self, job: Job, parsed: Parsed) -> bool:
        """Whether the article was changed or deleted after this failed: it must not turn back."""
        known = newest(self._record.database, _id_of(job, parsed))
        later = known is not None and known.changed_at > job.received_at
        return later or is_stale(job.source.revises, known)

    def _publish(self, batch: Sequence[Pending], turn: int) -> dict[int, Ingested]:
        """Embeds first, which takes long; the rest is quick, and is one at a time."""
        if not batch:
            return {}
        jobs = [pending.job.id for pending in batch]
        self._index.make_sure_of_room(sum(len(pending.chunks) for pending in batch))
        self._journal.advance(jobs, Step.PARSED)
        ready = embedded(batch, self._embedder, self._ledger)
        self._journal.advance(jobs, Step.EMBEDDED)
        return self._in_time(ready, turn, self._make_found)

    def _make_found(self, batch: Sequence[Pending]) -> Sequence[Pending]:
        if not batch:
            return batch
        batch = self._renewed(batch)
        jobs = [pending.job.id for pending in batch]
        every = [chunk for pending in batch for chunk in pending.chunks]
        facts = [pending.article.facts for pending in batch for _ in pending.chunks]
        self._index.current.add(every, np.concatenate([pending.vectors for pending in batch]), facts)
        self._journal.advance(jobs, Step.INDEXED)
        with self._record.database.write() as connection:
            bump_corpus_version(connection)  # first: where several may write, they wait for each other here
            replaced = publish(batch, connection, self._ledger)
            advance(connection, jobs, Step.VISIBLE)
        forget(self._index.current, replaced)
        return batch

    def _renewed(self, batch: Sequence[Pending]) -> list[Pending]:
        """As the next version, where another has come since."""
        touched = self._turns.touched({pending.article.id for pending in batch})
        known = newest_of(self._record.database, touched) if touched else {}
        return [
            p.following(known.get(p.article.id), self._embedder) if p.article.id in touched else p
            for p in batch
        ]

    def _refuse(self, late: Sequence[int]) -> None:
        """The jobs that a later change has overtaken."""
        with self._record.database.write() as connection:
            advance(connection, late, Step.REFUSED, error=OVERTAKEN)
            forget_jobs(connection)
            mark(connection, RECORD)

    def _try_parse(self, source: Source) -> Parsed | SourceError:
        try:
            return self._parser.parse(source)
        except SourceError as error:
            return error

    def _read(self, source: Source) -> Parsed | SourceError | ParserUnavailable | PackageFault:
        try:
            return self._try_parse(source)
        except (ParserUnavailable, PackageFault) as error:
            return error


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """What a batch costs whatever is in it, small articles share among more of them."""
    bounds = {"few": BATCH_ARTICLES, "many": _MOST_SMALL, "light": _SMALL, "heavy": _LARGE}
    return by_weight(sources, lambda source: len(source.data), **bounds)


def _id_of(job: Job, parsed: Parsed) -> str:
    return first_version(job, parsed)[0].id


def _started_now() -> tuple[str, str]:
    return SEEDED, datetime.now(UTC).isoformat()
