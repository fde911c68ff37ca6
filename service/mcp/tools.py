"""The four tools, over a desk."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Annotated, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from retrieval.errors import ArticleNotFound, ParleyError
from service.articles import ArticleSummary
from service.carried import also_in
from service.desk import Desk
from service.errors import Overloaded, ServiceLacks
from service.found import FoundOut, SearchIn
from service.invalid import fault
from service.links import PageLinks
from service.mcp.shapes import Answered, Articles, Listed, Passage, Passages, Read, Source
from service.mcp.telling import told_answer, told_articles, told_passages, told_reading
from service.wire import AnswerOut, CitationOut

_PAGE, _MOST = 20_000, 100_000  # characters of an article, in one reading
_LISTED = 500
Result = TypeVar("Result")

Question = Annotated[str, Field(description="The question, in English, as one would ask a person.")]
Conversation = Annotated[
    str | None,
    Field(description="`conversation_id` of the answer before, to ask on: 'And what did she say then?'"),
]
Query = Annotated[str, Field(description="A question, or words.")]
Limit = Annotated[int, Field(ge=1, le=50, description="At most so many passages.")]
_ID = r"^a_[0-9a-f]{32}$"
_LIST = "Take one from a source of an answer, or from list_articles"
ArticleId = Annotated[
    str, Field(description="As a source or a list names it.", json_schema_extra={"pattern": _ID})
]
Version = Annotated[int | None, Field(ge=1, le=2**31, description="As cited; else the current one.")]
Start = Annotated[int, Field(ge=0, description="Characters to leave out: `next_start` of the part before.")]
Length = Annotated[int, Field(ge=1, le=_MOST, description="At most so many characters.")]
Rows = Annotated[int, Field(ge=1, le=_LISTED, description="At most so many articles.")]
Offset = Annotated[int, Field(ge=0, le=2**31, description="Articles to leave out.")]


class Tools:
    """Each raises ToolError, in the words of the error that kept it. `workers` calls are worked on at once,
    and another waits `patience` seconds for its place."""

    def __init__(self, desk: Desk, links: PageLinks, *, workers: int, patience: float) -> None:
        self._desk = desk
        self._links = links
        self._places = BoundedSemaphore(workers)
        self._patience = patience

    def ask(
        self, question: Question, conversation_id: Conversation = None
    ) -> Annotated[CallToolResult, Answered]:
        """Answer a question about the negotiation from the news articles that report it. Every sentence of
        the answer is tied to an exact quotation, by a number in brackets; what the articles don't say, it
        says they don't say. Pass on its numbers and sources with whatever you take from it."""
        with self._place():
            answer = self._desk.ask(question, conversation_id=conversation_id)
            sources = [self._source(citation) for citation in answer.cited]
        told = _answered(answer, sources)
        return _result(told_answer(told), told)

    def search(self, query: Query, limit: Limit = 8) -> Annotated[CallToolResult, Passages]:
        """Find the passages of the articles that are nearest to a question or to words, without an answer.
        Being near is not being an answer: `ask` says what the articles say."""
        with self._place():
            found = self._desk.search(_checked(lambda: SearchIn(query=query, limit=limit)))
        told = Passages(passages=[_passage(hit) for hit in found.hits])
        return _result(told_passages(told), told)

    def read_article(
        self, article_id: ArticleId, version: Version = None, start: Start = 0, length: Length = _PAGE
    ) -> Annotated[CallToolResult, Read]:
        """Read an article as it was ingested, a part at a time. A version that was cited opens by its
        number."""
        if not re.fullmatch(_ID, article_id):
            raise ToolError(f"article_id: {article_id[:100]} is no id of an article. {_LIST}.")
        with self._place(), _told_of_articles():
            article = self._desk.article(article_id, version=version)
            text = self._desk.text(article_id, version=article.version)
        end = min(start + length, len(text))
        told = Read(
            **_listed(article).model_dump(),
            text=text[start:end],
            start=start,
            end=end,
            length=len(text),
            next_start=end if end < len(text) else None,
            deleted=article.latest_version is None,
        )
        return _result(told_reading(told), told)

    def list_articles(self, limit: Rows = 50, offset: Offset = 0) -> Annotated[CallToolResult, Articles]:
        """List the articles that answers are taken from, the latest ingested first."""
        with self._place():
            found = self._desk.articles()
        told = Articles(total=len(found), articles=[_listed(one) for one in found[offset : offset + limit]])
        return _result(told_articles(told), told)

    @contextmanager
    def _place(self) -> Iterator[None]:
        try:
            if not self._places.acquire(timeout=self._patience):
                raise Overloaded("too much to do", remedy="Try again in a few seconds.")
            try:
                yield
            finally:
                self._places.release()
        except ParleyError as error:
            raise ToolError(f"{error.message}. {error.remedy}") from error

    def _source(self, citation: CitationOut) -> Source:
        article, quote = citation.article, citation.quote
        return Source(
            number=citation.id,
            quote=quote.text,
            article_id=article.id,
            version=article.version,
            start=quote.start,
            end=quote.end,
            title=article.title or self._desk.shown_title(citation).text,
            outlet=article.outlet,
            published=article.published,
            url=article.url,
            link=self._link(citation),
            speaker=citation.said.speaker if citation.said else None,
            also_in=also_in(citation) or None,
        )

    def _link(self, citation: CitationOut) -> str | None:
        """Whoever asks sits at this machine, and reaches a service that nobody else may."""
        reached, link = self._desk.link(citation), citation.article.link
        if reached is None and self._desk.url and link.startswith("/"):
            return self._links.signed(self._desk.url + link)
        return reached


@contextmanager
def _told_of_articles() -> Iterator[None]:
    """What is missing, in words for whoever has these tools."""
    try:
        yield
    except (ArticleNotFound, ServiceLacks) as error:
        raise ToolError(f"{error.message}. {_LIST}.") from error


def add_tools(server: MCPServer, tools: Tools) -> None:
    titles = {
        "ask": "Ask about the negotiation",
        "search": "Search the articles",
        "read_article": "Read an article",
        "list_articles": "List the articles",
    }
    for name, title in titles.items():
        reads = ToolAnnotations(
            title=title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        )
        tool = getattr(tools, name)
        server.add_tool(tool, name=name, title=title, description=_one_line(tool), annotations=reads)


def _one_line(tool: Callable[..., object]) -> str:
    return " ".join((tool.__doc__ or "").split())


def _answered(answer: AnswerOut, sources: list[Source]) -> Answered:
    known = {source.number for source in sources}
    return Answered(
        answer_id=answer.id,
        conversation_id=answer.conversation_id,
        status=answer.status,
        question=answer.standalone_question,
        text=answer.text,
        sources=sources,
        withdrawn=[citation.id for citation in answer.citations if citation.id not in known],
        unanswered=answer.unanswered,
    )


def _passage(hit: FoundOut) -> Passage:
    article, passage = hit.article, hit.passage
    return Passage(
        text=passage.text,
        article_id=article.id,
        version=article.version,
        start=passage.start,
        end=passage.end,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        score=hit.fused,
    )


def _listed(article: ArticleSummary) -> Listed:
    return Listed(
        article_id=article.id,
        version=article.version,
        title=article.shown_title.text,
        title_is_from_article=article.shown_title.origin == "article",
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        authors=article.authors,
        language=article.language,
    )


def _checked(make: Callable[[], Result]) -> Result:
    try:
        return make()
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        raise ToolError(f"the {first['loc'][0]}: {fault(first)}. Send 1 to 2,000 characters.") from exc


def _result(text: str, told: BaseModel) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=told.model_dump(mode="json")
    )
