"""A run as one self-contained page: nothing is fetched, and it opens from a file.

Everything that is shown was written by others. The templates escape it; what report.js shows comes from a
block of JSON and is set as text, never as markup. The page's own policy allows its one sheet and its one
script, by their hashes, and nothing else.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from evals.cases import Suite
from evals.compare import Comparison
from evals.gates import Verdict
from evals.judge import Judgement
from evals.report import charts, models, view, wording
from evals.report.listing import listing
from evals.results import CaseResult
from evals.scoring.metrics import Metric
from evals.scoring.scores import Scores
from evals.summary import Summary

_HERE = Path(__file__).parent
# In JSON these stand for themselves as escapes: none of them can end the script element, open a comment in
# it, or, as the two line separators once did, end a line.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_HEADLINE = (
    Metric.GROUNDED_NUGGET_RECALL,
    Metric.TRUTHFULNESS,
    Metric.CITATION_PRECISION,
    Metric.QUOTE_EXACTNESS,
)


def render(
    suite: Suite,
    summary: Summary,
    verdict: Verdict,
    comparison: Comparison | None,
    results: Sequence[CaseResult],
    scores: Sequence[Scores],
    *,
    judgements: Sequence[Judgement] = (),
) -> str:
    """Lone surrogates, which UTF-8 cannot hold, become question marks."""
    style, script = _static("report.css"), _static("report.js")
    cases = listing(suite, summary, comparison, results, scores, judgements)
    page = (
        _templates()
        .get_template("report.html")
        .render(
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 our own files
            script=Markup(script),  # noqa: S704
            island=island(cases.bodies),
            suite=suite,
            summary=summary,
            verdict=verdict,
            comparison=comparison,
            headline=view.headline(summary, verdict),
            figures=[(wording.metric(m).label, wording.figure(_value(summary, m))) for m in _HEADLINE],
            remarks=view.remarks(summary, verdict, comparison),
            provenance=view.provenance(suite, summary),
            scorecard=view.scorecard(suite, summary, comparison),
            few_clusters=view.few_clusters(summary),
            heat_columns=[wording.metric(metric) for metric in wording.BY_KIND],
            kinds=view.heat_map(summary.kinds, comparison),
            splits=view.heat_map(summary.splits, None),
            groups=cases.groups,
            failures=view.failures(summary),
            latency=charts.latency(summary.latency),
            spending=models.spending(summary),
            opinion=models.opinion(summary),
        )
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def island(data: Any) -> Markup:
    """JSON that can stand in a script element, whatever it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 nothing is left that markup begins with


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _static(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"ms": wording.milliseconds, "plain": wording.plain}
    return environment


def _value(summary: Summary, metric: Metric) -> float | None:
    mean = summary.metric(metric).mean
    return mean.value if mean else None
