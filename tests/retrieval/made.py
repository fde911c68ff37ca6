"""Articles, chunks and deaths for the tests of the record and the index."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import retrieval.copies
import retrieval.ingest
import retrieval.pending
import retrieval.tables
from retrieval.article import Article, Chunk, Facts, Region, RegionSpan, Sentence
from retrieval.chunks import chunks_of
from retrieval.corpus import Corpus, open_corpus
from retrieval.erasure import hold
from retrieval.journal import Step
from retrieval.model_files import default_dir
from retrieval.search import Query
from retrieval.served_chroma import ChromaAddress
from retrieval.shared import open_shared_corpus
from retrieval.sources import Source
from tests.conftest import SHARED

TALKS = (
    "The envoys met in Vienna on Tuesday and spoke for three hours about grain shipments.\n\n"
    "“We are closer than we were — but not close,” the Norwegian mediator told reporters.\n\n"
    "A second round is planned for October, according to the foreign ministry in Oslo."
)
STEEL = (
    "Steel tariffs will fall to eleven percent in January, the trade commissioner announced.\n\n"
    "Unions in Dortmund called the agreement “a hard blow” and asked for a meeting."
)


def article(text: str, *, id_: str = "a_1", version: int = 1, facts: Facts | None = None) -> Article:
    whole = (RegionSpan(Region.BODY, 0, len(text)),)
    return Article(id_, version, text, "", "", facts or Facts(), whole, datetime(2026, 1, 1, tzinfo=UTC))


def chunk(text: str, *, id_: str, article_id: str = "a_1", start: int = 0) -> Chunk:
    end = start + len(text)
    only = (Sentence(start, end, Region.BODY),)
    return Chunk(id_, article_id, 1, start, end, Region.BODY, only, text, text)


def chunks(text: str, *, words: int = 10**6) -> list[Chunk]:
    return chunks_of(article(text), fits=lambda embedded: len(embedded.split()) <= words)


def source(text: str, *, id_: str | None = None, name: str = "article.txt", **facts: Any) -> Source:
    return Source(name, text.encode(), Facts(**facts), id_)


def corpus_in(directory: Path, **options: Any) -> Corpus:
    if SHARED:
        given = SHARED.of(directory)
        chroma = ChromaAddress(given["chroma_url"], database=given["chroma_database"])
        return open_shared_corpus(given["record_url"], chroma, model_dir=default_dir(), **options)
    return open_corpus(directory, model_dir=default_dir(), command="a test", **options)


def found(corpus: Corpus, question: str, *, only: str | None = None) -> list[tuple[str, int]]:
    """The articles and versions that a question finds."""
    ids = None if only is None else frozenset({only})
    return sorted(
        {
            (hit.chunk.article_id, hit.chunk.version)
            for hit in corpus.searcher.search(Query(question, k=100, article_ids=ids))
        }
    )


def hold_version(corpus: Corpus, id_: str, version: int) -> None:
    """As an answer that cites it does."""
    with corpus.record.database.write() as connection:
        hold(connection, "ans_1", [(id_, version)])


def row_counts(corpus: Corpus) -> dict[str, int]:
    with corpus.record.database.read() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in retrieval.tables.metadata.tables.items()
        }


def steps(corpus: Corpus) -> list[str]:
    """How far each job of the journal has come."""
    jobs = retrieval.tables.ingest_jobs
    with corpus.record.database.read() as connection:
        return list(connection.scalars(sa.select(jobs.c.step).order_by(jobs.c.id)))


class Died(Exception):
    """Stands for the death of the process: nobody catches it."""


def die() -> None:
    raise Died


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Point:
    """A place to die at: around the real call of `owner(corpus).name`, when `when` holds of its arguments."""

    label: str
    owner: Callable[[Corpus], object]
    name: str
    after: bool = True
    when: Callable[..., bool] = lambda *_: True
    visible: bool = False

    def __str__(self) -> str:
        return self.label

    def set(self, corpus: Corpus, patch: pytest.MonkeyPatch, death: Callable[[], None]) -> None:
        owner = self.owner(corpus)
        real = getattr(owner, self.name)

        def dying(*args: Any, **kwargs: Any) -> Any:
            here = self.when(*args)
            if here and not self.after:
                death()
            result = real(*args, **kwargs)
            if here:
                death()
            return result

        patch.setattr(owner, self.name, dying)


def _journal(corpus: Corpus) -> object:
    return corpus.ingester._journal


def _module(_: Corpus) -> object:
    return retrieval.ingest


def _reaches(step: Step) -> Callable[..., bool]:
    return lambda _, reached, *__: bool(reached is step)


POINTS: Sequence[Point] = (
    Point("before-received", _journal, "receive", after=False),
    Point("received", _journal, "receive"),
    Point("parsed", _journal, "advance", when=_reaches(Step.PARSED)),
    Point("embedded-unwritten", lambda corpus: corpus.embedder, "embed"),
    Point("embedded", _journal, "advance", when=_reaches(Step.EMBEDDED)),
    Point("vectors-only", lambda corpus: corpus.index.current.vectors, "add"),
    Point("indexed-unwritten", lambda corpus: corpus.index.current.words, "add"),
    Point("indexed", _journal, "advance", when=_reaches(Step.INDEXED)),
    Point("inside-visible", lambda _: retrieval.pending, "make_visible"),
    Point("compared", lambda _: retrieval.copies, "enter"),
    Point("before-commit", _module, "advance"),
    Point("after-commit", _module, "forget", after=False, visible=True),
    Point("forgotten", _module, "forget", visible=True),
)


@contextmanager
def dying_at(point: Point, corpus: Corpus, death: Callable[[], None] = die) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        point.set(corpus, patch, death)
        yield


def ingest_and_be_killed(directory: Path, label: str) -> None:
    """Run in a process of its own: kill -9 at the point."""
    corpus = corpus_in(directory)
    (point,) = (p for p in POINTS if p.label == label)
    with dying_at(point, corpus, kill):
        list(corpus.ingester.ingest([source(TALKS, id_="talks")]))


def ingest_for_ever(directory: Path, acknowledged: Any) -> None:
    """Run in a process of its own: new articles, new versions and deletions, each told once it is done."""
    corpus = corpus_in(directory)
    for n in range(10_000):
        text = f"{TALKS}\n\nThe number of the day was {n}."
        (done,) = corpus.ingester.ingest([source(text, id_=f"talks-{n % 7}")])
        acknowledged.send(("ingested", n, done.article_id, done.version))
        if n % 5 == 4:
            assert done.article_id is not None
            corpus.ingester.delete(done.article_id)
            acknowledged.send(("deleted", n, done.article_id, done.version))
