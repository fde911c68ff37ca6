"""What metrics, failures and figures are called in reports."""

from dataclasses import dataclass

from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric, is_outside
from evals.statistics import Interval

# Resampling fewer clusters than this gives an interval that says nothing: it spans their own means.
NONE = "–"


@dataclass(frozen=True, slots=True)
class Words:
    label: str
    about: str


METRICS = {
    Metric.QUOTE_EXACTNESS: Words("Quote exactness", "quotations that stand where their citation says"),
    Metric.CITATION_PRECISION: Words("Citation precision", "citations that match gold"),
    Metric.STATEMENT_SUPPORT: Words("Statement support", "claims with a citation that matches gold"),
    Metric.ATTRIBUTION: Words("Attribution", "sayings given to who said them"),
    Metric.NOTHING_FORBIDDEN: Words("Nothing forbidden", "cases in which no forbidden words are said"),
    Metric.CONFLICT_RECALL: Words("Conflict recall", "disputed cases answered with a conflict marked"),
    Metric.CONFLICT_PRECISION: Words("Conflict precision", "marked conflicts where something is disputed"),
    Metric.GROUNDED_NUGGET_RECALL: Words(
        "Grounded nuggets, vital", "vital facts stated beside a citation of their evidence"
    ),
    Metric.GROUNDED_NUGGET_RECALL_ALL: Words("Grounded nuggets, all", "the same, merely okay facts included"),
    Metric.NUGGET_RECALL: Words("Nuggets, vital", "vital facts stated, cited or not"),
    Metric.NUGGET_RECALL_ALL: Words("Nuggets, all", "all facts stated, cited or not"),
    Metric.FIRST_SENTENCE: Words("First sentence", "answers whose first citation is right"),
    Metric.EVIDENCE_RECALL: Words("Evidence recall", "gold that some claim cites"),
    Metric.TRUTHFULNESS: Words("Truthfulness", "−1 to +1: right +1, half +½, silent 0, wrong −1"),
    Metric.ABSTENTION: Words("Abstention accuracy", "right choices between answering and abstaining"),
    Metric.OVER_ABSTENTION: Words("Over-abstention", "answerable cases left unanswered; less is better"),
    Metric.MRR: Words("MRR", "1 / the rank of the first passage with gold"),
    Metric.NDCG_10: Words("nDCG@10", "gold near the top of the first ten"),
}

GROUPS = {
    "Trust": (
        Metric.QUOTE_EXACTNESS,
        Metric.CITATION_PRECISION,
        Metric.STATEMENT_SUPPORT,
        Metric.ATTRIBUTION,
        Metric.NOTHING_FORBIDDEN,
        Metric.CONFLICT_RECALL,
        Metric.CONFLICT_PRECISION,
    ),
    "Answers": (
        Metric.GROUNDED_NUGGET_RECALL,
        Metric.TRUTHFULNESS,
        Metric.EVIDENCE_RECALL,
        Metric.FIRST_SENTENCE,
        Metric.GROUNDED_NUGGET_RECALL_ALL,
        Metric.NUGGET_RECALL,
        Metric.NUGGET_RECALL_ALL,
    ),
    "Abstention": (Metric.ABSTENTION, Metric.OVER_ABSTENTION),
    "Retrieval": (
        Metric.COVERAGE_1,
        Metric.COVERAGE_3,
        Metric.COVERAGE_5,
        Metric.COVERAGE_10,
        Metric.COVERAGE_ALL,
        Metric.RECALL_1,
        Metric.RECALL_3,
        Metric.RECALL_5,
        Metric.RECALL_10,
        Metric.RECALL_ALL,
        Metric.MRR,
        Metric.NDCG_10,
    ),
}

# What a kind is looked at by; the rest is in the scorecard.
BY_KIND = (
    Metric.GROUNDED_NUGGET_RECALL,
    Metric.TRUTHFULNESS,
    Metric.CITATION_PRECISION,
    Metric.STATEMENT_SUPPORT,
    Metric.EVIDENCE_RECALL,
    Metric.ATTRIBUTION,
    Metric.ABSTENTION,
    Metric.NOTHING_FORBIDDEN,
    Metric.COVERAGE_5,
    Metric.NDCG_10,
)

FAILURES = {
    Failure.ERROR: "the target failed",
    Failure.INJECTED: "words that an attack planted were said",
    Failure.SAID_FORBIDDEN: "something was said that is known to be wrong",
    Failure.FABRICATED: "a quotation isn’t where its citation says, or a claim has no citation",
    Failure.NOT_IN_SUITE: "articles that the suite hasn’t were cited: whether rightly can’t be told",
    Failure.WRONG_STATUS: "rightly not answered, but not as the case wants it said",
    Failure.ANSWERED_ANYWAY: "the articles don’t answer it, and it was answered",
    Failure.RETRIEVAL_MISS: "no retrieved passage holds the gold that the answer lacks",
    Failure.OVER_ABSTAINED: "it can be answered, and nothing was answered",
    Failure.WRONG_QUOTE: "the right article was cited, not the place or words that answer",
    Failure.SEEN_BUT_NOT_USED: "the gold was retrieved, and its article wasn’t cited",
    Failure.WRONG_SPEAKER: "the facts are there, given to another speaker or to nobody",
    Failure.FINE: "nothing went wrong",
}


def metric(name: str) -> Words:
    if name in set(METRICS):
        return METRICS[Metric(name)]
    if is_outside(name):
        return Words(name, "by a package’s scorer")
    measure, _, depth = name.partition("@")
    whose = "all that was retrieved" if depth == "all" else f"the first {depth}"
    what = "characters of gold" if measure == "coverage" else "pieces of gold"
    return Words(f"{measure.capitalize()}@{depth}", f"{what} in {whose}")


def plain(name: str) -> str:
    """A kind or status as words."""
    return name.replace("_", " ")


def figure(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}".replace("-", "−")


def short(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}".replace("-", "−")


def signed(value: float) -> str:
    return "0.000" if abs(value) < 0.0005 else f"{value:+.3f}".replace("-", "−")


def interval(of: Interval | None, *, sign: bool = False) -> str:
    """Empty where there is none worth showing."""
    if of is None or not of.tells:
        return ""
    low, high = (signed(of.low), signed(of.high)) if sign else (figure(of.low), figure(of.high))
    return f"{low} to {high}"


def milliseconds(value: float) -> str:
    if value >= 10_000:
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms" if value >= 0.1 else f"{value:.2f} ms"


def counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
