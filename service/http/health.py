"""Is the process alive, and can it answer?"""

from time import monotonic

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from retrieval.errors import ParleyError
from service.http.dependencies import Edge, EdgeDep
from service.http.problems import problem, problem_of

_FRESH_SECONDS = 10.0


class _Known:
    """The articles counted when it was last found ready, and when."""

    def __init__(self) -> None:
        self._articles, self._until = 0, float("-inf")

    def keep(self, articles: int) -> None:
        self._articles, self._until = articles, monotonic() + _FRESH_SECONDS

    def forget(self) -> None:
        self._until = float("-inf")

    @property
    def articles(self) -> int | None:
        return self._articles if monotonic() < self._until else None


def router() -> APIRouter:
    routes = APIRouter(tags=["health"])
    known = _Known()

    @routes.get("/healthz", include_in_schema=False)
    @routes.get("/livez")
    async def livez() -> dict[str, str]:
        """Answered by the guard, mostly; see there."""
        return {"status": "alive"}

    @routes.get("/readyz")
    async def readyz(edge: EdgeDep) -> Response:
        """Ready means that a passage of the record comes back from the index for its own text. While every
        worker has a question, what was found in the last ten seconds stands: looking would wait for them."""
        articles = known.articles if edge.questions.busy else None
        if articles is None:
            known.forget()
            try:
                articles = await edge.reads.run(lambda: _articles(edge))
            except ParleyError as error:
                return problem_of(error)
            if articles is None:
                return problem(
                    "not_ready",
                    "the index does not find what the record holds",
                    remedy="Stop Parley and run `parley reindex`.",
                )
            known.keep(articles)
        return JSONResponse({"status": "ready", "articles": articles})

    return routes


def _articles(edge: Edge) -> int | None:
    """How many there are; None where the index doesn't find what the record holds."""
    corpus = edge.service.corpus
    return corpus.record.article_count() if corpus.ready() else None
