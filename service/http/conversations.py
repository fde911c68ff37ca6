"""Conversations as they were held."""

from fastapi import APIRouter

from service.http.dependencies import EdgeDep, PrincipalDep
from service.wire import ConversationOut


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/conversations", tags=["conversations"])

    @routes.get("/{conversation_id}")
    async def conversation(conversation_id: str, edge: EdgeDep, principal: PrincipalDep) -> ConversationOut:
        """Every turn in order, each answer as it was given, never computed anew."""
        answers = edge.service.answers
        return await edge.reads.run(lambda: answers.conversation(conversation_id, principal=principal))

    @routes.delete("/{conversation_id}", status_code=204)
    async def delete(conversation_id: str, edge: EdgeDep, principal: PrincipalDep) -> None:
        """With its answers and what was said of them, from the disk too."""
        answers = edge.service.answers
        await edge.deletions.run(lambda: answers.delete_conversation(conversation_id, principal=principal))

    return routes
