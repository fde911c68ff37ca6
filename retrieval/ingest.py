"""Sources become articles that can be found.

    parse -> received -> parsed -> embedded -> indexed -> visible

A source is parsed before anything is stored, so that a bad one leaves no trace. From `received` on, the
journal lets a restart finish what a crash cut short. Articles go through in batches: a batch pays once
for each commit of the record and the index.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa

from retrieval.article import Article, Chunk
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder
from retrieval.erasure import INDEX, RECORD, erase_unheld, marked, purge, rewrite_record, unmark
from retrieval.errors import EmbeddingError, SourceError, UnreadableSource
from retrieval.index import Index, forget
from retrieval.journal import Job, Journal, Step, advance
from retrieval.parse import Parsed, parse
from retrieval.record import Record, article_id, bump_corpus_version, hide
from retrieval.sources import Source
from retrieval.versions import make_visible, newest

BATCH_ARTICLES = 32
SEEDED = "seeded_at"
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]")

_Item = TypeVar("_Item")


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one source. `article_id` and `version` are None, and `error` set, where it was
    refused."""

    name: str
    outcome: Outcome
    article_id: str | None = None
    version: int | None = None
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class _Pending:
    """An article on its way to being visible."""

    job: Job
    article: Article
    identity: str
    chunks: list[Chunk]
    outcome: Outcome


class Ingester:
    """One batch or deletion at a time: a second caller waits."""

    def __init__(self, record: Record, index: Index, embedder: Embedder) -> None:
        self._record = record
        self._index = index
        self._embedder = embedder
        self._journal = Journal(record.database)
        self._one_at_a_time = threading.Lock()

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
        """Finish what an earlier process left unfinished."""
        good: list[tuple[Job, Parsed]] = []
        for job in self._journal.unfinished():
            parsed = _try_parse(job.source)
            if isinstance(parsed, SourceError):
                self._journal.advance([job.id], Step.REFUSED, error=parsed.message)
            elif self._overtaken(job, parsed):
                self._journal.advance([job.id], Step.REFUSED, error="a later change took its place")
            else:
                good.append((job, parsed))
        for batch in _in_batches(good, BATCH_ARTICLES):
            with self._one_at_a_time:
                results = self._finish_or_refuse(batch)
            yield from results.values()

    def _finish_or_refuse(self, batch: Sequence[tuple[Job, Parsed]]) -> dict[int, Ingested]:
        """One article that can't be embedded must not stop every start: its batch goes one by one, and it
        is refused."""
        try:
            return self._finish(batch)
        except EmbeddingError as error:
            if len(batch) > 1:
                return {k: v for one in batch for k, v in self._finish_or_refuse([one]).items()}
            ((job, _),) = batch
            self._journal.advance([job.id], Step.REFUSED, error=error.message)
            refusal = UnreadableSource(f"{job.source.name}: {error.message}", remedy=error.remedy)
            return {job.id: Ingested(job.source.name, Outcome.REFUSED, error=refusal)}

    def delete(self, id_: str) -> None:
        """Found by no search that starts after this returns, and in no file of the index; the record keeps
        the versions that something holds. Raises ArticleNotFound; IndexUnavailable or DataDirectoryError
        where it is hidden, but a file can't be rewritten now: the next start does, or deleting again."""
        with self._one_at_a_time:
            jobs = self._unfinished_of(id_)
            try:
                with self._record.database.write() as connection:
                    hide(connection, id_)
                    erase_unheld(connection, [id_], jobs=jobs)
            finally:
                self._erase()

    def purge(self, id_: str, *, also: Callable[[sa.Connection], None] = lambda _: None) -> None:
        """Erase every version, held or not. `also` does in the same transaction what its holders need.
        Purged again, it stays purged. Raises what `delete` raises."""
        with self._one_at_a_time:
            jobs = self._unfinished_of(id_)
            with self._record.database.write() as connection:
                also(connection)
                purge(connection, id_, jobs=jobs)
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

    def _unfinished_of(self, id_: str) -> list[int]:
        """An article's jobs that failed and wait for the next start: they hold its text."""
        parsed = [(job, _try_parse(job.source)) for job in self._journal.unfinished()]
        its = [(job, _article(job, text)[0]) for job, text in parsed if isinstance(text, Parsed)]
        return [job.id for job, article in its if article.id == id_]

    def _receive_and_finish(
        self, batch: Sequence[Source], *, mark: tuple[str, str] | None = None
    ) -> list[Ingested]:
        outcomes = [_try_parse(source) for source in batch]
        good = [(s, p) for s, p in zip(batch, outcomes, strict=True) if isinstance(p, Parsed)]
        with self._one_at_a_time:
            jobs = self._journal.receive([source for source, _ in good], mark=mark)
            results = self._finish([(job, p) for job, (_, p) in zip(jobs, good, strict=True)])
        finished = iter([results[job.id] for job in jobs])
        return [
            Ingested(source.name, Outcome.REFUSED, error=outcome)
            if isinstance(outcome, SourceError)
            else next(finished)
            for source, outcome in zip(batch, outcomes, strict=True)
        ]

    def _finish(self, parsed: Sequence[tuple[Job, Parsed]]) -> dict[int, Ingested]:
        """From `received` to `visible`. A second source with the same identity waits for the first."""
        results: dict[int, Ingested] = {}
        batch: dict[str, _Pending] = {}
        later: list[tuple[Job, Parsed]] = []
        for job, text in parsed:
            article, identity = _article(job, text)
            known = newest(self._record.database, article.id)
            if article.id in batch:
                later.append((job, text))
            elif known is not None and known.same_as(article):
                results[job.id] = Ingested(job.source.name, Outcome.UNCHANGED, article.id, known.version)
            else:
                article = replace(article, version=known.version + 1 if known else 1)
                outcome = Outcome.ADDED if known is None or known.erased else Outcome.UPDATED
                batch[article.id] = _Pending(job, article, identity, self._chunks(article), outcome)
        if results:
            self._journal.advance(list(results), Step.VISIBLE)
        results |= self._publish(list(batch.values()))
        return results | (self._finish(later) if later else {})

    def _overtaken(self, job: Job, parsed: Parsed) -> bool:
        """Whether the article was changed or deleted after this failed: it must not turn back."""
        known = newest(self._record.database, _article(job, parsed)[0].id)
        return known is not None and known.changed_at > job.received_at

    def _chunks(self, article: Article) -> list[Chunk]:
        """Without those that hold no word, such as a line of invisible characters: nothing finds them."""
        every = chunks_of(article, fits=self._fits)
        return [chunk for chunk in every if self._holds_word(chunk.embedded_text)]

    def _holds_word(self, text: str) -> bool:
        """By the tokenizer, which is asked only where no plain letter or digit settles it."""
        return bool(_PLAIN_WORD.search(text) or self._embedder.token_count(text))

    def _fits(self, text: str) -> bool:
        return self._embedder.token_count(text) <= self._embedder.max_tokens

    def _publish(self, batch: Sequence[_Pending]) -> dict[int, Ingested]:
        if not batch:
            return {}
        jobs = [pending.job.id for pending in batch]
        every = [chunk for pending in batch for chunk in pending.chunks]
        facts = [pending.article.facts for pending in batch for _ in pending.chunks]
        self._index.make_sure_of_room(len(every))  # before the work of embedding
        self._journal.advance(jobs, Step.PARSED)
        vectors = self._embedder.embed([chunk.embedded_text for chunk in every])
        self._journal.advance(jobs, Step.EMBEDDED)
        self._index.current.add(every, vectors, facts)
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
        return {pending.job.id: _ingested(pending) for pending in batch}


