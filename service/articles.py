"""Articles as they are shown on the wire."""

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from retrieval.article import Article, Facts, Span, opening
from retrieval.outcome import Ingested

if TYPE_CHECKING:  # whoever only reads the shapes loads no database
    from retrieval.record import ArticleRow, Record


class ShownTitle(BaseModel):
    """The title, or where there is none the first words of the body, marked as ours."""

    text: str
    origin: Literal["article", "parley"]


class SpanOut(BaseModel):
    start: int
    end: int


class ArticleSummary(BaseModel):
    """`left_out` is what isn't searched of an article that is too long; null also of an earlier version."""

    id: str
    version: int
    title: str | None
    shown_title: ShownTitle
    outlet: str | None
    published: str | None
    url: str | None
    authors: list[str]
    language: str | None
    retrieved_at: str
    left_out: SpanOut | None


class RegionOut(BaseModel):
    kind: Literal["headline", "body", "caption", "credit", "byline", "boilerplate"]
    start: int
    end: int


class ArticleOut(ArticleSummary):
    """`latest_version` is null where the article was deleted; an earlier answer's citations still open."""

    latest_version: int | None
    sha256: str
    bytes_sha256: str
    length: int
    regions: list[RegionOut]


class ArticleList(BaseModel):
    total: int
    articles: list[ArticleSummary]


class IngestedOut(BaseModel):
    outcome: Literal["added", "updated", "unchanged"]
    article: ArticleOut


class ReindexOut(BaseModel):
    """How far the index is made anew: `done` of `total` passages. `failed` says why, and the old index is in
    use."""

    state: Literal["idle", "going", "done", "failed"] = "idle"
    done: int = 0
    total: int = 0
    failed: str | None = None


def shown_title(facts: Facts, beginning: str) -> ShownTitle:
    if facts.title:
        return ShownTitle(text=facts.title, origin="article")
    return ShownTitle(text=beginning, origin="parley")


def summary(row: "ArticleRow") -> ArticleSummary:
    return ArticleSummary.model_validate(
        _known(row.id, row.version, row.facts, row.opening)
        | {"retrieved_at": row.retrieved_at.isoformat(), "left_out": _span(row.left_out)}
    )


def article_out(article: Article, *, latest_version: int | None, left_out: Span | None = None) -> ArticleOut:
    return ArticleOut.model_validate(
        _known(article.id, article.version, article.facts, opening(article))
        | {
            "retrieved_at": article.retrieved_at.isoformat(),
            "left_out": _span(left_out),
            "latest_version": latest_version,
            "sha256": article.text_sha256,
            "bytes_sha256": article.bytes_sha256,
            "length": len(article.text),
            "regions": [{"kind": r.kind.value, "start": r.start, "end": r.end} for r in article.regions],
        }
    )


def ingested_out(record: "Record", done: Ingested) -> IngestedOut:
    """Raises what refused the source."""
    if done.error is not None:
        raise done.error
    assert done.article_id is not None
    article = record.article(done.article_id, version=done.version)
    latest = record.latest_version(article.id)
    shown = article_out(article, latest_version=latest, left_out=done.left_out)
    return IngestedOut.model_validate({"outcome": done.outcome.value, "article": shown})


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}


def _known(id_: str, version: int, facts: Facts, beginning: str) -> dict[str, object]:
    return {
        "id": id_,
        "version": version,
        "title": facts.title,
        "shown_title": shown_title(facts, beginning),
        "outlet": facts.outlet,
        "published": facts.published,
        "url": facts.url,
        "authors": list(facts.authors),
        "language": facts.language,
    }
