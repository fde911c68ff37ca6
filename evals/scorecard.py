"""A run on the terminal."""

from collections.abc import Iterator, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.cases import Suite
from evals.compare import Comparison, Measured
from evals.gates import Verdict
from evals.report import models
from evals.report.wording import counted
from evals.retrieval_scores import (
    CHANCE,
    DENSE,
    FUSED,
    LEXICAL,
    METRICS,
    READ,
    RECIPROCAL,
    RetrievalScores,
)
from evals.scoring.metrics import Metric
from evals.scoring.selective import COVERAGES
from evals.statistics import Interval
from evals.summary import Summary

CARD = (
    Metric.QUOTE_EXACTNESS,
    Metric.NOTHING_FORBIDDEN,
    Metric.GROUNDED_NUGGET_RECALL,
    Metric.NUGGET_RECALL,
    Metric.EVIDENCE_RECALL,
    Metric.CITATION_PRECISION,
    Metric.STATEMENT_SUPPORT,
    Metric.ATTRIBUTION,
    Metric.FIRST_SENTENCE,
    Metric.TRUTHFULNESS,
    Metric.CONFLICT_RECALL,
    Metric.CONFLICT_PRECISION,
    Metric.RECALL_5,
    Metric.COVERAGE_5,
    Metric.NDCG_10,
)
_LISTED = 12
_LEFT = frozenset({"metric", "kind", "kind and split", "change", ""})
# Two names that would break a line of 80 columns.
_SHORT: dict[str, str] = {
    Metric.GROUNDED_NUGGET_RECALL_ALL: "grounded nuggets, all",
    Metric.GROUNDED_NUGGET_RECALL: "grounded nuggets",
}


def of_summary(summary: Summary, comparison: Comparison | None) -> RenderableType:
    # Text, as a suite's name may hold what rich takes for markup.
    title = Text(f"{summary.run.suite}: {summary.passed} of {len(summary.cases)} cases right")
    told = ("change",) if comparison else ()
    table = _table("metric", "mean", "95 % interval", "cases", *told, title=title)
    for metric in (*CARD, *summary.outside):
        found = summary.metric(metric)
        if found.mean is not None:
            change = comparison.change(metric) if comparison else None
            moved = [f"{change.difference.value:+.3f} {change.verdict}"] if change else []
            table.add_row(metric, f"{found.mean.value:.3f}", _range(found.mean), str(found.scored), *moved)
    parts: list[RenderableType] = [table, Text(), _abstention(summary)]
    parts += [Text(), _kinds(summary)] if summary.kinds else []
    return Group(*parts, _latency(summary), *_models(summary))


def _table(*names: str, title: Text | None = None) -> Table:
    """Of rows that stay on a line in 80 columns."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD,
        show_edge=False, pad_edge=False, collapse_padding=True,
    )  # fmt: skip
    for name in names:
        table.add_column(name, justify="left" if name in _LEFT else "right", no_wrap=True)
    return table


def of_verdict(verdict: Verdict, *, whole: bool) -> Iterator[Text]:
    style = {"pass": "bold green", "fail": "bold red"}.get(verdict.outcome, "bold yellow")
    yield Text(verdict.outcome.upper(), style)
    for reason in verdict.reasons:
        yield Text(f"  {reason}", "red")
    for remark in verdict.remarks:
        yield Text(f"  {remark}", "dim")
    if not whole:
        yield Text("  A part of the suite was asked.", "dim")


def of_comparison(comparison: Comparison) -> RenderableType:
    lines = [
        Text(f"{comparison.shared} cases in both; McNemar p = {comparison.p_value:.3f}"),
        _list("passed before, fail now", comparison.regressions, "red"),
        _list("failed before, pass now", comparison.improvements, "green"),
    ]
    if not comparison.same_suite:
        lines.insert(0, Text("The suite differs between the two: only cases in both are compared.", "yellow"))
    still = [change.metric for change in comparison.changes if not change.moved]
    if still:
        lines.append(Text(f"unchanged in every case: {', '.join(still)}", "dim"))
    return Group(*lines, *([_changes(comparison)] if len(still) < len(comparison.changes) else []))


def _changes(comparison: Comparison) -> Table:
    """What moved, the worse first."""
    table = _table("metric", "before", "after", "by", "95 % interval", "")
    moved = [change for change in comparison.changes if change.moved]
    for c in sorted(moved, key=lambda c: (c.verdict != "worse", c.verdict != "better")):
        row = (_SHORT.get(c.metric, c.metric), f"{c.before:.3f}", f"{c.after:.3f}")
        table.add_row(*row, f"{c.difference.value:+.3f}", _range(c.difference), c.verdict)
    return table


def of_sweep(number: str, own: float, before: Measured, swept: Mapping[str, Comparison]) -> RenderableType:
    """Means with Parley's own value, and what each other value adds to them."""
    table = _table("metric", f"{own:g}", *swept, title=Text(f"{before.suite}: {number}"))
    for metric in CARD:
        means = [case.values[metric] for case in before.cases.values() if metric in case.values]
        changes = [comparison.change(metric) for comparison in swept.values()]
        if means and any(change and change.moved for change in changes):
            told = [f"{c.difference.value:+.3f} {_range(c.difference)}" if c else "" for c in changes]
            table.add_row(metric, f"{sum(means) / len(means):.3f}", *told)
    return table


