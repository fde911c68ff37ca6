"""Refits the abstention logistic of service/answering/policy.py and prints its constants.

    python -m benchmarks.fit_abstention --data DIR [--model DIR]

DIR holds suites as folders with corpus.jsonl and cases.jsonl (the form that the eval suite reads). Fitted on
clapnq and squad2_500: each question with the article it was asked about, answerable or not, and every
question once more with another corpus (abgcoqa_cnn), where nothing answers it. The constant for long
questions is then the least at which nineteen in twenty of multihoprag500's answerable ones are answered.

Each area under the curve is that of a fit that never saw the set, with and without the rule about denials,
and the difference on the same draws; so it is for quotesum, each question of which is put to its articles
whole, and again without the sentences that answer it. Takes about a minute on two cores.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval import model_files
from retrieval.article import Article, Chunk, Facts, Region, RegionSpan, Sentence
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder, load
from service.answering import PARLEY
from service.answering.asked import read_question
from service.answering.extractive import PassageTokens, Signs, excess, signs_in

FITTED_ON = ("clapnq", "squad2_500")
DERIVED = "quotesum"
LONG_QUESTIONS = "multihoprag500"
ELSEWHERE = "abgcoqa_cnn"
_ANSWERED = 0.95
_UNKNOWN_DAY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """`signs` are the nearest sentence's; `off_topic` marks a question put to another corpus."""

    suite: str
    signs: Signs
    answerable: bool
    off_topic: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    chunks: list[Chunk]
    vectors: NDArray[np.float32]

    def best(self, asked: NDArray[np.float32], *, articles: Sequence[str]) -> list[Chunk]:
        """Of these articles, or of all where none is named."""
        order = np.argsort(-(self.vectors @ asked), kind="stable")
        chunks = (self.chunks[i] for i in order)
        return [c for c in chunks if not articles or c.article_id in articles][: PARLEY.reading.passages]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Refit the abstention logistic.")
    parser.add_argument("--data", type=Path, required=True, help="folder of public suites")
    parser.add_argument("--model", type=Path, default=model_files.default_dir(), help="the embedding model")
    options = parser.parse_args(arguments)
    embedder = load(options.model)
    rows = list(_rows(options.data, embedder))
    for held in (*FITTED_ON, DERIVED):
        _report(held, rows)
    short = fit([row for row in rows if row.suite in FITTED_ON])
    length = length_for(short, [row for row in rows if row.suite == LONG_QUESTIONS])
    print(f"fitted: intercept={short[0]:.2f}, match={short[1]:.2f}, length={length:.2f}")
    for threshold in (0.1, 0.12, 0.15, 0.2, 0.3, 0.4):
        _thresholds(threshold, np.array([*short, length]), rows)


def _rows(data: Path, embedder: Embedder) -> Iterator[Row]:
    tokens = PassageTokens(embedder, kept=100_000)
    elsewhere = _corpus(data / ELSEWHERE, embedder)
    for suite in (*FITTED_ON, DERIVED, LONG_QUESTIONS):
        corpus = _corpus(data / suite, embedder)
        for case in _lines(data / suite / "cases.jsonl"):
            yield from _of_case(suite, case, corpus, elsewhere, embedder, tokens)


def _of_case(
    suite: str,
    case: dict[str, Any],
    corpus: Corpus,
    elsewhere: Corpus,
    embedder: Embedder,
    tokens: PassageTokens,
) -> Iterator[Row]:
    text = str(case["question"])
    question, asked, vector = read_question(text), embedder.tokens(text), embedder.embed([text])[0]

    def nearest(chunks: Sequence[Chunk], gold: Sequence[str] = ()) -> Signs:
        return max(
            (
                signs
                for chunk in chunks
                for signs in signs_in(
                    question, asked, chunk, tokens.of(chunk), leave=_holding(gold, chunk) if gold else ()
                )
            ),
            key=lambda signs: signs.match,
            default=Signs(0.0, len(asked.vectors), denied=False),
        )

    given = [case["given_doc"]] if case.get("given_doc") else case.get("docs", [])
    chunks = corpus.best(vector, articles=given)
    answerable = bool(case["answerable"])
    yield Row(suite, nearest(chunks), answerable, off_topic=False)
    if suite == DERIVED:
        gold = [str(each["quote"]) for each in case["evidence"] if each["quote"]]
        yield Row(suite, nearest(chunks, gold), answerable=False, off_topic=False)
    yield Row(suite, nearest(elsewhere.best(vector, articles=())), answerable=False, off_topic=True)


def _holding(gold: Sequence[str], chunk: Chunk) -> list[Sentence]:
    """The sentences of a chunk that hold a gold quotation or stand in one."""
    texts = {s: chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences}
    return [s for s, text in texts.items() if any(quote in text or text in quote for quote in gold)]


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
    features = np.array([[1.0, row.signs.match] for row in rows])
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
    """The least constant at which, at the threshold in use, as large a share of the answerable is answered
    as of the short ones: 19 in 20."""
    least = np.log(PARLEY.abstaining.answers / (1 - PARLEY.abstaining.answers))
    wanted = [row for row in rows if row.answerable]

    def answered(step: float) -> float:
        return float(np.mean([_score(np.array([*short, step]), row) >= least for row in wanted]))

    return next((step for step in (n / 100 for n in range(200)) if answered(step) >= _ANSWERED), 2.0)


def _score(weights: NDArray[np.float64], row: Row, *, rules: bool = True) -> float:
    """In log odds. `weights` are the intercept, the slope and, where it is known, the constant for length."""
    signs = row.signs
    features = [1.0, signs.match, excess(signs.pieces)][: len(weights)]
    return float(np.dot(weights, features)) + PARLEY.abstaining.denied * (rules and signs.denied)


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counted half (Mann-Whitney)."""
    above = np.asarray(positive)[:, None] - np.asarray(negative)[None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def _report(held: str, rows: Sequence[Row]) -> None:
    weights = fit([row for row in rows if row.suite != held and row.suite in FITTED_ON])
    own = [row for row in rows if row.suite == held]
    yes = [row for row in own if row.answerable]
    on = [row for row in own if not row.answerable and not row.off_topic]
    off = [row for row in own if row.off_topic]

    def area(one: Sequence[Row], other: Sequence[Row], *, rules: bool = True) -> float:
        scores = ([_score(weights, row, rules=rules) for row in group] for group in (one, other))
        return area_under_curve(*scores)

    def gain(one: Sequence[Row], other: Sequence[Row]) -> float:
        return area(one, other) - area(one, other, rules=False)

    (low, high), (lower, higher) = _interval(area, yes, on), _interval(gain, yes, on)
    print(
        f"{held}, held out: AUC on topic {area(yes, on):.3f} [{low:.3f}, {high:.3f}]"
        f" ({len(yes)} answerable, {len(on)} not), off topic {area(yes, off):.3f} ({len(off)});"
        f" by the match alone {area(yes, on, rules=False):.3f},"
        f" difference {gain(yes, on):+.3f} [{lower:+.3f}, {higher:+.3f}]"
    )


def _interval(
    figure: Callable[[Sequence[Row], Sequence[Row]], float],
    yes: Sequence[Row],
    no: Sequence[Row],
    *,
    draws: int = 1000,
) -> tuple[float, float]:
    """A 95 % bootstrap interval, seeded."""
    chance = random.Random(0)
    found = sorted(
        figure(chance.choices(yes, k=len(yes)), chance.choices(no, k=len(no))) for _ in range(draws)
    )
    return found[int(0.025 * draws)], found[int(0.975 * draws)]


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
