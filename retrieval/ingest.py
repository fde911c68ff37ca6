"""Sources become articles that can be found.

    parse -> received -> parsed -> embedded -> indexed -> visible

A source is parsed before anything is stored, so that a bad one leaves no trace. From `received` on, the
journal lets a restart finish what a crash cut short. Articles go through in batches: a batch pays once
for each commit of the record and the index. Only that is done one at a time: while a long article is read and
embedded, others and deletions pass by.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

import numpy as np

from retrieval import overlap
from retrieval.batches import in_batches
from retrieval.embed import Embedder
from retrieval.erasure import RECORD, erase_marked, mark
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
from retrieval.journal import Job, Step, advance, first_version, forget_jobs
from retrieval.ledger import NOTHING, Ledger
from retrieval.outcome import Ingested, Outcome
from retrieval.overlap import BATCH_ARTICLES, Batch, Before, Prepared, Read, overlapped
from retrieval.parse import Parsed
from retrieval.pending import (
    OVERTAKEN,
    Pending,
    as_they_are,
    embedded,
    publish,
    stale,
    told_from_copies,
)
from retrieval.record import Record, bump_corpus_version
from retrieval.removing import Remover, id_of
from retrieval.sources import Source
from retrieval.versions import is_stale, newest, newest_of

SEEDED = "seeded_at"


class Ingester(Remover):
    """Safe to share between threads, and beside those of other processes. Of two changes of one article the
    later counts, whichever ends first."""

    def __init__(self, record: Record, index: Index, embedder: Embedder, ledger: Ledger = NOTHING) -> None:
        super().__init__(record, index)
        self._embedder = embedder
        self._ledger = ledger

    def ingest(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """Each source's outcome, in order, once its batch is visible. A refused source stops no other. While
        a batch is embedded, the one behind it is read and the one before it becomes visible."""
        return overlapped(overlap.in_batches(sources), self._try_parse, self._begin, self._end)

    def ingest_seeds(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """On the first start of an empty corpus only: a seed article that was deleted doesn't come back."""
        if not self._started():
            read = [(source, self._try_parse(source)) for source in sources]
            yield from self._end(self._begin(read, None))

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

    def _begin(self, read: Read, before: Before | None) -> Batch:
        good = [(source, parsed) for source, parsed in read if isinstance(parsed, Parsed)]
        mark = None if self._started() else (SEEDED, datetime.now(UTC).isoformat())
        received = partial(self._journal.receive, [source for source, _ in good], mark=mark)
        with ExitStack() as held:
            turn = held.enter_context(self._turns.turn())
            jobs = held.enter_context(self._at_work.on(received))
            parsed = [(job, p) for job, (_, p) in zip(jobs, good, strict=True)]
            return Batch(read, jobs, turn, self._prepare(parsed, turn, before), held.pop_all())

    def _end(self, batch: Batch) -> list[Ingested]:
        with batch.held:
            return batch.told(self._publish(batch.prepared, batch.turn))

    def _finish(self, parsed: Sequence[tuple[Job, Parsed]], turn: int) -> dict[int, Ingested]:
        """From `received` to `visible`."""
        return self._publish(self._prepare(parsed, turn), turn)

    def _prepare(
        self, parsed: Sequence[tuple[Job, Parsed]], turn: int, before: Before | None = None
    ) -> Prepared:
        """Embeds, which takes long. A second source with the same identity waits for the first."""
        batch: dict[str, Pending] = {}
        here: dict[str, Pending] = {}
        later: list[tuple[Job, Parsed]] = []
        first = [Pending(job, *first_version(job, text), notes=text.notes) for job, text in parsed]
        ids = {pending.article.id for pending in first}
        if before is not None:
            before.make_way(ids)
        found = newest_of(self._record.database, ids)
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
        return Prepared(results, self._embedded(list(batch.values())), later)

    def _embedded(self, batch: Sequence[Pending]) -> Sequence[Pending]:
        if not batch:
            return batch
        jobs = [pending.job.id for pending in batch]
        self._index.make_sure_of_room(sum(len(pending.chunks) for pending in batch))
        self._journal.advance(jobs, Step.PARSED)
        ready = embedded(batch, self._embedder, self._ledger)
        self._journal.advance(jobs, Step.EMBEDDED)
        return ready

    def _publish(self, prepared: Prepared, turn: int) -> dict[int, Ingested]:
        """Quick, and one at a time; but for what had to wait."""
        results = prepared.results
        if prepared.ready:
            results = results | self._in_time(prepared.ready, turn, self._make_found)
        return results | (self._finish(prepared.later, turn) if prepared.later else {})

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
        known = newest(self._record.database, id_of(job, parsed))
        later = known is not None and known.changed_at > job.received_at
        return later or is_stale(job.source.revises, known)

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
