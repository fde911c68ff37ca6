"""The HTTP application over a service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from retrieval.corpus import silently
from service.bootstrap import Service
from service.http import (
    articles,
    chat,
    completions,
    conversations,
    docs,
    health,
    metrics,
    opinions,
    pages,
    problems,
    reindexing,
    search,
    shared,
    statements,
)
from service.http import slack as slack_route
from service.http.access import Access
from service.http.admission import Admission
from service.http.dependencies import Edge
from service.http.document import Documented
from service.http.events import Streams
from service.http.guard import Doors, Guard
from service.http.metrics import Counted
from service.http.openai_errors import COMPLETIONS
from service.http.rates import Rates
from service.http.sharing import Sharing
from service.sessions import Sessions
from service.slack import open_entrance
from service.web import Pages
from service.wire import Problem

_ROOMS = (
    health,
    chat,
    shared,
    completions,
    conversations,
    opinions,
    articles,
    statements,
    search,
    reindexing,
    metrics,
    pages,
    docs,
)
_READS_WAITING = 64
_INGESTS_WAITING = 8
_DELETIONS_WAITING = 64
_INGEST_PATIENCE = 60.0


def create_app(service: Service, *, say: Callable[[str], None] = silently) -> FastAPI:
    """The service stays the caller's to close, once `app.state.finished` says that nothing works on it.
    Raises SettingsError where Slack refuses its token."""
    settings = service.settings
    access = Access(settings, service.keys, sessions=Sessions(service.corpus.record.database))
    shown = Pages(keyed=access.wants_key)
    slack = open_entrance(service, page=shown.told, say=say)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        questions = Admission(workers=settings.workers, queue=settings.queue, patience=settings.queue_seconds)
        reads = Admission(workers=settings.workers, queue=_READS_WAITING, patience=settings.queue_seconds)
        ingests, large = (
            Admission(workers=1, queue=_INGESTS_WAITING, patience=_INGEST_PATIENCE) for _ in range(2)
        )
        deletions = Admission(workers=1, queue=_DELETIONS_WAITING, patience=_INGEST_PATIENCE)
        pools = {"questions": questions, "reads": reads, "deletions": deletions}
        pools |= {"ingests": ingests, "large_ingests": large}
        edge = Edge(service, access, shown, service.chat.suggestions, **pools, streams=Streams())
        app.state.edge, app.state.finished = edge, False
        try:
            yield
        finally:
            told = asyncio.to_thread(slack.close) if slack is not None else asyncio.sleep(0, True)
            app.state.finished = all(await asyncio.gather(edge.close(), told))

    app = Documented(
        keyed=access.wants_key,
        title="Parley",
        version=version("parley"),
        summary="Answers questions about a negotiation, every sentence tied to an exact quotation.",
        lifespan=lifespan,
        # The page that FastAPI serves loads scripts from another host; ours is in pages.py.
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        responses={"default": {"model": Problem, "description": "Any error, as application/problem+json"}},
    )
    doors: Doors = {
        ("POST", "/v1/chat"): lambda _: app.state.edge.questions.full,
        ("POST", "/v1/search"): lambda _: app.state.edge.questions.full,
        ("POST", COMPLETIONS): lambda _: app.state.edge.questions.full,
        ("POST", "/v1/articles"): lambda length: articles.no_room(app.state.edge, length),
    }
    rates, sharing = Rates(settings.requests_per_minute), Sharing(settings)
    app.add_middleware(Guard, access=access, sharing=sharing, rates=rates, doors=doors)
    problems.install(app)
    routers = [room.router() for room in _ROOMS]
    if slack is not None:
        routers.append(slack_route.router(slack))
    for router in routers:
        app.include_router(router)
    every = [route for router in routers for route in router.routes]
    app.add_middleware(
        Counted, metrics=service.metrics, routes=every, tracing=service.tracing
    )  # the last one added is the first
    return app
