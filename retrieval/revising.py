"""An article's own bytes with other facts: ingested again they make its next version."""

from dataclasses import asdict

import sqlalchemy as sa

from retrieval.article import Article, Facts, Origin, Origins
from retrieval.parsed import Parsed
from retrieval.record import Record
from retrieval.sources import UNNAMED, Source
from retrieval.tables import articles, sources


def revised(record: Record, id_: str, facts: Facts) -> Source:
    """Of the current version, its text as it was read then. A fact that stays keeps where it is from, and one
    that is taken away stays unknown, whatever the source tells of itself.

    Raises ArticleNotFound, ArticleWithdrawn."""
    article = record.article(id_)
    identity = sa.select(articles.c.identity).where(articles.c.id == id_)
    data = sa.select(sources.c.data).where(sources.c.bytes_sha256 == article.bytes_sha256)
    with record.database.read() as connection:
        given, received = connection.scalar(identity), connection.scalar(data)
    read = Parsed(article.text, article.regions)
    origins = _origins(article, facts)
    return Source(UNNAMED, received or b"", facts, given, article.version, origins, read)


def _origins(article: Article, facts: Facts) -> Origins:
    before, after = asdict(article.facts), asdict(facts)
    changed = {name: Origin.GIVEN for name in after if after[name] != before[name]}
    return {**article.origins, **changed}
