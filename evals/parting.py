"""Where the cases that were looked at and those that were kept back part, in words."""

from collections import Counter
from collections.abc import Iterator

from evals.cases import Split
from evals.scoring.metrics import Metric
from evals.statistics import fisher
from evals.summary import CaseSummary, Group, Summary

_LIKELY = 0.05  # such a difference or a greater one by chance: told as one
_LEAST_GAP = 0.25  # of a kind's shares, to be named
_MOST_KINDS = 3


def parting(summary: Summary) -> list[str]:
    """One sentence or more, where a run has both; else none."""
    groups = {group.name: group for group in summary.splits}
    if groups.keys() < {Split.DEV, Split.TEST}:
        return []
    dev, test = groups[Split.DEV], groups[Split.TEST]
    return [" ".join(_told(summary, dev, test))]


def _told(summary: Summary, dev: Group, test: Group) -> Iterator[str]:
    shares = f"{_share(dev)} and {_share(test)} are right"
    if fisher(dev.passed, dev.cases, test.passed, test.cases) >= _LIKELY:
        yield f"{shares}: too few to tell whether dev and test part."
    elif dev.passed / dev.cases > test.passed / test.cases:
        yield f"dev and test part: {shares}. What was tuned on dev holds for less elsewhere: go by test."
    else:
        yield f"dev and test part: {shares}. The test cases are easier: compare each with its own past."
    means = [group.means.get(Metric.GROUNDED_NUGGET_RECALL) for group in (dev, test)]
    if means[0] is not None and means[1] is not None:
        yield f"Grounded nugget recall is {means[0]:.2f} on dev, {means[1]:.2f} on test."
    if apart := _apart(summary.cases):
        yield f"Furthest below dev, of test: {', '.join(apart)}."


def _share(group: Group) -> str:
    return f"{group.passed} of {group.cases} {group.name} cases ({group.passed / group.cases:.0%})"


def _apart(cases: tuple[CaseSummary, ...]) -> list[str]:
    """The kinds of which fewest of test are right beside dev, of at least two cases each."""
    asked = Counter((case.kind, case.split) for case in cases)
    right = Counter((case.kind, case.split) for case in cases if case.passed)
    found = []
    for kind in sorted({case.kind for case in cases if case.kind}):
        dev, test = asked[kind, Split.DEV], asked[kind, Split.TEST]
        if min(dev, test) < 2:
            continue
        gap = right[kind, Split.DEV] / dev - right[kind, Split.TEST] / test
        if gap >= _LEAST_GAP:
            told = f"{kind} ({right[kind, Split.TEST]} of {test}, dev {right[kind, Split.DEV]} of {dev})"
            found.append((-gap, told))
    return [told for _, told in sorted(found)[:_MOST_KINDS]]
