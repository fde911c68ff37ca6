"""`python -m benchmarks.kinds FILE...`: how many questions that want an overview are read as such, of their
own kind, and how many that want one thing are not.

The files beside this one were written by others, as many different people would ask: kinds-dev.jsonl is among
what service/answering/asked/by_example.py learns from, of kinds-test.jsonl only the sums were looked at.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import table
from service.answering.asked import Overview, read_broad
from service.conversation import spelt_out

PRECISE = "precise"
# What answers a kind as well: its own matter at least, seen from beside it.
_AS_WELL = {
    Overview.AGREED: {Overview.TERMS},
    Overview.TERMS: {Overview.AGREED},
    Overview.TIMELINE: {Overview.COURSE},
    Overview.ACCOUNTS: {Overview.COMPARISON},
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kinds", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    for file in parser.parse_args(arguments).files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        asked = Counter(row["kind"] for row in rows)
        right = Counter(row["kind"] for row in rows if is_right(row["question"], row["kind"]))
        broad = sum(asked.values()) - asked[PRECISE]
        table(
            f"{file.name}  broad right {sum(right.values()) - right[PRECISE]} of {broad}, precise"
            f" {right[PRECISE]} of {asked[PRECISE]}",
            ("kind", "right", "of"),
            [(kind, right[kind], asked[kind]) for kind in sorted(asked)],
        )


def is_right(question: str, kind: str) -> bool:
    read = read_broad(spelt_out(question))
    if kind == PRECISE or read is None:
        return (read is None) == (kind == PRECISE)
    wanted = Overview(kind)
    return read.kind in {wanted} | _AS_WELL.get(wanted, set())


if __name__ == "__main__":
    main()
