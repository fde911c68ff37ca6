"""`python -m benchmarks.quality RUN...`: the tables of docs/quality.md, from the summaries of runs."""

import json
import sys
from pathlib import Path
from typing import Any

_ANSWERS = (
    "quote_exactness",
    "nothing_forbidden",
    "grounded_nugget_recall",
    "nugget_recall",
    "evidence_recall",
    "citation_precision",
    "statement_support",
    "attribution_accuracy",
    "first_sentence",
    "truthfulness",
)
_RETRIEVAL = ("recall@1", "recall@5", "coverage@5", "mrr", "ndcg@10")
_ABSTENTION = ("precision", "recall", "f1", "over_abstention")


def main(folders: list[str]) -> None:
    runs = [json.loads((Path(folder) / "summary.json").read_text()) for folder in folders]
    names = [run["run"]["suite"] for run in runs]
    print("Revision " + ", ".join(sorted({run["run"]["revision"] for run in runs})) + "\n")
    print("| | " + " | ".join(names) + " |\n|---|" + "---|" * len(runs))
    _row("cases", [str(len(run["cases"])) for run in runs])
    _row("right", [str(sum(case["passed"] for case in run["cases"])) for run in runs])
    for metric in (*_ANSWERS, *_RETRIEVAL):
        _row(metric, [_mean(run, metric) for run in runs])
    for name in _ABSTENTION:
        _row(f"abstention {name}", [_number(run["abstention"][name]) for run in runs])
    _row("abstention AUC", [_interval(run["abstention_auc"]) for run in runs])
    _row("ms a question, p50 / p95", [_latency(run) for run in runs])
    print()
    for run in runs:
        print(f"{run['run']['suite']}: {_failures(run)}")


def _row(name: str, values: list[str]) -> None:
    print(f"| {name} | " + " | ".join(values) + " |")


def _mean(run: dict[str, Any], metric: str) -> str:
    found = next(m for m in run["metrics"] if m["metric"] == metric)
    return _interval(found["mean"])


def _interval(interval: dict[str, Any] | None) -> str:
    if interval is None:
        return ""
    return f"{_number(interval['value'])} [{_number(interval['low'])}, {_number(interval['high'])}]"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _latency(run: dict[str, Any]) -> str:
    total = run["latency"].get("total")
    return f"{total['p50']:.0f} / {total['p95']:.0f}" if total else ""


def _failures(run: dict[str, Any]) -> str:
    return ", ".join(f"{count} {name}" for name, count in run["failures"].items())


if __name__ == "__main__":
    main(sys.argv[1:])
