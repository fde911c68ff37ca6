"""What the actions of `parley evals` do, printed with rich."""

import difflib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from evals import case_card, scorecard
from evals.cases import Case, Suite
from evals.compare import Comparison, Measured, compare, measured, measured_of, read_measured, write_summary
from evals.errors import ResultsError, SuiteError
from evals.gates import Verdict, judge
from evals.judge import judge_all, judgements_of
from evals.left_out import leave_out, remarks
from evals.plan import Plan, bar, in_process, open_target, refuse_misfits
from evals.policies import policy_of
from evals.recording import LIVE, Replies
from evals.report import html, junit, markdown
from evals.results import CaseResult
from evals.runner import read_results, read_run, run
from evals.spending import Prices
from evals.suite import load, usable
from evals.summary import Summary, score_all, summarise
from service.answering import PARLEY
from service.terminal import harmless, print_json

OWN_SUITES = Path(__file__).parent / "suites"
REPORT, MARKDOWN, JUNIT = "report.html", "summary.md", "junit.xml"
_FIELDS = ("kind", "split", "id")


def find_suite(name: str) -> Path:
    """A folder, or the name of one of Parley's own suites."""
    for folder in (Path(name), OWN_SUITES / name):
        if (folder / "suite.yaml").is_file():
            return folder
    own = ", ".join(sorted(path.name for path in OWN_SUITES.iterdir() if path.is_dir()))
    raise SuiteError(
        f"{name} is neither a folder with a suite.yaml nor one of Parley's own suites",
        remedy=f"Name a folder, or one of: {own}.",
    )


def run_suite(plan: Plan) -> bool:
    """True when all gates hold. Raises SuiteError, ResultsError, TargetUnreachable."""
    console = Console(stderr=True)
    suite = _loaded(plan.suite, console)
    refuse_misfits(plan)
    select(suite, plan.filters)  # before anything is ingested: there may be none
    baseline = _baseline(suite, plan.baseline)  # before anything is asked: it may not be there
    with open_target(suite, plan, console) as target, bar(console, "asking") as progress:
        suite = _without_refused(suite, target.provenance())
        cases = select(suite, plan.filters)
        results = run(
            suite, cases, target, plan.out, trials=plan.trials, set_aside=plan.set_aside, progress=progress
        )
    if plan.judge is not None:
        _judge(results, plan.judge, plan.replies, plan.out, console)
    return _conclude(suite, plan.out, results, baseline, plan.prices)


def report_again(
    folder: Path,
    *,
    suite: str | None,
    baseline: Path | None,
    judge: str | None = None,
    replies: Replies = LIVE,
    prices: Prices | None = None,
) -> bool:
    """The same scores and report from results.jsonl alone, and from what a judge has said or says now."""
    before = read_run(folder)
    found = _without_refused(_loaded(suite or before.suite_folder, Console(stderr=True)), before.target)
    known = {case.id for case in found.cases}
    results = [result for result in read_results(folder) if result.case_id in known]
    if judge is not None:
        _judge(results, judge, replies, folder, Console(stderr=True))
    return _conclude(found, folder, results, _baseline(found, baseline), prices)


def _judge(
    results: Sequence[CaseResult], name: str, replies: Replies, folder: Path, console: Console
) -> None:
    from evals.models import opened

    with opened(name, replies) as judge, bar(console, "judging") as progress:
        judge_all(results, judge.model, judge.asking, folder, progress=progress)


def sweep(name: str, number: str, values: Sequence[str]) -> None:
    """The suite's figures with each value of a number of the policy, beside those with Parley's own."""
    from evals.switching import Switching

    console = Console(stderr=True)
    policies = {value: policy_of([f"{number}={value}"]) for value in values}
    loaded = _loaded(name, console)
    with tempfile.TemporaryDirectory() as folder, Switching(loaded, Path(folder) / "data") as target:
        with bar(console, "ingesting") as progress:
            target.ingest(loaded, progress=progress)
        suite = leave_out(loaded, target.refused)
        own = measured_of(suite, target.answers(suite.cases))
        swept = {
            value: compare(measured_of(suite, target.answers(suite.cases, policy)), own)
            for value, policy in policies.items()
        }
    Console().print(scorecard.of_sweep(number, PARLEY.numbers()[number], own, swept))


def run_retrieval(plan: Plan) -> int:
    if plan.url is not None:
        raise SuiteError("--only retrieval looks inside Parley", remedy="Leave --url out.")
    from evals import retrieval

    console = Console(stderr=True)
    suite = _loaded(plan.suite, console)
    select(suite, plan.filters)
    with in_process(suite, console) as target, bar(console, "searching") as progress:
        suite = _without_refused(suite, target.provenance())
        scores = retrieval.measure(suite, select(suite, plan.filters), target, progress=progress)
    Console().print(scorecard.of_retrieval(scores))
    return 0


