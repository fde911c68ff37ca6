"""What language models were asked for a run, and what that costs at prices that the user names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.results import CaseResult, Usage

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """For a million tokens, read and written, in a currency of the user's."""

    read: float
    written: float

    def of(self, usage: Usage) -> float:
        return (usage.prompt_tokens * self.read + usage.completion_tokens * self.written) / _MILLION


@dataclass(frozen=True, slots=True)
class Spending:
    """`answers` had a model asked. Of the `uncounted` among them the endpoint told no tokens, as where a
    reply broke off: tokens and cost are at least so many. `cost` is None without prices. `degraded` are the
    answers that the model didn't give, or not whole, by what kept it from it, and `dropped` the statements
    that verification refused, by reason."""

    answers: int
    uncounted: int
    usage: Usage
    cost: float | None
    degraded: dict[str, int]
    dropped: dict[str, int]

    @property
    def per_answer(self) -> Usage:
        """Of those that were counted, in whole tokens."""
        of, n = self.usage, max(1, self.answers - self.uncounted)
        return Usage(round(of.requests / n), round(of.prompt_tokens / n), round(of.completion_tokens / n))


def spending(results: Sequence[CaseResult], prices: Prices | None) -> Spending | None:
    """None where no model had a part in any answer."""
    known = [result.usage for result in results if result.usage is not None]
    degraded = Counter(result.degraded for result in results if result.degraded)
    if not known and not degraded:
        return None
    usage = total(known)
    dropped: Counter[str] = Counter()
    for result in results:
        dropped.update(result.dropped)
    cost = prices.of(usage) if prices is not None and known else None
    uncounted = sum(one.requests > 0 and one.prompt_tokens == 0 for one in known)
    return Spending(
        len(known), uncounted, usage, cost, dict(degraded.most_common()), dict(dropped.most_common())
    )


def total(usages: Iterable[Usage]) -> Usage:
    of = list(usages)
    return Usage(
        sum(one.requests for one in of),
        sum(one.prompt_tokens for one in of),
        sum(one.completion_tokens for one in of),
    )
