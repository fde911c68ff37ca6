"""The web pages, for people."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from retrieval.article import Article, Span, opening
from retrieval.errors import ArticleDeleted, ArticleNotFound, ArticleWithdrawn
from retrieval.record import Record
from retrieval.wording import Difference, difference
from service.answers import no_answer
from service.articles import shown_title
from service.articles_shown import family_of
from service.errors import RateLimited
from service.http.access import COOKIE, SESSION_SECONDS, Caller
from service.http.dependencies import READ, CallerDep, Edge, EdgeDep, PrincipalDep
from service.http.listing import Asked, articles_page, narrowing
from service.http.problems import problem
from service.http.rates import place_of
from service.http.shared import as_they_are, shown
from service.keys import KeyScope
from service.web import Copy, Rights
from service.wire import AnswerOut

_YEAR = 31_536_000
_COPIES = 5  # that an article's page names


async def _asked(
    outlet: Annotated[list[str] | None, Query()] = None,
    article: Annotated[list[str] | None, Query()] = None,
    from_: Annotated[str, Query(alias="from")] = "",
    to: Annotated[str, Query()] = "",
    as_of: Annotated[str, Query()] = "",
    find: Annotated[str, Query()] = "",
    page: Annotated[str, Query()] = "",
) -> Asked:
    return Asked(outlet or [], article or [], from_, to, as_of, find, page)


AskedDep = Annotated[Asked, Depends(_asked)]


def router() -> APIRouter:
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @routes.get("/", dependencies=[READ])
    async def ask(request: Request, edge: EdgeDep, caller: CallerDep, asked: AskedDep) -> Response:
        record = edge.service.corpus.record
        count = await edge.reads.run(record.article_count)
        chosen = await edge.reads.run(lambda: narrowing(record, asked))
        examples = [] if chosen.narrowed else await edge.reads.run(edge.suggestions.questions)
        base = edge.service.settings.public_url or str(request.base_url)
        page = edge.pages.ask(
            examples=examples, article_count=count, base_url=base, narrowing=chosen, rights=_rights(caller)
        )
        return HTMLResponse(page)

    @routes.get("/articles", dependencies=[READ])
    async def articles(edge: EdgeDep, caller: CallerDep, asked: AskedDep) -> Response:
        return HTMLResponse(await edge.reads.run(lambda: articles_page(edge, asked, _rights(caller))))

    @routes.get("/articles/{article_id}", dependencies=[READ])
    async def article(
        article_id: str,
        request: Request,
        edge: EdgeDep,
        caller: CallerDep,
        version: Annotated[str, Query()] = "",
        quote: Annotated[str, Query()] = "",
    ) -> Response:
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
        rights = _rights(caller) if edge.access.knows(request) else None
        return await edge.reads.run(lambda: _article_page(edge, article_id, number, quote, rights))

    _add_signing(routes)
    _add_shared(routes)

    @routes.get("/static/{name}")
    async def static(name: str, edge: EdgeDep) -> Response:
        file = edge.pages.static.get(name)
        if file is None:
            return problem("not_found", f"there is no {name}", remedy="Open the page anew.")
        headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable", "ETag": f'"{file.digest}"'}
        return Response(file.content, media_type=file.media_type, headers=headers)

    return routes


def _add_shared(routes: APIRouter) -> None:
    @routes.get("/shared/{answer_id}", dependencies=[READ])
    async def shared(
        answer_id: str,
        request: Request,
        edge: EdgeDep,
        principal: PrincipalDep,
        expires: Annotated[str, Query()] = "",
    ) -> Response:
        """For whoever holds the link; the links of its citations are given on."""
        until = int(expires) if expires.isascii() and expires.isdigit() and len(expires) < 13 else None
        linked = edge.access.linked(request)

        def work() -> AnswerOut:
            whose = _sharer(edge, answer_id) if linked else principal
            held = edge.service.answers.get(answer_id, principal=whose)
            return shown(held, edge.access.links, until=until, by=whose)

        answer = await edge.reads.run(work)
        articles = await edge.reads.run(lambda: as_they_are(edge.service.corpus.record, answer))
        told = {"answer": answer.model_dump_json(), "articles": json.dumps(articles)}
        page = edge.pages.shared(question=answer.question, text=answer.text, **told)
        return HTMLResponse(page)


def _sharer(edge: Edge, answer_id: str) -> str:
    """A link ends with the key of whoever made it. Raises AnswerNotFound."""
    principal = edge.service.answers.owner(answer_id)
    if not edge.access.lives(principal):
        raise no_answer(answer_id)
    return principal


def _add_signing(routes: APIRouter) -> None:
    @routes.get("/sign-in")
    async def sign_in_form(edge: EdgeDep, next: str = "/") -> Response:  # noqa: A002 - the form's name
        return HTMLResponse(edge.pages.sign_in(failed=False, next_path=_own_path(next)))

    @routes.post("/sign-in")
    async def sign_in(
        request: Request,
        edge: EdgeDep,
        key: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",  # noqa: A002
    ) -> Response:
        whence, page = place_of(request), edge.pages.sign_in
        try:
            edge.access.attempts.look(whence)
        except RateLimited as error:
            told = page(failed=False, next_path=_own_path(next), wait=error.seconds)
            return HTMLResponse(told, 429, headers={"Retry-After": str(error.seconds)})
        caller = edge.access.holder(key)
        if caller is None:
            edge.access.attempts.take(whence)
            return HTMLResponse(page(failed=True, next_path=_own_path(next)), 401)
        response = RedirectResponse(_own_path(next), 303)
        secure = request.url.scheme == "https" or (edge.service.settings.public_url or "").startswith("https")
        response.set_cookie(
            COOKIE,
            edge.access.session(caller),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="lax",
            secure=secure,
        )
        return response

    @routes.post("/sign-out")
    async def sign_out(request: Request, edge: EdgeDep) -> Response:
        await edge.reads.run(lambda: edge.access.sign_out(request))
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return response


def _rights(caller: Caller) -> Rights:
    ingests = KeyScope.INGEST in caller.scopes
    return Rights(KeyScope.ASK in caller.scopes, ingests, ingests and KeyScope.ADMIN in caller.scopes)


def _article_page(
    edge: Edge, article_id: str, version: int | None, quote: str, rights: Rights | None
) -> Response:
    """`rights` is None for a guest, who reads this page alone, by a link."""
    record = edge.service.corpus.record
    try:
        article = record.article(article_id, version=version)
    except ArticleWithdrawn as error:
        remedy = "No answer quotes it any more."
        page = edge.pages.problem(title="Withdrawn", detail=error.message, remedy=remedy)
        return HTMLResponse(page, 410)
    except ArticleDeleted as error:
        remedy = "No later answer cites it. Earlier answers still open what they quote of it."
        page = edge.pages.problem(title="Deleted", detail=error.message, remedy=remedy)
        return HTMLResponse(page, 404)
    except ArticleNotFound as error:
        remedy = "Perhaps its address was cut off or misspelt."
        page = edge.pages.problem(title="No such article", detail=error.message, remedy=remedy)
        return HTMLResponse(page, 404)
    title = shown_title(article.facts, opening(article))
    page = edge.pages.article(
        article,
        latest_version=record.latest_version(article_id),
        mark=_span(quote, article),
        shown_title=title.text,
        title_is_ours=title.origin == "parley",
        guest=rights is None,
        copies=() if rights is None else _copies(record, article),
        rights=rights or Rights(),
    )
    return HTMLResponse(page)


def _copies(record: Record, article: Article) -> list[Copy]:
    family = family_of(record, article)
    others = [one for one in family if one.id != article.id]
    return [_copy(one, of=article) for one in others[:_COPIES]]


def _copy(other: Article, *, of: Article) -> Copy:
    differs = difference(of, other)
    named = other.facts.outlet or shown_title(other.facts, opening(other)).text
    alike = "The same" if differs is None else "Nearly the same"
    return Copy(other.id, named, alike, differs is Difference.FIGURES)


def _span(quote: str, article: Article) -> Span | None:
    """START-END. What is no span at all marks the place past the end, which the page says it can't mark."""
    if not quote:
        return None
    start, _, end = quote.partition("-")
    past = Span(len(article.text), len(article.text) + 1)
    if not (start + end).isascii() or not start.isdigit() or not end.isdigit() or len(quote) > 30:
        return past
    return Span(int(start), int(end)) if int(start) < int(end) else past


def _own_path(path: str) -> str:
    """A path of ours to go on to; anything that a browser could take for another site is not."""
    own = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if own else "/"
