"""The list of articles for people: all, or those of some outlets and days, or what is found in them."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from retrieval.article import Hit, Region
from retrieval.record import ArticleRow as Known
from retrieval.record import Record
from retrieval.search import Query
from retrieval.selecting import Selected, Wanted, select_articles
from retrieval.sources import is_date
from service.articles import summary
from service.http.dependencies import Edge
from service.web import ArticleRow, Listed, Narrowing, Outlet, Passage

_LISTED = 500
_FOUND = 30  # passages
_OUTLETS = 100
_CHOSEN = 100  # articles
_FIND = 500  # characters of what is looked for


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a page asks for, as it was sent."""

    outlets: list[str]
    articles: list[str]
    from_day: str = ""
    to_day: str = ""
    as_of: str = ""
    find: str = ""
    page: str = ""

    @property
    def days(self) -> tuple[str | None, str | None, str | None]:
        """From, to and as of: those that are days."""
        first, last, as_of = (
            day if is_date(day) else None for day in (self.from_day, self.to_day, self.as_of)
        )
        return first, last, as_of

    @property
    def number(self) -> int:
        """Of the page, counted from 1."""
        readable = self.page.isascii() and self.page.isdigit() and len(self.page) < 7
        return max(1, int(self.page)) if readable else 1

    def query(self) -> str:
        """All but the page, for an address."""
        first, last, as_of = self.days
        told = [
            *(("outlet", name) for name in self.outlets),
            ("from", first),
            ("to", last),
            ("as_of", as_of),
            ("find", self.find),
        ]
        return urlencode([(name, value) for name, value in told if value or name == "outlet"])


def narrowing(record: Record, asked: Asked) -> Narrowing:
    """The outlets there are, and what is chosen of them and of the articles that are here."""
    first, last, as_of = asked.days
    here = record.existing(asked.articles[:_CHOSEN])
    rows = record.article_rows(limit=_CHOSEN, only=here) if here else []
    return Narrowing(
        outlets=[Outlet(name, count, chosen=name in asked.outlets) for name, count in _outlets(record)],
        articles=[_row(row) for row in rows],
        from_day=(first or "")[:10],
        to_day=(last or "")[:10],
        as_of=(as_of or "")[:10],
        find=asked.find[:_FIND],
    )


def _outlets(record: Record) -> list[tuple[str, int]]:
    """Last, under no name, the articles whose outlet isn't known."""
    known, unknown = record.outlets(most=_OUTLETS), record.no_outlet_count()
    return [*known, ("", unknown)] if known and unknown else known


def articles_page(edge: Edge, asked: Asked) -> str:
    record = edge.service.corpus.record
    shown = narrowing(record, asked)
    chosen = _chosen(record, asked)
    only, left_out = (None, (0, 0)) if chosen is None else (chosen.ids, (chosen.undated, chosen.changed))
    if asked.find.strip():
        rows = _found(edge, asked.find[:_FIND], only)
        found = Listed(rows, len(rows), record.article_count(), narrowing=shown, left_out=left_out)
        return edge.pages.articles(found)
    total = record.article_count() if only is None else len(only)
    known = record.article_rows(limit=_LISTED, offset=_LISTED * (asked.number - 1), only=only)
    listed = Listed(
        [_row(row) for row in known],
        total,
        record.article_count(),
        asked.number,
        max(1, -(-total // _LISTED)),
        asked.query(),
        shown,
        left_out,
    )
    return edge.pages.articles(listed)


def _chosen(record: Record, asked: Asked) -> Selected | None:
    """None is all."""
    first, last, as_of = asked.days
    if not (asked.outlets or first or last or as_of):
        return None
    wanted = Wanted(
        outlets=[name for name in asked.outlets if name] or None,
        no_outlet="" in asked.outlets,
        published_from=first,
        published_to=last,
        as_of=as_of,
    )
    return select_articles(record.database, wanted)


def _found(edge: Edge, words: str, only: frozenset[str] | None) -> list[ArticleRow]:
    """The articles in the order of their best passage, each with its passages."""
    corpus = edge.service.corpus
    passages = defaultdict[str, list[Passage]](list)
    for hit in corpus.searcher.search(Query(words, k=_FOUND, article_ids=only)):
        its = passages[hit.chunk.article_id]
        if hit.chunk.region is not Region.HEADLINE:  # which the list shows already
            its.append(_passage(hit))
    rows = {row.id: row for row in corpus.record.article_rows(limit=_FOUND, only=passages.keys())}
    return [_row(rows[id_], its) for id_, its in passages.items() if id_ in rows]


def _passage(hit: Hit) -> Passage:
    its = hit.chunk
    link = f"/articles/{its.article_id}?version={its.version}&quote={its.start}-{its.end}#quote"
    return Passage(its.text, link)


def _row(known: Known, passages: list[Passage] | None = None) -> ArticleRow:
    row = summary(known)
    ours = row.shown_title.origin == "parley"
    return ArticleRow(row.id, row.shown_title.text, ours, row.outlet, row.published, passages or ())
