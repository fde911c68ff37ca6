"""What a judge thought of a run, and how far it agrees with the gold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evals.cases import Suite
from evals.judge import Judgement, Support
from evals.results import CaseResult, Usage
from evals.scoring.answers import judge
from evals.scoring.scores import clusters
from evals.spending import Prices, total
from evals.statistics import Interval, mean_interval


@dataclass(frozen=True, slots=True)
class Opinion:
    """`support` counts claims by label; `full` is the share borne out in full, of those with a readable
    opinion. `agreement` is the share of claims of which judge (full or not) and gold (a citation that
    matches, or not) say the same, `kappa` what of it isn't chance (Cohen, 1960); both over the `compared`
    claims of cases with gold. It gates nothing."""

    model: str
    prompt: str
    prompt_version: int
    prompt_hash: str
    support: dict[Support, int]
    full: Interval | None
    compared: int
    agreement: float | None
    kappa: float | None
    usage: Usage
    cost: float | None


def opinion(
    suite: Suite, results: Sequence[CaseResult], judgements: Sequence[Judgement], prices: Prices | None
) -> Opinion | None:
    if not judgements:
        return None
    first = judgements[0]
    cluster = clusters(suite.cases)
    readable = [j for j in judgements if j.support is not Support.UNREADABLE]
    full = [float(j.support is Support.FULL) for j in readable]
    pairs = _pairs(suite, results, readable)
    usage = total(j.usage for j in judgements)
    return Opinion(
        model=first.model,
        prompt="judge",
        prompt_version=first.prompt_version,
        prompt_hash=first.prompt_hash,
        support=dict(Counter(j.support for j in judgements).most_common()),
        full=mean_interval(full, [cluster[j.case_id] for j in readable]),
        compared=len(pairs),
        agreement=sum(one == other for one, other in pairs) / len(pairs) if pairs else None,
        kappa=kappa(pairs),
        usage=usage,
        cost=prices.of(usage) if prices is not None else None,
    )


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen (1960). None without pairs, or where both say the same of everything."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    first, second = sum(one for one, _ in pairs) / n, sum(other for _, other in pairs) / n
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def _pairs(
    suite: Suite, results: Sequence[CaseResult], judgements: Sequence[Judgement]
) -> list[tuple[bool, bool]]:
    """(borne out in full, by the judge; with a citation that matches gold) of each claim of a case with
    gold."""
    cases = {case.id: case for case in suite.cases if case.answerable and case.evidence}
    documents = {document.id: document for document in suite.documents}
    of = {(result.case_id, result.trial): result for result in results if result.case_id in cases}
    found = []
    for judgement in judgements:
        result = of.get((judgement.case_id, judgement.trial))
        if result is None:
            continue
        judged = judge(cases[result.case_id], result, documents)
        supported = bool(judged.behind(result.statements[judgement.statement]))
        found.append((judgement.support is Support.FULL, supported))
    return found
