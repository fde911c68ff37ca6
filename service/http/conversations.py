"""Conversations: which there are, as they were held, named and deleted."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from service.conversations import as_markdown
from service.http.dependencies import ASK, READ, EdgeDep, PrincipalDep
from service.wire import (
    ConversationExport,
    ConversationList,
    ConversationName,
    ConversationOut,
    ConversationSummary,
)

_MARKDOWN = "text/markdown; charset=utf-8"
Cursor = Annotated[
    str | None,
    Query(pattern=r"^[0-9]{1,18}$", description="`next_cursor` of the list before."),
]


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/conversations", tags=["conversations"])

    @routes.get("", dependencies=[READ])
    async def index(
        edge: EdgeDep,
        principal: PrincipalDep,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Cursor = None,
    ) -> ConversationList:
        """List your own conversations, the one last asked in first."""
        before = None if cursor is None else int(cursor)
        listed = edge.service.conversations.listed
        return await edge.reads.run(lambda: listed(limit=limit, before=before, principal=principal))

    @routes.get("/{conversation_id}", dependencies=[READ])
    async def conversation(conversation_id: str, edge: EdgeDep, principal: PrincipalDep) -> ConversationOut:
        """Open a conversation: every turn in order, each answer as it was given, never computed anew."""
        answers = edge.service.answers
        return await edge.reads.run(lambda: answers.conversation(conversation_id, principal=principal))

    @routes.patch("/{conversation_id}", dependencies=[ASK])
    async def rename(
        conversation_id: str, given: ConversationName, edge: EdgeDep, principal: PrincipalDep
    ) -> ConversationSummary:
        """Name a conversation, in place of its first question."""
        put = edge.service.conversations.rename
        return await edge.reads.run(lambda: put(conversation_id, given.title, principal=principal))

    @routes.delete("/{conversation_id}", status_code=204, dependencies=[ASK])
    async def delete(conversation_id: str, edge: EdgeDep, principal: PrincipalDep) -> None:
        """Delete a conversation with its answers and what was said of them, from the disk too."""
        answers = edge.service.answers
        await edge.deletions.run(lambda: answers.delete_conversation(conversation_id, principal=principal))

    _add_export(routes)
    return routes


def _add_export(routes: APIRouter) -> None:
    markdown = {_MARKDOWN.partition(";")[0]: {"schema": {"type": "string"}}}

    @routes.get(
        "/{conversation_id}/export",
        dependencies=[READ],
        response_model=ConversationExport,
        responses={200: {"description": "The whole conversation, as a file", "content": markdown}},
    )
    async def export(
        conversation_id: str,
        edge: EdgeDep,
        principal: PrincipalDep,
        format: Literal["json", "markdown"] = "json",  # noqa: A002 - the parameter's name
    ) -> Response:
        """Export a conversation whole, with its citations, as a file to keep."""
        held = await edge.reads.run(
            lambda: edge.service.conversations.export(conversation_id, principal=principal)
        )
        ending = "md" if format == "markdown" else "json"
        headers = {"Content-Disposition": f'attachment; filename="parley-{held.id}.{ending}"'}
        if format == "markdown":
            return Response(as_markdown(held), media_type=_MARKDOWN, headers=headers)
        return JSONResponse(held.model_dump(mode="json"), headers=headers)
