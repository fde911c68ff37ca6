"""The page as plain values, worded and rounded: the templates decide nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Suite
from evals.compare import Comparison
from evals.gates import Verdict
from evals.report import charts, wording
from evals.report.charts import IntervalBar
from evals.scoring.failures import Failure
from evals.scoring.metrics import LOWER_IS_BETTER, Metric, is_outside
from evals.scoring.selective import COVERAGES, RiskCoverage
from evals.statistics import FEWEST_CLUSTERS, Interval
from evals.summary import Group, Summary


@dataclass(frozen=True, slots=True)
class ScoreRow:
    label: str
    about: str
    value: str
    interval: str
    bar: IntervalBar | None
    scored: str
    before: str
    change: str
    change_interval: str
    verdict: str
    floor: str
    floor_broken: bool


@dataclass(frozen=True, slots=True)
class HeatCell:
    value: str
    shade: int | None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`p_value` is empty without a baseline."""

    name: str
    label: str
    cases: int
    passed: HeatCell
    cells: tuple[HeatCell, ...]
    p_value: str


@dataclass(frozen=True, slots=True)
class FailureBar:
    name: str
    about: str
    count: int
    length: float


def scorecard(suite: Suite, summary: Summary, comparison: Comparison | None) -> dict[str, list[ScoreRow]]:
    """Rows by group. A metric that no case could be scored on stays, without a value."""
    outside = {"Installed packages": summary.outside} if summary.outside else {}
    groups = {
        name: [_score_row(metric, suite, summary, comparison) for metric in metrics]
        for name, metrics in (wording.GROUPS | outside).items()
    }
    groups["Abstention"] += _abstention_rows(summary)
    return groups


def few_clusters(summary: Summary) -> int | None:
    """How many clusters the least supported metric rests on, where that is too few for an interval."""
    counts = [m.mean.clusters for m in summary.metrics if m.mean is not None]
    least = min(counts, default=FEWEST_CLUSTERS)
    return least if least < FEWEST_CLUSTERS else None


def _score_row(metric: str, suite: Suite, summary: Summary, comparison: Comparison | None) -> ScoreRow:
    words, found = wording.metric(metric), summary.metric(metric)
    change = comparison.change(metric) if comparison else None
    floor = suite.gates.floors.get(metric, 1.0 if metric in suite.gates.invariants else None)
    mean = found.mean
    drawn = None if is_outside(metric) else mean  # a package's numbers have a scale of their own
    before = change.before if change else None
    return ScoreRow(
        label=words.label,
        about=words.about,
        value=wording.figure(mean.value if mean else None),
        interval=wording.interval(mean),
        bar=charts.interval_bar(metric, drawn.value, drawn, floor=floor, before=before) if drawn else None,
        scored=f"{found.scored:,}",
        before=wording.figure(before) if change else "",
        change=wording.signed(change.difference.value) if change else "",
        change_interval=wording.interval(change.difference, sign=True) if change else "",
        verdict=change.verdict if change else "",
        floor=wording.short(floor) if floor is not None else "",
        floor_broken=_is_broken(metric, mean, floor),
    )


def _is_broken(metric: str, mean: Interval | None, floor: float | None) -> bool:
    if mean is None or floor is None:
        return False
    return mean.value > floor if metric in LOWER_IS_BETTER else mean.value < floor


def _abstention_rows(summary: Summary) -> list[ScoreRow]:
    of, auc = summary.abstention, summary.abstention_auc
    return [
        _plain_row("Abstention precision", "abstained on, and unanswerable", of.precision, None),
        _plain_row("Abstention recall", "unanswerable, and abstained on", of.recall, None),
        _plain_row("Abstention F1", "harmonic mean of the two", of.f1, None),
        _plain_row(
            "Confidence AUC",
            "chance that an answerable case has more confidence than another",
            auc.value if auc else None,
            auc,
        ),
        *_risk_rows(summary.risk_coverage),
    ]


def _risk_rows(curve: RiskCoverage | None) -> list[ScoreRow]:
    if curve is None:
        return []
    rows = [
        _plain_row(
            f"Risk at {at:.0%} coverage",
            "of that share of cases, the surest: unanswerable ones among them",
            risk,
            None,
        )
        for at, risk in zip(COVERAGES, curve.risks, strict=True)
    ]
    return [*rows, _plain_row("Area of risk", "mean over every coverage; less is better", curve.area, None)]


