"""What the pages show: plain values, made by whoever asks for a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.article import Article, Origin, Span
from service.web.marking import Run

_NAMES = {
    "title": "Title",
    "outlet": "Outlet",
    "published": "Date",
    "url": "Address",
    "authors": "Authors",
    "language": "Language",
}
_FROM = {
    Origin.GIVEN: "as given with it",
    Origin.FRONT_MATTER: "by the file’s front matter",
    Origin.META: "by the page’s meta tags",
    Origin.JSON_LD: "by the page’s JSON-LD",
    Origin.PDF: "by the PDF’s properties",
    Origin.DOCX: "by the Word file’s properties",
    Origin.MAIL: "by the mail’s headers",
    Origin.BYLINE: "by its byline",
    Origin.PUBLISHED_LINE: "by its line of publication",
    Origin.DATELINE: "by its dateline",
    Origin.HEADLINE: "by its headline",
    Origin.PACKAGE: "by an installed reader",
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader's key is good for, besides reading; what it isn't is not offered."""

    asks: bool = True
    ingests: bool = True
    purges: bool = True


ALL_RIGHTS = Rights()


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found of an article, and the page that marks it; `words` are where the words stand in it."""

    text: str
    link: str
    words: Sequence[Span] = ()

    @property
    def runs(self) -> Sequence[Run]:
        """The text, with the words marked."""
        cuts = [0, *(at for span in self.words for at in (span.start, span.end)), len(self.text)]
        parts = [self.text[start:end] for start, end in pairwise(cuts)]
        return [Run(part, marked=at % 2 == 1) for at, part in enumerate(parts) if part]


def told_from(article: Article) -> list[tuple[str, str]]:
    """Of each fact that is known its name, and in words where it comes from."""
    origins = {key: origin for key, origin in article.origins.items() if getattr(article.facts, key)}
    return [(name, _FROM[origins[key]]) for key, name in _NAMES.items() if key in origins]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of the list. `title_is_ours`: the article has no title, its first words stand in."""

    id: str
    shown_title: str
    title_is_ours: bool
    outlet: str | None
    published: str | None
    passages: Sequence[Passage] = ()
    further: int = 0  # passages that have the words too


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article that carries the text; `alike` says how far, as "Nearly the same"."""

    id: str
    outlet: str
    alike: str
    with_other_figures: bool


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    articles: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which articles are meant: all where nothing is chosen. The days are YYYY-MM-DD, or empty."""

    outlets: Sequence[Outlet] = ()
    articles: Sequence[ArticleRow] = ()
    from_day: str = ""
    to_day: str = ""
    as_of: str = ""
    find: str = ""

    @property
    def narrowed(self) -> bool:
        chosen = any(outlet.chosen for outlet in self.outlets)
        return bool(chosen or self.articles or self.from_day or self.to_day or self.as_of)


NOTHING_CHOSEN = Narrowing()


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several `pages` of the list, counted from 1; `total` counts the articles that are listed on all
    of them, `held` all that there are. `query` is what its address asks for, without the page.
    `left_out`: how many a day leaves out as they have no date, and as their text came later. `nearest`: none
    has the words, and these have passages near to them; `perhaps_more`: not all were looked at."""

    rows: Sequence[ArticleRow]
    total: int
    held: int
    page: int = 1
    pages: int = 1
    query: str = ""
    narrowing: Narrowing = field(default_factory=Narrowing)
    left_out: tuple[int, int] = (0, 0)
    nearest: bool = False
    perhaps_more: bool = False
