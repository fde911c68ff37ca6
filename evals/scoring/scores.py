"""All that is scored of one case, and which cases hang together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.cases import Case, CaseKind, Document, Split
from evals.results import CaseResult
from evals.scoring import answers, ranking
from evals.scoring.answers import Judged, groundable, judge
from evals.scoring.attribution import attribution_accuracy
from evals.scoring.failures import Failure, failure
from evals.scoring.matching import Gold
from evals.scoring.metrics import Metric, Value, scored, unscored
from evals.scoring.outside import outside_values

_ANSWERS: Mapping[Metric, Callable[[Judged], Value]] = {
    Metric.QUOTE_EXACTNESS: answers.quote_exactness,
    Metric.CITATION_PRECISION: answers.citation_precision,
    Metric.EVIDENCE_RECALL: answers.evidence_recall,
    Metric.STATEMENT_SUPPORT: answers.statement_support,
    Metric.GROUNDED_NUGGET_RECALL: answers.grounded_nugget_recall,
    Metric.GROUNDED_NUGGET_RECALL_ALL: lambda j: answers.grounded_nugget_recall(j, vital_only=False),
    Metric.NUGGET_RECALL: answers.nugget_recall,
    Metric.NUGGET_RECALL_ALL: lambda j: answers.nugget_recall(j, vital_only=False),
    Metric.FIRST_SENTENCE: answers.first_sentence,
    Metric.ABSTENTION: answers.abstention_accuracy,
    Metric.OVER_ABSTENTION: answers.over_abstention,
    Metric.TRUTHFULNESS: answers.truthfulness,
    Metric.NOTHING_FORBIDDEN: answers.nothing_forbidden,
    Metric.CONFLICT_RECALL: answers.conflict_recall,
    Metric.CONFLICT_PRECISION: answers.conflict_precision,
}
_COVERAGE = (Metric.COVERAGE_1, Metric.COVERAGE_3, Metric.COVERAGE_5, Metric.COVERAGE_10)
_RECALL = (Metric.RECALL_1, Metric.RECALL_3, Metric.RECALL_5, Metric.RECALL_10)
_RANKING = (*_COVERAGE, Metric.COVERAGE_ALL, *_RECALL, Metric.RECALL_ALL, Metric.MRR, Metric.NDCG_10)


@dataclass(frozen=True, slots=True)
class Scores:
    """`values` has every metric of ours, and what packages score. `forbidden` are the forbidden strings that
    were said, `review` the ids of exact citations that match no gold, `gold` where the evidence stands.
    """

    case_id: str
    kind: CaseKind | None
    split: Split
    trial: int
    values: Mapping[str, Value]
    failure: Failure
    forbidden: tuple[str, ...]
    review: tuple[int, ...]
    gold: tuple[Gold, ...]

    def __getitem__(self, metric: Metric) -> float | None:
        return self.values[metric].value


def score(case: Case, result: CaseResult, documents: Mapping[str, Document]) -> Scores:
    """Where the target failed on the case nothing is scored; whoever sums up must count such cases."""
    judged = judge(case, result, documents)
    if result.error is not None:
        values: dict[str, Value] = dict.fromkeys(Metric, unscored("the target failed"))
    else:
        values = {metric: function(judged) for metric, function in _ANSWERS.items()}
        values[Metric.ATTRIBUTION] = attribution_accuracy(judged, documents)
        values |= _ranking(result, judged.gold) | outside_values(case, result)
    return Scores(
        case.id,
        case.kind,
        case.split,
        result.trial,
        values,
        failure(judged, values[Metric.ATTRIBUTION]),
        answers.forbidden_found(judged),
        answers.unmatched(judged),
        judged.gold,
    )


def _ranking(result: CaseResult, gold: Sequence[Gold]) -> dict[str, Value]:
    hits = result.hits
    if not gold:
        return dict.fromkeys(_RANKING, unscored("the case has no evidence"))
    if not hits and result.status in {"answered", "partial"}:
        return dict.fromkeys(_RANKING, unscored("the target did not tell what it retrieved"))
    found: dict[str, float | None] = {
        Metric.COVERAGE_ALL: ranking.coverage(hits, gold, len(hits)),
        Metric.RECALL_ALL: ranking.recall(hits, gold, len(hits)),
        Metric.MRR: ranking.reciprocal_rank(hits, gold),
        Metric.NDCG_10: ranking.ndcg(hits, gold),
    }
    for depth, coverage, recall in zip(ranking.DEPTHS, _COVERAGE, _RECALL, strict=True):
        found[coverage] = ranking.coverage(hits, gold, depth)
        found[recall] = ranking.recall(hits, gold, depth)
    no_quote = "the evidence has no quotation"
    return {m: unscored(no_quote) if value is None else scored(value) for m, value in found.items()}


def scorable(case: Case) -> frozenset[Metric]:
    """The metrics for which the case holds what is needed: `score` gives no other a value."""
    found = {Metric.QUOTE_EXACTNESS, Metric.ABSTENTION, Metric.CONFLICT_PRECISION}
    quotes = any(piece.quote for piece in case.evidence)
    if case.forbidden:
        found.add(Metric.NOTHING_FORBIDDEN)
    if case.evidence:
        found |= set(_RANKING) if quotes else {*_RECALL, Metric.RECALL_ALL, Metric.MRR, Metric.NDCG_10}
    if not case.answerable or case.forbidden or case.kind is CaseKind.UNDERSPECIFIED:
        found.add(Metric.TRUTHFULNESS)
    return frozenset(found | _scorable_answer(case, quotes=quotes) if case.answerable else found)


def _scorable_answer(case: Case, *, quotes: bool) -> set[Metric]:
    found = {Metric.OVER_ABSTENTION}
    vital = any(nugget.vital for nugget in case.nuggets)
    if case.evidence:
        found |= {Metric.CITATION_PRECISION, Metric.EVIDENCE_RECALL, Metric.STATEMENT_SUPPORT}
        if quotes or vital:
            found.add(Metric.FIRST_SENTENCE)
    if case.nuggets:
        found.add(Metric.NUGGET_RECALL_ALL)
    if vital:
        found.add(Metric.NUGGET_RECALL)
    if groundable(case, vital_only=False):
        found.add(Metric.GROUNDED_NUGGET_RECALL_ALL)
    if groundable(case, vital_only=True):
        found |= {Metric.GROUNDED_NUGGET_RECALL, Metric.TRUTHFULNESS}
    if case.said:
        found.add(Metric.ATTRIBUTION)
    if answers.disputed(case):
        found.add(Metric.CONFLICT_RECALL)
    return found


@dataclass(frozen=True, slots=True)
class Abstention:
    """Of abstaining where it was right (RGB's rejection; Chen et al., 2024): positive is an unanswerable
    case, found is one abstained on. None where nothing divides."""

    precision: float | None
    recall: float | None
    f1: float | None
    over_abstention: float | None


def abstention(cases: Mapping[str, Case], results: Iterable[CaseResult]) -> Abstention:
    """Over results without an error. Asking back about an underspecified case that can be answered as well is
    no abstention."""
    right = abstained = unanswerable = answerable = over = 0
    for result in results:
        case = cases[result.case_id]
        if result.error is not None:
            continue
        open_ = case.answerable and case.kind is CaseKind.UNDERSPECIFIED
        silent = result.status == "abstained" or (result.status == "clarification" and not open_)
        abstained += silent
        unanswerable += not case.answerable
        answerable += case.answerable
        right += silent and not case.answerable
        over += silent and case.answerable
    both = abstained + unanswerable
    return Abstention(
        right / abstained if abstained else None,
        right / unanswerable if unanswerable else None,
        2 * right / both if both else None,
        over / answerable if answerable else None,
    )


def clusters(cases: Sequence[Case]) -> dict[str, int]:
    """The number of each case's cluster, for the bootstrap: cases that share their first article, or the
    opening of their conversation, are not independent."""
    named: dict[str, int] = {}
    of: dict[str, int] = {}
    for case in cases:
        docs = [case.given_doc] if case.given_doc else [piece.doc_id for piece in case.evidence[:1]]
        opening = case.turns[0].text if case.turns else case.question
        keys = [f"opening:{opening}", *(f"doc:{doc}" for doc in docs)]
        known = sorted({named[key] for key in keys if key in named})
        number = known[0] if known else len(of)
        for joined in known[1:]:
            named = {key: number if value == joined else value for key, value in named.items()}
            of = {id_: number if value == joined else value for id_, value in of.items()}
        named |= dict.fromkeys(keys, number)
        of[case.id] = number
    return of