def _article(job: Job, parsed: Parsed) -> tuple[Article, str]:
    """The article as its first version, and its identity."""
    facts = job.source.facts
    text_sha256 = hashlib.sha256(parsed.text.encode()).hexdigest()
    identity = job.source.id or facts.url or text_sha256
    article = Article(
        id=article_id(identity),
        version=1,
        text=parsed.text,
        text_sha256=text_sha256,
        bytes_sha256=hashlib.sha256(job.source.data).hexdigest(),
        facts=replace(facts, title=facts.title or parsed.title, language=facts.language or parsed.language),
        regions=parsed.regions,
        retrieved_at=datetime.now(UTC),
    )
    return article, identity


def _ingested(pending: _Pending) -> Ingested:
    return Ingested(pending.job.source.name, pending.outcome, pending.article.id, pending.article.version)


def _try_parse(source: Source) -> Parsed | SourceError:
    try:
        _check_facts(source)
        return parse(source)
    except SourceError as error:
        return error


def _check_facts(source: Source) -> None:
    """Half of a surrogate pair goes into no database, and into no embedding."""
    facts = source.facts
    given = (source.name, source.id, facts.title, facts.outlet, facts.published, facts.url, facts.language)
    try:
        "".join([*filter(None, given), *facts.authors]).encode()
    except UnicodeEncodeError as exc:
        raise UnreadableSource(
            f"{source.name!a}: a fact of it is not valid Unicode", remedy="correct the fact"
        ) from exc


def _in_batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
