"""`python -m benchmarks.statements`: what the ledger costs, CPU a sentence to make it and ms to list it."""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import from_suites, invented
from benchmarks.meters import StandIn
from benchmarks.report import machine, p50, p95, table
from retrieval.article import Region
from retrieval.corpus import Corpus, open_corpus
from retrieval.ingest import Ingester
from retrieval.model_files import default_dir
from retrieval.segment import sentences
from service.answering.said import reported
from service.ledger import LEDGER, StatementStore
from service.statements import reported_query

AIM = 1.0  # ms of CPU a sentence
_ROUNDS = 30


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statements", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--data", type=Path, help="take the articles of the suites in this folder first")
    given = parser.parse_args(arguments)
    print(machine())
    sources = from_suites(given.data).sources if given.data else []
    sources += invented(max(0, given.articles - len(sources)), questions=1).sources
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch,
        open_corpus(Path(scratch), model_dir=default_dir(), command="benchmark", ledger=LEDGER) as corpus,
    ):
        list(Ingester(corpus.record, corpus.index, StandIn(corpus.embedder), LEDGER).ingest(sources))
        _making(corpus)
        _listing(corpus)


def _making(corpus: Corpus) -> None:
    rows = corpus.record.article_rows(limit=300)
    costs: list[float] = []
    for row in rows:
        article = corpus.record.article(row.id)
        count = sum(s.region is Region.BODY for s in sentences(article.text, article.regions))
        begun = time.thread_time()
        reported(article)
        costs.append(1000 * (time.thread_time() - begun) / max(1, count))
    table(
        f"MAKING  CPU ms a sentence, {len(rows)} articles; aim {AIM:.0f} ms",
        ("", "p50", "p95"),
        [("a sentence", p50(costs), p95(costs))],
    )


def _listing(corpus: Corpus) -> None:
    store = StatementStore(corpus.record)
    (first,) = store.listed(reported_query(limit=1)).statements
    asked: dict[str, dict[str, object]] = {
        "all": {},
        "by speaker": {"speaker": (first.speaker or "").split()[-1]},
        "by words": {"words": max(first.citation.quote.text.split(), key=len)},
        "by outlet and day": {"outlet": first.citation.article.outlet, "since": "2025-01-01"},
        "nothing fits": {"speaker": "nobody", "words": "nothing"},
    }
    rows = [(name, *_timed(store, each)) for name, each in asked.items()]
    table(
        f"LISTING  ms, 100 a page, {corpus.record.article_count()} articles",
        ("", "p50", "p95", "found"),
        rows,
    )


def _timed(store: StatementStore, asked: dict[str, object]) -> tuple[float, float, float]:
    times, found = [], 0
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        found = len(store.listed(reported_query(**asked)).statements)
        times.append(1000 * (time.perf_counter() - begun))
    return p50(times), p95(times), found


if __name__ == "__main__":
    main()
