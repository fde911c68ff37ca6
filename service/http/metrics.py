"""Requests counted, and /metrics, which tells what was."""

import re
import time
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, suppress

from fastapi import APIRouter
from fastapi.routing import APIRoute
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retrieval.errors import ParleyError
from service.http.access import HEALTH, METRICS
from service.http.dependencies import ADMIN, Edge, EdgeDep
from service.logs import tell
from service.metrics import Metrics
from service.tracing import OFF, Span, Tracing

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"
_UNTRACED = frozenset({*HEALTH, METRICS, "/static/{name}"})  # so many, and nothing to learn of them


def router() -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get(
        METRICS,
        dependencies=[ADMIN],
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}},
    )
    async def metrics(edge: EdgeDep) -> Response:
        """Tell what Parley counts of itself, as Prometheus scrapes it."""
        told = edge.service.metrics
        for name, pool in edge.pools.items():
            told.working.labels(name).set(pool.working)
            told.waiting.labels(name).set(pool.waiting)
        with suppress(ParleyError):  # what was counted last stands: it is under load that one looks
            await edge.reads.run(lambda: _count(edge, told))
        return Response(generate_latest(told.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return routes


def _count(edge: Edge, told: Metrics) -> None:
    record = edge.service.corpus.record
    told.articles.set(record.article_count())
    told.passages.set(record.chunk_count())


class Counted:
    """ASGI middleware before all others, so that what they refuse is counted too. A path is counted under
    its route's template; what has none is no route of ours."""

    def __init__(
        self, app: ASGIApp, *, metrics: Metrics, routes: Iterable[object], tracing: Tracing = OFF
    ) -> None:
        self._app = app
        self._tracing = tracing
        self._metrics = metrics
        paths = [(route.path, route.path_regex) for route in routes if isinstance(route, APIRoute)]
        self._plain = frozenset(path for path, _ in paths if "{" not in path)
        self._patterns: Mapping[str, re.Pattern[str]] = {p: regex for p, regex in paths if "{" in p}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun = 500, time.monotonic()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        route = self._route(scope["path"])
        method = scope["method"] if scope["method"] in _METHODS else "other"
        try:
            with self._traced(f"{method} {route}", route, scope) as span:
                await self._app(scope, receive, sent)
                span.tell(http_request_method=method, http_route=route, http_response_status_code=status)
        finally:
            self._metrics.requests.labels(method, route, str(status)).inc()
            seconds = time.monotonic() - begun
            self._metrics.request_seconds.labels(route).observe(seconds)
            tell("request", method=method, route=route, status=status, milliseconds=round(1000 * seconds, 3))

    def _traced(self, name: str, route: str, scope: Scope) -> AbstractContextManager[Span]:
        if route in _UNTRACED:
            return OFF.span(name)
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        return self._tracing.request(name, headers)

    def _route(self, path: str) -> str:
        if path in self._plain:
            return path
        return next((p for p, regex in self._patterns.items() if regex.match(path)), NO_ROUTE)
