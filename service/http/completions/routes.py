"""POST /v1/chat/completions and GET /v1/models. What is asked takes the same way as POST /v1/chat."""

import time
import uuid
from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from service.errors import ModelNotFound
from service.http.chat import IdempotencyKey, begun, event_stream, whole
from service.http.completions.filing import filed
from service.http.completions.reply import (
    Address,
    ChoiceOut,
    CompletionMessageOut,
    CompletionOut,
    completion,
    usage,
)
from service.http.completions.request import (
    ANSWERERS,
    CompletionRequest,
    question_of,
    refuse_what_is_no_answer,
)
from service.http.completions.streaming import Chunks
from service.http.completions.tasks import task_reply
from service.http.dependencies import ASK, Edge, EdgeDep, PrincipalDep
from service.http.events import MEDIA_TYPE
from service.http.openai_errors import COMPLETIONS, MODELS, ProblemForOpenAI
from service.wire import CitationOut

_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The completion; with `stream` its chunks, as server-sent events up to `[DONE]`",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}


class ModelOut(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["parley"] = "parley"


class ModelsOut(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelOut]


def router() -> APIRouter:
    error = {
        "model": ProblemForOpenAI,
        "description": "Any error: a problem, with OpenAI's `error` beside it",
    }
    routes = APIRouter(tags=["openai"], responses={"default": error})
    models = {name: ModelOut(id=name, created=int(time.time())) for name in ANSWERERS}

    @routes.post(COMPLETIONS, dependencies=[ASK], response_model=CompletionOut, responses=_STREAMED)
    async def complete(
        request: CompletionRequest,
        edge: EdgeDep,
        principal: PrincipalDep,
        sent: Request,
        idempotency_key: IdempotencyKey = None,
    ) -> CompletionOut | Response:
        """Ask as of any model of OpenAI's API: the last message is the question, the others were said before.
        Every annotation spans a marker of the text and opens the quotation in its article."""
        _known(request.model, models)
        address = _address(edge, sent, principal)
        closing = request.options.sources
        if closing is None:
            closing = edge.service.settings.completion_sources
        refuse_what_is_no_answer(request)
        if (task := task_reply(request.messages[-1])) is not None:
            return _of_the_client(request, task, address)
        question = question_of(request)
        kept = edge.service.conversations
        place = await edge.reads.run(lambda: filed(kept, request, principal=principal, key=idempotency_key))
        question = question.model_copy(update={"conversation_id": place})
        if request.stream:
            live = await begun(edge, question, principal, idempotency_key)
            chunks = Chunks(request, address=address, closing=closing)
            return event_stream(edge.streams.follow(live, frame=chunks))
        answer = await whole(edge, question, principal, idempotency_key, sent)
        return completion(request, answer, address=address, closing=closing)

    @routes.get(MODELS, dependencies=[ASK])
    async def index() -> ModelsOut:
        """`parley` answers as the service is configured, `parley-extractive` by no language model."""
        return ModelsOut(data=list(models.values()))

    @routes.get(f"{MODELS}/{{model}}", dependencies=[ASK], include_in_schema=False)
    async def show(model: str) -> ModelOut:
        """One of them."""
        return _known(model, models)

    return routes


def _known(name: str, models: dict[str, ModelOut]) -> ModelOut:
    if name not in models:
        raise ModelNotFound(f"there is no model {name[:200]}", remedy=f"Ask for {' or '.join(models)}.")
    return models[name]


def _address(edge: Edge, sent: Request, principal: str) -> Address:
    """Where a citation opens for whoever reads it in the client and may have no key: a link signed for it,
    which ends with the key of whoever asked."""
    settings = edge.service.settings
    base = settings.public_url or str(sent.base_url).rstrip("/")

    def address(citation: CitationOut) -> str:
        link = citation.article.link
        return edge.access.links.signed(base + link if link.startswith("/") else link, by=principal)

    return address


def _of_the_client(request: CompletionRequest, content: str, address: Address) -> CompletionOut | Response:
    """A task of its own. Nothing was answered, so nothing is stored."""
    id_ = f"task_{uuid.uuid4().hex}"
    if request.stream:
        chunks = Chunks(request, address=address, closing=False)

        async def frames() -> AsyncIterator[str]:
            yield chunks.begin(id_) + chunks.say(content) + chunks.close()

        return event_stream(frames())
    choice = ChoiceOut(message=CompletionMessageOut(content=content))
    return CompletionOut(
        id=id_,
        created=int(time.time()),
        model=request.model,
        choices=[choice],
        usage=usage(None),
        parley=None,
    )
