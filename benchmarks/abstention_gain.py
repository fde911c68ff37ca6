"""Whether one run knew better than another which questions its articles answer.

    python -m benchmarks.abstention_gain RUN_BEFORE RUN_AFTER

The area under the curve of the answerer's confidence in both runs of a suite (`parley evals run`), over the
cases that both have, and their difference with a paired 95 % bootstrap interval: answerable and unanswerable
cases are drawn apart, the same ones for both runs.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from evals.commands import find_suite
from evals.runner import read_results, read_run
from evals.statistics import roc_auc
from evals.suite import load


def confidences(folder: Path) -> dict[str, float]:
    return {
        result.case_id: result.confidence
        for result in read_results(folder)
        if result.trial == 0 and result.confidence is not None
    }


def area(sure: Mapping[str, float], answerable: Sequence[str], others: Sequence[str]) -> float:
    found = roc_auc([sure[id_] for id_ in answerable], [sure[id_] for id_ in others])
    if found is None:
        raise SystemExit("The runs share no answerable or no unanswerable case with a confidence.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare how well two runs knew what to abstain from.")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--draws", type=int, default=2000)
    options = parser.parse_args()
    before, after = confidences(options.before), confidences(options.after)
    cases = load(find_suite(read_run(options.after).suite_folder)).suite.cases
    shared = [case for case in cases if case.id in before and case.id in after]
    yes, no = ([case.id for case in shared if case.answerable is wanted] for wanted in (True, False))
    one, other = area(before, yes, no), area(after, yes, no)
    chance = np.random.default_rng(0)
    gains = []
    for _ in range(options.draws):
        ups, downs = ([str(i) for i in chance.choice(ids, len(ids))] for ids in (yes, no))
        gains.append(area(after, ups, downs) - area(before, ups, downs))
    low, high = np.percentile(gains, [2.5, 97.5])
    print(
        f"{len(yes)} answerable, {len(no)} not: AUC {one:.3f} -> {other:.3f},"
        f" difference {other - one:+.3f} [{low:+.3f}, {high:+.3f}]"
    )


if __name__ == "__main__":
    main()
