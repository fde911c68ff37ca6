"""What statements may stand under: words of ours that claim nothing."""

import re

from retrieval.article import Article
from service.answering.marks import has_marker
from service.english import MONTHS, NAME_WORD, is_verb

BETWEEN = " · "
ABOUT, ON_AGREED = "What it is about", "On what was agreed"
ON_OPEN, ON_NEXT = "On what is in dispute", "On what comes next"
ON_DIFFERENCES = "On what is corrected or denied"
UNDATED, NO_OUTLET = "Undated", "Unknown outlet"
WORKED_OUT = "day worked out"
_FIXED = frozenset((ABOUT, ON_AGREED, ON_OPEN, ON_NEXT, ON_DIFFERENCES, UNDATED, NO_OUTLET, WORKED_OUT))
_LONGEST, _WORDS = 120, 8  # code points of a heading, words of a name
_DESCRIBED = re.compile(r"the(?: [a-z]+){1,3}")
_NAME_ENDS = re.compile(NAME_WORD)


def day(iso: str) -> str:
    """ "5 May 2033"."""
    year, month, of_month = iso[:10].split("-")
    return f"{int(of_month)} {MONTHS[int(month) - 1]} {year}"


def by_day(article: Article) -> str:
    """As the day on which it was published."""
    return day(article.facts.published) if article.facts.published else UNDATED


def by_outlet(article: Article) -> str:
    return article.facts.outlet or NO_OUTLET


def by_source(article: Article) -> str:
    """Its outlet, else its title, and its day."""
    named = article.facts.outlet or article.facts.title
    return BETWEEN.join((named if named and is_sound(named, article) else NO_OUTLET, by_day(article)))


def is_sound(heading: str, article: Article, *, told: str | None = None) -> bool:
    """Whether each piece of it is a fixed wording, or the article's day, outlet or title, or a name in it;
    or the day, ISO, that is `told` by what stands under it."""
    fits = 0 < len(heading) <= _LONGEST and heading.isprintable() and not has_marker(heading)
    pieces = heading.split(BETWEEN)
    if told and pieces[0] == day(told):
        pieces = pieces[1:]
    return fits and all(_is_borne_out(piece, article) for piece in pieces)


def _is_borne_out(piece: str, article: Article) -> bool:
    if piece in _FIXED or piece in (by_day(article), article.facts.outlet, article.facts.title):
        return True
    return _is_name(piece) and re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", article.text, re.I) is not None


def _is_name(piece: str) -> bool:
    """Or "the health ministry". A sentence of the article would claim something."""
    words = piece.split()
    if _DESCRIBED.fullmatch(piece):
        return not any(is_verb(word) for word in words)
    return 0 < len(words) <= _WORDS and bool(_NAME_ENDS.match(words[-1])) and piece[-1] not in ".!?"
