"""`python -m benchmarks.erasure`: how long a deletion takes, and what questions notice of it meanwhile.

Vectors are a stand-in's, so that filling doesn't take as long as embedding would. Nothing is asserted.
"""

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import invented
from benchmarks.ingest import fill
from benchmarks.meters import StandIn
from benchmarks.report import machine
from retrieval.corpus import Corpus, open_corpus
from retrieval.model_files import default_dir
from retrieval.search import Query
from service.answers import AnswerStore, Turn

_PAUSE = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=5_000)
    chunks = parser.parse_args().chunks
    print(machine())
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch,
        open_corpus(Path(scratch), model_dir=default_dir(), command="benchmark") as corpus,
    ):
        _fill(corpus, chunks)
        _measure(corpus, Path(scratch))


def _fill(corpus: Corpus, chunks: int) -> None:
    sources = iter(invented(chunks, questions=0).sources)
    fill(corpus.record, corpus.index, StandIn(corpus.embedder), sources, upto=chunks)


def _measure(corpus: Corpus, directory: Path) -> None:
    size = sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
    print(f"{corpus.record.chunk_count()} passages, {size / 1e6:.0f} MB")
    answers = AnswerStore(corpus.record.database)
    answers.claim(Turn("ans_" + "0" * 32, "c_" + "0" * 32, "Who said what?"))
    (row,) = corpus.record.article_rows(limit=1)
    alone = _queried(corpus, lambda: time.sleep(2))
    print(f"searches beside nothing: {alone}")
    for what, work in (
        ("deleting a conversation", lambda: answers.delete_conversation("c_" + "0" * 32)),
        ("deleting an article", lambda: corpus.ingester.delete(row.id)),
        ("purging it", lambda: corpus.ingester.purge(row.id)),
    ):
        begun = time.perf_counter()
        meanwhile = _queried(corpus, work)
        print(f"{what}: {time.perf_counter() - begun:.2f} s; searches meanwhile: {meanwhile}")


def _queried(corpus: Corpus, work: Callable[[], None]) -> str:
    """Searches one after the other while `work` is done in a thread of its own."""
    doing = threading.Thread(target=work)
    corpus.searcher.search(Query("Who offered what?"))
    doing.start()
    took = []
    while doing.is_alive():
        begun = time.perf_counter()
        corpus.searcher.search(Query("Who offered what?"))
        took.append(1000 * (time.perf_counter() - begun))
        time.sleep(_PAUSE)
    return f"{len(took)}, median {statistics.median(took):.0f} ms, worst {max(took):.0f} ms"


if __name__ == "__main__":
    main()
