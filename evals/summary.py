"""A run in figures: what summary.json holds, and what the reports show."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.cases import Suite
from evals.judge import Judgement
from evals.left_out import remarks
from evals.opinion import Opinion, opinion
from evals.results import CaseResult
from evals.runner import Run
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric, is_outside, ordered
from evals.scoring.scores import Abstention, Scores, abstention, clusters, score
from evals.scoring.selective import RiskCoverage, risk_coverage
from evals.spending import Prices, Spending, spending
from evals.statistics import Interval, flip_rate, mean_interval, pass_hat, roc_auc_interval


@dataclass(frozen=True, slots=True)
class MetricSummary:
    """The mean over the cases that could be scored, with its interval by bootstrap over clusters."""

    metric: str
    mean: Interval | None
    scored: int


@dataclass(frozen=True, slots=True)
class Group:
    """The cases of one kind or one split; `means` leaves out what no case of the group is scored on."""

    name: str
    cases: int
    passed: int
    means: dict[str, float]


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Milliseconds."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Stability:
    """Over several trials: the share of cases that pass every time, and that change."""

    trials: int
    pass_hat: float | None
    flip_rate: float | None


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """`passed` when nothing went wrong in any trial. `values` are means over trials."""

    case_id: str
    kind: str | None
    split: str
    passed: bool
    failure: Failure
    values: dict[str, float]
    cluster: int


@dataclass(frozen=True, slots=True)
class Summary:
    """`left_out` says which articles Parley refused, and why; `not_scored` are the cases that need one."""

    run: Run
    cases: tuple[CaseSummary, ...]
    metrics: tuple[MetricSummary, ...]
    kinds: tuple[Group, ...]
    splits: tuple[Group, ...]
    abstention: Abstention
    abstention_auc: Interval | None
    risk_coverage: RiskCoverage | None
    failures: dict[Failure, int]
    latency: dict[str, Quantiles]
    stability: Stability | None
    to_review: int
    spending: Spending | None = None
    opinion: Opinion | None = None
    left_out: tuple[str, ...] = ()
    not_scored: tuple[str, ...] = ()

    @property
    def passed(self) -> int:
        return sum(case.passed for case in self.cases)

    @property
    def errors(self) -> int:
        return self.failures.get(Failure.ERROR, 0)

    def metric(self, wanted: str) -> MetricSummary:
        none = MetricSummary(wanted, None, 0)  # of a package's scorer that isn't installed
        return next((found for found in self.metrics if found.metric == wanted), none)

    @property
    def outside(self) -> list[str]:
        """What installed packages scored."""
        return [found.metric for found in self.metrics if is_outside(found.metric)]


def score_all(suite: Suite, results: Sequence[CaseResult]) -> list[Scores]:
    """In the order of the results; a result whose case the suite no longer has is left out."""
    cases = {case.id: case for case in suite.cases}
    documents = {document.id: document for document in suite.documents}
    return [score(cases[r.case_id], r, documents) for r in results if r.case_id in cases]


def summarise(
    suite: Suite,
    run: Run,
    results: Sequence[CaseResult],
    scores: Sequence[Scores],
    *,
    judgements: Sequence[Judgement] = (),
    prices: Prices | None = None,
) -> Summary:
    cases = case_summaries(suite, scores)
    sure = _confidences(suite, results)
    return Summary(
        run=run,
        cases=cases,
        metrics=tuple(_metric(metric, cases) for metric in _metrics(scores)),
        kinds=_groups(cases, lambda case: case.kind),
        splits=_groups(cases, lambda case: case.split),
        abstention=abstention({case.id: case for case in suite.cases}, results),
        abstention_auc=roc_auc_interval(*sure),
        risk_coverage=risk_coverage(*sure),
        failures=dict(Counter(one.failure for one in scores).most_common()),
        latency=_latency(results),
        stability=_stability(scores, run.trials),
        to_review=sum(len(one.review) for one in scores),
        spending=spending(results, prices),
        opinion=opinion(suite, results, judgements, prices),
        left_out=tuple(remarks(suite)),
        not_scored=tuple(case.id for case in suite.unscored),
    )


def case_summaries(suite: Suite, scores: Sequence[Scores]) -> tuple[CaseSummary, ...]:
    cluster = clusters(suite.cases)
    trials: dict[str, list[Scores]] = {}
    for one in scores:
        trials.setdefault(one.case_id, []).append(one)
    return tuple(
        CaseSummary(
            case_id=id_,
            kind=of_case[0].kind.value if of_case[0].kind else None,
            split=of_case[0].split.value,
            passed=all(one.failure is Failure.FINE for one in of_case),
            failure=next((o.failure for o in of_case if o.failure is not Failure.FINE), Failure.FINE),
            values=_means([_scored(one) for one in of_case]),
            cluster=cluster[id_],
        )
        for id_, of_case in trials.items()
    )


def _scored(one: Scores) -> dict[str, float]:
    return {metric: value.value for metric, value in one.values.items() if value.value is not None}


def _metrics(scores: Sequence[Scores]) -> list[str]:
    return ordered([*Metric, *(name for one in scores for name in one.values)])


def _metric(metric: str, cases: Sequence[CaseSummary]) -> MetricSummary:
    scored = [case for case in cases if metric in case.values]
    mean = mean_interval([case.values[metric] for case in scored], [case.cluster for case in scored])
    return MetricSummary(metric, mean, len(scored))


def _groups(cases: Sequence[CaseSummary], name_of: Callable[[CaseSummary], str | None]) -> tuple[Group, ...]:
    names = sorted({name for case in cases if (name := name_of(case)) is not None})
    return tuple(
        Group(
            name,
            len(members),
            sum(case.passed for case in members),
            _means([case.values for case in members]),
        )
        for name in names
        if (members := [case for case in cases if name_of(case) == name])
    )


def _means(values: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for one in values:
        for metric, value in one.items():
            found.setdefault(metric, []).append(value)
    return {metric: float(np.mean(found[metric])) for metric in ordered(found)}


def _confidences(suite: Suite, results: Sequence[CaseResult]) -> tuple[list[float], list[float]]:
    """The answerer's, of answerable cases and of others. A degraded answer's is of another answerer."""
    answerable = {case.id: case.answerable for case in suite.cases}
    sure: dict[bool, list[float]] = {True: [], False: []}
    for result in results:
        if result.degraded is not None or result.trial != 0:
            continue
        if result.confidence is not None and result.case_id in answerable:
            sure[answerable[result.case_id]].append(result.confidence)
    return sure[True], sure[False]


def _latency(results: Sequence[CaseResult]) -> dict[str, Quantiles]:
    stages = dict.fromkeys(stage for result in results for stage in result.timings)
    found = {}
    for stage in stages:
        p50, p95, p99 = np.percentile([r.timings[stage] for r in results if stage in r.timings], [50, 95, 99])
        found[stage] = Quantiles(float(p50), float(p95), float(p99))
    return found


def _stability(scores: Sequence[Scores], trials: int) -> Stability | None:
    if trials < 2:
        return None
    passes: dict[str, list[bool]] = {}
    for one in scores:
        passes.setdefault(one.case_id, []).append(one.failure is Failure.FINE)
    every = list(passes.values())
    return Stability(trials, pass_hat(every, trials), flip_rate(every))
