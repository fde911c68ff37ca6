"""What is told of the files of a folder, by files beside them: `articles.toml`, a table per file name,

    ["talks.txt"]
    outlet = "Example Times"
    published = "2025-08-17T09:30:00+02:00"     # RFC 3339 with an offset, or YYYY-MM-DD

and one named after its file, `talks.txt.toml` or `talks.txt.json`, with the keys of such a table.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from retrieval.collecting.entries import Given, Left
from retrieval.errors import SourceError
from retrieval.sources import FACTS_FILE, facts_from

_SIDECARS = (".toml", ".json")
_MOST_ID = 500  # characters, as in the API
_MOST_SIDECAR = 64 * 1024  # bytes
_MOST_JSON = 16 * 1024  # bytes outside of its strings: what an article's fields and their indents need
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # also one without an end


@dataclass(frozen=True)
class Shelf:
    """A folder, on disk or in an archive. `where` names it in messages; `read` gives the bytes of a file in
    it and raises SourceError."""

    where: str
    has: Callable[[str], bool]
    read: Callable[[str], bytes]

    def told_of(self, name: str) -> Given:
        """Raises SourceError, which names the place of the mistake."""
        beside = [name + ending for ending in _SIDECARS if self.has(name + ending)]
        told = Given()
        for sidecar in beside:
            told = told.over(given_from(self._sidecar(sidecar), where=self._at(sidecar)))
        return told.over(self._entry(name))

    def tells(self, name: str) -> bool:
        """Whether that file is there to tell of others."""
        file, ending = PurePath(name).stem, PurePath(name).suffix.lower()
        return name == FACTS_FILE or (ending in _SIDECARS and self.has(file))

    def faults(self) -> Iterator[Left]:
        """What `articles.toml` tells of files that aren't there."""
        try:
            for name in self._tables:
                if PurePath(name).name != name or not self.has(name):
                    yield Left(FACTS_FILE, error=self._no_such_file(name))
        except SourceError as error:
            yield Left(FACTS_FILE, error=error)

    @cached_property
    def _tables(self) -> Mapping[str, Any]:
        if not self.has(FACTS_FILE):
            return {}
        found = _toml(self.read(FACTS_FILE), self._at(FACTS_FILE))
        for name, table in found.items():
            if not isinstance(table, dict):
                raise SourceError(
                    f"{self._at(FACTS_FILE)}: `{name}` stands outside a table",
                    remedy='write a table per file: ["talks.txt"] and its keys below it',
                )
        return found

    def _entry(self, name: str) -> Given:
        table = self._tables.get(name, {})
        return given_from(table, where=f'{self._at(FACTS_FILE)}, ["{name}"]')

    def _sidecar(self, name: str) -> Mapping[str, object]:
        data = self.read(name)
        if len(data) > _MOST_SIDECAR:
            raise SourceError(
                f"{self._at(name)} has more than {_MOST_SIDECAR:,} bytes", remedy="leave only the facts in it"
            )
        return (
            _toml(data, self._at(name)) if name.endswith(".toml") else json_object(data, where=self._at(name))
        )

    def _at(self, name: str) -> str:
        return f"{self.where}/{name}"

    def _no_such_file(self, name: str) -> SourceError:
        return SourceError(
            f'{self._at(FACTS_FILE)}, ["{name}"]: there is no such file in {self.where}',
            remedy='take the entry out, or correct the file name (in quotes: ["talks.txt"])',
        )


def given_from(table: Mapping[str, object], *, where: str) -> Given:
    """Facts, and the `id` beside them. Raises SourceError."""
    told = {key: value for key, value in table.items() if value is not None}
    id_ = told.pop("id", None)
    if id_ is None:
        return Given(facts_from(told, where=where))
    if not isinstance(id_, str) or not id_.strip() or len(id_) > _MOST_ID or not id_.isprintable():
        raise SourceError(
            f"{where}: `id` must be text of 1 to {_MOST_ID} characters", remedy="correct it, or leave it out"
        )
    return Given(facts_from(told, where=where), id_)


def json_object(data: bytes, *, where: str) -> dict[str, object]:
    """Raises SourceError: also before it is parsed, where that would cost much more than its bytes."""
    if _has_more_than_fields(data):
        raise SourceError(
            f"{where} holds more lists, objects or numbers than an article's fields do",
            remedy="leave only those fields in it",
        )
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        reason = "is nested too deeply" if isinstance(exc, RecursionError) else str(exc)
        raise SourceError(f"{where} is not JSON: {reason}", remedy="correct it there") from exc
    if not isinstance(found, dict):
        raise SourceError(f"{where} is no JSON object", remedy='write {"outlet": "..."}')
    return found


def _has_more_than_fields(data: bytes) -> bool:
    outside = at = 0
    for string in _STRING.finditer(data):
        outside += string.start() - at
        at = string.end()
        if outside > _MOST_JSON:
            return True
    return outside + len(data) - at > _MOST_JSON


def _toml(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise SourceError(f"{where} is not TOML: {exc}", remedy="correct it there") from exc
