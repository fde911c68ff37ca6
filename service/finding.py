"""A search without an answer."""

from contextlib import suppress

from retrieval.article import Article, Hit, Quote
from retrieval.errors import ArticleNotFound
from retrieval.record import Record
from retrieval.timing import Timings
from service.answering import CitedArticle
from service.answering.composed import quote_path
from service.chat import Chat
from service.found import FoundList, FoundOut, SearchIn
from service.scope import scope_of
from service.wire import CitedArticleOut, QuoteOut


def find(chat: Chat, record: Record, asked: SearchIn, *, public_url: str | None) -> FoundList:
    """What answers are looked for in, asked alone. Raises InvalidRequest for an article that isn't there."""
    scope, version = scope_of(record, asked.filters), record.corpus_version()
    hits = chat.search(asked.query, article_ids=scope.article_ids, most=asked.limit, timings=Timings())
    found = []
    for hit in hits:
        with suppress(ArticleNotFound):  # purged since
            found.append(_found(hit, chat.opened(hit).article, public_url or ""))
    return FoundList(hits=found, corpus_version=version, undated=scope.undated, changed=scope.changed)


def _found(hit: Hit, article: Article, public_url: str) -> FoundOut:
    chunk = hit.chunk
    whole = _quote(article, chunk.start, chunk.end)
    cited = CitedArticle(
        article.id, article.version, article.facts, article.text_sha256, public_url + quote_path(whole)
    )
    return FoundOut(
        article=CitedArticleOut.model_validate(cited),
        passage=QuoteOut.model_validate(whole),
        sentences=[QuoteOut.model_validate(_quote(article, s.start, s.end)) for s in chunk.sentences],
        dense=hit.dense,
        lexical=hit.lexical,
        fused=hit.fused,
    )


def _quote(article: Article, start: int, end: int) -> Quote:
    return Quote(article.id, article.version, start, end, article.text[start:end])
