"""What stands before a Markdown text: YAML between lines of `---`, or TOML between lines of `+++`."""

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


def front_matter(text: str) -> Found:
    """Nothing where there is none, or it can't be read."""
    block = _BLOCK.match(text[:_LONGEST])
    table = _table(block[1], block[2]) if block else {}
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
    import yaml  # here, because it takes 20 ms

    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 text, lists and tables alone
    except (yaml.YAMLError, RecursionError):
        return _by_lines(block)
    return loaded if isinstance(loaded, dict) else {}


def _by_lines(block: str) -> Mapping[str, str]:
    """What people write without the quotation marks that YAML wants: `title: Marathon: results`."""
    pairs = (line.partition(":") for line in block.splitlines() if line[:1].isalpha())
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def _value(name: str, value: Any) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if name != "authors":
        return value if isinstance(value, str) else None
    if isinstance(value, list):
        return [one.get("name", "") if isinstance(one, dict) else one for one in value]
    return names_in(value) if isinstance(value, str) else None
