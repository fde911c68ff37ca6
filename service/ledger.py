"""The ledger of the record: rows made of an article, and lists of them with their citations."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from retrieval.article import Article, Quote
from retrieval.ledger import Ledger, Row
from retrieval.record import Record
from retrieval.rows import article_of
from retrieval.selecting import Wanted, select_articles
from retrieval.tables import article_versions, articles
from retrieval.tables import reported as rows
from service.answering import CitedArticle
from service.answering.composed import quote_path
from service.answering.said import EDITION, Reported, reported
from service.english import SMALL, plain_words, stem, unaccented
from service.statements import ReportedCitation, ReportedList, ReportedOut, ReportedQuery
from service.wire import CitedArticleOut, QuoteOut

_AS_TOLD = ("speaker", "who", "office", "to", "venue", "when", "day", "verb", "strength", "depth", "unnamed")
_AT_ONCE = 200  # rows
_IN_ARTICLES = (rows.c.article_id, rows.c.ordinal)
# Not a join, whose other side SQLite might begin with, and sort.
_CURRENT = sa.exists().where(articles.c.id == rows.c.article_id, articles.c.current_version == rows.c.version)


class StatementStore:
    def __init__(self, record: Record, *, public_url: str | None = None) -> None:
        self._database = record.database
        self._public_url = public_url or ""

    def listed(self, query: ReportedQuery) -> ReportedList:
        """Of current versions alone."""
        page = sa.select(rows).where(_CURRENT, *_fitting(query))
        page = page.order_by(rows.c.told_on.desc(), *_IN_ARTICLES)
        with self._database.read() as connection:
            if query.outlet is not None:
                outlets = _outlet_names(connection, query.outlet)
                page = page.where(rows.c.article_id.in_(_of_outlets(outlets)))
            found = self._first(connection, page, query)
            shown = found[: query.limit]
            known = _articles(connection, {row["article_id"] for row in shown})
        more = _cursor(shown[-1]) if len(found) > len(shown) else None
        told = [self._told(row, known[row["article_id"]]) for row in shown]
        return ReportedList(statements=told, next_cursor=more)

    def _first(
        self, connection: sa.Connection, page: sa.Select[Any], query: ReportedQuery
    ) -> list[sa.RowMapping]:
        """And one more, where there is one. Days are gone by here: there may be more articles than a database
        takes in one statement."""
        most = query.limit + 1
        if query.as_of is None:
            return list(connection.execute(page.limit(most)).mappings())
        stood = select_articles(self._database, Wanted(as_of=query.as_of)).ids
        with connection.execute(page, execution_options={"yield_per": _AT_ONCE}) as every:
            return list(islice((row for row in every.mappings() if row["article_id"] in stood), most))

    def _told(self, row: sa.RowMapping, article: Article) -> ReportedOut:
        quote = _quote(article, row["start"], row["end"])
        cited = CitedArticle(
            article.id,
            article.version,
            article.facts,
            article.text_sha256,
            self._public_url + quote_path(quote),
        )
        citation = ReportedCitation(
            article=CitedArticleOut.model_validate(cited),
            quote=QuoteOut.model_validate(quote),
            sentence=QuoteOut.model_validate(_quote(article, row["sentence_start"], row["sentence_end"])),
        )
        return ReportedOut(**{name: row[name] for name in _AS_TOLD}, citation=citation)


def _rows_of(article: Article) -> list[Row]:
    return [_row(one, article) for one in reported(article)]


LEDGER = Ledger(EDITION, _rows_of)


def _row(one: Reported, article: Article) -> Row:
    said = article.text[one.words.start : one.words.end]
    names = filter(None, (one.speaker, one.who, one.office))
    return {name: getattr(one, name) for name in _AS_TOLD} | {
        "told_on": one.day or (article.facts.published or "")[:10],
        "start": one.words.start,
        "end": one.words.end,
        "sentence_start": one.sentence.start,
        "sentence_end": one.sentence.end,
        "names": _kept(_folded(" ".join(names))),
        "words": _kept(map(stem, _folded(said))),
    }


def _fitting(query: ReportedQuery) -> list[sa.ColumnElement[bool]]:
    fits = [rows.c.names.contains(f" {word} ") for word in _asked(query.speaker)]
    fits += [rows.c.words.contains(f" {stem(word)} ") for word in _asked(query.words)]
    if query.since is not None:
        fits.append(rows.c.told_on >= query.since[:10])
    if query.until is not None:
        fits += [rows.c.told_on <= query.until[:10], rows.c.told_on != ""]
    if query.article_id is not None:
        fits.append(rows.c.article_id == query.article_id)
    if query.cursor is not None:
        fits.append(_after(*query.cursor.split(".")))
    return fits


def _after(day: str, article_id: str, ordinal: str) -> sa.ColumnElement[bool]:
    later = sa.tuple_(*_IN_ARTICLES) > sa.tuple_(sa.literal(article_id), sa.literal(int(ordinal)))
    return sa.or_(rows.c.told_on < day, sa.and_(rows.c.told_on == day, later))


def _cursor(row: sa.RowMapping) -> str:
    return f"{row['told_on']}.{row['article_id']}.{row['ordinal']}"


def _folded(text: str) -> list[str]:
    """Its words without accents, of one with a hyphen each part."""
    bare = unaccented(text).replace("’", "'")
    return [part for word in plain_words(bare) for part in word.split("-")]


def _kept(words: Iterable[str]) -> str:
    return f" {' '.join(dict.fromkeys(words))} "


def _asked(text: str | None) -> list[str]:
    """Without small words, unless there are no others."""
    words = _folded(text or "")
    return [word for word in words if word not in SMALL] or words


def _outlet_names(connection: sa.Connection, asked: str) -> list[str]:
    """As they are written. Compared here: SQLite's lower() knows ASCII only."""
    query = sa.select(article_versions.c.outlet).where(article_versions.c.outlet.is_not(None)).distinct()
    return [name for name in connection.scalars(query) if name.casefold() == asked.casefold()]


def _of_outlets(names: Sequence[str]) -> sa.Select[tuple[str]]:
    its = article_versions.c
    current = sa.and_(articles.c.id == its.article_id, articles.c.current_version == its.version)
    return sa.select(its.article_id).join(articles, current).where(its.outlet.in_(names))


def _articles(connection: sa.Connection, ids: set[str]) -> dict[str, Article]:
    its = article_versions.c
    current = sa.and_(articles.c.id == its.article_id, articles.c.current_version == its.version)
    query = sa.select(article_versions).join(articles, current).where(its.article_id.in_(ids))
    return {row["article_id"]: article_of(row) for row in connection.execute(query).mappings()}


def _quote(article: Article, start: int, end: int) -> Quote:
    return Quote(article.id, article.version, start, end, article.text[start:end])
