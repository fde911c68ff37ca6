"""What quantising the embedding model costs in quality and saves in time: one run, side by side.

    python -m benchmarks.embedding_precision --data DIR

DIR holds suites of public questions (suite.yaml, corpus.jsonl, cases.jsonl): multihoprag500, clapnq and
squad2_500. The model's originals are downloaded and converted anew each time. Every precision is measured
in a process of its own. Differences from float32 carry the 95 % interval of a paired bootstrap over
questions. Speeds are of this machine; give it nothing else to do.
"""

import argparse
import hashlib
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencex import get_sentence_boundaries

from retrieval import model_download, onnx_graph
from retrieval.embed import MiniLM, open_files
from retrieval.onnx_runtime import quantise

SUITES = ("multihoprag500", "clapnq", "squad2_500")
PICKING_SUITE = "clapnq"  # the one with gold sentences
PASSAGES = 5
DRAWS = 10_000


@dataclass(frozen=True)
class Case:
    question: str
    gold: Mapping[str, tuple[str, ...]]  # document to quotations


@dataclass(frozen=True)
class Suite:
    documents: Mapping[str, str]
    titles: Mapping[str, str]
    cases: tuple[Case, ...]


def read_suite(folder: Path) -> Suite:
    documents, titles, cases = {}, {}, []
    for row in _rows(folder / "corpus.jsonl"):
        documents[row["id"]], titles[row["id"]] = row["text"], row["title"] or ""
    for row in _rows(folder / "cases.jsonl"):
        gold: dict[str, tuple[str, ...]] = {}
        for evidence in row["evidence"] if row["answerable"] else ():
            quotes = (evidence["quote"],) if evidence["quote"] else ()
            gold[evidence["doc_id"]] = gold.get(evidence["doc_id"], ()) + quotes
        if gold:
            cases.append(Case(row["question"], gold))
    return Suite(documents, titles, tuple(cases))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rank(model: MiniLM, suite: Suite) -> list[list[str]]:
    """The ten documents nearest to each question; a document is embedded whole, its title in front."""
    names = list(suite.documents)
    index = model.embed([f"{suite.titles[name]}\n{suite.documents[name]}" for name in names])
    scores = model.embed([case.question for case in suite.cases]) @ index.T
    return [[names[at] for at in np.argsort(-row, kind="stable")[:10]] for row in scores]


def ndcg(ranked: Sequence[str], case: Case) -> float:
    """nDCG@10 with binary gains (Järvelin and Kekäläinen 2002)."""
    discounts = 1 / np.log2(np.arange(2, 12))
    gained = sum(discounts[at] for at, name in enumerate(ranked[:10]) if name in case.gold)
    return float(gained / discounts[: min(10, len(case.gold))].sum())


def picks_gold(model: MiniLM, suite: Suite, ranked: Sequence[str], case: Case) -> float:
    """Is the best sentence of the first passages by MaxSim (Khattab and Zaharia 2020) a gold one?"""
    question = model.tokens(case.question).vectors
    best, found = -1.0, False
    for name in ranked[:PASSAGES]:
        text = suite.documents[name]
        tokens = model.tokens(text)
        similar = question @ tokens.vectors.T
        for start, end in _sentences(text):
            inside = (tokens.offsets[:, 0] >= start) & (tokens.offsets[:, 1] <= end)
            if not inside.any():
                continue
            score = float(similar[:, inside].max(axis=1).mean())
            if score > best:
                best = score
                found = any(_same(text[start:end], quote) for quote in case.gold.get(name, ()))
    return float(found)


def _sentences(text: str) -> list[tuple[int, int]]:
    spans = [(found["start_index"], found["end_index"]) for found in get_sentence_boundaries("en", text)]
    return [(start, end) for start, end in spans if text[start:end].strip()]


def _same(one: str, two: str) -> bool:
    """Overlap, as one within the other; the sets separate their words by blanks."""
    bare = [re.sub(r"\s+", "", text) for text in (one, two)]
    return bare[0] in bare[1] or bare[1] in bare[0]


def measure(model: MiniLM, data: Path) -> dict[str, Any]:
    scores: dict[str, list[float]] = {}
    for name in SUITES:
        suite = read_suite(data / name)
        ranked = rank(model, suite)
        pairs = list(zip(ranked, suite.cases, strict=True))
        scores[f"{name} nDCG@10"] = [ndcg(order, case) for order, case in pairs]
        scores[f"{name} hit@1"] = [float(order[0] in case.gold) for order, case in pairs]
        if name == PICKING_SUITE:
            scores[f"{name} sentence hit@1"] = [
                picks_gold(model, suite, order, case) for order, case in pairs
            ]
    return {"scores": scores}


