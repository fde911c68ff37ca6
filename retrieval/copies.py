"""Families of near-copies, as rows of the record: articles that carry one text, as a wire's are carried.

A family is what hangs together by pairs that are copies (likeness.py), so that neither the order in which
they came nor another one's deletion makes anybody a copy who isn't one. Only what is found is in one: the
rows are written in the transaction that makes a version visible, and taken away in that which hides it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from retrieval.article import Article, Origin
from retrieval.batches import in_batches
from retrieval.candidates import Candidates
from retrieval.database import Database, insert_many
from retrieval.likeness import EDITION, Runs, bands_of_each, copies_among, runs_of, stored
from retrieval.rows import article_of
from retrieval.tables import article_versions, articles, copied_bands, copied_pairs, copied_texts

MOST = 50
"""Members of a family that are looked at for a question."""
_AT_ONCE = 32  # versions in a transaction
_IN_LIMIT = 500
_UNDATED = "9"
_its = copied_texts.c


# These are made once: to make a statement of so many values costs more than to run it.
_FAMILIES_OF = (
    sa.select(_its.family)
    .where(_its.article_id.in_(sa.bindparam("ids", expanding=True)), _its.family.is_not(None))
    .distinct()
)
_HERE = sa.select(_its.article_id).where(_its.article_id.in_(sa.bindparam("ids", expanding=True)))
_FIRST_AT = (
    sa.select(article_versions.c.article_id, sa.func.min(article_versions.c.retrieved_at))
    .where(article_versions.c.article_id.in_(sa.bindparam("ids", expanding=True)))
    .group_by(article_versions.c.article_id)
)
_ADDED = copied_texts.insert().returning(_its.id, sort_by_parameter_order=True)


@dataclass(frozen=True, slots=True)
class Member:
    """A version of an article that is found."""

    article_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Family:
    """Of `count` members the first MOST, and those asked for; in the order of who is cited: those whose date
    was given, by it, then all others; the first ingested first where dates don't tell."""

    members: tuple[Member, ...]
    count: int


def enter(connection: sa.Connection, entries: Sequence[tuple[Article, Runs]]) -> None:
    """In the place of what the articles had, each of which comes once."""
    ids = [article.id for article, _ in entries]
    for here in sorted(connection.scalars(_HERE, {"ids": ids})):
        leave(connection, here)
    text_ids = _added(connection, entries)
    bands = bands_of_each([runs for _, runs in entries])
    candidates = Candidates(connection, [band for its in bands for band in its])
    copies: dict[int, list[int]] = {}
    for text_id, (_, runs), own in zip(text_ids, entries, bands, strict=True):
        near = candidates.of(own)
        copies[text_id] = copies_among(runs, near)
        candidates.add(text_id, own, runs)
    insert_many(
        connection, copied_bands, [(b, id_) for id_, own in zip(text_ids, bands, strict=True) for b in own]
    )
    for text_id, article_id in zip(text_ids, ids, strict=True):
        if copies[text_id]:
            _join(connection, text_id, article_id, copies[text_id])


def leave(connection: sa.Connection, article_id: str) -> None:
    """The others are a family as far as they still hang together."""
    row = connection.execute(sa.select(_its.id, _its.family).where(_its.article_id == article_id)).first()
    if row is None:
        return
    connection.execute(copied_texts.delete().where(_its.id == row.id))
    if row.family is not None:
        _part(connection, row.family)


def families(database: Database, ids: Iterable[str], *, only: Collection[str] | None = None) -> list[Family]:
    """Those of these articles that have copies; of `only` these articles, where a question is put to them."""
    asked, its = set(ids), set[str]()
    with database.read() as connection:
        for batch in in_batches(asked, _IN_LIMIT):
            its.update(connection.scalars(_FAMILIES_OF, {"ids": batch}))
        if not its:
            return []
        order = _its.told_at, _its.first_at, _its.article_id
        query = sa.select(_its.family, _its.article_id, _its.version).where(_its.family.in_(its))
        rows = connection.execute(query.order_by(_its.family, *order)).all()
    of: dict[str, list[Member]] = defaultdict(list)
    for family, article_id, version in rows:
        if only is None or article_id in only:
            of[family].append(Member(article_id, version))
    return [Family(_shown(members, asked), len(members)) for members in of.values() if len(members) > 1]


def _shown(members: Sequence[Member], asked: Collection[str]) -> tuple[Member, ...]:
    return tuple(one for at, one in enumerate(members) if at < MOST or one.article_id in asked)


