"""A source: bytes as received, which have a reader, how large one may be, and what may be known of it."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from retrieval.article import Facts, Origins
from retrieval.errors import SourceError, SourceTooLarge, UnreadableSource, UnsupportedSource
from retrieval.outside import fault, offered
from retrieval.parsed import Parsed

MAX_BYTES = 10 * 1024 * 1024
FACTS_FILE = "articles.toml"
FORMATS = "parley.formats"  # entry points named by the ending that they read
UNNAMED = "article.txt"  # what was sent without a name
PLAIN = (".txt", ".md")  # read as they are, and quick to read whatever they hold
OURS = (*PLAIN, ".html", ".htm", ".pdf", ".docx", ".eml")  # a new one: its reader goes into retrieval/formats

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)  # the shape of a BCP 47 tag
_ENDING = re.compile(r"\.[a-z0-9_-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # with halves of surrogate pairs
# How an article that came as such a file becomes one that is read.
_MADE_TEXT = dict.fromkeys((".doc", ".odt", ".rtf"), "open it and save it as .docx or as plain text")
_KEYS = ("title", "outlet", "published", "url", "authors", "language")


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as received. `name` is metadata, never a path to open. `id` is the identity that its giver
    declared, or None. `revises` is the version whose facts it changes: it is refused unless that one is still
    the one that is found. `origins`, of facts that aren't its giver's own word. `read`: as what it was read
    before, with every fact and origin that is known; it isn't read again."""

    name: str
    data: bytes
    facts: Facts
    id: str | None
    revises: int | None = None
    origins: Origins = field(default_factory=dict, hash=False)
    read: Parsed | None = None


def endings() -> tuple[str, ...]:
    """Of the files that are taken: Parley's own, and what installed packages read. Raises PackageFault."""
    theirs = offered(FORMATS, ours=OURS)
    for ending, entry in theirs.items():
        if not _ENDING.fullmatch(ending):
            raise fault(entry, "is no ending of a file's name, such as .transcript in lower case")
    return (*OURS, *theirs)


def ending_of(name: str) -> str:
    """Raises UnsupportedSource, PackageFault."""
    ending = Path(name).suffix.lower()
    if ending not in endings():
        raise _unsupported(name)
    return ending


def read_bytes(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; never waits on a pipe, never reads on past it."""
    try:
        check(path, path.stat(), limit)
        # Non-blocking, so that a file exchanged for a pipe after the check cannot hang the reader.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            check(path, os.fstat(file.fileno()), limit)
            data = file.read(limit + 1)
    except (OSError, ValueError) as exc:
        raise unreadable(path, exc) from exc
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def facts_from(table: Mapping[str, object], *, where: str) -> Facts:
    """Checked facts of one article. SourceError names `where`, the key, what is wrong and the remedy."""
    for key in table:
        if key not in _KEYS:
            raise _fact_error(where, key, "is not a key that is known", f"use only {', '.join(_KEYS)}")
    return Facts(
        title=_words(table, "title", where),
        outlet=_words(table, "outlet", where),
        published=_published(table, where),
        url=_url(table, where),
        authors=_authors(table, where),
        language=_language(table, where),
    )


def is_date(text: str) -> bool:
    """YYYY-MM-DD, or RFC 3339 with an offset. Python alone would also take "2025-W33-7"."""
    try:
        return _DATE.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def check(path: Path, status: os.stat_result, limit: int | None) -> None:
    """Raises UnreadableSource, SourceTooLarge."""
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableSource(f"{path} is a folder, not a file", remedy="name the files in it")
    if not stat.S_ISREG(status.st_mode):
        what = "a named pipe" if stat.S_ISFIFO(status.st_mode) else "a device or socket"
        raise UnreadableSource(f"{path} is {what}, not a file", remedy="save the text in a regular file")
    if limit is not None and status.st_size > limit:
        raise _too_large(path, limit)


def _words(table: Mapping[str, object], key: str, where: str) -> str | None:
    return _checked_words(table[key], key, where) if key in table else None


def _checked_words(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise _fact_error(where, key, "must be text in quotes", "correct it")
    if not value.strip() or _CONTROL.search(value):
        raise _fact_error(where, key, "is empty or holds control characters", "leave it out if unknown")
    return value.strip()


def _published(table: Mapping[str, object], where: str) -> str | None:
    value = table.get("published")
    if isinstance(value, date):  # TOML's own dates; a datetime is one too
        table = {**table, "published": value.isoformat()}
    text = _words(table, "published", where)
    if text is None:
        return None
    if not is_date(text):
        remedy = "write YYYY-MM-DD, or a time with its offset as in 2025-08-17T09:30:00+02:00"
        raise _fact_error(where, "published", f"is no date that can be used: {text!r}", remedy)
    return text


def _url(table: Mapping[str, object], where: str) -> str | None:
    text = _words(table, "url", where)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        usable = False
    if not usable:
        raise _fact_error(where, "url", f"is no web address: {text!r}", "write it with https:// in front")
    return text


def _authors(table: Mapping[str, object], where: str) -> tuple[str, ...]:
    value = table.get("authors", [])
    if not isinstance(value, list | tuple):
        raise _fact_error(where, "authors", "must be a list", 'write ["Jane Doe"]')
    return tuple(_checked_words(name, "authors", where) for name in value)


def _language(table: Mapping[str, object], where: str) -> str | None:
    text = _words(table, "language", where)
    if text is not None and not _LANGUAGE.fullmatch(text):
        raise _fact_error(where, "language", f"is no language tag: {text!r}", 'write "en" or "en-GB"')
    return text


def printable(name: str) -> str:
    """A file name that isn't UTF-8 reaches Python with lone surrogates, which no database takes."""
    return os.fsencode(name).decode("utf-8", "replace")


def _fact_error(where: str, key: str, problem: str, remedy: str) -> SourceError:
    return SourceError(f"{where}: `{key}` {problem}", remedy=remedy)


def _unsupported(name: str) -> UnsupportedSource:
    ending = Path(name).suffix
    what = f"files that end in {ending}" if ending else "a name without an extension"
    remedy = f"give the article as {either(endings())}"
    if how := _MADE_TEXT.get(ending.lower()):
        remedy += f": {how}"
    return UnsupportedSource(f"{name}: there is no reader for {what}", remedy=remedy)


def either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _too_large(path: Path, limit: int) -> SourceTooLarge:
    size = f"{limit // (1024 * 1024)} MiB"
    return SourceTooLarge(f"{path} is larger than {size}", remedy="give each article as a file of its own")


def unreadable(path: Path, exc: Exception) -> UnreadableSource:
    reason = (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
    missing = isinstance(exc, FileNotFoundError)
    remedy = "check the path" if missing else "check the path and who may read it"
    return UnreadableSource(f"{path} cannot be read: {reason}", remedy=remedy)
