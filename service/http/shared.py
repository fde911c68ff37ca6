"""An answer shared with somebody who has no key, by a signed link."""

import time
from datetime import UTC, datetime

from fastapi import APIRouter

from retrieval.record import Record
from service.account import DiagnosticsOut
from service.articles import summary
from service.http.dependencies import READ, EdgeDep, PrincipalDep
from service.links import LINK_SECONDS, PageLinks
from service.wire import AnswerOut, CitationOut, Cited, SharedOut
from service.withdrawal import as_asked

_COMPARED = ("title", "outlet", "published", "url")
_UNSHARED = "A notice stood here that may repeat what was asked before, which isn’t shared."


def router() -> APIRouter:
    routes = APIRouter(prefix="/v1", tags=["chat"])

    @routes.post("/answers/{answer_id}/share", dependencies=[READ])
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


def shown(answer: AnswerOut, links: PageLinks, *, until: int | None, by: str) -> AnswerOut:
    """As whoever holds a link may read it: without what other turns told it, and with links to its articles
    that open as long as that one does, up to `until`, in seconds since 1970, or till the end of the key of
    the principal `by`, who shared it."""
    alone = as_asked(answer, instead=_UNSHARED)
    about = {"conversation_id": "", "diagnostics": DiagnosticsOut(dropped={}, degraded=None), "timings": {}}
    citations = [_signed(one, links, until, by) for one in alone.citations]
    return alone.model_copy(update={**about, "citations": citations})


def as_they_are(record: Record, answer: AnswerOut) -> dict[str, dict[str, object] | None]:
    """The articles that it cites, by id; None where one was deleted since."""
    ids = {citation.article.id for citation in answer.cited}
    rows = record.article_rows(limit=len(ids), only=ids) if ids else []
    now = {row.id: summary(row).model_dump(include={"version", *_COMPARED}) for row in rows}
    return {id_: now.get(id_) for id_ in sorted(ids)}


def _signed(citation: Cited, links: PageLinks, until: int | None, by: str) -> Cited:
    if not isinstance(citation, CitationOut):
        return citation
    link = links.signed(citation.article.link, until=until, by=by)
    article = citation.article.model_copy(update={"link": link})
    return citation.model_copy(update={"article": article})
