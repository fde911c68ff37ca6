"""Where Slack calls, and sends who installs the app: no key is asked for, since Slack signs what it sends."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.http.access import SLACK_EVENTS
from service.http.dependencies import ADMIN
from service.slack import Entrance, Installing, Reply
from service.slack_settings import INSTALL, REDIRECT


def router(entrance: Entrance) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.post(SLACK_EVENTS)
    async def slack_events(request: Request) -> Response:
        return _response(await entrance.enter(await request.body(), request.headers))

    if entrance.installing is not None:
        _add_installing(routes, entrance, entrance.installing)
    return routes


def _add_installing(routes: APIRouter, entrance: Entrance, installing: Installing) -> None:
    @routes.get(INSTALL, dependencies=[ADMIN])
    async def install(request: Request) -> Response:
        return _response(await entrance.install(installing.begin, request.url.query, request.headers))

    @routes.get(REDIRECT)
    async def installed(request: Request) -> Response:
        return _response(await entrance.install(installing.end, request.url.query, request.headers))


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, dict(reply.headers), media_type=reply.content_type)
