"""The index made anew while it serves."""

from fastapi import APIRouter

from service.articles import ReindexOut
from service.http.dependencies import ADMIN, EdgeDep


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/reindex", tags=["articles"])

    @routes.post("", dependencies=[ADMIN], status_code=202)
    async def start(edge: EdgeDep) -> ReindexOut:
        """Make the index anew from the record. The old one is searched until the new one takes its place, in
        one step; articles may come and go meanwhile."""
        return await edge.reads.run(edge.service.reindexing.start)

    @routes.get("", dependencies=[ADMIN])
    async def state(edge: EdgeDep) -> ReindexOut:
        """Tell how far it is."""
        return edge.service.reindexing.now

    return routes
