"""The list of articles for people: all, or those of some outlets and days, or what is found in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from retrieval.article import Chunk, Hit, Region
from retrieval.lexical import found_in, words_of
from retrieval.record import ArticleRow as Known
from retrieval.record import Record
from retrieval.search import Query, Ranking
from retrieval.selecting import Selected, Wanted, select_articles
from retrieval.sources import is_date
from service.articles import summary
from service.english import SMALL
from service.http.dependencies import Edge
from service.web import ArticleRow, Listed, Narrowing, Outlet, Passage, Rights

_LISTED = 500
_LOOKED_AT = 200  # passages that have any of the words
_SENTENCES, _NEAREST = 3, 3  # shown of an article; passages, where none has the words
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


def articles_page(edge: Edge, asked: Asked, rights: Rights) -> str:
    record = edge.service.corpus.record
    shown = narrowing(record, asked)
    chosen = _chosen(record, asked)
    only, left_out = (None, (0, 0)) if chosen is None else (chosen.ids, (chosen.undated, chosen.changed))
    if asked.find.strip():
        found = _found(edge, asked.find[:_FIND], only)
        listed = Listed(
            found.rows,
            len(found.rows),
            record.article_count(),
            narrowing=shown,
            left_out=left_out,
            nearest=found.nearest,
            perhaps_more=found.perhaps_more,
        )
        return edge.pages.articles(listed, rights=rights)
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
    return edge.pages.articles(listed, rights=rights)


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


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    had: int  # of the words that are looked for, each once
    is_headline: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    rows: list[ArticleRow]
    nearest: bool = False
    perhaps_more: bool = False


def _found(edge: Edge, typed: str, only: frozenset[str] | None) -> _Sought:
    """The articles that have any of the words, in the title or a sentence, first those that have the most
    together; where none has, what is nearest in meaning."""
    searcher, record = edge.service.corpus.searcher, edge.service.corpus.record
    telling = (word for word in words_of(typed) if word not in SMALL and (len(word) > 1 or word.isdigit()))
    words = " ".join(telling) or typed
    hits = searcher.search(Query(words, k=_LOOKED_AT, article_ids=only, by=Ranking.LEXICAL))
    sentences = defaultdict[str, list[_Sentence]](list)
    for hit in hits:
        sentences[hit.chunk.article_id] += [one for one in _sentences(hit, words) if one.had]
    known = _known(record, sentences)
    best = {
        row.id: max([_had(row.shown_title, words), *(one.had for one in sentences[row.id])]) for row in known
    }
    having = sorted((row for row in known if best[row.id]), key=lambda row: -best[row.id])
    if not having:
        near = searcher.search(Query(typed, k=_NEAREST, article_ids=only))
        passages = defaultdict[str, list[Passage]](list)
        for hit in near:
            passages[hit.chunk.article_id].append(_whole(hit))
        rows = [replace(row, passages=passages[row.id]) for row in _known(record, passages)]
        return _Sought(rows, nearest=True)
    return _Sought([_with(row, sentences[row.id]) for row in having], perhaps_more=len(hits) == _LOOKED_AT)


def _known(record: Record, ids: Iterable[str]) -> list[ArticleRow]:
    """Those that are still there, in that order."""
    rows = {row.id: row for row in record.article_rows(limit=_LOOKED_AT, only=list(ids))}
    return [_row(rows[id_]) for id_ in ids if id_ in rows]


def _with(row: ArticleRow, sentences: list[_Sentence]) -> ArticleRow:
    told = [one.passage for one in sorted(sentences, key=lambda one: -one.had) if not one.is_headline]
    return replace(row, passages=told[:_SENTENCES], further=max(0, len(told) - _SENTENCES))


def _had(text: str, words: str) -> int:
    return len({stem for _, stem in found_in(text, words)})


def _sentences(hit: Hit, words: str) -> list[_Sentence]:
    its, made = hit.chunk, []
    for span in its.sentences:
        text = its.text[span.start - its.start : span.end - its.start]
        found = found_in(text, words)
        passage = Passage(text, _link(its, span.start, span.end), [where for where, _ in found])
        made.append(_Sentence(passage, len({stem for _, stem in found}), its.region is Region.HEADLINE))
    return made


def _whole(hit: Hit) -> Passage:
    return Passage(hit.chunk.text, _link(hit.chunk, hit.chunk.start, hit.chunk.end))


def _link(chunk: Chunk, start: int, end: int) -> str:
    return f"/articles/{chunk.article_id}?version={chunk.version}&quote={start}-{end}#quote"


def _row(known: Known) -> ArticleRow:
    row = summary(known)
    ours = row.shown_title.origin == "parley"
    return ArticleRow(row.id, row.shown_title.text, ours, row.outlet, row.published)
