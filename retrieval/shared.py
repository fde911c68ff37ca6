"""A corpus that any number of processes open: the record in PostgreSQL, the vectors in a Chroma server.

Nothing of it is in a folder, so none is locked. What one process does at a time goes by `Duty`.
"""

from contextlib import ExitStack
from pathlib import Path

from retrieval.corpus import Corpus, Say, compare_anew, fill_ledger, make_whole, silently
from retrieval.database import Database, Duty
from retrieval.embed import load
from retrieval.ingest import Ingester
from retrieval.ledger import NOTHING, Ledger
from retrieval.patience import patiently
from retrieval.postgres import postgres_url
from retrieval.record import Record
from retrieval.search import Searcher
from retrieval.served_chroma import ChromaAddress
from retrieval.shared_index import SharedIndex

_SAID_AFTER_SECONDS = 1.0


def open_shared_corpus(
    record_url: str,
    chroma: ChromaAddress,
    *,
    model_dir: Path,
    model_threads: int | None = None,
    rebuild: bool = False,
    heal: bool = True,
    ledger: Ledger = NOTHING,
    say: Say = silently,
) -> Corpus:
    """As `open_corpus`. Those that start at the same time do so one after the other: the first migrates,
    makes the index and fills what lacks. Raises DataDirectoryError, ModelFileError, IndexMismatch,
    IndexUnavailable; nothing stays open then."""
    with ExitStack() as undo:
        embedder = load(model_dir, threads=model_threads)
        database = Database(postgres_url(record_url))
        undo.callback(database.close)
        record = Record(database)
        with ExitStack() as starting:
            if not starting.enter_context(database.only(Duty.STARTING, patience=_SAID_AFTER_SECONDS)):
                say("Waiting for another process that is starting ...")
                starting.enter_context(database.only(Duty.STARTING))
            starting.enter_context(patiently())
            index = SharedIndex(chroma, record, fingerprint=embedder.fingerprint, start_anew=rebuild)
            undo.callback(index.close)
            ingester = Ingester(record, index, embedder, ledger)
            corpus = Corpus(None, record, index, embedder, ingester, Searcher(record, index, embedder))
            if heal:
                make_whole(corpus, rebuild=rebuild, say=say)
                fill_ledger(record, ledger, every=rebuild, say=say)
                compare_anew(record, every=rebuild, say=say)
        undo.pop_all()
    return corpus
