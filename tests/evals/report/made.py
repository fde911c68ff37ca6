"""A small run to report: cases that went right and wrong, with what an attacker might write in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.cases import Case, CaseKind, Document, Gates, Split, Suite
from evals.compare import Comparison, Measured, compare, measured
from evals.gates import Verdict, judge
from evals.judge import Judgement, Support
from evals.report import html
from evals.results import CaseResult, ResultHit, Usage
from evals.runner import Run
from evals.scoring.scores import Scores
from evals.spending import Prices
from evals.summary import Summary, score_all, summarise
from tests.evals.making import DOCUMENTS, case, citation, claim, notice, result, right, said, unanswerable

TIMINGS = {"embed": 4.0, "total": 12.5}


@dataclass(frozen=True, slots=True)
class Reported:
    suite: Suite
    summary: Summary
    verdict: Verdict
    comparison: Comparison | None
    results: Sequence[CaseResult]
    scores: Sequence[Scores]

    judgements: Sequence[Judgement] = ()

    def page(self) -> str:
        return html.render(
            self.suite, self.summary, self.verdict, self.comparison, self.results, self.scores,
            judgements=self.judgements,
        )  # fmt: skip


def reported(
    cases: Sequence[Case],
    results: Sequence[CaseResult],
    *,
    documents: Sequence[Document] = tuple(DOCUMENTS.values()),
    regressed: Sequence[str] = (),
    improved: Sequence[str] = (),
    floors: dict[str, float] | None = None,
    trials: int = 1,
    judgements: Sequence[Judgement] = (),
) -> Reported:
    """With a baseline in which the cases named passed or failed, where any are named."""
    gates = Gates(floors=floors or {}, regression="case")
    suite = Suite("harbour", "2", "CC0", Path("harbour"), tuple(documents), tuple(cases), gates, None)
    run = Run(
        "harbour", "2", "a" * 64, "harbour", len(cases), trials,
        {"target": "in-process", "embedder": "mini", "refused": {}}, "9e7dc1c4f1aa",
        {"python": "3.11"}, "2025-06-01T10:00:00+00:00",
    )  # fmt: skip
    scores = score_all(suite, results)
    summary = summarise(suite, run, results, scores, judgements=judgements, prices=Prices(2, 10))
    comparison = _against(summary, regressed, improved) if regressed or improved else None
    verdict = judge(gates, summary, comparison)
    return Reported(suite, summary, verdict, comparison, results, scores, judgements)


def small() -> Reported:
    """Right, wrong quote, answered anyway, and one of the test split."""
    good = case(id="good", kind=CaseKind.MULTI_SOURCE)
    bad = case(
        id="bad", kind=CaseKind.ATTRIBUTION, question="What of <b>pay</b>?", said=(said("Tom Okafor", None),)
    )
    silly = unanswerable(id="silly", kind=CaseKind.UNANSWERABLE, question="Who is the moon?")
    hidden = case(id="hidden", kind=CaseKind.MULTI_SOURCE, split=Split.TEST, question="And the test?")
    loss = "“We lost 40 million crowns.”"
    results = [
        replace(right(good), timings=TIMINGS, confidence=0.9),
        result(
            bad,
            claim(f"Mayor Ilse Brandt: {loss}", 1),
            notice("That is all that the articles say."),
            citations=(citation(1, "port", loss, speaker="Ilse Brandt"),),
            hits=(ResultHit("port", 0, 40, 0.5, None, 0.5), ResultHit("strike", 0, 98, 0.4, 3.0, 0.4)),
            timings=TIMINGS,
        ),
        result(silly, claim(loss, 1), citations=(citation(1, "port", loss),), timings=TIMINGS),
        replace(right(hidden), timings=TIMINGS),
    ]
    return reported(
        [good, bad, silly, hidden],
        results,
        regressed=["bad"],
        improved=["good"],
        floors={"truthfulness": 0.9},
    )


def by_a_model() -> Reported:
    """Answered by a language model, and judged by another: both may say what they like."""
    good = case(id="good", kind=CaseKind.MULTI_SOURCE)
    answer = replace(
        right(good),
        usage=Usage(2, 1_500, 60),
        degraded="model_cut_off",
        dropped={"names_differ": 3},
        timings={"first_statement": 300.0} | TIMINGS,
    )
    opinions = [
        Judgement(
            "good", 0, number, support, "<b>Because</b> & so.", "strict", 1, "ab" * 32, "d", Usage(1, 90, 9)
        )
        for number, support in enumerate([Support.FULL, Support.NONE])
    ]
    return reported([good], [answer], judgements=opinions)


def _against(summary: Summary, regressed: Sequence[str], improved: Sequence[str]) -> Comparison:
    now = measured(summary)
    before = {
        id_: replace(of_case, passed=id_ in regressed or (of_case.passed and id_ not in improved))
        for id_, of_case in now.cases.items()
    }
    return compare(now, Measured(now.suite, now.suite_hash, "before", before))
