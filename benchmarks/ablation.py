"""What each rule, each number and each check of the verifier is good for.

    python -m benchmarks.ablation [--suites SUITE ...] [--data DIR]      (make ablation SUITES=... DATA=...)

Switches each off in turn (a number to a value at which it has no say), asks every case of every suite without
it, and prints per suite how many answers changed and by how much each figure did, with its paired 95 %
interval; a star marks what is different from nothing. `talk` is what people type around and after a question
(tests/service/talk). Last comes what moved no figure anywhere. DIR holds suites for the verifier's checks.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.minimal_pairs import in_turn, pairs, written
from benchmarks.verifier import corpora, print_without
from evals.commands import find_suite
from evals.compare import Change, compare, measured_of
from evals.left_out import leave_out
from evals.results import CaseResult
from evals.scorecard import CARD
from evals.scoring.metrics import Metric
from evals.statistics import Interval, difference_interval
from evals.suite import load
from evals.switching import Switching
from service.answering import PARLEY, Policy, Rule
from service.conversation import TurnText, small_talk, understand
from tests.service.talk import measure

FIGURES = (*CARD, Metric.ABSTENTION, Metric.OVER_ABSTENTION)
# Where a number has no say. `searching.dense_share` has two ends.
NEUTRAL: tuple[tuple[str, float], ...] = (
    ("abstaining.answers", 0.0),
    ("abstaining.near", PARLEY.abstaining.answers),
    ("reading.passages", PARLEY.reading.step),
    ("reading.sure", 1.0),
    ("reading.compared", PARLEY.reading.passages),
    *((name, 0.0) for name in PARLEY.numbers() if name.startswith("scoring.") and name != "scoring.far"),
    ("scoring.far", 99.0),
    *((f"abstaining.{name}", 0.0) for name in ("read", "match", "longer")),
    ("choosing.told", 1.0),
    ("choosing.single", 1.0),
    *((f"choosing.{name}", -1.0) for name in ("most", "alike", "copy")),
    ("searching.dense_share", 0.0),
    ("searching.dense_share", 1.0),
    ("searching.around", 1.0),
    ("remembering.long_weight", 1.0),
    ("remembering.few", 0.0),
)
_TURN = TurnText("assistant", "Both sides said that they would meet again on Tuesday. [1]")


def switches() -> dict[str, Policy]:
    rules = {str(rule): PARLEY.without(rule) for rule in Rule}
    return rules | {f"{name} = {value:g}": PARLEY.having(name, value) for name, value in NEUTRAL}


def of_suite(name: str, switched: Mapping[str, Policy]) -> Iterator[tuple[str, int, Sequence[Change]]]:
    """For each switch, how many answers change, and the figures that do."""
    loaded = load(find_suite(name)).suite
    with tempfile.TemporaryDirectory() as folder, Switching(loaded, Path(folder) / "data") as target:
        target.ingest(loaded)
        suite = leave_out(loaded, target.refused)
        own = target.answers(suite.cases)
        before = measured_of(suite, own)
        for switch, policy in switched.items():
            others = target.answers(suite.cases, policy)
            changed = sum(_told(one) != _told(other) for one, other in zip(own, others, strict=True))
            changes = compare(measured_of(suite, others), before).changes if own != others else ()
            yield switch, changed, [c for c in changes if c.moved and c.metric in FIGURES]


def _told(result: CaseResult) -> tuple[object, ...]:
    return result.status, result.text, result.standalone_question, result.citations, result.conflicts


def print_suite(name: str, switched: Mapping[str, Policy]) -> set[str]:
    """The switches that moved a figure."""
    moved = set()
    print(f"\n{name}")
    for switch, changed, changes in of_suite(name, switched):
        if changes:
            moved.add(switch)
        if changed or changes:
            told = (_figure(c.metric, c.difference, c.verdict in ("better", "worse")) for c in changes)
            print(f"  {switch:32}{changed:4}  {', '.join(told) or 'no figure'}", flush=True)
    return moved


def _figure(name: str, by: Interval, tells: bool) -> str:
    return f"{name} {by.value:+.3f} [{by.low:+.3f}, {by.high:+.3f}]{'*' if tells else ''}"


def print_talk(switched: Mapping[str, Policy]) -> set[str]:
    print("\ntalk")
    moved, own = set(), {name: _taken(name, PARLEY) for name in _TALK}
    for switch, policy in switched.items():
        for name, before in own.items():
            after = _taken(name, policy)
            by = difference_interval(after, before, range(len(before)))
            if by is not None and after != before:
                moved.add(switch)
                print(f"  {switch:32}      {_figure(name, by, by.verdict != 'too few to tell')}")
    return moved


def _taken(name: str, policy: Policy) -> list[float]:
    return [float(_TALK[name](case, policy)) for case in measure.cases(name)]


def _after(case: Mapping[str, str]) -> list[TurnText]:
    return [TurnText("user", case["first"]), _TURN]


def _is_talk(case: Mapping[str, str], policy: Policy) -> bool:
    talk = policy.by(Rule.SMALL_TALK, small_talk(case["typed"], first=True), None)
    return (talk is not None) is (case["kind"] != "question")


_TALK = {
    "wrapped": lambda c, p: understand(c["typed"], [], p) == understand(c["plain"], [], p),
    "real_followup": lambda c, p: (
        measure.plain(understand(c["second"], _after(c), p).standalone) == measure.plain(c["standalone"])
    ),
    "own_question": lambda c, p: understand(c["second"], _after(c), p) == understand(c["second"], [], p),
    "smalltalk": _is_talk,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Switch each rule and number off in turn.")
    parser.add_argument("--suites", nargs="*", default=["seeds"], help="folders or names of suites")
    parser.add_argument("--data", type=Path, help="suites for the verifier's checks")
    parser.add_argument("--only", nargs="*", help="switches whose name begins so")
    given = parser.parse_args()
    only = tuple(given.only or ("",))
    switched = {name: policy for name, policy in switches().items() if name.startswith(only)}
    moved = print_talk(switched)
    for suite in given.suites:
        moved |= print_suite(suite, switched)
    still = [name for name in switched if name not in moved]
    print(f"\nMoved no figure: {', '.join(still) or 'none'}")
    if not given.only:
        print("\nThe verifier's checks")
        print_without([*pairs(in_turn(corpora(given.data), seed=1), seed=1, each=150), *written()], [])


if __name__ == "__main__":
    main()
