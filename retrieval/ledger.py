"""The ledger: who said what, a row for each statement that a version of an article reports.

What the rows say is found by whoever reads articles (`Ledger.rows`). Here they are written in the transaction
in which the version becomes visible, and made anew where the rules that found them have changed. The database
takes them away with the version.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa

from retrieval.article import Article
from retrieval.batches import in_batches
from retrieval.errors import ArticleNotFound, ArticleWithdrawn
from retrieval.record import Record
from retrieval.tables import article_versions, ledgers, reported

_LOG = logging.getLogger(__name__)
_AT_ONCE = 32  # versions in a transaction

Row = Mapping[str, object]
"""The columns of `reported`, but for those that say where in the ledger it stands."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """`edition` is another one whenever `rows` may give other rows of the same article."""

    edition: str
    rows: Callable[[Article], Sequence[Row]]

    def read(self, article: Article) -> Sequence[Row]:
        """None where the rules fail: that is logged, and keeps no article from being found."""
        try:
            return self.rows(article)
        except Exception:  # noqa: BLE001 - the edge of rules that read whatever anybody writes
            _LOG.exception(
                "who said what in article %s, version %s, cannot be told", article.id, article.version
            )
            return ()


NOTHING = Ledger("", lambda _: ())


def enter(
    connection: sa.Connection, entries: Sequence[tuple[Article, Sequence[Row]]], *, edition: str
) -> None:
    """Of versions that have none yet."""
    keys = [{"article_id": article.id, "version": article.version} for article, _ in entries]
    if not keys:
        return
    connection.execute(ledgers.insert(), [{**key, "edition": edition} for key in keys])
    every = [
        {**key, "ordinal": ordinal, **row}
        for key, (_, rows) in zip(keys, entries, strict=True)
        for ordinal, row in enumerate(rows)
    ]
    if every:
        connection.execute(reported.insert(), every)


def stale(record: Record, ledger: Ledger, *, every: bool = False) -> list[tuple[str, int]]:
    """The versions whose rows other rules made, or none; or every version."""
    its = article_versions.c
    own = sa.and_(ledgers.c.article_id == its.article_id, ledgers.c.version == its.version)
    other = sa.true() if every else ledgers.c.edition.is_distinct_from(ledger.edition)
    query = sa.select(its.article_id, its.version).outerjoin(ledgers, own).where(other)
    with record.database.read() as connection:
        return list(connection.execute(query.order_by(its.article_id, its.version)).tuples())


def read_anew(
    record: Record,
    ledger: Ledger,
    versions: Sequence[tuple[str, int]],
    *,
    say: Callable[[int, int], None] = lambda *_: None,
) -> None:
    """`say` is told how many of how many are done. What was done stays done where it is cut short; what is
    erased meanwhile is passed over."""
    done = 0
    for batch in in_batches(versions, _AT_ONCE):
        read = [(article, ledger.read(article)) for article in _here(record, batch)]
        with record.database.write() as connection:
            kept = [(article, rows) for article, rows in read if _is_kept(connection, article)]
            for article, _ in kept:
                its = ledgers.c.article_id == article.id, ledgers.c.version == article.version
                connection.execute(ledgers.delete().where(*its))
            enter(connection, kept, edition=ledger.edition)
        done += len(batch)
        say(done, len(versions))


def _here(record: Record, versions: Sequence[tuple[str, int]]) -> Iterator[Article]:
    for id_, version in versions:
        with suppress(ArticleNotFound, ArticleWithdrawn):
            yield record.article(id_, version=version)


def _is_kept(connection: sa.Connection, article: Article) -> bool:
    its = article_versions.c
    query = sa.select(its.version).where(its.article_id == article.id, its.version == article.version)
    return connection.scalar(query) is not None
