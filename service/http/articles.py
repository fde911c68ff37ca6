"""Articles in and out."""

from dataclasses import fields
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, PlainTextResponse, Response

from retrieval.article import Facts
from retrieval.errors import UnsupportedSource
from retrieval.outcome import Ingested
from retrieval.sources import UNNAMED, Source, facts_from
from service.articles import ArticleEdit, ArticleList, ArticleOut, HistoryOut, IngestedOut
from service.articles_shown import ingested_out, shown, summaries
from service.editing import edit as edit_facts
from service.errors import InvalidRequest
from service.history import history_out
from service.http.dependencies import INGEST, READ, CallerDep, Edge, EdgeDep
from service.invalid import misshapen, unreadable
from service.keys import KeyScope
from service.wire import Strict, When, Words

LARGE = 32 * 1024  # bytes: such an article may take seconds, and waits for its like alone
_SURELY_LARGE = 6 * LARGE + 64 * 1024  # bytes of a body: of JSON's escapes, with the longest facts
_CREATED = 201


class ArticleFacts(Strict):
    """Tell what is known of an article; leave out what isn't."""

    id: Annotated[Words, Field(max_length=500)] | None = None
    title: Annotated[Words, Field(max_length=1_000)] | None = None
    outlet: Annotated[Words, Field(max_length=200)] | None = None
    published: When | None = None
    url: Annotated[Words, Field(max_length=2_000, pattern=r"^https?://\S+$")] | None = None
    authors: Annotated[list[Annotated[Words, Field(max_length=200)]], Field(max_length=50)] = Field(
        default_factory=list
    )
    language: Annotated[Words, Field(max_length=35)] | None = None


class ArticleIn(ArticleFacts):
    text: Annotated[Words, Field(max_length=10 * 1024 * 1024)]


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/articles", tags=["articles"])

    @routes.get("", dependencies=[READ])
    async def index(
        edge: EdgeDep,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
    ) -> ArticleList:
        """List the current articles, the latest ingested first."""
        record = edge.service.corpus.record

        def read() -> ArticleList:
            rows = record.article_rows(limit=limit, offset=offset)
            return ArticleList(total=record.article_count(), articles=summaries(record, rows))

        return await edge.reads.run(read)

    @routes.post(
        "",
        dependencies=[INGEST],
        status_code=_CREATED,
        response_model=IngestedOut,
        responses={200: {"model": IngestedOut, "description": "A new version, or here already"}},
        openapi_extra=_two_bodies(),
    )
    async def ingest(request: Request, edge: EdgeDep) -> Response:
        """Add an article, or a new version of one: JSON with its `text`, or a multipart form with a `file`.

        Its identity is the `id`, else the `url`, else the text. 201 when it was added; 200 when it is a
        new version or was here already.
        """
        source = await _source(request)
        corpus = edge.service.corpus

        def work() -> IngestedOut:
            (done,) = list[Ingested](corpus.ingester.ingest([source]))
            return ingested_out(corpus.record, done)

        lane = edge.ingests if len(source.data) <= LARGE else edge.large_ingests
        out = await lane.run(work)
        return JSONResponse(out.model_dump(), _CREATED if out.outcome == "added" else 200)

    _add_one_article(routes)
    return routes


def no_room(edge: Edge, length: int | None) -> bool:
    """Whether an article in a body of that many bytes would be refused by the lane that it has to take. Where
    that can't be told before it is read, whether both would."""
    small = length is None or length <= _SURELY_LARGE
    large = length is None or length > LARGE
    return not ((small and not edge.ingests.full) or (large and not edge.large_ingests.full))


