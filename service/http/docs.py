"""The interface's own page, and its document where people look for it."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from service.http.dependencies import READ, EdgeDep
from service.http.events import TOLD


def router() -> APIRouter:
    routes = APIRouter(include_in_schema=False, dependencies=[READ])

    @routes.get("/openapi.json")
    async def document(request: Request) -> Response:
        return JSONResponse(request.app.openapi())

    @routes.get("/docs")
    async def docs(request: Request, edge: EdgeDep) -> Response:
        return HTMLResponse(edge.pages.api(request.app.openapi(), TOLD))

    return routes
