"""Which article somebody means."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.errors import ArticleNotFound
from service.articles import ArticleSummary
from service.errors import InvalidRequest

if TYPE_CHECKING:
    from service.desk import Desk

_ID = re.compile(r"a_[0-9a-f]{32}")
_BEGINNING = re.compile(r"a_[0-9a-f]{1,31}")
_LISTED = 10
_OUTLETS = 5


@dataclass(frozen=True, slots=True)
class Named:
    """`known` is None where the whole id was given, which need not be here."""

    id: str
    known: ArticleSummary | None = None


def which(desk: "Desk", words: str) -> Named:
    """By its whole id, by how its id begins, by its title, or by a part of its title. Raises ArticleNotFound;
    InvalidRequest, which lists them, where several fit."""
    if _ID.fullmatch(words):
        return Named(words)
    fitting = _fitting(desk.articles(), words)
    if not fitting:
        raise ArticleNotFound(f"no article is named “{words}”", remedy="`parley articles` lists them.")
    if len(fitting) > 1:
        raise InvalidRequest(
            "\n".join([f"“{words}” fits {len(fitting):,} articles:", *map(_line, fitting[:_LISTED])]),
            remedy="Name one of them by its id, or by as much of it as no other begins with.",
        )
    return Named(fitting[0].id, fitting[0])


def outlet(desk: "Desk", name: str) -> str:
    """Raises InvalidRequest, which names the outlets with the most articles, where none is of this one."""
    known = Counter(article.outlet for article in desk.articles() if article.outlet)
    if name.casefold() in map(str.casefold, known):
        return name
    most = ", ".join(f"“{one}”" for one, _ in known.most_common(_OUTLETS))
    remedy = f"There are articles of {most}." if most else "No article has an outlet."
    raise InvalidRequest(f"no article is of the outlet “{name}”", remedy=remedy)


def _fitting(articles: Sequence[ArticleSummary], words: str) -> list[ArticleSummary]:
    """By the first of these ways that any fits."""
    sought = _plain(words)
    ways: list[Callable[[ArticleSummary], bool]] = [
        lambda article: _plain(article.shown_title.text) == sought,
        lambda article: bool(sought) and sought in _plain(article.shown_title.text),
    ]
    if _BEGINNING.fullmatch(words):
        ways.insert(0, lambda article: article.id.startswith(words))
    return next(filter(None, ([one for one in articles if way(one)] for way in ways)), [])


def _plain(title: str) -> str:
    return " ".join(title.casefold().replace("’", "'").split())


def _line(article: ArticleSummary) -> str:
    title = article.shown_title.text
    return (
        f"{article.id}  {article.published or 'undated':.10}  {article.outlet or 'unknown outlet'}  {title}"
    )
