"""What a measurement of retrieval alone found. Apart from what measures, so that showing it is quick."""

from dataclasses import dataclass

from evals.scoring.metrics import Metric
from evals.statistics import Interval, difference_interval, mean_interval

METRICS = (
    Metric.COVERAGE_1,
    Metric.COVERAGE_3,
    Metric.COVERAGE_5,
    Metric.COVERAGE_10,
    Metric.RECALL_1,
    Metric.RECALL_3,
    Metric.RECALL_5,
    Metric.RECALL_10,
    Metric.MRR,
    Metric.NDCG_10,
)
CHANCE = "chance"
# The rankings compared, as retrieval.search.Ranking names them.
FUSED, DENSE, LEXICAL = "fused", "dense", "lexical"
READ = "read"  # fused, then by the reader
RECIPROCAL = "reciprocal"  # both searches by their ranks alone: what fusing has to beat


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """By source (a ranking, or chance) and metric: the value of each case that could be scored."""

    cases: int
    values: dict[str, dict[Metric, dict[str, float]]]
    clusters: dict[str, int]

    def mean(self, source: str, metric: Metric) -> Interval | None:
        of_case = self.values[source][metric]
        return mean_interval(list(of_case.values()), [self.clusters[id_] for id_ in of_case])

    def difference(self, one: str, other: str, metric: Metric) -> Interval | None:
        ours, theirs = self.values[one][metric], self.values[other][metric]
        both = [id_ for id_ in ours if id_ in theirs]
        pairs = [ours[i] for i in both], [theirs[i] for i in both]
        return difference_interval(*pairs, [self.clusters[i] for i in both])
