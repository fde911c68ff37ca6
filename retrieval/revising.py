"""An article's own bytes with other facts: ingested again they make its next version."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import sqlalchemy as sa

from retrieval.article import Article, Facts, Origins
from retrieval.errors import SourceError, UnsupportedSource
from retrieval.parse import Parsed
from retrieval.parsing import Parser
from retrieval.record import Record
from retrieval.sources import Source, endings
from retrieval.tables import articles, sources


def revised(record: Record, id_: str, facts: Facts) -> Source:
    """Of the current version. What the source tells of itself stands in for a fact that is None. A fact that
    stays keeps where it is from.

    Raises ArticleNotFound, ArticleWithdrawn; UnsupportedSource where no format that is installed reads the
    bytes as they were read."""
    article = record.article(id_)
    identity = sa.select(articles.c.identity).where(articles.c.id == id_)
    data = sa.select(sources.c.data).where(sources.c.bytes_sha256 == article.bytes_sha256)
    with record.database.read() as connection:
        given, received = connection.scalar(identity), connection.scalar(data)
    with closing(Parser()) as parser:
        unread = Source("", received or b"", facts, given, article.version, _staying(article, facts))
        every = _as_each_format(unread)
        read = [(source, parsed) for source in every if (parsed := _read(source, parser))]
    same = [(source, parsed) for source, parsed in read if parsed.text == article.text]
    if same:  # the rules by which regions are found may be others than when it was read
        return min(same, key=lambda one: one[1].regions != article.regions)[0]
    raise UnsupportedSource(
        f"article {id_} was read by a format that isn't installed any more",
        remedy="Install it again, or send the article anew with its `id` and what is known of it.",
    )


def _staying(article: Article, facts: Facts) -> Origins:
    known = article.origins.items()
    return {name: origin for name, origin in known if getattr(article.facts, name) == getattr(facts, name)}


def _as_each_format(source: Source) -> Iterator[Source]:
    """The record keeps no name of a file."""
    return (replace(source, name=f"article{ending}") for ending in endings())


def _read(source: Source, parser: Parser) -> Parsed | None:
    try:
        return parser.parse(source)
    except SourceError:
        return None
