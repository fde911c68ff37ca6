"""Questions in, answers out."""

from fastapi import APIRouter

from service.http.dependencies import EdgeDep
from service.wire import AnswerOut, ChatRequest


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1", tags=["chat"])

    @routes.post("/chat")
    async def chat(request: ChatRequest, edge: EdgeDep) -> AnswerOut:
        """Ask a question; the answer is stored, and opens again by its id."""
        return await edge.questions.run(lambda: edge.service.chat.ask(request))

    @routes.get("/answers/{answer_id}")
    async def answer(answer_id: str, edge: EdgeDep) -> AnswerOut:
        """An answer as it was given, never computed anew."""
        return await edge.reads.run(lambda: edge.service.answers.get(answer_id))

    return routes
