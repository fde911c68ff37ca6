"""The composition root: the one place that builds the parts and puts them together."""

from collections.abc import Callable
from dataclasses import dataclass

from retrieval import maintain
from retrieval.database import Database
from retrieval.embed import Embedder, load
from retrieval.index import Index
from retrieval.ingest import Ingested, Ingester, Outcome
from retrieval.lock import DataDirectoryLock
from retrieval.record import Record
from retrieval.search import Searcher
from retrieval.sources import read_paths
from service.answering.extractive import ExtractiveAnswerer
from service.answers import AnswerStore
from service.chat import Chat
from service.config import Settings

Say = Callable[[str], None]


def _silently(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Corpus:
    """What holds the articles and finds them. It owns the data directory until it is closed."""

    lock: DataDirectoryLock
    record: Record
    index: Index
    embedder: Embedder
    ingester: Ingester
    searcher: Searcher

    def close(self) -> None:
        self.index.close()
        self.record.database.close()
        self.lock.release()

    def ready(self) -> bool:
        """By a real query; counting rows proves nothing."""
        return maintain.finds_itself(self.record, self.index, self.embedder)


@dataclass(frozen=True, slots=True)
class Service:
    settings: Settings
    corpus: Corpus
    chat: Chat
    answers: AnswerStore

    def close(self) -> None:
        self.corpus.close()


def open_corpus(
    settings: Settings, *, command: str, rebuild: bool = False, heal: bool = True, say: Say = _silently
) -> Corpus:
    """Take the data directory and open what is in it, rebuilding an index that lacks chunks, and
    finishing what an earlier process left unfinished; without `heal` it is opened as it is.

    Raises DataDirectoryError, ModelFileError, IndexMismatch, IndexUnavailable; nothing stays open then.
    """
    lock = DataDirectoryLock(settings.data_dir, command=command)
    try:
        return _open_held(settings, lock, rebuild=rebuild, heal=heal, say=say)
    except BaseException:
        lock.release()
        raise


def _open_held(settings: Settings, lock: DataDirectoryLock, *, rebuild: bool, heal: bool, say: Say) -> Corpus:
    record = Record(Database(f"sqlite:///{settings.data_dir / 'record.sqlite'}"))
    embedder = load(settings.model_dir, threads=settings.model_threads or None)
    index = Index(settings.data_dir / "index", record, fingerprint=embedder.fingerprint, start_anew=rebuild)
    ingester = Ingester(record, index, embedder)
    corpus = Corpus(lock, record, index, embedder, ingester, Searcher(record, index, embedder))
    if not heal:
        return corpus
    if rebuild or maintain.needs_rebuild(record, index):
        say("Rebuilding the index from the record ...")
        count = maintain.rebuild(record, index, embedder)
        say(f"Indexed {count} passages.")
    for done in ingester.resume():
        say(f"Finished what was begun: {describe(done)}")
    return corpus


def open_service(settings: Settings, *, command: str, say: Say = _silently) -> Service:
    corpus = open_corpus(settings, command=command, say=say)
    if settings.seeds_dir.is_dir():
        for done in corpus.ingester.ingest_seeds(read_paths([settings.seeds_dir])):
            say(f"Ingesting the seed articles: {describe(done)}")
    answers = AnswerStore(corpus.record.database)
    chat = Chat(
        corpus.record,
        corpus.searcher,
        ExtractiveAnswerer(corpus.embedder),
        answers,
        public_url=settings.public_url,
    )
    return Service(settings, corpus, chat, answers)


def describe(done: Ingested) -> str:
    if done.outcome is Outcome.REFUSED and done.error is not None:
        return f"{done.name}: refused, {done.error.message}"
    return f"{done.name}: {done.outcome.value} as {done.article_id} version {done.version}"
