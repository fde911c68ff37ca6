"""What people think of answers."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.http.dependencies import ADMIN, EdgeDep
from service.opinions import FeedbackList, FeedbackQuery


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/feedback", tags=["feedback"])

    @routes.get("", dependencies=[ADMIN])
    async def index(query: Annotated[FeedbackQuery, Query()], edge: EdgeDep) -> FeedbackList:
        """List what people thought of answers, whoever asked, the latest first, with the question of each.
        Where anybody may install the Slack app, nobody's who asked there."""
        slack = edge.service.settings.slack_is_ours
        return await edge.reads.run(lambda: edge.service.feedback.listed(query, slack=slack))

    return routes
