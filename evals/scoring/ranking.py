"""What a search is worth, however articles are cut into passages.

Gold is a quotation's place or a whole document; a passage is relevant where it matches (matching.py). The
passages of a ranking are best first.
"""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.scoring.matching import Gold, Placed, matched
from retrieval.article import Span

DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Passage:
    doc_id: str
    start: int
    end: int


def coverage(passages: Sequence[Placed], gold: Sequence[Gold], k: int) -> float | None:
    """Gold characters that lie in the union of the first k passages / gold characters.

    Of a quotation that stands in several places the best covered one counts. None where no gold is a
    quotation. Like the token-wise recall of Chroma's chunking evaluation (Smith and Troynikov, 2024).
    """
    pieces = [piece for piece in gold if piece.spans]
    if not pieces:
        return None
    top = passages[:k]
    covered = sum(max(_covered(top, piece.doc_id, span) for span in piece.spans) for piece in pieces)
    return covered / sum(piece.length for piece in pieces)


def recall(passages: Sequence[Placed], gold: Sequence[Gold], k: int) -> float | None:
    """Pieces of gold that one of the first k passages matches / pieces of gold."""
    if not gold:
        return None
    found = frozenset[int]().union(*(matched(passage, gold) for passage in passages[:k]))
    return len(found) / len(gold)


def reciprocal_rank(passages: Sequence[Placed], gold: Sequence[Gold]) -> float | None:
    """1 / the rank of the first passage that matches gold, 0 where none does (Voorhees, TREC-8 QA, 1999)."""
    if not gold:
        return None
    ranks = (rank for rank, passage in enumerate(passages, 1) if matched(passage, gold))
    return next((1 / rank for rank in ranks), 0.0)


def ndcg(passages: Sequence[Placed], gold: Sequence[Gold], k: int = 10) -> float | None:
    """Normalised discounted cumulative gain at k (Järvelin and Kekäläinen, 2002), gains 0 and 1, over pieces
    of gold rather than passages, so that longer passages gain nothing by their length:

    down the ranking, each piece of gold that a passage is the first to match takes one place, a passage that
    matches none takes one, and a passage that matches only what came before takes none. The ideal has all
    gold in front. With a passage for each document this is the usual nDCG.
    """
    if not gold:
        return None
    places = _places([matched(passage, gold) for passage in passages])
    ideal = sum(_discount(rank) for rank in range(1, min(len(gold), k) + 1))
    return min(1.0, sum(_discount(rank) for rank, gain in enumerate(places[:k], 1) if gain) / ideal)


@dataclass(frozen=True, slots=True)
class Chance:
    """The expected values for passages in random order; k as in DEPTHS. `coverage` is empty where no gold
    is a quotation."""

    coverage: dict[int, float]
    recall: dict[int, float]
    mrr: float
    ndcg: float


def chance(passages: Sequence[Placed], gold: Sequence[Gold], *, draws: int = 500, seed: int = 0) -> Chance:
    """What these passages in random order would score: what a search must beat.

    Pass all passages that can be found, without overlap. Coverage, recall and MRR are exact: a character is
    among the first k of N passages with probability k/N; a piece of gold that m passages match is missed with
    probability C(N-m, k) / C(N, k); of quotations that stand in several places the first is taken for
    coverage. nDCG is the mean of `draws` seeded shuffles.
    """
    found = [matched(passage, gold) for passage in passages]
    total, relevant = len(found), [gains for gains in found if gains]
    first = [Gold(piece.doc_id, piece.spans[:1]) for piece in gold if piece.spans]
    reachable = coverage(passages, first, total) or 0.0
    matching = [sum(index in gains for gains in relevant) for index in range(len(gold))]
    return Chance(
        {k: reachable * min(1.0, k / total) for k in DEPTHS} if first and total else {},
        {k: _mean([1 - _missed(total, count, k) for count in matching]) for k in DEPTHS},
        _expected_reciprocal_rank(total, len(relevant)),
        _shuffled_ndcg(total, relevant, len(gold), draws=draws, rng=random.Random(seed)),  # noqa: S311
    )


def _covered(passages: Sequence[Placed], doc_id: str, span: Span) -> int:
    """Characters of the span in the union of the passages."""
    pieces = sorted((max(p.start, span.start), min(p.end, span.end)) for p in passages if p.doc_id == doc_id)
    covered, reached = 0, span.start
    for start, end in pieces:
        if end > reached and end > start:
            covered += end - max(start, reached)
            reached = end
    return covered


def _places(ranking: Iterable[frozenset[int]]) -> list[bool]:
    places: list[bool] = []
    seen: frozenset[int] = frozenset()
    for gains in ranking:
        places.extend([True] * len(gains - seen) if gains else [False])
        seen |= gains
    return places


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def _missed(total: int, matching: int, k: int) -> float:
    return math.comb(total - matching, k) / math.comb(total, k) if k < total else float(matching == 0)


def _expected_reciprocal_rank(total: int, relevant: int) -> float:
    """Sum over r of 1/r times the probability C(N-r, R-1) / C(N, R) that the first of R stands at r."""
    if not relevant:
        return 0.0
    probability, expected = relevant / total, 0.0
    for rank in range(1, total - relevant + 2):
        expected += probability / rank
        if rank < total:
            probability *= (total - rank - relevant + 1) / (total - rank)
    return expected


def _shuffled_ndcg(
    total: int, relevant: list[frozenset[int]], golds: int, *, draws: int, rng: random.Random
) -> float:
    if not relevant:
        return 0.0
    ideal = sum(_discount(rank) for rank in range(1, min(golds, 10) + 1))
    gained = 0.0
    for _ in range(draws):
        places = dict(zip(rng.sample(range(total), len(relevant)), relevant, strict=True))
        top = _places(places.get(at, frozenset()) for at in range(min(total, 10 + len(relevant))))
        gained += min(1.0, sum(_discount(rank) for rank, gain in enumerate(top[:10], 1) if gain) / ideal)
    return gained / draws


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
