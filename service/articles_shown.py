"""Articles of the record as they are shown, with those that carry the same text."""

from collections.abc import Sequence

from retrieval.article import Article
from retrieval.copies import families
from retrieval.outcome import Ingested
from retrieval.record import ArticleRow, Record
from service.articles import ArticleOut, ArticleSummary, IngestedOut, article_out, summary


def summaries(record: Record, rows: Sequence[ArticleRow]) -> list[ArticleSummary]:
    found = families(record.database, [row.id for row in rows])
    cited = {member.article_id: family.members[0].article_id for family in found for member in family.members}
    return [summary(row, copy_of=cited.get(row.id)) for row in rows]


def shown(record: Record, article: Article) -> ArticleOut:
    return article_out(
        article,
        identity=record.identity(article.id) or article.text_sha256,
        latest_version=record.latest_version(article.id),
        left_out=record.left_out(article),
        family=_family(record, article),
    )


def ingested_out(record: Record, done: Ingested) -> IngestedOut:
    """Raises what refused the source."""
    if done.error is not None:
        raise done.error
    assert done.article_id is not None
    article = shown(record, record.article(done.article_id, version=done.version))
    told = {"outcome": done.outcome.value, "article": article, "duplicate_of": done.duplicate_of}
    return IngestedOut.model_validate(told | {"notes": done.notes})


def _family(record: Record, article: Article) -> list[Article]:
    """Of a version that is found: itself and the others that carry its text, those first that are cited."""
    members = [member for family in families(record.database, [article.id]) for member in family.members]
    keys = [(member.article_id, member.version) for member in members]
    opened = record.opened(keys) if (article.id, article.version) in keys else {}
    return [opened[key][0] for key in keys if key in opened]
