"""What people think of answers."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.http.dependencies import ADMIN, EdgeDep, PrincipalDep
from service.opinions import FeedbackList, FeedbackQuery


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/feedback", tags=["feedback"])

    @routes.get("", dependencies=[ADMIN])
    async def index(
        query: Annotated[FeedbackQuery, Query()], edge: EdgeDep, principal: PrincipalDep
    ) -> FeedbackList:
        """List what people thought of your own answers, the latest first, with the question of each."""
        listed = edge.service.feedback.listed
        return await edge.reads.run(lambda: listed(query, principal=principal))

    return routes
