"""What language models had to do with a run, in words: its cost, and a judge's opinion."""

from evals.judge import Support
from evals.opinion import Opinion
from evals.report import wording
from evals.results import CaseResult
from evals.summary import Summary

Rows = list[tuple[str, str]]

SUPPORT = {
    Support.FULL: "borne out in full",
    Support.PARTIAL: "in part",
    Support.NONE: "not borne out",
    Support.UNREADABLE: "no readable opinion",
}


def spending(summary: Summary) -> Rows:
    """Empty where no model answered."""
    of = summary.spending
    if of is None:
        return []
    each = of.per_answer
    at_least = "at least " if of.uncounted else ""
    rows = [
        ("Requests", f"{of.usage.requests:,} for {wording.counted(of.answers, 'answer')}"),
        ("Tokens read", f"{at_least}{of.usage.prompt_tokens:,}, {each.prompt_tokens:,} an answer"),
        ("Tokens written", f"{at_least}{of.usage.completion_tokens:,}, {each.completion_tokens:,} an answer"),
    ]
    if of.uncounted:
        rows.append(("Not counted by the endpoint", wording.counted(of.uncounted, "answer")))
    if of.cost is not None:
        rows.append(("Cost", f"{at_least}{of.cost:,.4f}"))
    if of.degraded:
        rows.append(("Fell short", _counts(of.degraded)))
    if of.dropped:
        rows.append(("Refused by verification", _counts(of.dropped)))
    return rows


def opinion(summary: Summary) -> Rows:
    """Empty where nobody judged."""
    of = summary.opinion
    if of is None:
        return []
    labels = ", ".join(f"{SUPPORT[name]} {count:,}" for name, count in of.support.items())
    full = f"{wording.figure(of.full.value)} {_brackets(of)}".strip() if of.full else wording.NONE
    agreed = f"{wording.short(of.agreement)} of {wording.counted(of.compared, 'claim')}"
    rows = [
        ("Judge", f"{of.model}, prompt {of.prompt} {of.prompt_version} ({of.prompt_hash[:12]})"),
        ("Claims", labels),
        ("Borne out in full", full),
        ("Agreement with the gold", agreed if of.compared else "no claim to compare"),
        ("Kappa", wording.short(of.kappa)),
        ("Tokens read and written", f"{of.usage.prompt_tokens:,} and {of.usage.completion_tokens:,}"),
    ]
    return [*rows, ("Cost", f"{of.cost:,.4f}")] if of.cost is not None else rows


def of_case(result: CaseResult) -> str:
    """Empty where no model had a part in it."""
    parts = []
    if result.usage is not None:
        of = result.usage
        tokens = f"{of.prompt_tokens:,} tokens read, {of.completion_tokens:,} written"
        parts.append(f"{wording.counted(of.requests, 'request')} to the model: {tokens}")
    if result.degraded:
        parts.append(f"it fell short: {wording.plain(result.degraded)}")
    if result.dropped:
        parts.append(f"refused by verification: {_counts(result.dropped)}")
    return "; ".join(parts)


def _brackets(of: Opinion) -> str:
    told = wording.interval(of.full)
    return f"({told})" if told else ""


def _counts(of: dict[str, int]) -> str:
    return ", ".join(f"{wording.plain(name)} {count:,}" for name, count in of.items())
