"""Is the process alive, and can it answer?"""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from time import monotonic

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from retrieval.errors import ParleyError
from retrieval.patience import patiently
from service.http.dependencies import Edge, EdgeDep
from service.http.problems import problem, problem_of

_STANDS_SECONDS = 2.0
_STANDS_SECONDS_BUSY = 10.0

_Seen = int | None | ParleyError  # as `_articles` says, or why that couldn't be found out


class _Look:
    """One at a time, shared by all who ask meanwhile: anybody may ask, and looking takes a worker."""

    def __init__(self) -> None:
        self._seen: _Seen = None
        self._at = float("-inf")
        self._found = False
        self._going: asyncio.Task[_Seen] | None = None

    async def seen(self, edge: Edge) -> _Seen:
        busy = edge.questions.busy and isinstance(self._seen, int)
        if monotonic() < self._at + (_STANDS_SECONDS_BUSY if busy else _STANDS_SECONDS):
            return self._seen
        if self._going is None:
            self._going = asyncio.create_task(self._look(edge))
        return await asyncio.shield(self._going)  # whoever leaves takes it from nobody

    async def _look(self, edge: Edge) -> _Seen:
        try:
            patience = nullcontext if self._found else patiently
            self._seen = await edge.reads.run(lambda: _articles(edge, patience()))
            self._found = True
        except ParleyError as error:
            self._seen = error
        finally:
            self._going = None
        self._at = monotonic()
        return self._seen


def router() -> APIRouter:
    routes = APIRouter(tags=["health"])
    look = _Look()

    @routes.get("/healthz", include_in_schema=False)
    @routes.get("/livez")
    async def livez() -> dict[str, str]:
        """Say that the process lives."""
        # Answered by the guard, mostly; see there.
        return {"status": "alive"}

    @routes.get("/readyz")
    async def readyz(edge: EdgeDep) -> Response:
        """Say whether it can answer. Ready means that a passage of the record comes back from the index for
        its own text. What was found stands for two seconds, and for ten while every worker has a question:
        looking would wait for them."""
        seen = await look.seen(edge)
        if isinstance(seen, ParleyError):
            return problem_of(seen)
        if seen is None:
            return problem(
                "not_ready",
                "the index does not find what the record holds",
                remedy="Stop Parley and run `parley reindex`.",
            )
        return JSONResponse({"status": "ready", "articles": seen})

    return routes


def _articles(edge: Edge, patience: AbstractContextManager[None]) -> int | None:
    """How many there are; None where the index doesn't find what the record holds."""
    corpus = edge.service.corpus
    with patience:
        return corpus.record.article_count() if corpus.ready() else None
