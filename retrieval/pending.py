"""An article on its way to being visible, and what is told of it in the end."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from retrieval import copies
from retrieval.article import Article, Chunk, Facts
from retrieval.chunks import chunks_of, left_out, within_bounds
from retrieval.database import Database
from retrieval.embed import Embedder
from retrieval.errors import Overtaken
from retrieval.journal import Job, first_names
from retrieval.ledger import Ledger, Row, enter
from retrieval.likeness import Runs, runs_of
from retrieval.outcome import Ingested, Outcome
from retrieval.sources import UNNAMED
from retrieval.versions import Becoming, Newest, is_stale, make_visible, newest_of, searched_to

OVERTAKEN = "a later change of the same article came first"
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Pending:
    """`vectors` are the chunks', a row each. `searched_to`: where the last of its chunks ends. `reported` is
    for the ledger, `runs` for comparing it with others, `came_as` the name under which it came first, where
    that is another; `notes` are the reader's."""

    job: Job
    article: Article
    identity: str
    outcome: Outcome = Outcome.UNCHANGED
    chunks: Sequence[Chunk] = ()
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))
    searched_to: int | None = None
    reported: Sequence[Row] = ()
    runs: Runs = field(default_factory=lambda: np.empty(0, np.uint32))
    came_as: str | None = None
    notes: tuple[str, ...] = ()

    def knowing(self, known: Newest | None) -> "Pending":
        """With what was known of the same text, save what its giver says now: what the text tells of itself
        it told before, and somebody may have corrected it, or said that it is unknown."""
        source, article = self.job.source, self.article
        if source.revises is not None or known is None or known.text_sha256 != article.text_sha256:
            return self
        said, before, found = asdict(source.facts), asdict(known.facts), asdict(article.facts)
        stays = {name for name in said if not said[name] and (before[name] or name in known.origins)}
        facts = Facts(**{n: before[n] if n in stays else said[n] or found[n] for n in said})
        origins = {name: origin for name, origin in article.origins.items() if name not in stays}
        origins |= {name: origin for name, origin in known.origins.items() if name in stays}
        return replace(self, article=replace(article, facts=facts, origins=origins))

    def following(self, known: Newest | None, embedder: Embedder) -> "Pending":
        """As the next version after that one: ids of chunks depend on it, vectors don't."""
        version = 1 if known is None else known.version + 1
        outcome = Outcome.ADDED if known is None or not known.visible else Outcome.UPDATED
        if self.chunks and version == self.article.version:
            return replace(self, outcome=outcome)
        article = replace(self.article, version=version)
        chunks = _searched(article, embedder)
        searched_to = chunks[-1].end if chunks else None
        return replace(self, article=article, outcome=outcome, chunks=chunks, searched_to=searched_to)

    def having_come_as(self, first: str | None) -> "Pending":
        """A copy, where the text by which alone it is known came first under another name."""
        source = self.job.source
        declared = source.id or source.facts.url or source.revises
        if declared or first in (None, UNNAMED, source.name) or source.name == UNNAMED:
            return self
        return replace(self, came_as=first)

    def ingested(self) -> Ingested:
        too_long = left_out(self.article, self.searched_to)
        name, article = self.job.source.name, self.article
        outcome = Outcome.DUPLICATE if self.came_as else self.outcome
        told = Ingested(name, outcome, article.id, article.version, left_out=too_long, notes=self.notes)
        return replace(told, duplicate_of=self.came_as)

    def overtaken(self) -> Ingested:
        name = self.job.source.name
        error = Overtaken(f"{name}: {OVERTAKEN}", remedy="send it again if it is to be the newest")
        return Ingested(name, Outcome.REFUSED, error=error)


def publish(batch: Sequence[Pending], connection: sa.Connection, ledger: Ledger) -> list[str]:
    """What `make_visible` does and gives, with all that is kept of versions that are found."""
    replaced = make_visible(connection, [Becoming(p.article, p.identity, p.chunks) for p in batch])
    enter(connection, [(p.article, p.reported) for p in batch], edition=ledger.edition)
    copies.enter(connection, [(p.article, p.runs) for p in batch])
    return replaced


def stale(batch: Sequence[Pending], database: Database) -> list[Pending]:
    """Those that change a version that isn't the one that is found any more."""
    revising = [p for p in batch if p.job.source.revises is not None]
    known = newest_of(database, [p.article.id for p in revising]) if revising else {}
    return [p for p in revising if is_stale(p.job.source.revises, known.get(p.article.id))]


def as_they_are(batch: Sequence[Pending], database: Database) -> list[Pending]:
    """As the versions that are found, those that are the same."""
    ids = [p.article.id for p in batch]
    known, ends = newest_of(database, ids), searched_to(database, ids)
    same = [(p, now) for p in batch if (now := known.get(p.article.id)) and now.same_as(p.article)]
    return [
        replace(p, article=replace(p.article, version=now.version), searched_to=ends.get(p.article.id))
        for p, now in same
    ]


def told_from_copies(same: Sequence[Pending], database: Database) -> list[Pending]:
    """Those whose text came first under another name, as copies of that."""
    names = first_names(database, [pending.article.id for pending in same])
    return [pending.having_come_as(names.get(pending.article.id)) for pending in same]


def embedded(batch: Sequence[Pending], embedder: Embedder, ledger: Ledger) -> list[Pending]:
    """And read for the ledger, at the same time: the model leaves the interpreter to others while it runs;
    and for being compared."""
    texts = [chunk.embedded_text for pending in batch for chunk in pending.chunks]
    with ThreadPoolExecutor(1, thread_name_prefix="ledger") as beside:
        reported = beside.map(ledger.read, [pending.article for pending in batch])
        vectors = embedder.embed(texts)
    ends = np.cumsum([len(pending.chunks) for pending in batch])
    rows = np.split(vectors, ends[:-1])
    return [
        replace(pending, vectors=own, reported=told, runs=runs_of(pending.article))
        for pending, own, told in zip(batch, rows, reported, strict=True)
    ]


def _searched(article: Article, embedder: Embedder) -> list[Chunk]:
    """Without those that hold no word, such as a line of invisible characters: nothing finds them. The
    tokenizer is asked only where no plain letter or digit settles it."""
    count = embedder.token_count
    every = chunks_of(article, fits=lambda text: count(text) <= embedder.max_tokens)
    found = within_bounds(every, count=count)
    return [c for c in found if _PLAIN_WORD.search(c.embedded_text) or count(c.embedded_text)]
