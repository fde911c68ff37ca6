"""`parley evals`: run suites, compare runs, write cases.

Exit codes: 0 pass, 1 a gate failed, 2 a bad suite, wrong usage or a reply that was not recorded, 3 the target
could not be reached, 130 interrupted.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals import case_actions

if TYPE_CHECKING:
    from evals.spending import Prices

PASS, FAILED, USAGE, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 130
_RUNS = Path("eval-runs")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Called by the command line, through the entry-point group `parley.commands`."""
    evals = commands.add_parser(
        "evals",
        help="measure answers on a suite of cases",
        description="Measure answers on a suite of cases. docs/evals.md says how to read the report, write "
        "cases and add suites. Exits with 0 when all gates hold, 1 when one fails, 2 for a bad suite or "
        "usage, 3 when the target can't be reached.",
    )
    actions = evals.add_subparsers(title="actions", required=True, metavar="ACTION")
    _run_parser(actions)
    _sweep_parser(actions)
    _report_parsers(actions)
    case_actions.add_actions(actions, add=_add)


def _run_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = _add(actions, "run", _run, "ask every case, score the answers, write the report")
    run.add_argument("suite", help="a suite's folder, or the name of one of Parley's own, such as seeds")
    run.add_argument(
        "--out",
        type=Path,
        help="folder of the run; the same folder goes on where it stopped. Without it: eval-runs/SUITE, and "
        "a run of other code or options that is there becomes eval-runs/SUITE.previous",
    )
    run.add_argument(
        "--url", help="score a running service: Parley's address, or an OpenAI-compatible .../v1"
    )
    run.add_argument(
        "--answerer",
        metavar="NAME",
        help="generative: by the language model of PARLEY_LLM_BASE_URL; else an installed package's, by its "
        "name; extractive without it",
    )
    run.add_argument("--model", help="the model that answers, of PARLEY_LLM_BASE_URL or of --url")
    run.add_argument("--key-env", metavar="NAME", help="environment variable that holds the service's key")
    run.add_argument("--trials", type=int, default=1, help="ask each case so many times")
    run.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="only cases whose kind, split or id is so; may be given several times",
    )
    run.add_argument("--baseline", type=Path, help="a summary.json or a run's folder to compare with")
    _policy_options(run)
    _model_options(run)
    run.add_argument("--only", choices=["retrieval"], help="measure retrieval alone")


def _policy_options(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="another number that chooses an answer, as in scoring.venue=0.1; `parley settings` lists them",
    )
    action.add_argument(
        "--without", action="append", default=[], metavar="RULE", help="switch off one of its rules"
    )


def _sweep_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sweep = _add(actions, "sweep", _sweep, "compare values of one of the policy's numbers on a suite")
    sweep.add_argument("suite", help="a suite's folder, or the name of one of Parley's own")
    sweep.add_argument("number", help="its name, as in scoring.venue; `parley settings` lists them")
    sweep.add_argument("values", nargs="+", metavar="value")


def _model_options(action: argparse.ArgumentParser) -> None:
    replies = action.add_mutually_exclusive_group()
    replies.add_argument(
        "--record", type=Path, metavar="DIR", help="keep what the model replies in DIR/replies.jsonl"
    )
    replies.add_argument(
        "--replay",
        type=Path,
        metavar="DIR",
        help="take the model's replies from there, and call nobody; one that is missing is an error",
    )
    action.add_argument(
        "--judge",
        metavar="MODEL",
        help="ask a language model whether the quotations bear the statements out: advice, never a gate",
    )
    action.add_argument("--price-in", type=_price, metavar="P", help="of a million tokens that a model reads")
    action.add_argument(
        "--price-out", type=_price, metavar="P", help="of a million tokens that a model writes"
    )


def _price(text: str) -> float:
    price = float(text)
    if not 0 <= price < float("inf"):
        raise ValueError
    return price


_price.__name__ = "price"  # as argparse names it: "invalid price value"


def _report_parsers(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = _add(actions, "report", _report, "score a run's results again and write its report")
    report.add_argument("folder", type=Path, metavar="run", help="the run's folder")
    report.add_argument("--suite", help="the suite's folder, where it has moved")
    report.add_argument("--baseline", type=Path, help="a summary.json or a run's folder to compare with")
    _model_options(report)
    diff = _add(actions, "diff", _diff, "compare two runs, regressions first")
    diff.add_argument("before", type=Path, help="a run's folder or its summary.json")
    diff.add_argument("after", type=Path, help="another")
    show = _add(actions, "show", _show, "one case of a suite, or its result in a run")
    show.add_argument("where", help="a suite or a run's folder")
    show.add_argument("case", help="the case's id")
    show.add_argument("--json", action="store_true", help="all that is kept of it, as JSON")


def _add(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Any, summary: str
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    action.set_defaults(run=_guarded(run))
    return action


def _guarded(run: Any) -> Any:
    """The exit codes of errors."""

    def guarded(given: argparse.Namespace) -> int:
        from evals.errors import TargetUnreachable
        from retrieval.errors import ParleyError

        try:
            code: int = run(given)
        except TargetUnreachable as error:
            _complain(error.message, error.remedy)
            return UNREACHABLE
        except ParleyError as error:  # also of settings or the model: 1 is for gates alone
            _complain(error.message, error.remedy)
            return USAGE
        except KeyboardInterrupt:
            _complain("interrupted", "A run that is started again goes on where it stopped.")
            return INTERRUPTED
        return code

    return guarded


def _complain(message: str, remedy: str) -> None:
    """Line by line, made harmless: a message may quote a suite from anywhere."""
    from service.terminal import harmless

    for line in (*f"parley evals: {message}".split("\n"), f"  {remedy}"):
        print(harmless(line), file=sys.stderr)


def _prices(given: argparse.Namespace) -> "Prices | None":
    from evals.spending import Prices

    if given.price_in is None and given.price_out is None:
        return None
    return Prices(given.price_in or 0.0, given.price_out or 0.0)


def _run(given: argparse.Namespace) -> int:
    from evals import commands
    from evals.plan import Plan
    from evals.policies import policy_of
    from evals.recording import Replies

    plan = Plan(
        suite=given.suite,
        out=given.out or _RUNS / Path(given.suite).name,
        set_aside=given.out is None,
        url=given.url,
        model=given.model,
        key_env=given.key_env,
        trials=given.trials,
        filters=tuple(given.filter),
        baseline=given.baseline,
        answerer=given.answerer,
        replies=Replies(given.record, given.replay),
        judge=given.judge,
        prices=_prices(given),
        policy=policy_of(given.policy, given.without),
    )
    if given.only == "retrieval":
        return commands.run_retrieval(plan)
    return PASS if commands.run_suite(plan) else FAILED


def _sweep(given: argparse.Namespace) -> int:
    from evals import commands

    commands.sweep(given.suite, given.number, given.values)
    return PASS


def _report(given: argparse.Namespace) -> int:
    from evals import commands
    from evals.recording import Replies

    passed = commands.report_again(
        given.folder,
        suite=given.suite,
        baseline=given.baseline,
        judge=given.judge,
        replies=Replies(given.record, given.replay),
        prices=_prices(given),
    )
    return PASS if passed else FAILED


def _diff(given: argparse.Namespace) -> int:
    from evals import commands

    return FAILED if commands.diff(given.before, given.after) else PASS


def _show(given: argparse.Namespace) -> int:
    from evals import commands

    commands.show(given.where, given.case, as_json=given.json)
    return PASS
