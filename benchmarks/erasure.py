"""`python -m benchmarks.erasure`: how long a deletion takes, and what questions notice of it meanwhile.

Vectors are a stand-in's, so that filling doesn't take as long as embedding would. Nothing is asserted.
"""

import argparse
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import invented
from benchmarks.ingest import fill
from benchmarks.meters import StandIn
from benchmarks.report import machine
from retrieval.corpus import Corpus, open_corpus
from retrieval.model_files import default_dir
from retrieval.search import Query
from service.answers import AnswerStore, QuestionTurn

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
    answers.claim(QuestionTurn("ans_" + "0" * 32, "c_" + "0" * 32, "Who said what?"))
    (row,) = corpus.record.article_rows(limit=1)
    print(f"beside nothing: {_meanwhile(corpus, answers, lambda: time.sleep(2))}")
    for what, work in (
        ("deleting a conversation", lambda: answers.delete_conversation("c_" + "0" * 32)),
        ("deleting an article", lambda: corpus.ingester.delete(row.id)),
        ("purging it", lambda: corpus.ingester.purge(row.id)),
    ):
        begun = time.perf_counter()
        meanwhile = _meanwhile(corpus, answers, work)
        print(f"{what}: {time.perf_counter() - begun:.2f} s; meanwhile: {meanwhile}")


def _meanwhile(corpus: Corpus, answers: AnswerStore, work: Callable[[], None]) -> str:
    """Searches, and questions written down, one after the other while `work` is done in another thread."""
    corpus.searcher.search(Query("Who offered what?"))
    doing = threading.Thread(target=work)
    searches: list[float] = []
    claims: list[float] = []
    threads = [
        threading.Thread(target=_repeated, args=(doing, searches, _searching(corpus))),
        threading.Thread(target=_repeated, args=(doing, claims, _claiming(answers))),
    ]
    for thread in (doing, *threads):
        thread.start()
    for thread in (doing, *threads):
        thread.join()
    return f"searches {_told(searches)}; questions written down {_told(claims)}"


def _searching(corpus: Corpus) -> Callable[[], object]:
    return lambda: corpus.searcher.search(Query("Who offered what?"))


def _claiming(answers: AnswerStore) -> Callable[[], object]:
    return lambda: answers.claim(
        QuestionTurn(f"ans_{uuid.uuid4().hex}", f"c_{uuid.uuid4().hex}", "Who said what?")
    )


def _repeated(doing: threading.Thread, took: list[float], each: Callable[[], object]) -> None:
    while doing.is_alive():
        begun = time.perf_counter()
        each()
        took.append(1000 * (time.perf_counter() - begun))
        time.sleep(_PAUSE)


def _told(took: list[float]) -> str:
    return f"{len(took)}, median {statistics.median(took):.0f} ms, worst {max(took):.0f} ms"


if __name__ == "__main__":
    main()
