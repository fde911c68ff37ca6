"""Ranking metrics, by hand and against ir-measures."""

import math
import random
import warnings
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Document
from evals.scoring.matching import Gold
from evals.scoring.ranking import (
    Passage,
    chance,
    coverage,
    ndcg,
    recall,
    reciprocal_rank,
)
from retrieval.article import Span

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import ir_measures

Ranking = Sequence[Passage]
TWO = (Gold("a", (Span(0, 100),)), Gold("b", (Span(50, 80),)))
DOCS = "abcdef"


def tiles(documents: Sequence[Document], size: int) -> tuple[Passage, ...]:
    """The documents cut into passages of `size` characters, end to end."""
    return tuple(
        Passage(doc.id, start, min(start + size, len(doc.text)))
        for doc in documents
        for start in range(0, len(doc.text), size)
    )


def whole(doc_id: str) -> Passage:
    return Passage(doc_id, 0, 1000)


passages = st.lists(
    st.builds(
        lambda doc, start, length: Passage(doc, start, start + length),
        st.sampled_from(DOCS),
        st.integers(0, 90),
        st.integers(1, 60),
    ),
    max_size=8,
)
golds = st.lists(
    st.one_of(
        st.builds(
            lambda doc, start, length: Gold(doc, (Span(start, start + length),)),
            st.sampled_from(DOCS),
            st.integers(0, 90),
            st.integers(1, 60),
        ),
        st.builds(Gold, st.sampled_from(DOCS), st.just(())),
    ),
    min_size=1,
    max_size=4,
)


def test_coverage_by_hand() -> None:
    found = [Passage("a", 0, 60), Passage("a", 40, 70), Passage("c", 0, 99), Passage("b", 60, 200)]
    assert coverage(found, TWO, 1) == 60 / 130
    assert coverage(found, TWO, 2) == coverage(found, TWO, 3) == 70 / 130
    assert coverage(found, TWO, 10) == 90 / 130
    assert coverage([], TWO, 5) == 0


def test_coverage_takes_the_best_of_several_places() -> None:
    twice = [Gold("a", (Span(0, 10), Span(50, 60)))]
    assert coverage([Passage("a", 55, 99)], twice, 1) == 1 / 2
    assert coverage([Passage("a", 55, 99), Passage("a", 0, 10)], twice, 2) == 1


def test_recall_and_reciprocal_rank_by_hand() -> None:
    found = [Passage("a", 0, 40), Passage("b", 0, 500), Passage("a", 20, 130)]
    assert [recall(found, TWO, k) for k in (1, 2, 3)] == [1 / 2, 1, 1]
    assert recall(found[:1], [TWO[1]], 1) == 0
    assert reciprocal_rank(found, [TWO[1]]) == 1 / 2
    assert reciprocal_rank(found, [Gold("z", ())]) == 0


def test_ndcg_by_hand() -> None:
    found = [Passage("c", 0, 9), Passage("a", 0, 100), Passage("a", 0, 99), Passage("b", 0, 100)]
    gained = 1 / math.log2(3) + 1 / math.log2(4)  # the second of "a" takes no place
    assert ndcg(found, TWO) == pytest.approx(gained / (1 + 1 / math.log2(3)))
    assert ndcg(found[1:], TWO) == 1
    both = [Gold("a", (Span(0, 9),)), Gold("a", (Span(20, 29),))]
    assert ndcg([whole("a")], both) == 1  # one passage may hold it all


def test_without_gold_nothing_is_scored() -> None:
    assert coverage([whole("a")], [], 1) is recall([whole("a")], [], 1) is None
    assert reciprocal_rank([whole("a")], []) is ndcg([whole("a")], []) is None
    assert coverage([whole("a")], [Gold("a", ())], 1) is None


