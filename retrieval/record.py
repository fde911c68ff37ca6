"""The record: what Parley knows of every article, and the one place that says what may be found.

The index can always be rebuilt from here. A hit whose chunk isn't here is unknown, hidden, old or
deleted, and is dropped.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from retrieval.article import Article, Chunk, Facts, Origins, Region, Span, opening
from retrieval.batches import in_batches
from retrieval.chunks import left_out
from retrieval.copies import leave
from retrieval.database import Database
from retrieval.parts import Parts
from retrieval.rows import CHUNK, article_of, chunk_of
from retrieval.tables import article_versions, articles, chunks, settings
from retrieval.versions import missing, no_such_article, searched_to

_IN_LIMIT = 500  # bound variables a statement
_CURRENT = articles.join(
    article_versions,
    sa.and_(
        article_versions.c.article_id == articles.c.id,
        article_versions.c.version == articles.c.current_version,
    ),
)
_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_NUMBERS: sa.BindParameter[Any] = sa.bindparam("numbers", expanding=True)
# These are made once: to make a statement of so many values costs more than to run it.
_REFS = sa.select(chunks.c.id, chunks.c.article_id, chunks.c.version, chunks.c.start, chunks.c.region).where(
    chunks.c.id.in_(_IDS)
)
_EMBEDDED = sa.select(chunks.c.id, chunks.c.embedded_text).where(chunks.c.id.in_(_IDS))
# Not (id, version) IN (...), for which SQLite would read the whole table.
_VERSIONS = sa.select(article_versions).where(
    article_versions.c.article_id.in_(_IDS), article_versions.c.version.in_(_NUMBERS)
)
_INSIDE = (
    sa.select(*CHUNK)
    .where(chunks.c.article_id.in_(_IDS), chunks.c.version.in_(_NUMBERS))
    .order_by(chunks.c.article_id, chunks.c.ordinal)
)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list. `opening`: how its body begins. `left_out` isn't searched, as it is too long."""

    id: str
    version: int
    facts: Facts
    opening: str
    retrieved_at: datetime
    left_out: Span | None
    origins: Origins


class ChunkRef(NamedTuple):
    """As much of a chunk as ranking needs."""

    id: str
    article_id: str
    version: int
    start: int
    region: Region


def article_id(identity: str) -> str:
    """Derived from the identity (the given id, else the url, else the text's sha256), so that the same
    corpus gets the same ids, and with them the same order of ties, wherever it is ingested."""
    return "a_" + hashlib.sha256(identity.encode()).hexdigest()[:32]


