"""Which articles an overview is composed of: all, where there are few, else those of the best passages."""

from contextlib import suppress
from dataclasses import dataclass

from retrieval.article import Hit
from retrieval.errors import ArticleNotFound
from retrieval.record import Record
from retrieval.search import Searcher
from retrieval.selecting import Wanted, select_articles
from service.answering.asked import Broad, Overview
from service.answering.said import said_on
from service.scope import Scope

_MOST_PASSAGES = 300


@dataclass(frozen=True, slots=True)
class Survey:
    """`article_ids` are those that may be heard, None all, `articles` their number; `hits` every passage of
    theirs, or None where they are too many."""

    article_ids: frozenset[str] | None
    articles: int
    hits: list[Hit] | None


def survey(record: Record, searcher: Searcher, asks: Broad, scope: Scope, *, most: int) -> Survey:
    ids = scope.article_ids
    count = record.article_count() if ids is None else len(ids)
    if asks.kind is Overview.SINCE or (asks.kind is Overview.STATE and count > most):
        ids = _since(record, asks, ids)
        count = record.article_count() if ids is None else len(ids)
    if count > most:
        return Survey(ids, count, None)
    hits: list[Hit] = []
    for id_ in sorted(select_articles(record.database, Wanted()).ids if ids is None else ids):
        version = record.latest_version(id_)
        with suppress(ArticleNotFound):  # deleted just now
            chunks = searcher.open(id_, version).chunks if version is not None else ()
            hits += [Hit(chunk, None, None, 0.0) for chunk in chunks]
    hits = searcher.told_once(hits, only=ids)
    return Survey(ids, count, hits if len(hits) <= _MOST_PASSAGES else None)


def _since(record: Record, asks: Broad, ids: frozenset[str] | None) -> frozenset[str] | None:
    """Of what is new only those of the day asked about and later, else of the latest day, where any are."""
    latest = record.latest_day(only=ids)
    day = said_on(asks.since.removeprefix("last "), latest) if asks.since else latest
    late = select_articles(record.database, Wanted(published_from=day)).ids if day else frozenset()
    return (late if ids is None else late & ids) if late else ids
