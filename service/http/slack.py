"""Where Slack calls: no key is asked for, since Slack signs what it sends."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.http.access import SLACK_EVENTS
from service.slack import Entrance


def router(entrance: Entrance) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.post(SLACK_EVENTS)
    async def slack_events(request: Request) -> Response:
        reply = await entrance.enter(await request.body(), request.headers)
        return Response(reply.body, reply.status, media_type=reply.content_type)

    return routes
