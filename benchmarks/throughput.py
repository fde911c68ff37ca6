"""`python -m benchmarks.throughput`: answers a second, of what the CPU time of their stages allows.

Questions are put in this process, one after another: the CPU time of their stages, in all threads and in the
servers beneath. In turn with that, 1, 8 and 32 clients ask a service over HTTP, and two services over one
PostgreSQL and one Chroma server. *Allowed* is what all cores would answer if a request cost its stages alone
and no core were ever idle; one client's, if the reader alone worked on several cores at once. Other work on
the machine is reckoned out: *wanted* is how many cores the services would have used, by the time in which
their threads waited for one, and *alone* what they would have answered with as many of them as there are. A
thread that waits for the interpreter or a lock wants none. Articles are sent by eight clients. Nothing is
asserted.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.answered import ADDING, Place, Questions, add, measure
from benchmarks.corpus import invented
from benchmarks.meters import MeteredReader
from benchmarks.report import machine, table
from benchmarks.server import Served, serving
from retrieval.model_files import default_dir
from retrieval.reader import load_reader
from retrieval.sources import Source
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer
from service.answers import AnswerStore
from service.bootstrap import open_settings_corpus
from service.chat import Chat
from service.config import Settings
from tests.cluster.servers import programs, running

_SHARED = "PostgreSQL and Chroma's server"


def compare(scratch: Path, *, articles: int, added: int, seconds: float, rounds: int) -> None:
    corpus = invented(articles + 3 * added, questions=5_000)
    kept, further = corpus.sources[:articles], iter(corpus.sources[articles:])
    questions = Questions(list(dict.fromkeys(corpus.questions)))
    adding = []
    with _embedded(scratch, kept) as place:
        measure(place, questions, seconds=seconds, rounds=rounds)
        adding.append(add(place, list(islice(further, added))))
    if programs() is None:
        print("\nPostgreSQL isn't installed: what services share was not measured.")
        return
    with _shared(scratch, kept) as places:
        for place in places:
            measure(place, questions, seconds=seconds, rounds=rounds)
            adding.append(add(place, list(islice(further, added))))
    table(
        f"ARTICLES  {added} of some 15 passages, sent by {ADDING} clients",
        ("", "articles/s", "alone", "CPU ms an article", "cores had", "wanted", "idle"),
        adding,
    )


@contextmanager
def _embedded(scratch: Path, sources: Sequence[Source]) -> Iterator[Place]:
    served, copied = scratch / "served", scratch / "copied"
    with _here(_settings(served), sources):
        pass
    shutil.copytree(served, copied)
    with _here(_settings(copied), ()) as (chat, reader), _served(served) as service:
        yield Place("a data directory", chat, reader, [service.url], [service.pid], [])


@contextmanager
def _shared(scratch: Path, sources: Sequence[Source]) -> Iterator[Sequence[Place]]:
    """One service, and two."""
    with ExitStack() as stack:
        servers = stack.enter_context(running())
        assert servers.postgres.process is not None
        assert servers.chroma.process is not None
        beneath = [servers.postgres.process.pid, servers.chroma.process.pid]
        where = servers.places.of(scratch)
        chat, reader = stack.enter_context(_here(_settings(scratch / "shared", **where), sources))
        services = [stack.enter_context(_served(scratch / str(n), **where)) for n in range(2)]
        for_each = (("one service", services[:1]), ("two services", services))
        yield [
            Place(f"{_SHARED}, {name}", chat, reader, [s.url for s in some], [s.pid for s in some], beneath)
            for name, some in for_each
        ]


def _settings(data_dir: Path, **places: object) -> Settings:
    return Settings(data_dir=data_dir, seeds_dir=data_dir / "none", model_dir=default_dir(), **places)  # type: ignore[arg-type]


def _served(data_dir: Path, **places: object) -> AbstractContextManager[Served]:
    return serving(data_dir, default_dir(), seeds_dir=data_dir / "none", **places)


@contextmanager
def _here(settings: Settings, sources: Sequence[Source]) -> Iterator[tuple[Chat, MeteredReader]]:
    with open_settings_corpus(settings, command="benchmark") as corpus:
        for done in corpus.ingester.ingest(sources):
            assert done.error is None, done.error
        reader = MeteredReader(load_reader(settings.model_dir))
        answerer = BroadAnswerer(ExtractiveAnswerer(corpus.embedder, reader), reader)
        yield Chat(corpus.record, corpus.searcher, answerer, AnswerStore(corpus.record.database)), reader


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    print(machine())
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch:
        sizes = {"articles": given.articles, "added": given.added}
        compare(Path(scratch), **sizes, seconds=given.seconds, rounds=given.rounds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5, help="of each stretch")
    parser.add_argument("--articles", type=int, default=60, help="of some 15 passages each")
    parser.add_argument("--added", type=int, default=48, help="articles that are sent in each way")
    return parser


if __name__ == "__main__":
    main()