class Record:
    def __init__(self, database: Database) -> None:
        self.database = database

    def setting(self, key: str) -> str | None:
        with self.database.read() as connection:
            return connection.scalar(sa.select(settings.c.value).where(settings.c.key == key))

    def set_setting(self, key: str, value: str) -> None:
        with self.database.write() as connection:
            put_setting(connection, key, value)

    def corpus_version(self) -> int:
        return int(self.setting("corpus_version") or 0)

    def article_count(self) -> int:
        with self.database.read() as connection:
            query = sa.select(sa.func.count()).where(articles.c.current_version.is_not(None))
            return connection.scalar(query) or 0

    def chunk_count(self) -> int:
        with self.database.read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(chunks)) or 0

    # -- articles

    def article(self, id_: str, *, version: int | None = None) -> Article:
        """The version asked for, or the current one. An earlier version, and any version of a deleted
        article, still opens when it is asked for by number: answers that cite it must."""
        current = sa.select(articles.c.current_version).where(articles.c.id == id_).scalar_subquery()
        wanted = current if version is None else sa.literal(version)
        query = sa.select(article_versions).where(
            article_versions.c.article_id == id_, article_versions.c.version == wanted
        )
        with self.database.read() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                raise missing(connection, id_, version)
        return article_of(row)

    def identity(self, id_: str) -> str | None:
        """What the article is told from others by."""
        with self.database.read() as connection:
            return connection.scalar(sa.select(articles.c.identity).where(articles.c.id == id_))

    def latest_version(self, id_: str) -> int | None:
        """The version that is searched now; None where the article is deleted or unknown."""
        with self.database.read() as connection:
            return connection.scalar(sa.select(articles.c.current_version).where(articles.c.id == id_))

    def article_rows(
        self, *, limit: int, offset: int = 0, only: Collection[str] | None = None
    ) -> list[ArticleRow]:
        """Current articles, the latest ingested first; of those that have one of the ids."""
        its = article_versions.c
        latest = (its.retrieved_at.desc(), its.article_id)
        current = sa.and_(articles.c.id == its.article_id, articles.c.current_version == its.version)
        # The page is found before any text is read: sorting would carry the texts of the whole corpus.
        found = sa.select(its.article_id, its.version).join(articles, current).order_by(*latest)
        if only is not None:  # they may be more than a statement can hold
            with self.database.read() as connection:
                wanted = [row.article_id for row in connection.execute(found) if row.article_id in only]
            found, offset = found.where(its.article_id.in_(wanted[offset : offset + limit])), 0
        page = found.limit(limit).offset(offset).subquery()
        query = sa.select(article_versions).join(
            page, sa.and_(page.c.article_id == its.article_id, page.c.version == its.version)
        )
        with self.database.read() as connection:
            shown = [article_of(row) for row in connection.execute(query.order_by(*latest)).mappings()]
        ends = searched_to(self.database, [article.id for article in shown])
        return [_row(article, ends.get(article.id)) for article in shown]

    def left_out(self, article: Article) -> Span | None:
        """What isn't searched of the article, as it is too long; None also where it isn't the current one."""
        if self.latest_version(article.id) != article.version:
            return None
        return left_out(article, searched_to(self.database, [article.id]).get(article.id))

    def existing(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are current articles."""
        query = sa.select(articles.c.id).where(
            articles.c.current_version.is_not(None), articles.c.id.in_(_IDS)
        )
        return {row.id for row in self._among(ids, query)}

    def undated_count(self) -> int:
        """How many current articles have no date."""
        query = sa.select(sa.func.count()).select_from(_CURRENT)
        with self.database.read() as connection:
            return connection.scalar(query.where(article_versions.c.published.is_(None))) or 0

    def latest_day(self, *, only: Collection[str] | None = None) -> str | None:
        """The calendar day of the newest current article that has one; of those that have one of the ids."""
        day = sa.func.substr(article_versions.c.published, 1, 10).label("day")
        dated = sa.select(articles.c.id, day).select_from(_CURRENT).where(day.is_not(None))
        with self.database.read() as connection:
            if only is None:
                latest: str | None = connection.scalar(sa.select(sa.func.max(day)).select_from(_CURRENT))
                return latest
            return max((row.day for row in connection.execute(dated) if row.id in only), default=None)

    def outlets(self, *, most: int) -> list[tuple[str, int]]:
        """With their numbers of current articles, the most first."""
        outlet, count = article_versions.c.outlet, sa.func.count()
        query = sa.select(outlet, count).select_from(_CURRENT).where(outlet.is_not(None)).group_by(outlet)
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(count.desc(), outlet).limit(most))
            return [(name, number) for name, number in rows]

    def no_outlet_count(self) -> int:
        query = sa.select(sa.func.count()).select_from(_CURRENT).where(article_versions.c.outlet.is_(None))
        with self.database.read() as connection:
            return connection.scalar(query) or 0

    def languages(self) -> list[tuple[str | None, int]]:
        """With their numbers of current articles, the most first."""
        its = article_versions.c.facts["language"].as_string().label("language")
        each, count = sa.select(its).select_from(_CURRENT).subquery(), sa.func.count()
        query = sa.select(each.c.language, count).group_by(each.c.language)
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(count.desc(), each.c.language))
            return [(code, number) for code, number in rows]

    # -- chunks

    def chunk_refs(self, ids: Iterable[str]) -> dict[str, ChunkRef]:
        found: Iterable[Any] = self._among(ids, _REFS)
        return {
            id_: ChunkRef(id_, article_id, version, start, Region(region))
            for id_, article_id, version, start, region in found
        }

    def chunks_of(self, article_id_: str, version: int) -> list[Chunk]:
        """The chunks of a visible version, in order; none where that version isn't visible."""
        found = self.opened({(article_id_, version)})
        return list(found[(article_id_, version)][1]) if found else []

    def opened(self, keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], tuple[Article, Parts]]:
        """Versions by article id and number, those that are here, with their chunks in order (none where
        the version isn't visible). All in two queries: one for each article would cost most of a search."""
        wanted = {"ids": sorted({id_ for id_, _ in keys}), "numbers": sorted({number for _, number in keys})}
        inside: dict[tuple[str, int], list[Sequence[Any]]] = defaultdict(list)
        with self.database.read() as connection:
            articles_ = [article_of(row) for row in connection.execute(_VERSIONS, wanted).mappings()]
            for row in connection.execute(_INSIDE, wanted):
                inside[row[1], row[2]].append(row)
        return {
            key: (one, _parts(inside[key], one.text))
            for one in articles_
            if (key := (one.id, one.version)) in keys
        }

    def chunk_ids(self) -> set[str]:
        with self.database.read() as connection:
            return set(connection.scalars(sa.select(chunks.c.id)))

    def embedded_texts(self, ids: Iterable[str]) -> dict[str, str]:
        return {row.id: row.embedded_text for row in self._among(ids, _EMBEDDED)}

    def indexed_texts(self) -> Iterator[tuple[str, str, str]]:
        """Of every visible chunk its id, its article's and the text that is indexed."""
        query = sa.select(chunks.c.id, chunks.c.article_id, chunks.c.embedded_text)
        with self.database.read() as connection:
            yield from connection.execute(query).tuples()

    def first_chunk_id(self) -> str | None:
        with self.database.read() as connection:
            return connection.scalar(sa.select(chunks.c.id).order_by(chunks.c.id).limit(1))

    def all_chunks(self) -> Iterator[list[Chunk]]:
        """Every visible chunk, an article at a time."""
        query = sa.select(articles.c.id, articles.c.current_version).where(
            articles.c.current_version.is_not(None)
        )
        with self.database.read() as connection:
            visible = connection.execute(query.order_by(articles.c.id)).all()
        for id_, version in visible:
            yield self.chunks_of(id_, version)

    def _among(self, ids: Iterable[str], query: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
        with self.database.read() as connection:
            for batch in in_batches(ids, _IN_LIMIT):
                yield from connection.execute(query, {"ids": batch}).all()


def _parts(rows: Sequence[Sequence[Any]], text: str) -> Parts:
    return Parts([row[0] for row in rows], lambda place: chunk_of(rows[place], text))


def hide(connection: sa.Connection, id_: str) -> None:
    """No later search finds the article; citations of it still open. Raises ArticleNotFound."""
    alive = sa.and_(articles.c.id == id_, articles.c.current_version.is_not(None))
    gone = articles.update().where(alive).values(current_version=None, deleted_at=datetime.now(UTC))
    if connection.execute(gone).rowcount == 0:
        raise no_such_article(id_, None)
    connection.execute(chunks.delete().where(chunks.c.article_id == id_))
    bump_corpus_version(connection)
    leave(connection, id_)


def put_setting(connection: sa.Connection, key: str, value: str) -> None:
    changed = connection.execute(settings.update().where(settings.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(settings.insert().values(key=key, value=value))


def bump_corpus_version(connection: sa.Connection) -> None:
    """Every visible change of the corpus adds one."""
    now = connection.scalar(sa.select(settings.c.value).where(settings.c.key == "corpus_version"))
    put_setting(connection, "corpus_version", str(int(now or 0) + 1))


def _row(article: Article, ends: int | None) -> ArticleRow:
    known = article.id, article.version, article.facts, opening(article), article.retrieved_at
    return ArticleRow(*known, left_out(article, ends), article.origins)
