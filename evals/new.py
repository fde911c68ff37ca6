"""`parley evals new`: the smallest suite that runs, to be written over."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from evals.case_table import TABLE
from evals.errors import SuiteError

_ARTICLE = """Ferry crews and owners meet in Varn

Ferry crews and the owners of the Varn line met for two hours on Tuesday.
Union leader Ines Dahl said that the crews want 6 percent more pay.
The owners made no offer, and both sides meet again on Friday.
"""
_SUITE = """name: {name}
version: "1"
licence: CC0-1.0
articles:
  - {{id: ferry, file: articles/ferry.txt}}
gates: # what a run must hold to pass; docs/evals.md has more
  floors: {{grounded_nugget_recall: 0.5}}
"""
_CASES: tuple[dict[str, Any], ...] = (
    {
        "id": "ferry-1",
        "kind": "single_fact",
        "question": "How much more pay do the ferry crews want?",
        "nuggets": [{"text": "6 percent", "any": ["6 percent", "six percent"]}],
        "evidence": [
            {
                "doc_id": "ferry",
                "quote": "Union leader Ines Dahl said that the crews want 6 percent more pay.",
            }
        ],
    },
    {
        "id": "ferry-2",
        "kind": "unanswerable",
        "question": "Who owns the railway?",
        "answerable": False,
    },
)


def new_suite(folder: Path, *, as_csv: bool) -> str:
    """Writes it, and says what to do next. Raises SuiteError where the folder holds something."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SuiteError(f"{folder} is there already, and not empty", remedy="Name another folder.")
        (folder / "articles").mkdir(parents=True)
        (folder / "articles" / "ferry.txt").write_text(_ARTICLE, encoding="utf-8")
        name = json.dumps(folder.resolve().name, ensure_ascii=False)  # as YAML reads it too
        (folder / "suite.yaml").write_text(_SUITE.format(name=name), encoding="utf-8")
        cases, text = (TABLE, _table()) if as_csv else ("cases.jsonl", _lines())
        (folder / cases).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise SuiteError(
            f"{folder} cannot be written ({error.strerror})", remedy="Name another folder."
        ) from error
    return (
        f"Wrote {folder}: an article and two cases. Put yours into articles/, suite.yaml and {cases}, then\n"
        f"  parley evals check {folder}\n  parley evals run {folder}"
    )


def _lines() -> str:
    return "".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in _CASES)


def _table() -> str:
    """With the mark at its beginning by which spreadsheets know UTF-8."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["id", "question", "expected", "nuggets", "evidence"])
    for case in _CASES:
        facts = ["|".join(nugget["any"]) for nugget in case.get("nuggets", ())]
        quotes = [piece["quote"] for piece in case.get("evidence", ())]
        expected = "answered" if case.get("answerable", True) else "abstained"
        rows.writerow([case["id"], case["question"], expected, "; ".join(facts), "\n".join(quotes)])
    return f"\ufeff{text.getvalue()}"