@given(st.permutations("abcdefghijklmnop"), st.sets(st.sampled_from("abcdefghijklmnop"), min_size=1))
def test_over_documents_it_agrees_with_ir_measures(ranking: list[str], relevant: set[str]) -> None:
    ranking = ranking[: len(ranking) * 3 // 4]
    qrels = [ir_measures.Qrel("q", doc, 1) for doc in relevant]
    run = [ir_measures.ScoredDoc("q", doc, -rank) for rank, doc in enumerate(ranking)]
    measures = [ir_measures.nDCG @ 10, ir_measures.RR, *(ir_measures.R @ k for k in (1, 3, 5, 10))]
    expected = ir_measures.calc_aggregate(measures, qrels, run)
    found, gold = [whole(doc) for doc in ranking], [Gold(doc, ()) for doc in relevant]
    assert ndcg(found, gold) == pytest.approx(expected[ir_measures.nDCG @ 10])
    assert reciprocal_rank(found, gold) == pytest.approx(expected[ir_measures.RR])
    for k in (1, 3, 5, 10):
        assert recall(found, gold, k) == pytest.approx(expected[ir_measures.R @ k])


@given(passages, golds)
def test_bounds_and_depth(found: list[Passage], gold: list[Gold]) -> None:
    metrics: tuple[Callable[[Ranking, Sequence[Gold], int], float | None], ...] = (coverage, recall)
    for metric in metrics:
        values = [metric(found, gold, k) for k in range(10)]
        known = [value for value in values if value is not None]
        assert known == sorted(known)
        assert all(0 <= value <= 1 for value in known)
    for value in (ndcg(found, gold), reciprocal_rank(found, gold)):
        assert value is not None
        assert 0 <= value <= 1


@given(passages, golds, st.randoms(use_true_random=False))
def test_order_only_matters_above_the_depth(
    found: list[Passage], gold: list[Gold], rng: random.Random
) -> None:
    shuffled = rng.sample(found, len(found))
    assert recall(found, gold, len(found)) == recall(shuffled, gold, len(found))
    one, other = coverage(found, gold, len(found)), coverage(shuffled, gold, len(found))
    assert (one is None) == (other is None)
    assert one == pytest.approx(other)
    reordered = rng.sample(gold, len(gold))
    assert ndcg(found, reordered) == ndcg(found, gold)
    assert reciprocal_rank(found, reordered) == reciprocal_rank(found, gold)


@given(passages, golds)
def test_moving_the_first_match_up_never_hurts(found: list[Passage], gold: list[Gold]) -> None:
    first = next((p for p in found if (reciprocal_rank([p], gold) or 0) > 0), None)
    if first is None:
        return
    better = [first, *(p for p in found if p is not first)]
    assert reciprocal_rank(better, gold) == 1
    assert (ndcg(better, gold) or 0) >= (ndcg(found, gold) or 0) - 1e-12


def test_tiles_are_end_to_end() -> None:
    got = tiles([Document("a", "x" * 25), Document("b", "x" * 10)], 10)
    assert got == (Passage("a", 0, 10), Passage("a", 10, 20), Passage("a", 20, 25), Passage("b", 0, 10))


def test_chance_is_the_mean_of_random_orders() -> None:
    documents = [Document(name, "x" * 95) for name in "abc"]
    gold = [Gold("a", (Span(12, 34),)), Gold("b", (Span(0, 8),)), Gold("c", ())]
    tiled = tiles(documents, 20)
    expected = chance(tiled, gold, draws=2_000)
    rng = random.Random(3)
    orders = [rng.sample(tiled, len(tiled)) for _ in range(2_000)]
    for k in (1, 3, 5, 10):
        covered = sum(coverage(order, gold, k) or 0 for order in orders) / len(orders)
        recalled = sum(recall(order, gold, k) or 0 for order in orders) / len(orders)
        assert expected.coverage[k] == pytest.approx(covered, abs=0.03)
        assert expected.recall[k] == pytest.approx(recalled, abs=0.03)
    assert expected.mrr == pytest.approx(
        sum(reciprocal_rank(order, gold) or 0 for order in orders) / len(orders), abs=0.03
    )
    assert expected.ndcg == pytest.approx(
        sum(ndcg(order, gold) or 0 for order in orders) / len(orders), abs=0.03
    )


def test_chance_by_hand() -> None:
    tiled = tiles([Document("a", "x" * 40)], 10)
    got = chance(tiled, [Gold("a", (Span(0, 10),))])
    assert got.coverage == got.recall == {1: 1 / 4, 3: 3 / 4, 5: 1, 10: 1}
    assert got.mrr == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert chance(tiled, [Gold("a", (Span(0, 10),))]) == got  # seeded
    nothing = chance(tiled, [Gold("z", ())])
    assert nothing.coverage == {}
    assert nothing.mrr == nothing.ndcg == nothing.recall[10] == 0
