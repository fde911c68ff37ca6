"""Several suites as one, with the articles of all, so that what is asked of one is searched among all.

    python -m evals.pooled FOLDER SUITE [SUITE ...]

Writes a suite to FOLDER for `parley evals run FOLDER --only retrieval`. A case keeps its question and the
evidence for it; one without evidence, or that leans on turns before it, is left out.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.pooled", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("suites", type=Path, nargs="+", metavar="SUITE")
    given = parser.parse_args(arguments)
    articles, cases = pool(given.folder, given.suites)
    sys.stdout.write(f"{given.folder}: {articles} articles, {cases} cases\n")


def pool(folder: Path, suites: Sequence[Path]) -> tuple[int, int]:
    """Returns how many articles and cases it wrote. Raises FileExistsError."""
    folder.mkdir(parents=True)
    articles = [row for suite in suites for row in _articles(suite)]
    cases = [row for suite in suites for row in _cases(suite)]
    _write(folder / "corpus.jsonl", articles)
    _write(folder / "cases.jsonl", cases)
    (folder / "suite.yaml").write_text(f"name: {folder.name}\nversion: 1\n", encoding="utf-8")
    return len(articles), len(cases)


def _articles(suite: Path) -> Iterator[dict[str, Any]]:
    for row in _rows(suite / "corpus.jsonl"):
        yield {**row, "id": f"{suite.name}/{row['id']}", "url": None}


def _cases(suite: Path) -> Iterator[dict[str, Any]]:
    for row in _rows(suite / "cases.jsonl"):
        evidence = [
            {**each, "doc_id": f"{suite.name}/{each['doc_id']}"} for each in row.get("evidence") or []
        ]
        if evidence and len(row.get("turns") or []) < 2:
            yield {
                "id": f"{suite.name}/{row['id']}",
                "question": row["question"],
                "answerable": True,
                "answers": row.get("answers") or ["-"],
                "evidence": evidence,
            }


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _write(file: Path, rows: Sequence[dict[str, Any]]) -> None:
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
