"""Reading a table of JSON or YAML field by field, each of its type, and telling what was left unread."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from evals.problems import Place, Problems


class Fields:
    """A field of another type is a problem, and reads as if it weren't there; null is the same as absent."""

    def __init__(self, table: Mapping[str, Any], place: Place, problems: Problems) -> None:
        self.place = place
        self._table = table
        self._problems = problems
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._table.get(key) is not None

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A string with something in it; YAML's dates and numbers are taken as they are written."""
        value = self._get(key)
        if isinstance(value, date):  # a datetime too
            return value.isoformat()
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            self._wrong(key, "is not a string")
            return None
        if required and not (value or "").strip():
            self._wrong(key, "is missing or empty")
        return value or None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, blank ones left out."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(key, "is not a list of strings")
            return ()
        return tuple(item for item in value if item.strip())

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """A string, or a list of strings."""
        return tuple(filter(None, [self.text(key)])) if isinstance(self._get(key), str) else self.texts(key)

    def numbers(self, key: str) -> tuple[int, ...]:
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            self._wrong(key, "is not a list of whole numbers")
            return ()
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(key, "is neither true nor false")
        return default

    def tables(self, key: str) -> tuple["Fields", ...]:
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong(key, "is not a list of objects")
            return ()
        return tuple(Fields(item, self.place, self._problems) for item in value)

    def table(self, key: str) -> "Fields":
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, "is not an object")
        return Fields(value if isinstance(value, dict) else {}, self.place, self._problems)

    def items(self) -> Iterator[tuple[str, Any]]:
        self._read |= set(self._table)
        yield from self._table.items()

    def unread(self) -> dict[str, Any]:
        """What no one asked for."""
        return {key: value for key, value in self._table.items() if key not in self._read}

    def refuse_unread(self, what: str) -> None:
        for key in self.unread():
            self._problems.error(
                self.place,
                f"{what} has an unknown field {key!r}",
                remedy=f"use {', '.join(sorted(self._read))}",
            )

    def _get(self, key: str) -> Any:
        self._read.add(key)
        return self._table.get(key)

    def _wrong(self, key: str, what: str) -> None:
        self._problems.error(self.place, f"{key!r} {what}", remedy="see docs/evals.md for the format")


def read_lines(path: Path, problems: Problems) -> Iterator[Fields]:
    """The objects of a JSONL file, one a line, blank lines left out. A missing file, a line that isn't UTF-8
    or not a JSON object is a problem."""
    try:
        lines = path.read_bytes().removeprefix(BOM_UTF8).split(b"\n")
    except OSError as error:
        problems.error(
            Place(path.name), f"cannot be read ({error.strerror})", remedy=f"put it into {path.parent}"
        )
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = Place(path.name, number)
        table = _object(line, place, problems)
        if table is not None:
            id_ = table.get("id")
            yield Fields(table, Place(path.name, number, id_ if isinstance(id_, str) else None), problems)


def _object(line: bytes, place: Place, problems: Problems) -> dict[str, Any] | None:
    try:
        table = json.loads(line.decode("utf-8"))
    except json.JSONDecodeError as error:
        wrong = f"is not JSON: {error.msg} at column {error.colno}"
    except UnicodeDecodeError as error:
        problems.error(place, f"is not UTF-8 at byte {error.start}", remedy="save the file as UTF-8")
        return None
    else:
        if isinstance(table, dict):
            return table
        wrong = "is not a JSON object"
    problems.error(place, wrong, remedy="write one object a line")
    return None
