"""Cases from a spreadsheet: `cases.csv`, beside cases.jsonl or in its place. docs/evals.md has more."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from evals.cases import CaseKind, Document
from evals.fields import Fields
from evals.problems import Place, Problems
from evals.scoring.matching import normalised, occurrences

TABLE = "cases.csv"
_COLUMNS = (
    "id",
    "question",
    "expected",
    "nuggets",
    "evidence",
    "article",
    "kind",
    "split",
    "forbidden",
    "notes",
)
_NAMED_ALSO = {"status": "expected", "expected_status": "expected", "quote": "evidence", "doc_id": "article"}
_ANSWERABLE = {"answered": True, "answerable": True, "abstained": False, "unanswerable": False}
_FACTS = re.compile(r"[;\n]")
_QUOTES = re.compile(r"[|\n]")


def read_table(path: Path, documents: Mapping[str, Document], problems: Problems) -> Iterator[Fields]:
    """A row each, as a line of cases.jsonl would have it."""
    place = Place(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problems.error(place, f"cannot be read ({error.strerror})", remedy="mend or move it")
        return
    except UnicodeDecodeError as error:
        problems.error(place, f"is not UTF-8 at byte {error.start}", remedy="save it as CSV UTF-8")
        return
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = _columns(next(rows, []), place, problems)
        for number, row in enumerate(rows, start=1):
            cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
            at = Place(path.name, rows.line_num, cells.get("id") or f"row-{number}")
            _check_columns(columns, row, at, problems)
            if any(cells.values()):
                yield Fields(_case(cells, at, documents, problems), at, problems)
    except csv.Error as error:
        at = Place(path.name, rows.line_num)
        problems.error(at, f"is not CSV: {error}", remedy='put text with a comma or a line break between "')


def _columns(head: list[str], place: Place, problems: Problems) -> list[str]:
    names = [re.sub(r"\s+", "_", name.strip().lower()) for name in head]
    columns = [_NAMED_ALSO.get(name, name) for name in names]
    for name in columns:
        if name and name not in _COLUMNS:
            problems.error(place, f"has an unknown column {name!r}", remedy=f"use {', '.join(_COLUMNS)}")
    if "question" not in columns:
        problems.error(place, "has no column `question`", remedy="name the columns in the first row")
    return columns


def _check_columns(columns: list[str], row: list[str], place: Place, problems: Problems) -> None:
    for name, cell in zip_longest(columns, row, fillvalue=""):
        if cell.strip() and not name:
            problems.error(
                place,
                f"{cell.strip()!r} stands in no column",
                remedy='put a text that has commas between ", or name its column in the first row',
            )


def _case(
    cells: Mapping[str, str], place: Place, documents: Mapping[str, Document], problems: Problems
) -> dict[str, Any]:
    expected = cells.get("expected", "").lower() or "answered"
    if expected not in _ANSWERABLE:
        problems.error(place, f"{expected!r} is not what can be expected", remedy="use answered or abstained")
    answerable = _ANSWERABLE.get(expected, True)
    kind = CaseKind.SINGLE_FACT if answerable else CaseKind.UNANSWERABLE
    quotes = _parts(cells.get("evidence", ""), _QUOTES)
    given = {name: cells[name] for name in ("split", "notes") if cells.get(name)}
    return {
        "id": place.id,
        "kind": cells.get("kind") or kind.value,
        "question": cells.get("question", ""),
        "answerable": answerable,
        "nuggets": [_nugget(fact) for fact in _parts(cells.get("nuggets", ""), _FACTS)],
        "evidence": [
            {"doc_id": id_, "quote": quote}
            for quote in quotes
            for id_ in _holding(quote, cells.get("article"), documents, place, problems)
        ],
        "forbidden": _parts(cells.get("forbidden", ""), _FACTS),
        **given,
    }


def _parts(cell: str, between: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in between.split(cell) if part.strip()]


def _nugget(fact: str) -> dict[str, Any]:
    spellings = _parts(fact, re.compile(r"\|"))
    return {"text": (spellings or [fact])[0], "any": spellings}


def _holding(
    quote: str,
    named: str | None,
    documents: Mapping[str, Document],
    place: Place,
    problems: Problems,
) -> list[str]:
    """The articles that have the quotation, be it with other punctuation, which the check of the suite then
    tells; the one that is named, or that there is, whatever it has."""
    if named or len(documents) == 1:
        return [named or next(iter(documents))]
    exact = [id_ for id_, document in documents.items() if occurrences(document.text, quote)]
    words = normalised(quote)
    found = exact or [id_ for id_, one in documents.items() if words and words in normalised(one.text)]
    if not found:
        problems.error(
            place,
            f"no article has the evidence {quote!r}",
            remedy="quote one letter for letter, or name it in the column `article`",
        )
    return found
