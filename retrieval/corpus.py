"""A data directory, opened: the articles, the index and what works on them. (Several processes share another
kind of place: retrieval/shared.py.)

with open_corpus(Path("data"), model_dir=default_dir(), command="my program") as corpus:
    hits = corpus.searcher.search(Query("Who offered what?"))
"""

import shutil
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa

from retrieval import copies, maintain, probe
from retrieval.article import too_long
from retrieval.database import Database
from retrieval.embed import Embedder, load
from retrieval.erasure import INDEX, drop_left, mark
from retrieval.errors import (
    DataDirectoryError,
    IndexUnavailable,
    PackageFault,
    ParserUnavailable,
    ReadingFailed,
    StorageFull,
)
from retrieval.identity import POINTER, agree, has_vectors, refuse_lost
from retrieval.index import Index
from retrieval.ingest import Ingester
from retrieval.ledger import NOTHING, Ledger, read_anew, stale
from retrieval.llama import ArticleRetriever
from retrieval.lock import DataDirectoryLock, make_sure_writable
from retrieval.outcome import Ingested, Outcome
from retrieval.patience import patiently
from retrieval.private import INDEX_NAME, RECORD_NAME, keep_private
from retrieval.record import Record
from retrieval.search import Searcher

Say = Callable[[str], None]


