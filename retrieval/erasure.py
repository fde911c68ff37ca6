"""Erasing: what was deleted is gone from the disk, not only from what is found.

A delete takes the rows and leaves a mark in one transaction. Then the files are rewritten, since both SQLite
and tantivy leave text where it stood, and the mark is taken away. A crash in between leaves the mark, and the
next start rewrites the files.
"""

import time
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from retrieval.copies import leave
from retrieval.database import Database, Duty, new_rows
from retrieval.errors import RecordInUse
from retrieval.failpoints import reached
from retrieval.index import Index
from retrieval.journal import forget_jobs
from retrieval.record import bump_corpus_version, put_setting
from retrieval.tables import article_versions, articles, chunks, held_versions, settings
from retrieval.versions import no_such_article

RECORD, INDEX = "erase_record", "erase_index"
_PAUSES = (0.2, 0.4, 0.8, 1.6)  # seconds


def mark(connection: sa.Connection, *which: str) -> None:
    """RECORD, INDEX: its files hold text that is to be erased."""
    for key in which:
        put_setting(connection, key, f"{datetime.now(UTC).isoformat()} {uuid.uuid4().hex}")
    reached("erasure.marking")


def marked(database: Database, which: str) -> str | None:
    """The mark, if there is one."""
    with database.read() as connection:
        return connection.scalar(sa.select(settings.c.value).where(settings.c.key == which))


def unmark(database: Database, which: str, *, made: str | None = None) -> None:
    """`made`: only that mark, none that was made since."""
    its = settings.c.key == which, sa.true() if made is None else settings.c.value == made
    with database.write() as connection:
        connection.execute(settings.delete().where(*its))


def erase_marked(database: Database, index: Index, *, reindexing: bool = False) -> None:
    """Every file that a deletion has marked. The mark stays while another process reindexes, which may die
    and leave what it filled; `reindexing`: the caller does. Raises what `rewrite_record` raises, and
    IndexUnavailable."""
    reached("erasure.marked")
    rewrite_record(database)
    reached("erasure.record-rewritten")
    if marked(database, INDEX):
        index.erase_strays()
        reached("erasure.index-rewritten")
        if reindexing or not database.shared or drop_left(database, index):
            unmark(database, INDEX)


def drop_left(database: Database, index: Index) -> bool:
    """What reindexes that died have left. Whether none is going on, which fills one still. Raises
    IndexUnavailable."""
    with database.only(Duty.REINDEX, patience=0) as nobody:
        if nobody:
            index.drop_others()
        return nobody


def rewrite_record(database: Database) -> None:
    """Nothing to do where another call has done it since the mark was made. Raises RecordInUse where a backup
    or another reader holds on to the log for long, or another DataDirectoryError."""
    if marked(database, RECORD) is None:
        return
    _empty_log(database)  # each try with a reader there would add the whole file to the log
    with database.alone():
        made = marked(database, RECORD)
        if made is None:
            return
        database.rewrite()
    _empty_log(database)
    unmark(database, RECORD, made=made)


def _empty_log(database: Database) -> None:
    """Between the tries others write."""
    for pause in _PAUSES:
        if database.empty_log():
            return
        time.sleep(pause)
    if not database.empty_log():
        raise RecordInUse(
            "what was deleted is still in the record's file, which a backup or another program is reading",
            remedy="It is deleted and hidden; its text leaves the disk once the backup or other reader has "
            "ended: delete again then, or restart.",
        )


def hold(connection: sa.Connection, holder: str, versions: Iterable[tuple[str, int]]) -> None:
    """As long as they are held, deleting the articles keeps the text of these versions."""
    rows = [{"holder": holder, "article_id": id_, "version": v} for id_, v in sorted(set(versions))]
    if rows:
        connection.execute(new_rows(connection, held_versions), rows)
    reached("erasure.holding")


def let_go(connection: sa.Connection, holders: sa.Select[tuple[str]]) -> None:
    """What these hold, they hold no longer; the text of deleted articles that only they held is erased."""
    its = held_versions.c.holder.in_(holders)
    ids = list(connection.scalars(sa.select(held_versions.c.article_id).where(its).distinct()))
    connection.execute(held_versions.delete().where(its))
    erase_unheld(connection, ids)


def holders_of(connection: sa.Connection, article_id: str) -> list[str]:
    query = sa.select(held_versions.c.holder).where(held_versions.c.article_id == article_id)
    return list(connection.scalars(query.distinct()))


def erased(connection: sa.Connection, versions: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the versions that were erased."""
    asked = set(versions)
    ids = {id_ for id_, _ in asked}
    query = sa.select(articles.c.id, articles.c.erased_through)
    through = connection.execute(query.where(articles.c.id.in_(ids), articles.c.erased_through.is_not(None)))
    past = dict(through.tuples().all())
    kept = sa.select(article_versions.c.article_id, article_versions.c.version)
    here = set(connection.execute(kept.where(article_versions.c.article_id.in_(past))).tuples())
    return {(id_, v) for id_, v in asked - here if v <= past.get(id_, 0)}


def purge(connection: sa.Connection, id_: str, *, jobs: Sequence[int] = ()) -> None:
    """Erase every version, held or not; `jobs` are its own that haven't ended. One that was purged before
    stays so. Raises ArticleNotFound."""
    row = connection.execute(sa.select(articles).where(articles.c.id == id_)).mappings().first()
    if row is None:
        raise no_such_article(id_, None)
    connection.execute(chunks.delete().where(chunks.c.article_id == id_))
    gone = articles.update().where(articles.c.id == id_)
    connection.execute(gone.values(current_version=None, deleted_at=row["deleted_at"] or datetime.now(UTC)))
    connection.execute(held_versions.delete().where(held_versions.c.article_id == id_))
    if row["current_version"] is not None:
        bump_corpus_version(connection)
        leave(connection, id_)
    left = sa.select(article_versions.c.version).where(article_versions.c.article_id == id_)
    if jobs or connection.scalar(left.limit(1)) is not None:
        erase_unheld(connection, [id_], jobs=jobs)
        mark(connection, RECORD, INDEX)


def erase_unheld(
    connection: sa.Connection, ids: Sequence[str] | None = None, *, jobs: Sequence[int] = ()
) -> None:
    """The texts of deleted articles that nothing holds: of these articles, or of all."""
    its = article_versions.c
    held = sa.exists().where(
        held_versions.c.article_id == its.article_id, held_versions.c.version == its.version
    )
    deleted = sa.exists().where(articles.c.id == its.article_id, articles.c.current_version.is_(None))
    query = sa.select(its.article_id, its.version).where(deleted, ~held).order_by(its.version)
    if ids is not None:
        query = query.where(its.article_id.in_(ids))
    for id_, version in connection.execute(query).all():
        connection.execute(article_versions.delete().where(its.article_id == id_, its.version == version))
        through = sa.func.coalesce(articles.c.erased_through, 0)
        further = articles.update().where(articles.c.id == id_, through < version)
        connection.execute(further.values(erased_through=version))
    # An identity is an address, a name or a digest of the text. The next of the same brings it again.
    left = sa.exists().where(its.article_id == articles.c.id)
    nothing = articles.update().where(articles.c.erased_through.is_not(None), ~left)
    # What stands in its place is nobody's to give: an identity is given once.
    connection.execute(nothing.values(identity=articles.c.id.concat(f" {uuid.uuid4().hex}")))
    forget_jobs(connection, jobs)