def stale(database: Database, *, every: bool = False) -> list[tuple[str, int]]:
    """The articles, with their versions, that were compared by other rules, or not at all; or every one."""
    own = sa.and_(_its.article_id == articles.c.id, _its.version == articles.c.current_version)
    other = sa.true() if every else _its.edition.is_distinct_from(EDITION)
    query = sa.select(articles.c.id, articles.c.current_version).outerjoin(copied_texts, own)
    query = query.where(articles.c.current_version.is_not(None), other).order_by(articles.c.id)
    with database.read() as connection:
        return list(connection.execute(query).tuples())


def compare_anew(
    database: Database,
    versions: Sequence[tuple[str, int]],
    *,
    say: Callable[[int, int], None] = lambda *_: None,
) -> None:
    """`say` is told how many of how many are done. What was done stays done where it is cut short."""
    done = 0
    for batch in in_batches(versions, _AT_ONCE):
        with database.write() as connection:
            rows = [connection.execute(_found(*one)).mappings().first() for one in batch]
            # None where another process has changed or deleted it meanwhile.
            found = [article_of(row) for row in rows if row is not None]
            enter(connection, [(article, runs_of(article)) for article in found])
        done += len(batch)
        say(done, len(versions))


def _found(article_id: str, version: int) -> sa.Select[Any]:
    """That version, as long as it is the one that is found."""
    its = article_versions.c
    current = sa.and_(articles.c.id == its.article_id, articles.c.current_version == its.version)
    query = sa.select(article_versions).join(articles, current)
    return query.where(its.article_id == article_id, its.version == version)


def _added(connection: sa.Connection, entries: Sequence[tuple[Article, Runs]]) -> list[int]:
    again = [article.id for article, _ in entries if article.version > 1]
    first_at = dict(connection.execute(_FIRST_AT, {"ids": again}).tuples().all()) if again else {}
    rows = [
        {
            "article_id": article.id,
            "version": article.version,
            "edition": EDITION,
            "runs": stored(runs),
            "told_at": _told_at(article),
            "first_at": first_at.get(article.id) or article.retrieved_at,
        }
        for article, runs in entries
    ]
    return list(connection.scalars(_ADDED, rows)) if rows else []


def _told_at(article: Article) -> str:
    """As it sorts: in UTC; a day by its beginning. What a file says of itself is no date: whoever copies a
    text could say the earliest."""
    published = article.facts.published
    if published is None or article.origins.get("published", Origin.GIVEN) is not Origin.GIVEN:
        return _UNDATED
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return _UNDATED
    return (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%S")


def _join(connection: sa.Connection, text_id: int, article_id: str, copies: Sequence[int]) -> None:
    """A family is named by the smallest id in it."""
    pairs = [{"one": copy, "other": text_id} for copy in copies]
    connection.execute(copied_pairs.insert(), pairs)
    rows = connection.execute(
        sa.select(_its.id, _its.article_id, _its.family).where(_its.id.in_(copies))
    ).all()
    named = {row.family for row in rows} - {None}
    family = min([article_id, *named, *(row.article_id for row in rows)])
    single = [text_id, *(row.id for row in rows if row.family is None)]
    joined = sa.or_(_its.id.in_(single), _its.family.in_(named))
    connection.execute(copied_texts.update().where(joined).values(family=family))


def _part(connection: sa.Connection, family: str) -> None:
    """A family that has lost one, into what still hangs together."""
    left = connection.execute(sa.select(_its.id, _its.article_id).where(_its.family == family)).all()
    inside = sa.select(_its.id).where(_its.family == family)
    query = sa.select(copied_pairs).where(copied_pairs.c.one.in_(inside))
    parts = _connected({row.id for row in left}, connection.execute(query).tuples())
    names = {row.id: row.article_id for row in left}
    for part in parts:
        name = min(names[id_] for id_ in part) if len(part) > 1 else None
        for batch in in_batches(sorted(part), _IN_LIMIT):
            connection.execute(copied_texts.update().where(_its.id.in_(batch)).values(family=name))


def _connected(ids: Collection[int], pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    beside: dict[int, set[int]] = {id_: set() for id_ in ids}
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    parts: list[set[int]] = []
    left = set(ids)
    while left:
        part, front = set[int](), {left.pop()}
        while front:
            part |= front
            front = set().union(*(beside[id_] for id_ in front)) - part
        left -= part
        parts.append(part)
    return parts
