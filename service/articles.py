"""Articles as they are shown on the wire."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from retrieval.article import Article, Facts, Origin, Span, opening
from retrieval.wording import Difference, difference
from service.account import unset
from service.wire import Strict, When, Words

if TYPE_CHECKING:  # whoever only reads the shapes loads no database
    from retrieval.record import ArticleRow


class ShownTitle(BaseModel):
    """The title, or where there is none the first words of the body, marked as ours."""

    text: str
    origin: Literal["article", "parley"]


class SpanOut(BaseModel):
    start: int
    end: int


class ArticleSummary(BaseModel):
    """`left_out` is what isn't searched of an article that is too long; null also of an earlier version.
    `copy_of` is the article that is cited in its place for the text that both carry, `copy_differs`
    what they differ in, if in anything; `origins` tells where
    each fact comes from, as far as that is known."""

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
    copy_of: str | None = None
    copy_differs: Difference | None = Field(None, exclude_if=unset)
    origins: dict[str, Origin] = {}


class RegionOut(BaseModel):
    kind: Literal["headline", "body", "caption", "credit", "byline", "boilerplate", "note", "post"]
    start: int
    end: int


class CopyOut(BaseModel):
    """`differs` is null where both have the same words."""

    id: str
    version: int
    title: str | None
    outlet: str | None
    published: str | None
    differs: Difference | None


class ArticleOut(ArticleSummary):
    """`identity` is what it is told from others by: the `id` that it was given, else its `url`, else the
    `sha256` of its text. `latest_version` is null where the article was deleted; an earlier answer's
    citations still open. `copies` are the others that carry the same text, also cut or added to, at most 50:
    those first that are cited for it. None of an earlier version."""

    identity: str
    latest_version: int | None
    copies: list[CopyOut]
    sha256: str
    bytes_sha256: str
    length: int
    regions: list[RegionOut]


class ArticleList(BaseModel):
    total: int
    articles: list[ArticleSummary]


class IngestedOut(BaseModel):
    """`duplicate`: here already, under the file name `duplicate_of`. `notes` are what is told of the reading,
    such as how much of a page was hidden, and left out."""

    outcome: Literal["added", "updated", "unchanged", "duplicate"]
    article: ArticleOut
    duplicate_of: str | None = Field(None, exclude_if=unset)
    notes: list[str] = []


class ArticleEdit(Strict):
    """What is to be known of an article from now on: leave out what stays, null for what isn't known."""

    title: Annotated[Words, Field(max_length=1_000)] | None = None
    outlet: Annotated[Words, Field(max_length=200)] | None = None
    published: When | None = None
    url: Annotated[Words, Field(max_length=2_000, pattern=r"^https?://\S+$")] | None = None
    authors: Annotated[list[Annotated[Words, Field(max_length=200)]], Field(max_length=50)] | None = None
    language: Annotated[Words, Field(max_length=35)] | None = None


class ChangedOut(BaseModel):
    """A fact of an article: null, or no author, is unknown."""

    fact: Literal["title", "outlet", "published", "url", "authors", "language"]
    before: str | list[str] | None
    after: str | list[str] | None


class VersionOut(BaseModel):
    """`changed` and `text_changed` are against the version before it that is kept; the first has none."""

    version: int
    retrieved_at: str
    outcome: Literal["added", "updated"]
    text_changed: bool
    changed: list[ChangedOut]


class HistoryOut(BaseModel):
    """`latest_version` is the one that is searched; null where the article was deleted."""

    id: str
    latest_version: int | None
    deleted_at: str | None
    versions: list[VersionOut]


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


def summary(
    row: "ArticleRow", *, copy_of: str | None = None, differs: Difference | None = None
) -> ArticleSummary:
    return ArticleSummary.model_validate(
        _known(row.id, row.version, row.facts, row.opening)
        | {
            "retrieved_at": row.retrieved_at.isoformat(),
            "left_out": _span(row.left_out),
            "copy_of": copy_of,
            "copy_differs": differs,
            "origins": row.origins,
        }
    )


def article_out(
    article: Article,
    *,
    identity: str,
    latest_version: int | None,
    left_out: Span | None,
    family: Sequence[Article] = (),
) -> ArticleOut:
    """`family` are the article and those that carry the same text, the first that which is cited."""
    cited = family[0] if family and family[0].id != article.id else None
    return ArticleOut.model_validate(
        _known(article.id, article.version, article.facts, opening(article))
        | {
            "retrieved_at": article.retrieved_at.isoformat(),
            "origins": article.origins,
            "left_out": _span(left_out),
            "identity": identity,
            "latest_version": latest_version,
            "copy_of": cited and cited.id,
            "copy_differs": cited and difference(article, cited),
            "copies": [_copy(one, of=article) for one in family if one.id != article.id],
            "sha256": article.text_sha256,
            "bytes_sha256": article.bytes_sha256,
            "length": len(article.text),
            "regions": [{"kind": r.kind.value, "start": r.start, "end": r.end} for r in article.regions],
        }
    )


def _copy(article: Article, *, of: Article) -> CopyOut:
    facts = article.facts
    return CopyOut(
        id=article.id,
        version=article.version,
        title=facts.title,
        outlet=facts.outlet,
        published=facts.published,
        differs=difference(of, article),
    )


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
