"""Retrieval alone: vectors, words and both fused, on the same questions, and against chance.

The whole corpus is searched, also for cases that name the document to look in: finding it is the task.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from evals.cases import Case, Suite
from evals.results import ResultHit
from evals.retrieval_scores import CHANCE, METRICS, READ, RECIPROCAL, RetrievalScores
from evals.scoring import ranking
from evals.scoring.matching import Gold, gold_of
from evals.scoring.metrics import Metric
from evals.scoring.scores import clusters
from evals.target import InProcess
from retrieval.article import Hit
from retrieval.record import article_id
from retrieval.search import Query, Ranking
from service.conversation import TurnText, Understood, understand

_DEEPEST = 100
_CHANCE_DRAWS = 50
_RANKS_AHEAD = 60  # Cormack, Clarke and Büttcher, Reciprocal Rank Fusion (2009), section 2


def measure(
    suite: Suite,
    cases: Sequence[Case],
    target: InProcess,
    *,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> RetrievalScores:
    """Cases without evidence are left out."""
    documents = {document.id: document for document in suite.documents}
    ids = {article_id(document.id): document.id for document in suite.documents}
    passages = _passages(target, ids)
    values: dict[str, dict[Metric, dict[str, float]]] = {
        source: {metric: {} for metric in METRICS} for source in (*Ranking, RECIPROCAL, READ, CHANCE)
    }
    scored = 0
    for number, case in enumerate(cases):
        progress(number, len(cases))
        gold = gold_of(case, documents)
        if not gold:
            continue
        scored += 1
        question = understand(case.question, [_turn(turn.role, turn.text) for turn in case.turns])
        found: dict[str, list[ResultHit]] = {by: _search(target, question, by, ids) for by in Ranking}
        found[RECIPROCAL] = _by_ranks(found[Ranking.DENSE], found[Ranking.LEXICAL])
        for source, hits in found.items():
            _keep(values[source], case.id, _of_hits(hits, gold))
        _keep(values[READ], case.id, _of_hits(_read(target, question, ids), gold))
        _keep(values[CHANCE], case.id, _of_chance(passages, gold))
    progress(len(cases), len(cases))
    return RetrievalScores(scored, values, clusters(cases))


def _search(target: InProcess, question: Understood, by: Ranking, ids: dict[str, str]) -> list[ResultHit]:
    return _told(_hits(target, question, by), ids)


def _by_ranks(*rankings: Sequence[ResultHit]) -> list[ResultHit]:
    """Best first; ties by article and place."""
    scores: dict[tuple[str, int], float] = defaultdict(float)
    hits = {(hit.doc_id, hit.start): hit for ranking_ in rankings for hit in ranking_}
    for ranking_ in rankings:
        for rank, hit in enumerate(ranking_, 1):
            scores[hit.doc_id, hit.start] += 1 / (_RANKS_AHEAD + rank)
    return [hits[place] for place in sorted(scores, key=lambda place: (-scores[place], place))]


def _read(target: InProcess, question: Understood, ids: dict[str, str]) -> list[ResultHit]:
    """As a model is shown them."""
    service = target.service
    found = [service.chat.opened(hit) for hit in _hits(target, question, Ranking.FUSED)]
    return _told([passage.hit for passage in service.extractive.likeliest(question.standalone, found)], ids)


def _hits(target: InProcess, question: Understood, by: Ranking) -> list[Hit]:
    query = Query(question.searched, k=_DEEPEST, by=by, context=question.context)
    return target.service.corpus.searcher.search(query)


def _told(hits: Sequence[Hit], ids: dict[str, str]) -> list[ResultHit]:
    return [
        ResultHit(ids[h.chunk.article_id], h.chunk.start, h.chunk.end, h.dense, h.lexical, h.fused)
        for h in hits
    ]


def _of_hits(hits: Sequence[ResultHit], gold: Sequence[Gold]) -> dict[Metric, float | None]:
    found: dict[Metric, float | None] = {
        Metric.MRR: ranking.reciprocal_rank(hits, gold),
        Metric.NDCG_10: ranking.ndcg(hits, gold),
    }
    for k in ranking.DEPTHS:
        found[Metric(f"coverage@{k}")] = ranking.coverage(hits, gold, k)
        found[Metric(f"recall@{k}")] = ranking.recall(hits, gold, k)
    return found


def _of_chance(passages: Sequence[ranking.Passage], gold: Sequence[Gold]) -> dict[Metric, float | None]:
    chance = ranking.chance(passages, gold, draws=_CHANCE_DRAWS)
    found: dict[Metric, float | None] = {Metric.MRR: chance.mrr, Metric.NDCG_10: chance.ndcg}
    for k in ranking.DEPTHS:
        found[Metric(f"coverage@{k}")] = chance.coverage.get(k)
        found[Metric(f"recall@{k}")] = chance.recall[k]
    return found


def _keep(kept: dict[Metric, dict[str, float]], case_id: str, found: dict[Metric, float | None]) -> None:
    for metric in METRICS:
        if (value := found[metric]) is not None:
            kept[metric][case_id] = value


def _passages(target: InProcess, ids: dict[str, str]) -> list[ranking.Passage]:
    """Everything that can be found, cut as it is indexed."""
    return [
        ranking.Passage(ids[chunk.article_id], chunk.start, chunk.end)
        for chunks in target.service.corpus.record.all_chunks()
        for chunk in chunks
    ]


def _turn(role: str, text: str) -> TurnText:
    return TurnText("assistant" if role == "assistant" else "user", text)
