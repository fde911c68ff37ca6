"""Articles taken away: found no more, and erased."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import sqlalchemy as sa

from retrieval.at_work import AtWork
from retrieval.database import Duty
from retrieval.erasure import INDEX, RECORD, erase_marked, erase_unheld, mark, marked, purge
from retrieval.errors import PackageFault, ParserUnavailable, SourceError
from retrieval.index import Index
from retrieval.journal import Job, Journal, first_version
from retrieval.parse import Parsed
from retrieval.parsing import Parser
from retrieval.record import Record, hide
from retrieval.sources import Source
from retrieval.turns import turns_of


class Remover:
    def __init__(self, record: Record, index: Index) -> None:
        self._record = record
        self._index = index
        self._journal = Journal(record.database)
        self._parser = Parser()
        self._turns = turns_of(record.database)
        self._one_at_a_time = partial(record.database.only, Duty.ARTICLES)
        self._at_work = AtWork(self._journal)

    def close(self) -> None:
        self._parser.close()

    def delete(self, id_: str) -> None:
        """Found by no search that starts after this returns, and in no file of the index; the record keeps
        the versions that something holds. Raises ArticleNotFound; IndexUnavailable or DataDirectoryError
        where it is hidden, but a file can't be rewritten now: the next start does, or deleting again. What
        was changed by a call that came later stays as that call left it. A waiting job that can't be read
        now is left: the next start refuses it."""
        with self._turns.turn() as turn, self._left_of(id_) as jobs:
            if self._turns.overtaken({id_}, turn):
                return
            try:
                with self._record.database.write() as connection:
                    hide(connection, id_)
                    erase_unheld(connection, [id_], jobs=jobs)
                    mark(connection, RECORD, INDEX)
                self._turns.changed({id_}, turn)
            finally:
                erase_marked(self._record.database, self._index)

    def purge(self, id_: str, *, also: Callable[[sa.Connection], None] = lambda _: None) -> None:
        """Erase every version, held or not. `also` does in the same transaction what its holders need.
        Purged again, it stays purged. It takes what is there when its turn at the lock comes, also what a
        later call has changed. Raises what `delete` raises."""
        with self._turns.turn() as turn, self._left_of(id_) as jobs:
            with self._record.database.write() as connection:
                also(connection)
                purge(connection, id_, jobs=jobs)
            self._turns.changed({id_}, turn)
            erase_marked(self._record.database, self._index)

    def finish_erasing(self) -> bool:
        """What an earlier process deleted and didn't get to erase. Whether there was any."""
        with self._one_at_a_time():
            database = self._record.database
            if not marked(database, RECORD) and not marked(database, INDEX):
                return False
            with database.write() as connection:
                erase_unheld(connection)
            erase_marked(database, self._index)
        return True

    @contextmanager
    def _left_of(self, id_: str) -> Iterator[list[int]]:
        """One at a time: an article's jobs that failed and wait for the next start, since they hold its text.
        They are read before, which may take long. One that is at work is no business of a deletion: it ends
        by itself, refused if it is the earlier."""
        parsed = [(job, self._read(job.source)) for job in self._at_work.left()]
        its = [job.id for job, text in parsed if isinstance(text, Parsed) and id_of(job, text) == id_]
        with self._one_at_a_time():
            yield [id_ for id_ in its if id_ not in self._at_work]

    def _try_parse(self, source: Source) -> Parsed | SourceError:
        try:
            return self._parser.parse(source)
        except SourceError as error:
            return error

    def _read(self, source: Source) -> Parsed | SourceError | ParserUnavailable | PackageFault:
        try:
            return self._try_parse(source)
        except (ParserUnavailable, PackageFault) as error:
            return error


def id_of(job: Job, parsed: Parsed) -> str:
    return first_version(job, parsed)[0].id
