"""`python -m benchmarks.overviews`: what a broad question costs at a thousand articles, by its kind."""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.corpus import invented
from benchmarks.meters import MeteredEmbedder, MeteredReader, StandIn
from benchmarks.report import machine, p50, p95, table
from retrieval.corpus import Corpus, open_corpus
from retrieval.ingest import Ingester
from retrieval.model_files import default_dir
from retrieval.reader import Reader, load_reader
from retrieval.search import Searcher
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer
from service.answers import AnswerStore
from service.chat import Chat
from service.english import DAYS
from service.ledger import LEDGER
from service.searching import PASSAGES
from service.wire import ChatRequest

AIM = 250.0  # ms, p50
_ASKED = {
    "gist": "Give me a summary of the {matter} talks",
    "gist of an article": "Summarise the {outlet} articles",
    "gist of a person": "What do the articles say about {surname}?",
    "people": "Who is involved in the {matter} talks?",
    "position": "What does {person} want?",
    "comparison": "Compare {person} and {other}",
    "accounts": "Do the articles contradict each other?",
    "agreed": "What was agreed in the {matter} talks?",
    "open": "What are the sticking points in the {matter} talks?",
    "next": "What happens next in the {matter} talks?",
    "state": "Where do the {matter} talks stand?",
    "timeline": "Give me a timeline of the {matter} talks",
    "course": "How has the {matter} plan changed?",
    "day": "What happened on {weekday}?",
    "since": "What changed since {weekday}?",
    "sources": "What are the sources?",
}
_MATTERS = (
    "grain",
    "ceasefire",
    "tariff",
    "pension",
    "gas",
    "fuel",
    "quota",
    "airspace",
    "vaccine",
    "prisoner",
)


@dataclass(frozen=True, slots=True)
class _Timed:
    """Milliseconds: the least, the first time with what the reader took of it, both in CPU, and again."""

    raw: float
    first: float
    reader: float
    cpu: float
    reader_cpu: float
    again: float


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overviews", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5, help="questions of each kind")
    parser.add_argument("--kinds", nargs="*", default=list(_ASKED), choices=list(_ASKED))
    given = parser.parse_args(arguments)
    print(machine())
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch,
        open_corpus(Path(scratch), model_dir=default_dir(), command="benchmark", ledger=LEDGER) as corpus,
    ):
        sources = invented(given.articles, questions=1).sources
        list(Ingester(corpus.record, corpus.index, StandIn(corpus.embedder), LEDGER).ingest(sources))
        _measure(corpus, given.kinds, given.rounds)


def _measure(corpus: Corpus, kinds: Sequence[str], rounds: int) -> None:
    """Each question with nothing kept of those before it, and once more; the least that it could cost in
    turn with them. CPU is the process's, which a busy machine stretches less."""
    reader = load_reader(default_dir())
    its = {kind: [_timed(corpus, reader, each) for each in _questions(kind, rounds)] for kind in kinds}
    every = [one for timed in its.values() for one in timed]
    rows: list[tuple[str | float, ...]] = [(kind, *_row(timed, p50)) for kind, timed in its.items()]
    rows += [("all, p50", *_row(every, p50)), ("all, p95", *_row(every, p95))]
    title = f"OVERVIEWS  ms, p50 of {rounds} questions a kind, {corpus.record.article_count()} articles"
    table(title, ("", "raw", "first", "reader", "CPU", "reader", "again"), rows)
    met = p50(one.first for one in every) <= AIM
    print(f"  aim {AIM:.0f} ms (p50), nothing kept: {'met' if met else 'missed'}")


def _row(timed: Sequence[_Timed], figure: Callable[[Iterable[float]], float]) -> tuple[float, ...]:
    return tuple(figure(getattr(one, each.name) for one in timed) for each in fields(_Timed))


def _questions(kind: str, number: int) -> list[str]:
    """The names are those of people who are in the articles."""
    chance = random.Random(kind)
    made = []
    for each in chance.sample(invented(200, questions=1).sources, number):
        title = (each.facts.title or "").split(" with ")[1].split()
        other = (chance.choice(invented(1, questions=1, seed=7).sources).facts.title or "").split(" with ")[1]
        made.append(
            _ASKED[kind].format(
                matter=chance.choice(_MATTERS),
                person=" ".join(title[:2]),
                surname=title[1],
                other=" ".join(other.split()[:2]),
                outlet=each.facts.outlet,
                weekday=chance.choice(DAYS),
            )
        )
    return made


def _timed(corpus: Corpus, reader: Reader, question: str) -> _Timed:
    embedder, metered = MeteredEmbedder(corpus.embedder), MeteredReader(reader)
    searcher = Searcher(corpus.record, corpus.index, embedder)
    answerer = BroadAnswerer(ExtractiveAnswerer(embedder, metered), metered)
    chat = Chat(corpus.record, searcher, answerer, AnswerStore(corpus.record.database))
    raw = _lasting(lambda: _raw(corpus, question))
    cpu = time.process_time()
    first = _lasting(lambda: chat.ask(ChatRequest(question=question)))
    cpu, reading = 1000 * (time.process_time() - cpu), metered.inference
    by_reader, its_cpu = reading.wall, reading.cpu
    again = _lasting(lambda: chat.ask(ChatRequest(question=question)))
    return _Timed(raw, first, by_reader, cpu, its_cpu, again)


def _lasting(does: Callable[[], object]) -> float:
    begun = time.perf_counter()
    does()
    return 1000 * (time.perf_counter() - begun)


def _raw(corpus: Corpus, question: str) -> None:
    vectors = corpus.embedder.embed([question])
    collection = corpus.index.current.vectors.nodes.client
    collection.query(query_embeddings=list(vectors), n_results=PASSAGES, include=["documents", "metadatas"])


if __name__ == "__main__":
    main()
