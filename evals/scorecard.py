"""A run on the terminal."""

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.cases import Suite
from evals.compare import Comparison
from evals.gates import Verdict
from evals.retrieval_scores import CHANCE, DENSE, FUSED, LEXICAL, METRICS, RetrievalScores
from evals.scoring.metrics import Metric
from evals.scoring.selective import COVERAGES
from evals.statistics import Interval
from evals.summary import Summary

_CARD = (
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
    Metric.RECALL_5,
    Metric.COVERAGE_5,
    Metric.NDCG_10,
)
_LISTED = 12


def of_summary(summary: Summary, comparison: Comparison | None) -> RenderableType:
    title = f"{summary.run.suite}: {summary.passed} of {len(summary.cases)} cases right"
    table = Table(title=Text(title))  # Text, as a suite's name may hold what rich takes for markup
    for name in ("metric", "mean", "95 % interval", "cases", "change"):
        table.add_column(name, justify="left" if name == "metric" else "right")
    for metric in _CARD:
        found = summary.metric(metric)
        if found.mean is not None:
            change = comparison.change(metric) if comparison else None
            told = f"{change.difference.value:+.3f} {change.verdict}" if change else ""
            table.add_row(metric, f"{found.mean.value:.3f}", _range(found.mean), str(found.scored), told)
    return Group(table, _abstention(summary), _kinds(summary), _latency(summary))


def of_verdict(verdict: Verdict, *, whole: bool) -> Iterator[Text]:
    yield Text("PASS", "bold green") if verdict.passed else Text("FAIL", "bold red")
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
    table = Table()
    for name in ("metric", "before", "after", "difference", "95 % interval", ""):
        table.add_column(name)
    for c in sorted(comparison.changes, key=lambda c: c.verdict != "worse"):
        row = (c.metric, f"{c.before:.3f}", f"{c.after:.3f}", f"{c.difference.value:+.3f}")
        table.add_row(*row, _range(c.difference), c.verdict)
    return Group(*lines, table)


def of_retrieval(scores: RetrievalScores) -> RenderableType:
    table = Table(title=f"Retrieval alone, {scores.cases} cases with evidence")
    sources = [FUSED, DENSE, LEXICAL, CHANCE]
    for name in ("metric", *sources, "fused - dense", "fused - lexical"):
        table.add_column(name, justify="left" if name == "metric" else "right")
    for metric in METRICS:
        means = [scores.mean(source, metric) for source in sources]
        if means[0] is None:
            continue
        gains = [scores.difference(FUSED, other, metric) for other in (DENSE, LEXICAL)]
        told = [f"{gain.value:+.3f} {_range(gain)}" if gain else "" for gain in gains]
        table.add_row(metric, *(f"{mean.value:.3f}" if mean else "" for mean in means), *told)
    return table


def of_suite(suite: Suite, usable: Mapping[Metric, int]) -> RenderableType:
    title = f"{suite.name} {suite.version}: {len(suite.cases)} cases, {len(suite.documents)} articles"
    table = Table()
    table.add_column("kind")
    table.add_column("cases", justify="right")
    kinds = [case.kind.value if case.kind else "(no kind)" for case in suite.cases]
    for kind in sorted(set(kinds)):
        table.add_row(kind, str(kinds.count(kind)))
    metrics = Table(title="Cases that each metric can use")
    metrics.add_column("metric")
    metrics.add_column("cases", justify="right")
    for metric, count in usable.items():
        metrics.add_row(metric, str(count))
    return Group(Text(title, "bold"), table, metrics)


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


def _kinds(summary: Summary) -> Table | Text:
    if not summary.kinds:
        return Text("")
    table = Table(title="By kind and split")
    for name in ("", "right", "grounded nuggets", "evidence recall", "citation precision"):
        table.add_column(name, justify="left" if not name else "right")
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
    total = summary.latency.get("total")
    return Text(f"Latency: p50 {total.p50:.0f} ms, p95 {total.p95:.0f} ms" if total else "")


def _list(title: str, ids: tuple[str, ...], style: str) -> Text:
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    return Text(f"{title}: {len(ids)}  {', '.join(ids[:_LISTED])}{more}", style if ids else "dim")


def _range(interval: Interval) -> str:
    return f"[{interval.low:.3f}, {interval.high:.3f}]" if interval.tells else "too few groups"
