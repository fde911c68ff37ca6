"""An answer shared with somebody who has no key, by a signed link."""

import time
from datetime import UTC, datetime

from fastapi import APIRouter

from service.http.dependencies import ASK, EdgeDep, PrincipalDep
from service.links import LINK_SECONDS, PageLinks
from service.wire import AnswerOut, CitationOut, Cited, SharedOut


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1", tags=["chat"])

    @routes.post("/answers/{answer_id}/share", dependencies=[ASK])
    async def share(answer_id: str, edge: EdgeDep, principal: PrincipalDep) -> SharedOut:
        """A link that opens this answer, and what it quotes in its articles, without a key. It ends with the
        answer, the key, or after 30 days."""
        settings = edge.service.settings
        answer = await edge.reads.run(lambda: edge.service.answers.get(answer_id, principal=principal))
        link = f"{settings.public_url or ''}/shared/{answer.id}"
        until = (
            datetime.fromtimestamp(int(time.time()) + LINK_SECONDS, UTC) if edge.access.wants_key() else None
        )
        return SharedOut(link=edge.access.links.signed(link), expires=until)

    return routes


def signed(answer: AnswerOut, links: PageLinks) -> AnswerOut:
    """With links to its articles that whoever holds it may follow."""
    return answer.model_copy(update={"citations": [_signed(one, links) for one in answer.citations]})


def _signed(citation: Cited, links: PageLinks) -> Cited:
    if not isinstance(citation, CitationOut):
        return citation
    article = citation.article.model_copy(update={"link": links.signed(citation.article.link)})
    return citation.model_copy(update={"article": article})
