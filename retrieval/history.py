"""The versions of an article that are kept, and what it is told from others by."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from retrieval.article import Facts
from retrieval.database import Database
from retrieval.rows import facts_from_json
from retrieval.tables import article_versions, articles
from retrieval.versions import missing


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    retrieved_at: datetime
    text_sha256: str
    facts: Facts

    def changed(self, before: "Version") -> dict[str, tuple[object, object]]:
        """The facts that differ, each as it was and as it is."""
        was, now = asdict(before.facts), asdict(self.facts)
        return {name: (was[name], now[name]) for name in now if was[name] != now[name]}


@dataclass(frozen=True, slots=True)
class History:
    """`current` is None where it was deleted. `versions` are in order; those whose text was erased aren't
    among them."""

    identity: str
    current: int | None
    deleted_at: datetime | None
    versions: tuple[Version, ...]


def history(database: Database, article_id: str) -> History:
    """Raises ArticleNotFound, ArticleDeleted or ArticleWithdrawn where nothing of it is left."""
    its = article_versions.c
    of = sa.select(its.version, its.retrieved_at, its.text_sha256, its.facts).where(
        its.article_id == article_id
    )
    one = sa.select(articles).where(articles.c.id == article_id)
    with database.read() as connection:
        known = connection.execute(one).mappings().first()
        rows = connection.execute(of.order_by(its.version)).all()
        if known is None or not rows:
            raise missing(connection, article_id, None)
    return History(
        known["identity"],
        known["current_version"],
        known["deleted_at"] and known["deleted_at"].replace(tzinfo=UTC),
        tuple(
            Version(
                row.version, row.retrieved_at.replace(tzinfo=UTC), row.text_sha256, facts_from_json(row.facts)
            )
            for row in rows
        ),
    )
