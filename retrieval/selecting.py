"""Which current articles fit: by outlet, by day, and as the corpus stood on a day."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from retrieval.database import Database
from retrieval.tables import article_versions, articles

_IN_LIMIT = 500  # bound variables a statement


@dataclass(frozen=True, slots=True)
class Wanted:
    """None is any. With `no_outlet` also those whose outlet isn't known, or only those where no outlet is
    named. Days are those that the articles give; undated ones fit none.

    `as_of`: published by that day; not one whose text came later, in the place of another."""

    ids: Sequence[str] | None = None
    outlets: Sequence[str] | None = None
    no_outlet: bool = False
    published_from: str | None = None
    published_to: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """`undated` and `changed` count what a day left out of what fits otherwise: for want of a date, and as
    the text came later."""

    ids: frozenset[str]
    undated: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    outlet: str | None
    day: str | None
    received: str
    text_sha256: str


def select_articles(database: Database, wanted: Wanted) -> Selected:
    rows = [row for row in _rows(database, wanted.ids) if _of_outlet(row, wanted)]
    dated = [row for row in rows if row.day is None or _in_days(row.day, wanted)]
    fitting = [row for row in dated if row.day or not _asks_for_a_date(wanted)]
    later = _came_later(database, fitting, wanted.as_of[:10]) if wanted.as_of else frozenset[str]()
    ids = frozenset(row.id for row in fitting) - later
    return Selected(ids, undated=len(dated) - len(fitting), changed=len(later))


def _rows(database: Database, ids: Sequence[str] | None) -> list[_Row]:
    its = article_versions.c
    current = sa.and_(its.article_id == articles.c.id, its.version == articles.c.current_version)
    query = sa.select(
        articles.c.id, its.outlet, its.published, its.retrieved_at, its.text_sha256
    ).select_from(articles.join(article_versions, current))
    if ids is not None and len(ids) <= _IN_LIMIT:
        query = query.where(articles.c.id.in_(ids))
    with database.read() as connection:
        rows = connection.execute(query).all()
    among = None if ids is None else set(ids)
    return [
        _Row(
            row.id, row.outlet, row.published and row.published[:10], _day(row.retrieved_at), row.text_sha256
        )
        for row in rows
        if among is None or row.id in among
    ]


def _of_outlet(row: _Row, wanted: Wanted) -> bool:
    """Compared here: a database's lower() may know ASCII only."""
    if wanted.outlets is None and not wanted.no_outlet:
        return True
    if not row.outlet:
        return wanted.no_outlet
    return row.outlet.casefold() in {outlet.casefold() for outlet in wanted.outlets or ()}


def _in_days(day: str, wanted: Wanted) -> bool:
    until = [bound[:10] for bound in (wanted.published_to, wanted.as_of) if bound is not None]
    return (wanted.published_from or "")[:10] <= day and all(day <= bound for bound in until)


def _asks_for_a_date(wanted: Wanted) -> bool:
    return any(bound is not None for bound in (wanted.published_from, wanted.published_to, wanted.as_of))


def _came_later(database: Database, rows: Sequence[_Row], day: str) -> frozenset[str]:
    """Those whose text came after that day, in the place of another."""
    late = {row.id: row.text_sha256 for row in rows if row.received > day}
    came: dict[str, str] = {}  # by article, the day that its text came first
    others: set[str] = set()
    for id_, received, text in _earlier(database, late):
        if text == late[id_]:
            came[id_] = min(received, came.get(id_, received))
        else:
            others.add(id_)
    return frozenset(id_ for id_ in others if came.get(id_, "") > day)


def _earlier(database: Database, ids: Container[str]) -> list[tuple[str, str, str]]:
    """Of every version the article, the day it was received, and its text's sha256."""
    its = article_versions.c
    revised = sa.select(its.article_id).where(its.version > 1)
    query = sa.select(its.article_id, its.retrieved_at, its.text_sha256)
    with database.read() as connection:
        rows = connection.execute(query.where(its.article_id.in_(revised)))
        return [(row[0], _day(row[1]), row[2]) for row in rows if row[0] in ids]


def _day(at: datetime) -> str:
    return at.replace(tzinfo=UTC).date().isoformat()