def _plain_row(label: str, about: str, value: float | None, of: Interval | None) -> ScoreRow:
    bar = None if value is None else charts.interval_bar(None, value, of, floor=None, before=None)
    scored = f"{of.clusters:,}" if of else ""
    return ScoreRow(
        label, about, wording.figure(value), wording.interval(of), bar, scored, "", "", "", "", "", False
    )


def heat_map(groups: Sequence[Group], comparison: Comparison | None) -> list[HeatRow]:
    p_values = comparison.kinds if comparison else {}
    return [
        HeatRow(
            name=group.name,
            label=wording.plain(group.name).capitalize(),
            cases=group.cases,
            passed=_heat(None, group.passed / group.cases),
            cells=tuple(_heat(metric, group.means.get(metric)) for metric in wording.BY_KIND),
            p_value=wording.short(p_values[group.name]) if group.name in p_values else "",
        )
        for group in groups
    ]


def _heat(metric: Metric | None, value: float | None) -> HeatCell:
    return HeatCell(wording.short(value), None if value is None else charts.shade(metric, value))


def failures(summary: Summary) -> list[FailureBar]:
    """Most frequent first; what went right is left out."""
    counts = {name: n for name, n in summary.failures.items() if name is not Failure.FINE}
    ordered = sorted(counts, key=lambda name: -counts[name])
    lengths = charts.bar_lengths([counts[name] for name in ordered])
    return [
        FailureBar(name.value, wording.FAILURES[name], counts[name], length)
        for name, length in zip(ordered, lengths, strict=True)
    ]


def provenance(suite: Suite, summary: Summary) -> list[tuple[str, str]]:
    """What was run, as pairs of a name and a value."""
    run = summary.run
    characters = sum(len(document.text) for document in suite.documents)
    asked = wording.counted(len(summary.cases), "case")
    known: dict[str, Any] = {
        "Suite": f"{run.suite}, version {run.suite_version}",
        "Suite hash": run.suite_hash[:16],
        "Asked": asked if run.trials == 1 else f"{asked}, {run.trials} times each",
        "Corpus": f"{wording.counted(len(suite.documents), 'article')}, {characters:,} characters",
        "Articles refused": suite.refused,
        "Not scored": [case.id for case in suite.unscored],
        "Licence": suite.licence,
        "Started": run.started.replace("T", " "),
        "Revision": run.revision,
    }
    told = {wording.plain(str(name)).capitalize(): value for name, value in run.target.items()}
    pairs = {**known, **told, "Versions": run.versions}
    return [(name, worded) for name, value in pairs.items() if (worded := _worded(value))]


def _worded(value: Any) -> str:
    """Empty where there is nothing to say."""
    if isinstance(value, Mapping):
        return "; ".join(f"{wording.plain(str(k))}: {_worded(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_worded, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


def headline(summary: Summary, verdict: Verdict) -> str:
    if verdict.passed:
        return "The gates hold" if verdict.gated else "No gates are set"
    broken = len(verdict.reasons)
    return "A gate doesn’t hold" if broken == 1 else f"{broken} gates don’t hold"


def _of_comparison(comparison: Comparison) -> Iterator[str]:
    yield (
        f"Of {wording.counted(comparison.shared, 'case')} in both runs, {len(comparison.regressions)} "
        f"regressed and {len(comparison.improvements)} improved (exact McNemar test, "
        f"p = {comparison.p_value:.2f})."
    )
    if comparison.missing:
        yield f"{wording.counted(len(comparison.missing), 'case')} of the baseline not asked this time."


def remarks(summary: Summary, verdict: Verdict, comparison: Comparison | None) -> list[str]:
    told = list(verdict.remarks)
    told += _of_comparison(comparison) if comparison is not None else ()
    if (stable := summary.stability) is not None:
        told.append(
            f"Over {stable.trials} trials {wording.short(stable.pass_hat)} of cases pass every time, and "
            f"{wording.short(stable.flip_rate)} change."
        )
    if summary.to_review:
        citations = wording.counted(summary.to_review, "exact citation matches", "exact citations match")
        told.append(f"{citations} no gold. Gold may be incomplete: they are marked “to review”.")
    return told
