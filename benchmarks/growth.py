"""`python -m benchmarks.growth`: what a search, an ingest, a start, memory and disk cost as the corpus grows.

Each size is grown out of the one before, by a stand-in for the embedding model. With `--data DIR` its vectors
are the model's own of passages of public suites, each moved as others of them differ (moved.py); without,
sums of pseudo-random ones, one a word, which an approximate index finds harder to tell apart. Raw is the
question embedded by the real model and Chroma asked for twenty passages; searches take turns with it.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import ingest, memory
from benchmarks.corpus import from_suites, invented
from benchmarks.meters import MeteredEmbedder, Spent, StandIn
from benchmarks.moved import Moved, passages
from benchmarks.report import machine, p50, p95, table
from retrieval.corpus import Corpus, open_corpus
from retrieval.embed import Embedder
from retrieval.ingest import Ingester
from retrieval.model_files import default_dir
from retrieval.overlap import BATCH_ARTICLES
from retrieval.search import Query, Searcher
from retrieval.selecting import Wanted, select_articles
from retrieval.sources import Source
from service.searching import PASSAGES

_PASSAGES_AN_ARTICLE = 8  # a little fewer than there are, so that the articles suffice
_FILTERED = 0.1  # of the articles
_EXACT = 10
_REAL = 4_000  # passages that the model embeds; a minute
_EVERY = 20  # of the suites' questions, so that all kinds are among them


@dataclass(slots=True)
class _Searched:
    """Milliseconds by the clock, and of the process's CPU, a list entry a question."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def of(self, work: Callable[[], object]) -> None:
        spent = Spent()
        with spent.measuring():
            work()
        self.wall.append(spent.wall)
        self.cpu.append(spent.cpu)


