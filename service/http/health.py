"""Is the process alive, and can it answer?"""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from retrieval.errors import ParleyError
from service.http.dependencies import EdgeDep
from service.http.problems import problem, problem_of


def router() -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get("/livez")
    async def livez() -> dict[str, str]:
        return {"status": "alive"}

    @routes.get("/readyz")
    async def readyz(edge: EdgeDep) -> Response:
        """Ready means that a passage of the record comes back from the index for its own text."""
        corpus = edge.service.corpus
        try:
            found = await edge.reads.run(corpus.ready)
        except ParleyError as error:
            return problem_of(error)
        if not found:
            return problem(
                "not_ready",
                "the index does not find what the record holds",
                remedy="Stop Parley and run `parley reindex`.",
            )
        count = await edge.reads.run(corpus.record.article_count)
        return JSONResponse({"status": "ready", "articles": count})

    return routes