def diff(before: Path, after: Path) -> bool:
    """True when a case regressed. Raises ResultsError where there is nothing to compare."""
    comparison = compare(read_measured(after), read_measured(before))
    if not comparison.shared:
        raise ResultsError(
            f"{before} and {after} have no case in common", remedy="Name two runs of the same suite."
        )
    Console().print(scorecard.of_comparison(comparison))
    return bool(comparison.regressions)


def check(name: str) -> None:
    console = Console()
    suite = _loaded(name, console)
    console.print(scorecard.of_suite(suite, usable(suite)))


def show(where: str, case_id: str, *, as_json: bool = False) -> None:
    folder = Path(where)
    results: Sequence[CaseResult] = ()
    if (folder / "run.json").is_file():
        results = [result for result in read_results(folder) if result.case_id == case_id]
        where = read_run(folder).suite_folder
    suite = load(find_suite(where)).suite
    case = next((case for case in (*suite.cases, *suite.unscored) if case.id == case_id), None)
    if case is None:
        near = difflib.get_close_matches(case_id, [case.id for case in suite.cases], n=3, cutoff=0.4)
        remedy = f"Nearest: {', '.join(near)}." if near else "The suite's cases.jsonl has the ids."
        raise SuiteError(f"{suite.name} has no case {case_id}", remedy=remedy)
    if as_json:
        data = {"case": asdict(case), "results": [asdict(result) for result in results]}
        print_json(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        Console().print(case_card.of_case(suite, case, results))


def _without_refused(suite: Suite, target: dict[str, Any]) -> Suite:
    """Some articles are refused only as they are ingested."""
    return leave_out(suite, target.get("documents_refused", {}))


def select(suite: Suite, filters: Sequence[str]) -> list[Case]:
    """The cases that fit every filter, as in kind=conflict or split=dev."""
    cases = list(suite.cases)
    for one in filters:
        field, _, value = one.partition("=")
        if field not in _FIELDS or not value:
            raise SuiteError(f"--filter {one} is not FIELD=VALUE", remedy=f"Fields: {', '.join(_FIELDS)}.")
        cases = [case for case in cases if str(getattr(case, field) or "") == value]
    if not cases:
        more = f" and can be scored ({' '.join(remarks(suite))})" if suite.unscored else ""
        which = f"fits {' and '.join(filters)}" if filters else "is there"
        raise SuiteError(f"no case of {suite.name} {which}{more}", remedy="Ask for others.")
    return cases


def _conclude(
    suite: Suite,
    folder: Path,
    results: Sequence[CaseResult],
    baseline: Measured | None,
    prices: Prices | None,
) -> bool:
    scores = score_all(suite, results)
    made = read_run(folder)
    judgements = judgements_of(results, folder)
    summary = summarise(suite, made, results, scores, judgements=judgements, prices=prices)
    comparison = None if baseline is None else compare(measured(summary), baseline)
    verdict = judge(suite.gates, summary, comparison)
    write_summary(summary, folder)
    page = html.render(suite, summary, verdict, comparison, results, scores, judgements=judgements)
    (folder / REPORT).write_text(page, encoding="utf-8")
    (folder / MARKDOWN).write_text(markdown.render(summary, verdict, comparison), encoding="utf-8")
    (folder / JUNIT).write_text(junit.render(suite, summary), encoding="utf-8")
    whole = len(results) == len(suite.cases) * made.trials
    _tell(summary, verdict, comparison, folder, whole=whole)
    return verdict.passed


def _tell(
    summary: Summary, verdict: Verdict, comparison: Comparison | None, folder: Path, *, whole: bool
) -> None:
    console = Console()
    console.print(scorecard.of_summary(summary, comparison))
    for line in scorecard.of_verdict(verdict, whole=whole):
        console.print(line)
    console.print(f"Report: {(folder / REPORT).absolute()}", soft_wrap=True, markup=False)


def _baseline(suite: Suite, given: Path | None) -> Measured | None:
    if given is not None:
        return read_measured(given)
    committed = suite.baseline
    return read_measured(committed) if committed is not None and committed.is_file() else None


def _loaded(name: str, console: Console) -> Suite:
    loaded = load(find_suite(name))
    for warning in loaded.warnings:
        console.print(Text(harmless(warning), "dim"))
    return loaded.suite