def speeds(model: MiniLM, data: Path) -> dict[str, Any]:
    suite = read_suite(data / PICKING_SUITE)
    passages = [_cut(model, text) for text in list(suite.documents.values())[:80]]
    questions = [case.question for case in suite.cases[:80]]
    digest = hashlib.sha256(model.embed(passages[:20]).tobytes())
    alone = hashlib.sha256(b"".join(model.embed([text]).tobytes() for text in passages[:20]))
    seconds = statistics.median(_timed(lambda text: model.embed([text]), passages))
    result = {
        "passages/s": 1 / seconds,
        "ms a question": 1000 * statistics.median(_timed(lambda text: model.embed([text]), questions)),
        "ms tokens of a passage": 1000 * statistics.median(_timed(model.tokens, passages)),
        "MiB resident": resident_mib(),
    }
    return {"speeds": result, "digest": digest.hexdigest(), "alone": alone.hexdigest()}


def resident_mib() -> float:
    """The peak of this program (Linux). Not getrusage's, which a child has from its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[0]) / 1024


def _cut(model: MiniLM, text: str) -> str:
    """The first 120 word pieces."""
    offsets = model.tokens(text).offsets
    return text[: int(offsets[min(120, len(offsets)) - 1, 1])]


def _timed(call: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    taken = []
    for text in texts:
        start = time.perf_counter()
        call(text)
        taken.append(time.perf_counter() - start)
    return taken


def convert_all(folder: Path) -> dict[str, Path]:
    """float32, what Parley runs (int8), and the quantiser's own default (one scale a matrix)."""
    model_download.download(folder, say=lambda line: print(line, file=sys.stderr))
    models = {name: folder / f"{name}.onnx" for name in ("float32", "int8", "int8-matrix")}
    onnx_graph.convert(folder, models["float32"], quantise=False)
    onnx_graph.convert(folder, models["int8"], quantise=True)
    quantise(models["float32"], models["int8-matrix"])
    return models


def in_a_process(task: str, model: Path, data: Path, *, threads: int) -> dict[str, Any]:
    options = ["--data", str(data), "--task", task, "--model", str(model), "--threads", str(threads)]
    command = [sys.executable, "-m", "benchmarks.embedding_precision", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def interval(scores: Sequence[float], base: Sequence[float]) -> str:
    differences = np.array(scores) - np.array(base)
    drawn: NDArray[np.int64] = np.random.default_rng(1).integers(
        0, len(differences), (DRAWS, len(differences))
    )
    low, high = np.percentile(differences[drawn].mean(axis=1), [2.5, 97.5])
    return f"{differences.mean():+.3f} [{low:+.3f}, {high:+.3f}]"


def compare(data: Path, *, threads: int) -> None:
    quality, quick = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name, model in convert_all(Path(folder)).items():
            print(f"measuring {name} ...", file=sys.stderr)
            quick[name] = in_a_process("speeds", model, data, threads=threads)
            single = in_a_process("speeds", model, data, threads=1)
            digests = {quick[name]["digest"], quick[name]["alone"], single["digest"], single["alone"]}
            quick[name]["speeds"]["passages/s, 1 thread"] = single["speeds"]["passages/s"]
            quick[name]["equal"] = len(digests) == 1
            quick[name]["speeds"]["MB on disk"] = model.stat().st_size / 1e6
            quality[name] = in_a_process("measure", model, data, threads=threads)["scores"]
    _print(quality, quick)


def _print(quality: Mapping[str, Any], quick: Mapping[str, Any]) -> None:
    print(f"{'':30}" + "".join(f"{name:>36}" for name in quality))
    for metric, base in quality["float32"].items():
        cells = [f"{np.mean(base):.3f}  n={len(base)}"]
        for name in list(quality)[1:]:
            scores = quality[name][metric]
            cells.append(f"{np.mean(scores):.3f}  {interval(scores, base)}")
        print(f"{metric:30}" + "".join(f"{cell:>36}" for cell in cells))
    for metric in quick["float32"]["speeds"]:
        print(f"{metric:30}" + "".join(f"{quick[name]['speeds'][metric]:>36.1f}" for name in quality))
    print(
        f"{'bit for bit equal':30}"
        + "".join(f"{'yes' if quick[name]['equal'] else 'NO':>36}" for name in quality)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the suites")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--task", choices=("measure", "speeds"), help=argparse.SUPPRESS)
    parser.add_argument("--model", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task is None:
        compare(given.data, threads=given.threads)
        return
    tokenizer = given.model.parent / model_download.TOKENIZER
    model = open_files(given.model, tokenizer, fingerprint="measured", threads=given.threads)
    task = {"measure": measure, "speeds": speeds}[given.task]
    print(json.dumps(task(model, given.data)))


if __name__ == "__main__":
    main()
