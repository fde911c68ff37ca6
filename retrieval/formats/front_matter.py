"""What stands before a text: YAML between lines of `---`, or TOML between lines of `+++`; above a plain one
also lines of `Title:`, `Outlet:`, `Date:` and their like, and a blank one."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from retrieval.article import Origin
from retrieval.formats.found import Found, Told, first_of, names_in

_LONGEST = 16 * 1024  # code points
_BLOCK = re.compile(r"\s{0,8}(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|$)", re.DOTALL)
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publication", "publisher", "site_name", "site", "source"),
    "published": ("published", "date", "datepublished", "publishdate", "published_at", "pubdate"),
    "url": ("url", "canonicalurl", "canonical_url", "canonical", "link", "source_url", "source"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
}
# Of an export whose lines say what they are; "Update: ..." and "Source: ..." alone begin a text, too.
_TELLS = frozenset(key for name in ("title", "published") for key in _KEYS[name])
_BESIDE = frozenset(("section", "category", "tags", "keywords", "id"))
_HEADED = re.compile(r"\s{0,8}((?:[A-Za-z][A-Za-z _-]{1,20}:[ \t]?[^\n]{0,500}\n){2,12})[ \t]*\n")


def head_of(text: str) -> str:
    """Those lines of a plain text; empty where what stands above it says nothing of it."""
    found = _HEADED.match(text[:_LONGEST])
    keys = [line.partition(":")[0].strip().lower() for line in found[1].splitlines()] if found else []
    known = {key for every in _KEYS.values() for key in every} | _BESIDE
    if not found or not known.issuperset(keys) or _TELLS.isdisjoint(keys):
        return ""
    facts = headed(found[1]).facts
    return found[0] if facts.title or facts.published else ""


def front_matter(text: str) -> Found:
    """Nothing where there is none, or it can't be read."""
    block = _BLOCK.match(text[:_LONGEST])
    return _of(_table(block[1], block[2]) if block else {})


def headed(head: str) -> Found:
    """What the lines of a head say."""
    return _of(_by_lines(head))


def _of(table: Mapping[Any, Any]) -> Found:
    known = {str(key).lower(): value for key, value in table.items()}
    return first_of(
        Told(name, _value(name, known[key]), Origin.FRONT_MATTER)
        for name, keys in _KEYS.items()
        for key in keys
        if key in known
    )


def _table(mark: str, block: str) -> Mapping[Any, Any]:
    if mark == "+++":
        try:
            return tomllib.loads(block)
        except tomllib.TOMLDecodeError:
            return {}
    return _by_lines(block)


def _by_lines(block: str) -> dict[str, str | list[str]]:
    """As much of YAML as people write there: a key and its value a line, a list in brackets or in lines. A
    value needs no quotation marks, whatever it holds: `title: Marathon: results`."""
    table: dict[str, str | list[str]] = {}
    key = ""
    for line in block.splitlines():
        words = line.strip()
        if line[:1].isalpha():
            key, _, value = (part.strip() for part in line.partition(":"))
            listed = value.startswith("[") and value.endswith("]")
            table[key] = [_bare(one) for one in value[1:-1].split(",")] if listed else _bare(value)
        elif key and words.startswith(("- ", "name:")):
            known = table[key]
            item = _bare(words.removeprefix("- ").removeprefix("name:"))
            table[key] = [*(known if isinstance(known, list) else []), item]
    return table


def _bare(value: str) -> str:
    words = value.strip()
    quoted = len(words) > 1 and words[0] == words[-1] and words[0] in "\"'"
    return words[1:-1].replace("''", "'") if quoted else words


def _value(name: str, value: Any) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if name == "outlet" and isinstance(value, str) and "://" in value:
        return None
    if name != "authors":
        return value if isinstance(value, str) else None
    if isinstance(value, list):
        return [one.get("name", "") if isinstance(one, dict) else one for one in value]
    return names_in(value) if isinstance(value, str) else None
