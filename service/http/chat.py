"""Questions in, answers out: whole, or as events while they are made."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from starlette.responses import Response, StreamingResponse

from retrieval.errors import ParleyError
from service.about import about
from service.http.dependencies import ASK, READ, Edge, EdgeDep, PrincipalDep
from service.http.events import HEADERS, MEDIA_TYPE, TOLD, Live, replay
from service.http.problems import body_of, failed
from service.listener import UntilGone
from service.next_questions import NextOut
from service.wire import AboutOut, AnswerOut, ChatRequest, FeedbackIn

_LOG = logging.getLogger(__name__)
_LOOK = 0.25  # seconds between looks at whether a client still waits
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; as server-sent events where `Accept: text/event-stream` asks for them: "
        + "; ".join(f"`{name}` {data}, {when}" for name, data, when in TOLD),
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}
# Visible ASCII, and at most as long as the record keeps.
IdempotencyKey = Annotated[
    str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[!-~]+$")
]
LastEventId = Annotated[
    int, Header(alias="Last-Event-ID", ge=0, le=1_000_000, description="The last event that was received")
]


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1", tags=["chat"])

    @routes.post("/chat", dependencies=[ASK], response_model=AnswerOut, responses=_EVENTS)
    async def chat(
        request: ChatRequest,
        edge: EdgeDep,
        principal: PrincipalDep,
        sent: Request,
        idempotency_key: IdempotencyKey = None,
    ) -> AnswerOut | Response:
        """Ask a question; the answer is stored, and opens again by its id."""
        if MEDIA_TYPE in sent.headers.get("accept", ""):
            return event_stream(edge.streams.follow(await begun(edge, request, principal, idempotency_key)))
        return await whole(edge, request, principal, idempotency_key, sent)

    @routes.get("/answers/{answer_id}", dependencies=[READ])
    async def answer(answer_id: str, edge: EdgeDep, principal: PrincipalDep) -> AnswerOut:
        """Open an answer as it was given, never computed anew."""
        return await edge.reads.run(lambda: edge.service.answers.get(answer_id, principal=principal))

    @routes.get(
        "/answers/{answer_id}/events",
        dependencies=[READ],
        response_class=StreamingResponse,
        responses=_EVENTS,
    )
    async def events(
        answer_id: str, edge: EdgeDep, principal: PrincipalDep, last_event_id: LastEventId = 0
    ) -> Response:
        """Follow the events of an answer after `Last-Event-ID`, live while it is made."""
        live = edge.streams.find(answer_id, principal)
        if live is not None:
            return event_stream(edge.streams.follow(live, last_event_id))
        stored = await edge.reads.run(lambda: edge.service.answers.get(answer_id, principal=principal))
        return event_stream(replay(stored, last_event_id))

    @routes.get("/answers/{answer_id}/next", dependencies=[READ])
    async def what_next(answer_id: str, edge: EdgeDep, principal: PrincipalDep) -> NextOut:
        """Tell what may be asked after an answer: questions that the articles answer with something new."""
        after = edge.service.chat.next_questions
        # Each is answered, to see: it takes a place among the questions.
        return NextOut(questions=await edge.questions.run(lambda: after(answer_id, principal=principal)))

    @routes.post("/answers/{answer_id}/feedback", dependencies=[ASK], status_code=204)
    async def feedback(answer_id: str, given: FeedbackIn, edge: EdgeDep, principal: PrincipalDep) -> None:
        """Say what a reader thinks of an answer, in place of what the same one said before."""
        put = edge.service.feedback.put
        await edge.reads.run(lambda: put(answer_id, given, principal=principal))

    @routes.get("/about", dependencies=[READ])
    async def what_about(edge: EdgeDep) -> AboutOut:
        """Tell what may be asked about, up to when, and questions to begin with."""
        return await edge.reads.run(lambda: about(edge.service.corpus.record, edge.suggestions))

    return routes


async def whole(
    edge: Edge, request: ChatRequest, principal: str, key: str | None, sent: Request
) -> AnswerOut:
    """Unless whoever `sent` it leaves."""
    waiting = UntilGone()
    ask = edge.service.chat.ask
    watching = asyncio.ensure_future(_watch(sent, waiting))
    try:
        return await edge.questions.run(lambda: ask(request, principal=principal, key=key, listener=waiting))
    finally:
        watching.cancel()


async def _watch(sent: Request, waiting: UntilGone) -> None:
    while not await sent.is_disconnected():
        await asyncio.sleep(_LOOK)
    waiting.go()


async def begun(edge: Edge, request: ChatRequest, principal: str, key: str | None) -> Live:
    """An answer's events, to be followed. What is refused before the first is refused with its own status."""
    live = edge.streams.open(principal)
    ask = edge.service.chat.ask
    doing = asyncio.ensure_future(
        edge.questions.run(lambda: ask(request, principal=principal, key=key, listener=live))
    )
    ending = asyncio.ensure_future(_end(doing, live))
    edge.streams.hold(ending)
    if not await live.begins():
        await doing
    return live


async def _end(doing: "asyncio.Future[AnswerOut]", live: Live) -> None:
    """The status has been sent: whatever happened, the stream must end."""
    await asyncio.wait([doing])
    fault = doing.exception()
    if fault is None:
        live.finish(doing.result())
    elif isinstance(fault, ParleyError):
        live.fail(body_of(fault))
    else:
        _LOG.error("an answer failed while it was streamed", exc_info=fault)
        live.fail(failed())


def event_stream(frames: AsyncIterator[str]) -> Response:
    return StreamingResponse(frames, media_type=MEDIA_TYPE, headers=HEADERS)
