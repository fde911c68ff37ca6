"""Versions of an article: what the newest one is, and how the next becomes the one that is found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import sqlalchemy as sa

from retrieval.article import Article, Chunk, Facts, Origins
from retrieval.batches import in_batches
from retrieval.database import Database
from retrieval.errors import ArticleDeleted, ArticleNotFound, ArticleWithdrawn
from retrieval.failpoints import reached
from retrieval.rows import chunk_row, facts_from_json, origins_from_json, version_row
from retrieval.tables import article_versions, articles, chunks

_IN_LIMIT = 500
_its = article_versions.c
# Made once: to make a statement costs more than to run it.
_NEWEST = (
    sa.select(
        *(articles.c.id, articles.c.current_version, articles.c.deleted_at, articles.c.erased_through),
        *(_its.version, _its.text_sha256, _its.facts, _its.retrieved_at),
    )
    .select_from(articles.outerjoin(article_versions, articles.c.id == _its.article_id))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(articles.c.id, _its.version.desc())
)
_HERE = sa.select(articles.c.id).where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
_RENEWED = articles.update().where(articles.c.id == sa.bindparam("of")).values(deleted_at=None)


@dataclass(frozen=True, slots=True)
class Newest:
    """The highest version there was, whether or not it is the one that is found. Where no text is left,
    there are no facts. `changed_at`: when the article last changed or was deleted."""

    version: int
    visible: bool
    text_sha256: str
    facts: Facts
    changed_at: datetime
    origins: Origins = field(default_factory=dict, hash=False)

    def same_as(self, article: Article) -> bool:
        return self.visible and self.text_sha256 == article.text_sha256 and self.facts == article.facts


def is_stale(revises: int | None, known: Newest | None) -> bool:
    """Whether it changes a version that isn't the one that is found any more."""
    return revises is not None and (known is None or not known.visible or known.version != revises)


@dataclass(frozen=True, slots=True)
class Becoming:
    """A version on its way to being found, with its chunks."""

    article: Article
    identity: str
    parts: Sequence[Chunk] = ()


def newest(database: Database, article_id: str) -> Newest | None:
    return newest_of(database, [article_id]).get(article_id)


def newest_of(database: Database, article_ids: Collection[str]) -> dict[str, Newest]:
    """Of those that were ever here."""
    found: dict[str, Newest] = {}
    with database.read() as connection:
        for batch in in_batches(article_ids, _IN_LIMIT):
            for row in connection.execute(_NEWEST, {"ids": batch}).mappings():
                if row["id"] not in found:  # the highest version comes first
                    found[row["id"]] = _newest(row)
    return found


def _newest(row: sa.RowMapping) -> Newest:
    changed_at = (row["deleted_at"] or row["retrieved_at"]).replace(tzinfo=UTC)
    if row["version"] is None:
        return Newest(row["erased_through"], False, "", Facts(), changed_at)
    visible = row["current_version"] == row["version"]
    version = max(row["version"], row["erased_through"] or 0)
    facts, origins = facts_from_json(row["facts"]), origins_from_json(row["facts"])
    return Newest(version, visible, row["text_sha256"], facts, changed_at, origins)


def searched_to(database: Database, article_ids: Collection[str]) -> dict[str, int]:
    """Where the last chunk of each of these current articles ends."""
    ends = sa.select(chunks.c.article_id, sa.func.max(chunks.c.end)).group_by(chunks.c.article_id)
    with database.read() as connection:
        rows = connection.execute(ends.where(chunks.c.article_id.in_(article_ids)))
        return {id_: end for id_, end in rows}  # noqa: C416 a row is no pair to mypy


def make_visible(connection: sa.Connection, becoming: Sequence[Becoming]) -> list[str]:
    """From the commit of `connection` on, these versions are found and their predecessors aren't; one of an
    article at most. Returns the ids of the chunks that they replace, which the index may forget."""
    here = set(connection.scalars(_HERE, {"ids": [one.article.id for one in becoming]}))
    old = _taken_away(connection, sorted(here)) if here else []
    if new := [_row(one, "id") for one in becoming if one.article.id not in here]:
        connection.execute(articles.insert(), new)
    if renewed := [_row(one, "of") for one in becoming if one.article.id in here]:
        connection.execute(_RENEWED, renewed)
    connection.execute(article_versions.insert(), [version_row(one.article) for one in becoming])
    parts = [chunk_row(at, chunk) for one in becoming for at, chunk in enumerate(one.parts)]
    if parts:
        connection.execute(chunks.insert(), parts)
    reached("versions.making-visible")
    kept = {row["id"] for row in parts}
    return [id_ for id_ in old if id_ not in kept]


def _row(one: Becoming, key: str) -> dict[str, object]:
    return {key: one.article.id, "current_version": one.article.version, "identity": one.identity}


def _taken_away(connection: sa.Connection, ids: Sequence[str]) -> list[str]:
    """The chunks of these articles, of which none is left."""
    its = chunks.c.article_id.in_(ids)
    old = list(connection.scalars(sa.select(chunks.c.id).where(its)))
    connection.execute(chunks.delete().where(its))
    return old


def no_such_article(id_: str, version: int | None) -> ArticleNotFound:
    which = f"article {id_}" if version is None else f"version {version} of article {id_}"
    return ArticleNotFound(
        f"{which} is not here", remedy="`parley articles`, or GET /v1/articles, lists what is."
    )


def missing(connection: sa.Connection, id_: str, version: int | None) -> ArticleNotFound:
    """Tells what was never here from what was here once."""
    query = sa.select(articles.c.erased_through, articles.c.deleted_at).where(articles.c.id == id_)
    left = sa.select(article_versions.c.version).where(article_versions.c.article_id == id_)
    erased, deleted_at = connection.execute(query).one_or_none() or (0, None)
    erased = erased or 0
    if version is None and (not erased or connection.scalar(left.limit(1)) is not None):
        return (
            no_such_article(id_, None)
            if deleted_at is None
            else ArticleDeleted(
                f"article {id_} was deleted",
                remedy="What answers cite of it opens with its version; adding it again brings it back.",
            )
        )
    if (version or 0) > erased:
        return no_such_article(id_, version)
    return ArticleWithdrawn(
        f"article {id_} was withdrawn, and its text erased",
        remedy="Nothing brings it back but adding it again, as a new version.",
    )
