"""Files, folders and patterns."""

import errno
import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from pathlib import Path

from retrieval.collecting.archives import ARCHIVE, count_members, members
from retrieval.collecting.entries import Entry, Given, Left, Skipped
from retrieval.collecting.lines import LINES, articles_in, count_lines
from retrieval.collecting.told import Shelf
from retrieval.errors import SourceError, UnreadableSource
from retrieval.sources import (
    MAX_BYTES,
    Source,
    check,
    either,
    ending_of,
    endings,
    printable,
    read_bytes,
    unreadable,
)


@dataclass(frozen=True, slots=True)
class Finder:
    """Of one run: no file is found twice. `options` are what is told of every article."""

    options: Given
    seen: set[str] = field(default_factory=set)
    shelves: dict[Path, Shelf] = field(default_factory=dict)

    def entries(self, given: str) -> Iterator[Entry | Left]:
        """What a path or a pattern names. Raises PackageFault."""
        path = Path(given)
        if _is_pattern(given) and not path.exists():
            yield from self._matching(given)
        elif path.is_dir():
            yield from self._folder(path)
        else:
            shelf = self._shelf(path.parent)
            if not shelf.tells(path.name) or not path.is_file():
                yield self._named(path)

    def _matching(self, pattern: str) -> Iterator[Entry | Left]:
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 a pattern may be absolute
        if not found:
            error = UnreadableSource(f"no file is named like {pattern}", remedy="check the pattern")
            yield Left(printable(pattern), error)
        within = _before_the_pattern(pattern)
        for path in map(Path, found):
            if not path.is_dir():
                yield from self._of_folder(path, printable(str(path)), within)
            elif "**" not in pattern:  # which names what is in it itself
                yield from self._folder(path)

    def _named(self, path: Path) -> Entry | Left:
        """A file named outright must be of a type that can be read."""
        name = printable(path.name or str(path))
        try:
            if path.exists() and not _holds_articles(path):
                ending_of(name)
        except SourceError as error:
            return Left(name, error)
        except ValueError:  # a NUL in the name, which the next tells
            pass
        return self._file(path, name)

    def _folder(self, folder: Path) -> Iterator[Entry | Left]:
        taken = 0
        faults: list[OSError] = []
        for parent, folders, names in os.walk(folder, onerror=faults.append):
            for name in sorted(folders):
                if (why := _passed_over(Path(parent, name))) is not None:
                    folders.remove(name)
                    yield Left(_relative(Path(parent, name), folder), why=why)
            folders.sort()
            for name in sorted(names):
                path = Path(parent, name)
                for found in self._of_folder(path, _relative(path, folder), folder):
                    taken += isinstance(found, Entry) or found.why in (None, Skipped.SAME)
                    yield found
            yield from self._shelf(Path(parent)).faults()
        yield from (_unreadable_folder(exc, folder) for exc in faults)
        if not taken and not faults:
            error = SourceError(
                f"{folder} holds no {either(endings())} file", remedy="name a folder that holds articles"
            )
            yield Left(printable(folder.name or str(folder)), error)

    def _of_folder(self, path: Path, name: str, within: Path) -> Iterator[Entry | Left]:
        if path.name.startswith("."):
            yield Left(name, why=Skipped.HIDDEN)
        elif path.suffix.lower() in endings() or _holds_articles(path):
            yield self._file(path, name) if _is_within(path, within) else Left(name, why=Skipped.OUTSIDE)
        elif not self._shelf(path.parent).tells(path.name):
            yield Left(name, why=Skipped.NO_READER)

    def _file(self, path: Path, name: str) -> Entry | Left:
        try:
            whole = _holds_articles(path)
            _check_readable(path, limit=None if whole else MAX_BYTES)
            if (real := os.path.realpath(path)) in self.seen:
                return Left(name, why=Skipped.SAME)
            self.seen.add(real)
            if path.suffix.lower() == ARCHIVE:
                return Entry(name, count_members(path), partial(members, path, name, self.options))
            if path.suffix.lower() == LINES:
                return Entry(name, count_lines(path), partial(articles_in, path, name, self.options))
        except SourceError as error:
            return Left(name, error)
        return Entry(name, 1, partial(self._read, path, name))

    def _read(self, path: Path, name: str) -> Iterator[Source | Left]:
        try:
            told = self.options.over(self._shelf(path.parent).told_of(path.name))
            yield told.source(name, read_bytes(path))
        except SourceError as error:
            yield Left(name, error)

    def _shelf(self, folder: Path) -> Shelf:
        return self.shelves.setdefault(
            folder, Shelf(str(folder), partial(_is_file, folder), lambda name: read_bytes(folder / name))
        )


def _is_pattern(given: str) -> bool:
    bracketed = "[" in given and "]" in given
    return ("*" in given or "?" in given or bracketed) and "\x00" not in given


def _before_the_pattern(pattern: str) -> Path:
    """The folder that is named outright."""
    parts = Path(pattern).parts
    return Path(*takewhile(lambda part: not _is_pattern(part), parts[:-1]))


def _is_within(path: Path, folder: Path) -> bool:
    """Where its links lead, those of folders too."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _holds_articles(path: Path) -> bool:
    return path.suffix.lower() in (ARCHIVE, LINES)


def _passed_over(folder: Path) -> Skipped | None:
    if folder.name.startswith("."):
        return Skipped.HIDDEN
    return Skipped.LINK if folder.is_symlink() else None


def _relative(path: Path, folder: Path) -> str:
    return printable(path.relative_to(folder).as_posix())


def _is_file(folder: Path, name: str) -> bool:
    try:
        return (folder / name).is_file()
    except (OSError, ValueError):  # too long a name, a NUL in it
        return False


def _check_readable(path: Path, *, limit: int | None) -> None:
    try:
        check(path, path.stat(), limit)
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as exc:
        raise unreadable(path, exc) from exc


def _unreadable_folder(exc: OSError, folder: Path) -> Left:
    path = Path(str(exc.filename))
    return Left(_relative(path, folder) if path != folder else printable(str(folder)), unreadable(path, exc))
