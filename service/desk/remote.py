"""The desk of a service that runs, over HTTP."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from retrieval.article import Span
from retrieval.errors import ParleyError
from retrieval.outcome import Ingested, Outcome
from retrieval.sources import Source
from service.articles import (
    ArticleEdit,
    ArticleList,
    ArticleOut,
    ArticleSummary,
    HistoryOut,
    IngestedOut,
    ReindexOut,
    ShownTitle,
)
from service.config import OWNER
from service.desk.client import Client
from service.desk.desk import Hearer, chat_request
from service.desk.links import ReaderLinks
from service.errors import Overloaded, RequestConflict, ServiceLacks, ServiceRefused, ServiceUnreachable
from service.found import FoundList, SearchIn
from service.statements import ReportedList, ReportedQuery
from service.wire import (
    AboutOut,
    AnswerOut,
    CitationOut,
    Cited,
    FeedbackIn,
    Filters,
    StatementOut,
    WithdrawnOut,
)

_PAUSE_SECONDS = 1.0
_LOOK_SECONDS = 0.5
_PAGE = 500


class RemoteDesk:
    """The service knows one principal for a key: workspaces are kept apart by their conversations, whose
    ids nobody else knows, and by the record of which answer went where. `patience`: seconds that a question
    waits for a place."""

    def __init__(
        self,
        client: Client,
        links: ReaderLinks,
        *,
        patience: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = client.url
        self._client = client
        self.link = links
        self._patience = patience
        self._sleep = sleep

    def ask(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        principal: str = OWNER,
        key: str | None = None,
        hearer: Hearer | None = None,
        filters: Filters | None = None,
    ) -> AnswerOut:
        """A question that the service still works on, such as one asked before a restart here, is waited
        for; and so is a place in its queue, which is shorter than ours."""
        request = chat_request(question, conversation_id, filters).model_dump(
            mode="json", exclude_none=True, by_alias=True
        )
        until, sent_key = time.monotonic() + self._patience, key and f"{principal}:{key}"
        while True:
            try:
                return self._streamed(request, sent_key, hearer)
            except (RequestConflict, Overloaded):
                if time.monotonic() > until:
                    raise
            self._sleep(_PAUSE_SECONDS)

    def answer(self, answer_id: str, *, principal: str = OWNER) -> AnswerOut:
        return AnswerOut.model_validate(self._client.answer(answer_id))

    def rate(self, answer_id: str, given: FeedbackIn, *, principal: str = OWNER, author: str = "") -> None:
        self._client.rate(answer_id, given.model_dump(exclude_none=True))

    def about(self) -> AboutOut:
        return AboutOut.model_validate(self._client.about())

    def shown_title(self, citation: CitationOut) -> ShownTitle:
        return self.article(citation.article.id, version=citation.article.version).shown_title

    def forget(self, conversation_ids: Sequence[str], *, principal: str = OWNER) -> None:
        """Raises what kept one from being deleted, after all were tried."""
        failed: ParleyError | None = None
        for id_ in conversation_ids:
            try:
                with suppress(ServiceLacks):  # one that never got an answer
                    self._client.delete_conversation(id_)
            except ParleyError as error:
                failed = error
        if failed is not None:
            raise failed

    def ingest(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        for source in sources:
            facts = {key: value for key, value in asdict(source.facts).items() if value}
            if source.id is not None:
                facts["id"] = source.id
            try:
                done = IngestedOut.model_validate(self._client.ingest(source.name, source.data, facts))
            except ParleyError as error:
                yield Ingested(source.name, Outcome.REFUSED, error=error)
            else:
                yield _ingested(source.name, done)

    def articles(self) -> list[ArticleSummary]:
        found: list[ArticleSummary] = []
        while True:
            page = ArticleList.model_validate(self._client.articles(limit=_PAGE, offset=len(found)))
            found += page.articles
            if not page.articles or len(found) >= page.total:
                return found

    def article(self, article_id: str, *, version: int | None = None) -> ArticleOut:
        return ArticleOut.model_validate(self._client.article(article_id, version))

    def text(self, article_id: str, *, version: int) -> str:
        return self._client.text(article_id, version)

    def search(self, asked: SearchIn) -> FoundList:
        return FoundList.model_validate(self._client.search(asked.model_dump(exclude_none=True)))

    def statements(self, query: ReportedQuery) -> ReportedList:
        return ReportedList.model_validate(self._client.statements(query.model_dump(exclude_none=True)))

    def history(self, article_id: str) -> HistoryOut:
        return HistoryOut.model_validate(self._client.history(article_id))

    def edit(self, article_id: str, given: ArticleEdit) -> Ingested:
        known = self.article(article_id)
        changes = given.model_dump(include=given.model_fields_set)
        done = IngestedOut.model_validate(self._client.edit(article_id, changes))
        return _ingested(known.shown_title.text, done)

    def delete(self, article_id: str) -> None:
        self._client.delete(article_id)

    def purge(self, article_id: str) -> None:
        self._client.delete(article_id, purge=True)

    def reindex(self, *, say: Callable[[str], None]) -> None:
        """While the service answers from the old index. Raises ServiceRefused where it failed."""
        told, now = 0, ReindexOut.model_validate(self._client.reindex(start=True))
        while now.state == "going":
            self._sleep(_LOOK_SECONDS)
            now = ReindexOut.model_validate(self._client.reindex())
            if (tenths := 10 * now.done // max(1, now.total)) > told and now.state == "going":
                told = tenths
                say(f"Indexed {now.done} of {now.total} passages ...")
        if now.failed is not None:
            raise ServiceRefused(now.failed, remedy="The old index is in use.")
        say(f"Indexed {now.total} passages.")

    def _streamed(self, request: dict[str, Any], key: str | None, hearer: Hearer | None) -> AnswerOut:
        for name, data in self._client.chat_events(request, key=key):
            if name == "done":
                return AnswerOut.model_validate(data["answer"])
            if name == "error":
                raise _refused(data)
            if hearer is not None:
                _tell(hearer, name, data)
        raise ServiceUnreachable("the service's answer broke off", remedy="Ask again.")


def _tell(hearer: Hearer, name: str, data: Mapping[str, Any]) -> None:
    if name == "status":
        hearer.stage(str(data["stage"]))
    elif name == "statement":
        cited = [_cited(citation) for citation in data["citations"]]
        hearer.statement(StatementOut.model_validate(data["statement"]), cited)


def _ingested(name: str, done: IngestedOut) -> Ingested:
    article, left_out = done.article, done.article.left_out
    span = None if left_out is None else Span(left_out.start, left_out.end)
    known = name, Outcome(done.outcome), article.id, article.version
    notes = tuple(done.notes)
    return Ingested(*known, left_out=span, duplicate_of=done.duplicate_of, notes=notes)


def _cited(citation: Mapping[str, Any]) -> Cited:
    return (WithdrawnOut if citation.get("withdrawn") else CitationOut).model_validate(citation)


def _refused(problem: Mapping[str, Any]) -> ParleyError:
    return ServiceRefused(str(problem["detail"]), remedy=str(problem["remedy"]))