@dataclass(frozen=True, slots=True)
class _Size:
    passages: int
    ingest_cpu: float
    raw: _Searched
    whole: _Searched
    filtered: _Searched
    recall: float


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    made = invented(max(given.sizes) // _PASSAGES_AN_ARTICLE + 4 * BATCH_ARTICLES, questions=given.questions)
    print(machine())
    real = Vectors(given.data, made.questions)
    with tempfile.TemporaryDirectory(prefix="parley-growth-") as scratch:
        data_dir, model_dir, waiting = Path(scratch, "data"), default_dir(), iter(made.sources)
        sizes, footprints = [], []
        for upto in sorted(given.sizes):
            with open_corpus(data_dir, model_dir=model_dir, command="benchmark") as corpus:
                seconds = ingest.fill(
                    corpus.record, corpus.index, real.stand_in(corpus.embedder), waiting, upto
                )
                print(f"grown to {corpus.record.chunk_count()} passages in {seconds:.0f} s", flush=True)
                sizes.append(_measured(corpus, waiting, made.questions, real))
            memory.measure(data_dir, model_dir, [])  # the first start reads who said what
            footprints.append(memory.measure(data_dir, model_dir, made.questions[:20]))
        _print(sizes)
        _print_index(sizes)
        memory.print_all(footprints)


class Vectors:
    """Those that the passages get, and those of the questions whose nearest passages are counted."""

    def __init__(self, data: Path | None, questions: Sequence[str]) -> None:
        self._suites = from_suites(data) if data else None
        self._asked = (self._suites.questions if self._suites else list(questions))[:: _EVERY if data else 1]
        self._real: NDArray[np.float32] | None = None

    def stand_in(self, embedder: Embedder) -> MeteredEmbedder:
        if self._suites is None:
            return StandIn(embedder)
        if self._real is None:
            every = passages(self._suites.sources, embedder)
            self._real = embedder.embed(random.Random(7).sample(every, min(_REAL, len(every))))
        return Moved(embedder, self._real)

    def asked(self, embedder: Embedder) -> NDArray[np.float32]:
        by = embedder if self._suites else StandIn(embedder)
        return by.embed(self._asked)


def _measured(corpus: Corpus, waiting: Iterator[Source], questions: Sequence[str], vectors: Vectors) -> _Size:
    articles = sorted(select_articles(corpus.record.database, Wanted()).ids)
    some = frozenset(random.Random(7).sample(articles, max(1, int(_FILTERED * len(articles)))))
    ways = _ways(corpus, some)
    spent = {way: _Searched() for way in ways}
    for number, question in enumerate([*questions[:3], *questions]):
        if number == 3:  # the first three warm up
            spent = {way: _Searched() for way in ways}
        # Which goes first changes from question to question.
        for way in [*ways][number % 3 :] + [*ways][: number % 3]:
            spent[way].of(partial(ways[way], question))
    passages = corpus.record.chunk_count()
    more = _ingest_cpu(corpus, waiting, vectors.stand_in(corpus.embedder))
    recall = _recall(corpus, vectors.asked(corpus.embedder))
    return _Size(passages, more, spent["raw"], spent["whole"], spent["filtered"], recall)


def _ways(corpus: Corpus, some: frozenset[str]) -> dict[str, Callable[[str], object]]:
    """A search is by a searcher of its own, which keeps no article of a question before."""

    def search(question: str, *, only: frozenset[str] | None = None) -> object:
        searcher = Searcher(corpus.record, corpus.index, corpus.embedder)
        return searcher.search(Query(question, article_ids=only))

    return {"raw": partial(_ask_chroma, corpus), "whole": search, "filtered": partial(search, only=some)}


def _ask_chroma(corpus: Corpus, question: str) -> None:
    corpus.index.current.vectors.nodes.client.query(
        query_embeddings=list(corpus.embedder.embed([question])),
        n_results=PASSAGES,
        include=["documents", "metadatas", "distances"],
    )


def _ingest_cpu(corpus: Corpus, waiting: Iterator[Source], stand_in: MeteredEmbedder) -> float:
    """Milliseconds of CPU a passage outside the stand-in's vectors, of one more batch of articles."""
    spent = Spent()
    before = corpus.record.chunk_count()
    with spent.measuring():
        for _ in Ingester(corpus.record, corpus.index, stand_in).ingest(
            list(islice(waiting, BATCH_ARTICLES))
        ):
            pass
    return (spent.cpu - stand_in.inference.cpu) / (corpus.record.chunk_count() - before)


def _recall(corpus: Corpus, asked: NDArray[np.float32]) -> float:
    """Of the ten passages nearest by every vector there is, how many Chroma finds."""
    store = corpus.index.current.vectors
    ids, every = _vectors(corpus)
    found = 0
    for vector in asked:
        nearest = {ids[at] for at in np.argsort(-(every @ vector), kind="stable")[:_EXACT]}
        found += len(nearest & {id_ for id_, _ in store.query(vector, k=_EXACT)})
    return found / (_EXACT * len(asked))


def _vectors(corpus: Corpus) -> tuple[list[str], NDArray[np.float32]]:
    collection = corpus.index.current.vectors.nodes.client
    ids: list[str] = []
    rows: list[NDArray[np.float32]] = []
    while True:
        page = collection.get(include=["embeddings"], limit=5_000, offset=len(ids))
        if not page["ids"]:
            return ids, np.concatenate(rows)
        ids += page["ids"]
        rows.append(np.asarray(page["embeddings"], np.float32))


def _print(sizes: Sequence[_Size]) -> None:
    for what, of in (("ms", "wall"), ("CPU ms", "cpu")):
        figures = [
            (size, *(getattr(asked, of) for asked in (size.raw, size.whole, size.filtered))) for size in sizes
        ]
        table(
            f"SEARCH  {what}, {len(sizes[0].raw.wall)} questions; raw: embedding and Chroma; "
            f"filtered to {_FILTERED:.0%} of the articles",
            ("passages", "raw p50", "p95", "search p50", "p95", "ratio p50", "p95",
             "filtered p50", "of search"),
            [
                (str(size.passages), p50(raw), p95(raw), p50(whole), p95(whole), p50(whole) / p50(raw),
                 p95(whole) / p95(raw), p50(some), p50(some) / p50(whole))
                for size, raw, whole, some in figures
            ],
        )  # fmt: skip


def _print_index(sizes: Sequence[_Size]) -> None:
    table(
        "INDEX  CPU ms a passage of 32 articles more, outside the vectors; recall@10 against every vector",
        ("passages", "CPU ms a passage", "recall@10"),
        [(str(size.passages), size.ingest_cpu, size.recall) for size in sizes],
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="PASSAGES")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--data", type=Path, metavar="DIR", help="public suites, for vectors that are real")
    return parser


if __name__ == "__main__":
    main()