def silently(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Corpus:
    """What holds the articles and finds them. It owns the data directory until it is closed, where it is in
    one."""

    lock: DataDirectoryLock | None
    record: Record
    index: Index
    embedder: Embedder
    ingester: Ingester
    searcher: Searcher

    def __enter__(self) -> "Corpus":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Each of them, whatever comes of the others."""
        with ExitStack() as closing:
            if self.lock is not None:
                closing.callback(self.lock.release)
            closing.callback(self.record.database.close)
            closing.callback(self.index.close)
            closing.callback(self.ingester.close)

    def ready(self) -> bool:
        """By a real query; counting rows proves nothing."""
        return maintain.finds_itself(self.record, self.index, self.embedder)

    def retriever(self, *, k: int = 20, article_ids: frozenset[str] | None = None) -> ArticleRetriever:
        """For LlamaIndex's query engines, chat engines and fusion retrievers."""
        return ArticleRetriever(self.searcher, k=k, article_ids=article_ids)


def open_corpus(
    data_dir: Path,
    *,
    model_dir: Path,
    command: str,
    model_threads: int | None = None,
    rebuild: bool = False,
    heal: bool = True,
    ledger: Ledger = NOTHING,
    say: Say = silently,
) -> Corpus:
    """Take the data directory and open what is in it, rebuilding an index that lacks chunks and a ledger that
    other rules made, and finishing what an earlier process left unfinished; without `heal` it is opened as it
    is. `command` is what another process is told holds the directory.

    Raises DataDirectoryError, ModelFileError, IndexMismatch, IndexUnavailable; nothing stays open then.
    """
    lock = DataDirectoryLock(data_dir, command=command)
    with ExitStack() as undo:
        undo.callback(lock.release)
        refuse_lost(data_dir)
        make_sure_writable([data_dir / RECORD_NAME, data_dir / INDEX_NAME])
        embedder = load(model_dir, threads=model_threads)
        with patiently():
            corpus = _open_held(
                data_dir, lock, embedder, ledger, undo=undo, start_anew=rebuild, heal=heal, say=say
            )
            if heal:
                make_whole(corpus, rebuild=rebuild, say=say)
        if heal:
            fill_ledger(corpus.record, ledger, every=rebuild, say=say)
            compare_anew(corpus.record, every=rebuild, say=say)
        undo.pop_all()
    return corpus


def describe(done: Ingested) -> str:
    if done.outcome is Outcome.REFUSED and done.error is not None:
        return f"{done.name}: refused: {done.error.message}. {done.error.remedy}"
    told = f"{done.name}: {done.outcome.value} as {done.article_id} version {done.version}"
    return told if done.left_out is None else f"{told}; {too_long(done.left_out.start)}"


def _each_tenth(say: Say, what: str) -> Callable[[int, int], None]:
    """A large corpus takes minutes: progress is told at each tenth of it."""
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        tenths = 10 * done // total if total else 10
        if told < tenths < 10:
            told = tenths
            say(what.format(done=done, total=total))

    return progress


def _open_held(
    data_dir: Path,
    lock: DataDirectoryLock,
    embedder: Embedder,
    ledger: Ledger,
    *,
    undo: ExitStack,
    start_anew: bool,
    heal: bool,
    say: Say,
) -> Corpus:
    """What it opens is closed by `undo`, should a later step fail."""
    keep_private(data_dir)
    database = Database(sa.URL.create("sqlite", database=str(data_dir / RECORD_NAME)))
    undo.callback(database.close)
    record = Record(database)
    agree(record, data_dir, start_anew=start_anew)
    if not start_anew:
        _drop_damaged(data_dir / INDEX_NAME, record.setting(POINTER), heal=heal, say=say)
    # One that is gone altogether is no riddle: it is filled from the record.
    start_anew = start_anew or not has_vectors(data_dir / INDEX_NAME)
    its = data_dir / INDEX_NAME
    index = Index(its, record, fingerprint=embedder.fingerprint, start_anew=start_anew, mend=heal)
    undo.callback(index.close)
    ingester = Ingester(record, index, embedder, ledger)
    return Corpus(lock, record, index, embedder, ingester, Searcher(record, index, embedder))


def _finish_erasing(corpus: Corpus, say: Say) -> None:
    """It is hidden already: what keeps its files from being rewritten keeps nobody from asking."""
    try:
        if corpus.ingester.finish_erasing():
            say("Erased what was deleted before.")
    except (IndexUnavailable, DataDirectoryError) as error:
        say(f"What was deleted is hidden, and not yet erased from disk: {error.message}. {error.remedy}")


def _drop_damaged(index: Path, name: str | None, *, heal: bool, say: Say) -> None:
    """Raises IndexUnavailable where it isn't to be healed."""
    if name is None:
        return
    looked = probe.look(index)
    unsure = looked.vectors is probe.Found.UNKNOWN and not probe.stands(index, name)
    damaged = {
        "vectors": (index / "chroma", unsure or looked.vectors is probe.Found.CHANGED),
        "words": (index / "lexical" / name, looked.words is probe.Found.CHANGED),
    }
    for part, (folder, is_damaged) in damaged.items():
        if is_damaged and not heal:
            raise IndexUnavailable(
                f"the index in {index} is damaged: the files of its {part} in {folder} are not as they were "
                "written",
                remedy="Run `parley reindex`; a start of the service mends it too.",
            )
        if is_damaged:
            say(f"The index is damaged: the files of its {part} in {folder} are not as they were written.")
            shutil.rmtree(folder)


def make_whole(corpus: Corpus, *, rebuild: bool, say: Say) -> None:
    database = corpus.record.database
    with suppress(IndexUnavailable, DataDirectoryError):  # what a rebuild left that died
        if corpus.index.has_others():  # which may hold what was deleted since
            with database.write() as connection:
                mark(connection, INDEX)
        drop_left(database, corpus.index)
    if maintain.mend_words(corpus.record, corpus.index):
        say("Made the words of the index anew.")
    if rebuild or maintain.needs_rebuild(corpus.record, corpus.index):
        say("Rebuilding the index from the record ...")
        count = maintain.rebuild(
            corpus.record,
            corpus.index,
            corpus.embedder,
            say=_each_tenth(say, "Indexed {done} of {total} passages ..."),
        )
        say(f"Indexed {count} passages.")
    _finish_erasing(corpus, say)
    if corpus.ingester.unfinished():
        say("Finishing what an earlier run began ...")
        _resume(corpus, say)
        _finish_erasing(corpus, say)  # of what had been deleted before it was finished


def fill_ledger(record: Record, ledger: Ledger, *, every: bool, say: Say) -> None:
    """For the ledger. Not where there is none: whoever opened the corpus only wants what is found. A full
    disk keeps nobody from asking."""
    old = [] if ledger is NOTHING else stale(record, ledger, every=every)
    if not old:
        return
    say("Reading the articles for who said what ...")
    try:
        read_anew(record, ledger, old, say=_each_tenth(say, "Read {done} of {total} ..."))
    except StorageFull as error:
        say(f"The rest is left for the next start: {error.message}. {error.remedy}")


def compare_anew(record: Record, *, every: bool, say: Say) -> None:
    """For near-copies. A full disk keeps nobody from asking."""
    old = copies.stale(record.database, every=every)
    if not old:
        return
    say("Comparing the articles with each other ...")
    try:
        progress = _each_tenth(say, "Compared {done} of {total} ...")
        copies.compare_anew(record.database, old, say=progress)
    except StorageFull as error:
        say(f"The rest is left for the next start: {error.message}. {error.remedy}")


def _resume(corpus: Corpus, say: Say) -> None:
    try:
        for done in corpus.ingester.resume():
            say(f"Finished what was begun: {describe(done)}")
    except (StorageFull, ParserUnavailable, PackageFault, ReadingFailed) as error:
        say(f"Left for the next start: {error.message}. {error.remedy}")
