"""Versions of an article: what the newest one is, and how the next becomes the one that is found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import sqlalchemy as sa

from retrieval.article import Article, Chunk, Facts, Origins
from retrieval.database import Database
from retrieval.errors import ArticleDeleted, ArticleNotFound, ArticleWithdrawn
from retrieval.failpoints import reached
from retrieval.rows import chunk_row, facts_from_json, origins_from_json, version_row
from retrieval.tables import article_versions, articles, chunks


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


def newest(database: Database, article_id: str) -> Newest | None:
    known = articles.c.current_version, articles.c.deleted_at, articles.c.erased_through
    query = (
        sa.select(article_versions, *known)
        .select_from(articles.outerjoin(article_versions, articles.c.id == article_versions.c.article_id))
        .where(articles.c.id == article_id)
        .order_by(article_versions.c.version.desc())
    )
    with database.read() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
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


def make_visible(
    connection: sa.Connection, article: Article, *, identity: str, parts: Sequence[Chunk]
) -> list[str]:
    """From the commit of `connection` on, this version is found and its predecessor isn't. Returns the
    ids of the chunks that it replaces, which the index may forget."""
    old: list[str] = []
    now = {"current_version": article.version, "deleted_at": None, "identity": identity}
    if connection.scalar(sa.select(articles.c.id).where(articles.c.id == article.id)) is None:
        connection.execute(articles.insert(), {"id": article.id, **now})
    else:
        old += connection.scalars(sa.select(chunks.c.id).where(chunks.c.article_id == article.id))
        connection.execute(chunks.delete().where(chunks.c.article_id == article.id))
        connection.execute(articles.update().where(articles.c.id == article.id).values(now))
    connection.execute(article_versions.insert(), version_row(article))
    if parts:
        connection.execute(chunks.insert(), [chunk_row(i, chunk) for i, chunk in enumerate(parts)])
    kept = {chunk.id for chunk in parts}
    reached("versions.making-visible")
    return [id_ for id_ in old if id_ not in kept]


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