_BESIDE = (DENSE, LEXICAL, RECIPROCAL)
_SEARCHES = (READ, FUSED, *_BESIDE, CHANCE)


def of_retrieval(scores: RetrievalScores) -> RenderableType:
    title = Text(f"Retrieval alone, {scores.cases} cases with evidence")
    means = _table("metric", *_SEARCHES, title=title)
    gains = _table("metric", "read - fused", *(f"fused - {other}" for other in _BESIDE))
    for metric in METRICS:
        found = [scores.mean(source, metric) for source in _SEARCHES]
        if found[1] is None:
            continue
        means.add_row(metric, *(f"{mean.value:.3f}" if mean else "" for mean in found))
        pairs = ((READ, FUSED), *((FUSED, other) for other in _BESIDE))
        gained = [scores.difference(one, other, metric) for one, other in pairs]
        gains.add_row(metric, *(f"{gain.value:+.3f} {_range(gain)}" if gain else "" for gain in gained))
    return Group(means, Text(), gains)


def of_suite(suite: Suite, usable: Mapping[Metric, int]) -> RenderableType:
    cases, articles = counted(len(suite.cases), "case"), counted(len(suite.documents), "article")
    title = f"{suite.name} {suite.version}: {cases}, {articles}"
    table = _table("kind", "cases")
    kinds = [case.kind.value if case.kind else "(no kind)" for case in suite.cases]
    for kind in sorted(set(kinds)):
        table.add_row(kind, str(kinds.count(kind)))
    metrics = _table("metric", "cases", title=Text("Cases that each metric can use"))
    for metric, count in usable.items():
        metrics.add_row(metric, str(count))
    return Group(Text(title, "bold"), Text(), table, Text(), metrics)


def _abstention(summary: Summary) -> Text:
    found = summary.abstention
    figures = (
        ("precision", found.precision),
        ("recall", found.recall),
        ("F1", found.f1),
        ("over-abstention", found.over_abstention),
    )
    told = [f"{name} {value:.3f}" for name, value in figures if value is not None]
    if summary.abstention_auc is not None:
        told.append(f"AUC {summary.abstention_auc.value:.3f} {_range(summary.abstention_auc)}")
    lines = ["Abstention: " + (", ".join(told) or "nothing to score")]
    curve = summary.risk_coverage
    if curve is not None:
        points = ", ".join(f"{risk:.2f} at {at:.0%}" for at, risk in zip(COVERAGES, curve.risks, strict=True))
        lines.append(f"Risk by coverage: {points}; area {curve.area:.3f}, {curve.excess:.3f} above the best")
        lines.append(f"Best abstention F1 at an over-abstention of at most 5 %: {curve.f1:.3f}")
    return Text("\n".join(lines))


def _kinds(summary: Summary) -> Table:
    table = _table("kind and split", "right", "grounded nuggets", "evidence recall", "citation precision")
    for group in (*summary.kinds, *summary.splits):
        means = [
            group.means.get(metric)
            for metric in (
                Metric.GROUNDED_NUGGET_RECALL,
                Metric.EVIDENCE_RECALL,
                Metric.CITATION_PRECISION,
            )
        ]
        told = ["" if mean is None else f"{mean:.2f}" for mean in means]
        table.add_row(group.name, f"{group.passed} of {group.cases}", *told)
    return table


def _latency(summary: Summary) -> Text:
    told = [
        f"{name} p50 {of.p50:.0f} ms, p95 {of.p95:.0f} ms"
        for name, stage in (("", "total"), ("; first statement", "first_statement"))
        if (of := summary.latency.get(stage)) is not None
    ]
    return Text(f"Latency:{''.join(told)}" if told else "")


def _models(summary: Summary) -> list[Text]:
    told = [
        ("Model", models.spending(summary)),
        ("A judge's opinion, which gates nothing", models.opinion(summary)),
    ]
    return [
        Text("\n".join([f"{title}:", *(f"  {name.lower()}: {value}" for name, value in rows)]))
        for title, rows in told
        if rows
    ]


def _list(title: str, ids: tuple[str, ...], style: str) -> Text:
    more = f"\n  and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    listed = "".join(f"\n  {id_}" for id_ in ids[:_LISTED])
    return Text(f"{title}: {len(ids)}{listed}{more}", style if ids else "dim")


def _range(interval: Interval) -> str:
    return f"[{interval.low:.3f}, {interval.high:.3f}]" if interval.tells else "too few groups"
