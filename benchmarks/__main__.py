"""`python -m benchmarks`: the figures of docs/performance.md, in one run.

What is compared takes turns within the run, so that a busy machine slows both. Nothing is asserted.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ingest, loopback, memory, question, startup, throughput
from benchmarks.corpus import Corpus, from_suites, invented
from benchmarks.meters import StandIn
from benchmarks.report import machine
from retrieval.corpus import open_corpus
from retrieval.model_files import default_dir
from retrieval.overlap import BATCH_ARTICLES
from retrieval.reader import load_reader

_ARTICLES_A_PASSAGE = 1 / 8  # a few more articles than are needed


@dataclass(frozen=True, slots=True)
class _Sizes:
    small: int
    large: int
    questions: int
    requests: int
    starts: int
    articles: int
    added: int
    seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    sizes = _Sizes(60, min(given.chunks, 200), 8, 12, 0, 8, 8, 0.5) if given.quick else _Sizes(
        min(1_000, given.chunks), given.chunks, 200, 200, 5, 60, 48, 5
    )  # fmt: skip
    begun = time.perf_counter()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch:
        _run(Path(scratch), default_dir(), _corpus(given.data, sizes), sizes)
    print(f"\n{time.perf_counter() - begun:.0f} s in all")


def _run(scratch: Path, model_dir: Path, corpus: Corpus, sizes: _Sizes) -> None:
    data_dir = scratch / "data"
    footprints = [memory.measure(data_dir, model_dir, [])]
    waiting = iter(corpus.sources)
    some = corpus.questions[:50]
    with open_corpus(data_dir, model_dir=model_dir, command="benchmark") as opened:
        print(f"embedding model {opened.embedder.fingerprint}")
        ingest.measure(
            opened.record, opened.index, opened.embedder, waiting, scratch / "raw", upto=sizes.small
        )
        question.measure(opened, load_reader(model_dir), corpus.questions[: sizes.questions])
    footprints.append(memory.measure(data_dir, model_dir, some))
    with open_corpus(data_dir, model_dir=model_dir, command="benchmark") as opened:
        stand_in = StandIn(opened.embedder)
        seconds = ingest.fill(opened.record, opened.index, stand_in, waiting, upto=sizes.large)
        print(f"\nGrown to {sizes.large} passages by a stand-in for the model in {seconds:.0f} s.")
        question.measure(opened, load_reader(model_dir), corpus.questions[: sizes.questions])
    footprints.append(memory.measure(data_dir, model_dir, some))
    memory.print_all(footprints)
    shutil.copytree(data_dir, scratch / "copy")
    loopback.measure(data_dir, scratch / "copy", model_dir, corpus.questions[:25], requests=sizes.requests)
    startup.measure(scratch, model_dir, rounds=sizes.starts)
    throughput.compare(scratch, articles=sizes.articles, added=sizes.added, seconds=sizes.seconds, rounds=1)


def _corpus(data: Path | None, sizes: _Sizes) -> Corpus:
    made = invented(int(sizes.large * _ARTICLES_A_PASSAGE) + 2 * BATCH_ARTICLES, questions=sizes.questions)
    if data is None:
        return made
    found = from_suites(data)
    return Corpus(found.sources + made.sources, found.questions or made.questions)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke test: small, about a minute")
    parser.add_argument("--chunks", type=int, default=10_000, help="passages of the large index")
    parser.add_argument(
        "--data", type=Path, help="take the articles and questions of the suites in this folder first"
    )
    return parser


if __name__ == "__main__":
    main()
