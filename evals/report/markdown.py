"""A run as a short page of Markdown, for a pull request or a terminal."""

import re
from collections.abc import Iterable, Sequence

from evals.compare import Comparison
from evals.gates import Verdict
from evals.report import models, view, wording
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric
from evals.summary import Summary

_SHOWN = (
    Metric.GROUNDED_NUGGET_RECALL,
    Metric.TRUTHFULNESS,
    Metric.QUOTE_EXACTNESS,
    Metric.CITATION_PRECISION,
    Metric.STATEMENT_SUPPORT,
    Metric.EVIDENCE_RECALL,
    Metric.ATTRIBUTION,
    Metric.ABSTENTION,
    Metric.OVER_ABSTENTION,
    Metric.COVERAGE_5,
    Metric.NDCG_10,
)
_MOST = 5  # of reasons, remarks and what packages scored
_MOST_KINDS = 12
_MOST_IDS = 10
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&])")
_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def render(summary: Summary, verdict: Verdict, comparison: Comparison | None) -> str:
    """Under 60 lines, whatever the run; the HTML report has the rest."""
    parts = [
        _verdict(summary, verdict, comparison),
        _scorecard(summary, comparison),
        _kinds(summary),
        _changes(comparison),
        _failures(summary),
        _models(summary),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _verdict(summary: Summary, verdict: Verdict, comparison: Comparison | None) -> list[str]:
    told = [*verdict.reasons[:_MOST], *view.remarks(summary, verdict, comparison)[:_MOST]]
    right = f"{summary.passed} of {wording.counted(len(summary.cases), 'case')} right."
    return [
        f"# {_plain(summary.run.suite)}: {verdict.outcome}",
        "",
        right,
        *(f"- {_plain(line)}" for line in told),
    ]


def _scorecard(summary: Summary, comparison: Comparison | None) -> list[str]:
    rows = []
    for metric in (*_SHOWN, *summary.outside[:_MOST]):
        found = summary.metric(metric)
        if found.mean is None:
            continue
        change = comparison.change(metric) if comparison else None
        moved = f"{wording.signed(change.difference.value)}, {change.verdict}" if change else ""
        label, value = _plain(wording.metric(metric).label), f"**{wording.figure(found.mean.value)}**"
        rows.append([label, value, wording.interval(found.mean), str(found.scored), moved])
    return _table(["Metric", "Value", "95 % interval", "Scored", "Change"], rows)


def _kinds(summary: Summary) -> list[str]:
    groups = summary.kinds or summary.splits
    columns = (Metric.GROUNDED_NUGGET_RECALL, Metric.TRUTHFULNESS, Metric.ABSTENTION)
    rows = [
        [
            wording.plain(group.name),
            f"{group.passed} of {group.cases}",
            *(wording.short(group.means.get(metric)) for metric in columns),
        ]
        for group in groups[:_MOST_KINDS]
    ]
    return _table(["Kind", "Right", *(wording.metric(metric).label for metric in columns)], rows)


def _changes(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return []
    told = {"Regressed": comparison.regressions, "Improved": comparison.improvements}
    return [f"{name}: {_ids(ids)}" for name, ids in told.items() if ids]


def _failures(summary: Summary) -> list[str]:
    counts = [f"{name.value} {n}" for name, n in summary.failures.items() if name is not Failure.FINE]
    return [f"What went wrong: {', '.join(counts)}."] if counts else []


def _models(summary: Summary) -> list[str]:
    rows = {
        "Model": models.spending(summary),
        "A judge's opinion, which gates nothing": models.opinion(summary),
    }
    return [
        f"{title}: {'; '.join(_plain(f'{name.lower()} {value}') for name, value in of)}."
        for title, of in rows.items()
        if of
    ]


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _MOST_IDS} more" if len(ids) > _MOST_IDS else ""
    return ", ".join(_plain(id_) for id_ in ids[:_MOST_IDS]) + more


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines] if lines else []


def _plain(text: str) -> str:
    """On one line, and without a meaning to Markdown."""
    return _MARKUP.sub(r"\\\1", _BREAKS.sub(" ", text)).strip()
