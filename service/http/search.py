"""What the articles hold on a question, without an answer."""

from fastapi import APIRouter

from service.finding import find
from service.found import FoundList, SearchIn
from service.http.dependencies import READ, EdgeDep


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1/search", tags=["search"])

    @routes.post("", dependencies=[READ])
    async def search(asked: SearchIn, edge: EdgeDep) -> FoundList:
        """Find the passages nearest to a question or to words, as answers are looked for."""
        service = edge.service
        public_url = service.settings.public_url
        record = service.corpus.record
        return await edge.questions.run(lambda: find(service.chat, record, asked, public_url=public_url))

    return routes
