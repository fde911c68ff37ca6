"""Six articles of a sentence each: one question shares a rare name with its article, one only the sense."""

from dataclasses import replace

import pytest

from evals.retrieval import measure
from evals.retrieval_scores import CHANCE, METRICS, RetrievalScores
from evals.scoring.metrics import Metric
from evals.suite import load
from evals.target import InProcess
from retrieval.search import Ranking
from tests.evals.making import line, write_suite

TEXTS = {
    "ferry": "The ferry to Oskar Island sank in a storm, and eleven passengers drowned.",
    "bread": "Bakers raised the price of bread because wheat had become dearer.",
    "reactor": "The reactor QX-77 was switched off for repairs.",
    "choir": "A choir of forty children sang in the cathedral.",
    "snow": "Heavy snow closed the mountain road for nine days.",
    "vote": "Parliament voted for a new tax on petrol.",
}


def _line(id_: str, question: str, doc_id: str, spelling: str) -> dict[str, object]:
    nugget = {"text": spelling, "vital": True, "any": [spelling], "evidence": [0]}
    evidence = [{"doc_id": doc_id, "quote": TEXTS[doc_id]}]
    return line(id=id_, question=question, nuggets=[nugget], evidence=evidence)


CASES = [
    _line("words", "What happened to QX-77?", "reactor", "repairs"),
    _line("sense", "Why do loaves cost more?", "bread", "wheat"),
    line(id="none", kind="unanswerable", answerable=False, nuggets=..., evidence=...),
]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> RetrievalScores:
    folder = tmp_path_factory.mktemp("retrieval")
    corpus = [{"id": id_, "text": text} for id_, text in TEXTS.items()]
    suite = load(write_suite(folder / "six", CASES, corpus)).suite
    seen: list[tuple[int, int]] = []
    with InProcess(suite, folder / "data") as target:
        target.ingest(suite)
        # A case that names its document is searched for in the whole corpus all the same.
        cases = [replace(suite.cases[0], given_doc="choir"), *suite.cases[1:]]
        found = measure(suite, cases, target, progress=lambda *at: seen.append(at))
    assert seen[-1] == (3, 3)
    return found


def test_only_cases_with_evidence_are_scored(scores: RetrievalScores) -> None:
    assert scores.cases == 2
    for source in (*Ranking, CHANCE):
        for metric in METRICS:
            assert set(scores.values[source][metric]) == {"words", "sense"}


def test_words_find_what_shares_a_word_and_vectors_the_sense(scores: RetrievalScores) -> None:
    for metric in (Metric.MRR, Metric.NDCG_10, Metric.COVERAGE_1, Metric.RECALL_10):
        assert scores.values[Ranking.LEXICAL][metric] == {"words": 1, "sense": 0}
        assert scores.values[Ranking.DENSE][metric] == {"words": 1, "sense": 1}
        assert scores.values[Ranking.FUSED][metric] == {"words": 1, "sense": 1}


def test_chance_is_that_of_one_passage_in_six(scores: RetrievalScores) -> None:
    chance = {metric: scores.values[CHANCE][metric]["sense"] for metric in METRICS}
    for depth, expected in ((1, 1 / 6), (3, 1 / 2), (5, 5 / 6), (10, 1.0)):
        assert chance[Metric(f"recall@{depth}")] == pytest.approx(expected)
        assert chance[Metric(f"coverage@{depth}")] == pytest.approx(expected)
    assert chance[Metric.MRR] == pytest.approx(sum(1 / rank for rank in range(1, 7)) / 6)
    for metric in (Metric.COVERAGE_1, Metric.MRR, Metric.NDCG_10):
        assert chance[metric] < scores.values[Ranking.FUSED][metric]["sense"]


def test_means_and_differences_are_over_the_cases_of_both(scores: RetrievalScores) -> None:
    mean = scores.mean(Ranking.LEXICAL, Metric.MRR)
    gain = scores.difference(Ranking.FUSED, Ranking.LEXICAL, Metric.MRR)
    assert mean is not None
    assert gain is not None
    assert (mean.value, mean.clusters) == (0.5, 2)
    assert (gain.value, gain.low, gain.high) == (0.5, 0, 1)
    assert gain.verdict == "too few to tell"


def test_without_cases_there_is_nothing_to_tell() -> None:
    empty = RetrievalScores(0, {source: {Metric.MRR: {}} for source in (*Ranking, CHANCE)}, {})
    assert empty.mean(CHANCE, Metric.MRR) is None
    assert empty.difference(Ranking.FUSED, CHANCE, Metric.MRR) is None
