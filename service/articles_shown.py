"""Articles of the record as they are shown, with those that carry the same text."""

from collections.abc import Mapping, Sequence

from retrieval.article import Article
from retrieval.copies import families
from retrieval.outcome import Ingested
from retrieval.record import ArticleRow, Record
from retrieval.wording import difference
from service.articles import ArticleOut, ArticleSummary, IngestedOut, article_out, summary


def summaries(record: Record, rows: Sequence[ArticleRow]) -> list[ArticleSummary]:
    found = families(record.database, [row.id for row in rows])
    cited = {member: family.members[0] for family in found for member in family.members[1:]}
    listed = {row.id for row in rows}
    copies = {one.article_id: (one, of) for one, of in cited.items() if one.article_id in listed}
    keys = {(member.article_id, member.version) for pair in copies.values() for member in pair}
    opened = {id_: article for (id_, _), (article, _) in record.opened(keys).items()}
    return [_summary(row, opened, copies[row.id][1].article_id if row.id in copies else None) for row in rows]


def _summary(row: ArticleRow, opened: Mapping[str, Article], copy_of: str | None) -> ArticleSummary:
    own, cited = opened.get(row.id), opened.get(copy_of or "")
    differs = difference(own, cited) if own and cited else None
    return summary(row, copy_of=copy_of, differs=differs)


def shown(record: Record, article: Article) -> ArticleOut:
    return article_out(
        article,
        identity=record.identity(article.id) or article.text_sha256,
        latest_version=record.latest_version(article.id),
        left_out=record.left_out(article),
        family=family_of(record, article),
    )


def ingested_out(record: Record, done: Ingested) -> IngestedOut:
    """Raises what refused the source."""
    if done.error is not None:
        raise done.error
    assert done.article_id is not None
    article = shown(record, record.article(done.article_id, version=done.version))
    told = {"outcome": done.outcome.value, "article": article, "duplicate_of": done.duplicate_of}
    return IngestedOut.model_validate(told | {"notes": done.notes})


def family_of(record: Record, article: Article) -> list[Article]:
    """Of a version that is found: itself and the others that carry its text, those first that are cited."""
    members = [member for family in families(record.database, [article.id]) for member in family.members]
    keys = [(member.article_id, member.version) for member in members]
    opened = record.opened(keys) if (article.id, article.version) in keys else {}
    return [opened[key][0] for key in keys if key in opened]
