"""Refits the abstention logistic of service/answering/abstention.py and prints its constants.

    python -m benchmarks.fit_abstention --data DIR [--model DIR]

DIR holds suites as folders with corpus.jsonl and cases.jsonl (the form that the eval suite reads). Fitted on
clapnq and squad2_500: each question with the article it was asked about, answerable or not, and every
question once more with another corpus (abgcoqa_cnn), where nothing answers it. The constant for long
questions is then the one that best parts the answerable of multihoprag500 from all else at the threshold in
use. Each area under the curve is that of a fit that never saw the set. Takes about a minute on two cores.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval import model_files
from retrieval.article import Article, Chunk, Facts, Region, RegionSpan
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder, load
from service.answering.abstention import FITTED, excess
from service.answering.extractive import READ
from service.answering.selection import best_match
from service.answering.tokens import PassageTokens

FITTED_ON = ("clapnq", "squad2_500")
LONG_QUESTIONS = "multihoprag500"
ELSEWHERE = "abgcoqa_cnn"
_UNKNOWN_DAY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """`match` is the best MaxSim of a sentence; `off_topic` marks a question put to another corpus."""

    suite: str
    match: float
    pieces: int
    answerable: bool
    off_topic: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    chunks: list[Chunk]
    vectors: NDArray[np.float32]

    def best(self, asked: NDArray[np.float32], *, article: str | None) -> list[Chunk]:
        order = np.argsort(-(self.vectors @ asked), kind="stable")
        chunks = (self.chunks[i] for i in order)
        return [c for c in chunks if article is None or c.article_id == article][:READ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Refit the abstention logistic.")
    parser.add_argument("--data", type=Path, required=True, help="folder of public suites")
    parser.add_argument("--model", type=Path, default=model_files.default_dir(), help="the embedding model")
    options = parser.parse_args(arguments)
    embedder = load(options.model)
    rows = list(_rows(options.data, embedder))
    for held in FITTED_ON:
        _report(held, rows)
    short = fit([row for row in rows if row.suite in FITTED_ON])
    long = length_for(short, [row for row in rows if row.suite == LONG_QUESTIONS])
    constants = np.array([*short, long])
    print(f"fitted: intercept={short[0]:.2f}, match={short[1]:.2f}, length={long:.2f}")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        _thresholds(threshold, constants, rows)


def _rows(data: Path, embedder: Embedder) -> Iterator[Row]:
    tokens = PassageTokens(embedder, kept=100_000)
    elsewhere = _corpus(data / ELSEWHERE, embedder)
    for suite in (*FITTED_ON, LONG_QUESTIONS):
        corpus = _corpus(data / suite, embedder)
        for case in _lines(data / suite / "cases.jsonl"):
            question = str(case["question"])
            asked, vector = embedder.tokens(question), embedder.embed([question])[0]
            answerable = bool(case["answerable"])
            given = case.get("given_doc")
            for pool, article, off in ((corpus, given, False), (elsewhere, None, True)):
                read = pool.best(vector, article=article)
                match = max((best_match(asked, chunk, tokens.of(chunk)) for chunk in read), default=0.0)
                yield Row(suite, match, len(asked.vectors), answerable and not off, off)


def _corpus(folder: Path, embedder: Embedder) -> Corpus:
    chunks = [
        chunk
        for line in _lines(folder / "corpus.jsonl")
        for chunk in chunks_of(
            _article(line), fits=lambda text: embedder.token_count(text) <= embedder.max_tokens - 2
        )
    ]
    print(f"{folder.name}: {len(chunks)} chunks")
    return Corpus(chunks, embedder.embed([chunk.embedded_text for chunk in chunks]))


def _article(line: dict[str, Any]) -> Article:
    text = str(line["text"])
    facts = Facts(title=line.get("title"), outlet=line.get("source"), published=line.get("published"))
    regions = (RegionSpan(Region.BODY, 0, len(text)),)
    return Article(str(line["id"]), 1, text, "", "", facts, regions, _UNKNOWN_DAY)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fit(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Intercept and slope of the logistic, by Newton's method with a slight ridge on the slope."""
    features = np.array([_features(row)[:2] for row in rows])
    target = np.array([float(row.answerable) for row in rows])
    ridge = np.diag([0.0, 1e-3])
    weights: NDArray[np.float64] = np.zeros(2)
    for _ in range(50):
        expected = 1.0 / (1.0 + np.exp(-features @ weights))
        gradient = features.T @ (expected - target) + ridge @ weights
        curvature = (features * (expected * (1 - expected))[:, None]).T @ features + ridge
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def length_for(short: NDArray[np.float64], rows: Sequence[Row]) -> float:
    """The constant that maximises the share of answerable questions answered less the share of others
    (Youden's index) at the threshold in use."""
    least = np.log(FITTED.answers / (1 - FITTED.answers))
    matches = np.array([short[0] + short[1] * row.match for row in rows])
    lengths = np.array([excess(row.pieces) for row in rows])
    wanted = np.array([row.answerable for row in rows])
    steps = [step / 100 for step in range(201)]

    def index(step: float) -> float:
        answered = matches + step * lengths >= least
        return float(answered[wanted].mean() - answered[~wanted].mean())

    return max(steps, key=index)


def _features(row: Row) -> list[float]:
    return [1.0, row.match, excess(row.pieces)]


def _score(weights: NDArray[np.float64], row: Row) -> float:
    return float(np.dot(weights, _features(row)[: len(weights)]))


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counted half (Mann-Whitney)."""
    above = np.asarray(positive)[:, None] - np.asarray(negative)[None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def _report(held: str, rows: Sequence[Row]) -> None:
    weights = fit([row for row in rows if row.suite != held and row.suite in FITTED_ON])
    scores = [(row, _score(weights, row)) for row in rows if row.suite == held]
    yes = [score for row, score in scores if row.answerable]
    on = [score for row, score in scores if not row.answerable and not row.off_topic]
    off = [score for row, score in scores if row.off_topic]
    low, high = _interval(yes, on)
    print(
        f"{held}, held out: AUC on topic {area_under_curve(yes, on):.3f} [{low:.3f}, {high:.3f}]"
        f" ({len(yes)} answerable, {len(on)} not), off topic {area_under_curve(yes, off):.3f} ({len(off)})"
    )


def _interval(
    positive: Sequence[float], negative: Sequence[float], *, draws: int = 1000
) -> tuple[float, float]:
    """A 95 % bootstrap interval of the area, seeded."""
    chance = random.Random(0)
    areas = sorted(
        area_under_curve(chance.choices(positive, k=len(positive)), chance.choices(negative, k=len(negative)))
        for _ in range(draws)
    )
    return areas[int(0.025 * draws)], areas[int(0.975 * draws)]


def _thresholds(threshold: float, weights: NDArray[np.float64], rows: Sequence[Row]) -> None:
    shares = []
    for suite in (*FITTED_ON, LONG_QUESTIONS):
        for name, wanted in (
            ("answerable", (True, False)),
            ("not stated", (False, False)),
            ("off topic", (False, True)),
        ):
            chosen = [r for r in rows if r.suite == suite and (r.answerable, r.off_topic) == wanted]
            answered = sum(_score(weights, r) >= np.log(threshold / (1 - threshold)) for r in chosen)
            shares.append(f"{suite} {name} {answered / len(chosen):.3f}")
    print(f"answered at {threshold}: " + ", ".join(shares))


if __name__ == "__main__":
    main()
