"""A .jsonl file: an article a line, with the fields of `POST /v1/articles`."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from retrieval.collecting.entries import Given, Left
from retrieval.collecting.told import given_from, json_object
from retrieval.errors import SourceError, SourceTooLarge
from retrieval.sources import MAX_BYTES, Source, unreadable

LINES = ".jsonl"
_MOST_LINE = MAX_BYTES + 2 * 1024 * 1024  # bytes, with JSON's escapes
_BLOCK = 1024 * 1024


def count_lines(path: Path) -> int:
    """About as many as it has. Raises SourceError."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b"")) or 1
    except OSError as exc:
        raise unreadable(path, exc) from exc


def articles_in(path: Path, name: str, options: Given) -> Iterator[Source | Left]:
    try:
        with path.open("rb") as file:
            yield from articles_of(file, name, options)
    except OSError as exc:
        yield Left(name, unreadable(path, exc))


def articles_of(file: IO[bytes], name: str, options: Given) -> Iterator[Source | Left]:
    """A line that is none is refused by its number, the others are taken. Blank ones are left out."""
    for number, line in enumerate(_lines(file), 1):
        if line.strip():
            # With an ending, which says how it is read.
            yield _article(line, f"{name}, line {number}", f"{name}/line {number}.txt", options)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """What is too long for a line is passed over but for its beginning, which is still too long."""
    while line := file.readline(_MOST_LINE + 1):
        yield line
        while len(line) > _MOST_LINE and not line.endswith(b"\n"):
            line = file.readline(_MOST_LINE + 1)


def _article(line: bytes, where: str, name: str, options: Given) -> Source | Left:
    try:
        if len(line) > _MOST_LINE:
            raise SourceTooLarge(f"{where} is too long for an article", remedy="give it as a file of its own")
        told = json_object(line, where=where)
        text = told.pop("text", None)
        if not isinstance(text, str):
            raise SourceError(f"{where} has no `text`", remedy='write {"text": "..."}')
        given = options.over(given_from(told, where=where))
        return given.source(name, _utf8(text, where))
    except SourceError as error:
        return Left(name, error)


def _utf8(text: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as exc:
        raise SourceError(
            f"{where}: `text` holds half of a surrogate pair", remedy="correct it there"
        ) from exc
