"""Who said what."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.http.dependencies import READ, EdgeDep
from service.statements import ReportedList, ReportedQuery


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/statements", tags=["statements"])

    @routes.get("", dependencies=[READ])
    async def index(query: Annotated[ReportedQuery, Query()], edge: EdgeDep) -> ReportedList:
        """List what the current articles report that people said, the latest day first."""
        return await edge.reads.run(lambda: edge.service.statements.listed(query))

    return routes