def _add_one_article(routes: APIRouter) -> None:
    @routes.get("/{article_id}", dependencies=[READ])
    async def show(
        article_id: str, edge: EdgeDep, version: Annotated[int | None, Query(ge=1, le=2**31)] = None
    ) -> ArticleOut:
        """Tell what is known of an article. Any version that was ever cited opens by its number."""
        record = edge.service.corpus.record

        def read() -> ArticleOut:
            return shown(record, record.article(article_id, version=version))

        return await edge.reads.run(read)

    @routes.get("/{article_id}/versions", dependencies=[READ])
    async def history(article_id: str, edge: EdgeDep) -> HistoryOut:
        """List the versions of an article that are kept, the first one first, and what each changed."""
        database = edge.service.corpus.record.database
        return await edge.reads.run(lambda: history_out(database, article_id))

    @routes.get("/{article_id}/text", dependencies=[READ], response_class=PlainTextResponse)
    async def text(
        article_id: str, edge: EdgeDep, version: Annotated[int | None, Query(ge=1, le=2**31)] = None
    ) -> Response:
        """Give the text that offsets count in, exactly."""
        record = edge.service.corpus.record
        article = await edge.reads.run(lambda: record.article(article_id, version=version))
        return Response(article.text.encode(), media_type="text/plain; charset=utf-8")

    @routes.patch("/{article_id}", dependencies=[INGEST])
    async def edit(article_id: str, given: ArticleEdit, edge: EdgeDep) -> IngestedOut:
        """Change what is known of an article, never its text; that makes a new version. What the text tells
        of itself, such as its title, stands in for what is null. 409 where the article was deleted or sent
        anew meanwhile: read it again."""
        corpus = edge.service.corpus

        def work() -> IngestedOut:
            return ingested_out(corpus.record, edit_facts(corpus, article_id, given))

        return await edge.large_ingests.run(work)

    @routes.delete("/{article_id}", dependencies=[INGEST], status_code=204)
    async def delete(article_id: str, edge: EdgeDep, caller: CallerDep, purge: bool = False) -> None:
        """Delete an article. No later answer finds it; the citations of earlier ones still open, and what
        none of them cites is erased. With `purge` all of it is: the citations of earlier answers say that it
        was withdrawn; that needs the scope `admin` too."""
        if purge:
            caller.must(KeyScope.ADMIN)
        service = edge.service
        remove = service.purge if purge else service.corpus.ingester.delete
        await edge.deletions.run(lambda: remove(article_id))


async def _source(request: Request) -> Source:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _from_json(await request.body())
    if kind == "multipart/form-data":
        try:
            return await _from_form(request)
        except UnicodeError as exc:  # it names an encoding that it isn't in
            raise unreadable("the form cannot be read", exc) from exc
    raise UnsupportedSource(
        f"an article cannot be sent as {kind or 'an unnamed type'}",
        remedy="Send application/json with `text`, or multipart/form-data with `file`.",
    )


def _from_json(body: bytes) -> Source:
    try:
        given = ArticleIn.model_validate_json(body)
    except ValidationError as exc:
        raise _invalid(exc) from exc
    return Source(UNNAMED, given.text.encode(), _facts(given), given.id)


async def _from_form(request: Request) -> Source:
    async with request.form(max_files=1, max_fields=60) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidRequest("the form has no `file`", remedy="Send the article as the field `file`.")
        told = {key: value for key, value in form.multi_items() if key not in ("file", "authors")}
        try:
            given = ArticleFacts.model_validate({**told, "authors": form.getlist("authors")})
        except ValidationError as exc:
            raise _invalid(exc) from exc
        return Source(file.filename or UNNAMED, await file.read(), _facts(given), given.id)


def _facts(given: ArticleFacts) -> Facts:
    """By the same rules as those in an articles.toml. Raises SourceError."""
    told = given.model_dump(include={field.name for field in fields(Facts)}, exclude_none=True)
    return facts_from(told, where="the article")


def _invalid(exc: ValidationError) -> InvalidRequest:
    return misshapen(exc.errors(include_url=False)[0], example='{"text": "..."}')


def _two_bodies() -> dict[str, object]:
    """FastAPI can't read two kinds of body from one signature, so the document says it here."""
    json = ArticleIn.model_json_schema()
    form = ArticleFacts.model_json_schema()
    form["properties"]["file"] = {"type": "string", "format": "binary"}
    form["required"] = ["file"]
    content = {"application/json": {"schema": json}, "multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}
