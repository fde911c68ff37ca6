"""What a file says of itself is untrusted: each fact is bounded, plain, and of the shape that ours have."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from retrieval.article import Facts, Origin, Origins
from retrieval.errors import SourceError
from retrieval.formats.dates import moment
from retrieval.sources import facts_from

_LONGEST = {"title": 500, "outlet": 120, "url": 2_000, "language": 35, "published": 200}
_LONGEST_NAME, _MOST_NAMES = 80, 20
_NO_WORDS = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")  # overrides, tags
_BETWEEN_NAMES = re.compile(r" ?[;&/|] ?|,? and |, ", re.IGNORECASE)
_NO_NAME = re.compile(r"://|@|^www\.", re.IGNORECASE)
_BY = re.compile(r"by ", re.IGNORECASE)
_LONGEST_LIST = 2_000  # code points
_SUFFIX = re.compile(r"(?:Jr|Sr|PhD|MD|Esq|I{2,3}|IV)\.?", re.IGNORECASE)
# What programs put down for whoever used them.
_NOBODY = frozenset(
    (
        *(
            "admin",
            "administrator",
            "user",
            "owner",
            "unknown",
            "anonymous",
            "author",
            "microsoft office user",
        ),
        *("windows user", "python-docx", "root", "guest", "editor", "staff", "default"),
    )
)


class Told(NamedTuple):
    """One fact as a file has it: text, or for the authors a list of it."""

    name: str
    value: object
    origin: Origin


@dataclass(frozen=True, slots=True)
class Found:
    facts: Facts
    origins: Origins

    def told(self) -> list[Told]:
        return [Told(name, getattr(self.facts, name), origin) for name, origin in self.origins.items()]


def first_of(told: Iterable[Told]) -> Found:
    """Of each fact the first that can be used. An author who is the outlet is none."""
    chosen: dict[str, tuple[object, Origin]] = {}
    for name, value, origin in told:
        if name not in chosen and value and (usable := _usable(name, value)):
            chosen[name] = usable, origin
    outlet = str(chosen["outlet"][0]).casefold() if "outlet" in chosen else None
    if "authors" in chosen and [str(name).casefold() for name in _listed(chosen["authors"][0])] == [outlet]:
        del chosen["authors"]
    known = {field.name: chosen[field.name][0] for field in fields(Facts) if field.name in chosen}
    return Found(
        facts_from(known, where="the article"), {name: origin for name, (_, origin) in chosen.items()}
    )


def names_in(text: str) -> list[str]:
    """Of a list of names as bylines and meta tags have it: "By Jane Doe, John Roe Jr. and Ann Poe"."""
    if _NO_NAME.search(text):
        return []
    names: list[str] = []
    listed = " ".join(text[:_LONGEST_LIST].split())
    by = _BY.match(listed)
    for part in _BETWEEN_NAMES.split(listed[by.end() :] if by else listed):
        if names and _SUFFIX.fullmatch(part.strip()):
            names[-1] += f", {part.strip()}"
        elif part.strip():
            names.append(part.strip())
    return names


def plain(text: str, *, longest: int) -> str | None:
    """With single blanks; None where it is empty, too long, or holds what isn't to be seen."""
    words = " ".join(text.split())
    if not 0 < len(words) <= longest or _TURNS_TEXT.search(words):
        return None
    return None if any(unicodedata.category(c) in _NO_WORDS for c in words) else words


def _usable(name: str, value: object) -> object:
    if name == "authors":
        return _authors(_listed(value))
    text = plain(str(value), longest=_LONGEST[name])
    if text is None:
        return None
    if name == "published":
        return moment(text)
    if name == "language":
        text = text.replace("_", "-")
    try:
        return getattr(facts_from({name: text}, where=""), name)
    except SourceError:
        return None


def _authors(names: Sequence[object]) -> list[str]:
    usable = (plain(str(name), longest=_LONGEST_NAME) for name in names)
    kept = (name for name in usable if name and not _NO_NAME.search(name) and name.casefold() not in _NOBODY)
    return list(dict.fromkeys(kept))[:_MOST_NAMES]


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]
