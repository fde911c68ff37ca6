"""The desk of a running service, over HTTP."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from retrieval.errors import ParleyError
from service.desk.client import Client
from service.desk.desk import Hearer, chat_request
from service.desk.links import ReaderLinks
from service.errors import Overloaded, RequestConflict, ServiceLacks, ServiceRefused, ServiceUnreachable
from service.wire import AboutOut, AnswerOut, CitationOut, Cited, FeedbackIn, StatementOut, WithdrawnOut

_PAUSE_SECONDS = 1.0


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
        self._client = client
        self.link = links
        self._patience = patience
        self._sleep = sleep

    def ask(
        self, question: str, *, conversation_id: str, principal: str, key: str, hearer: Hearer
    ) -> AnswerOut:
        """A question that the service still works on, such as one asked before a restart here, is waited
        for; and so is a place in its queue, which is shorter than ours."""
        request = chat_request(question, conversation_id).model_dump(mode="json", exclude_none=True)
        until = time.monotonic() + self._patience
        while True:
            try:
                return self._streamed(request, f"{principal}:{key}", hearer)
            except (RequestConflict, Overloaded):
                if time.monotonic() > until:
                    raise
            self._sleep(_PAUSE_SECONDS)

    def answer(self, answer_id: str, *, principal: str) -> AnswerOut:
        return AnswerOut.model_validate(self._client.answer(answer_id))

    def rate(self, answer_id: str, given: FeedbackIn, *, principal: str, author: str) -> None:
        self._client.rate(answer_id, given.model_dump(exclude_none=True))

    def about(self) -> AboutOut:
        return AboutOut.model_validate(self._client.about())

    def forget(self, conversation_ids: Sequence[str], *, principal: str) -> None:
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

    def _streamed(self, request: dict[str, Any], key: str, hearer: Hearer) -> AnswerOut:
        for name, data in self._client.chat_events(request, key=key):
            if name == "status":
                hearer.stage(str(data["stage"]))
            elif name == "statement":
                cited = [_cited(citation) for citation in data["citations"]]
                hearer.statement(StatementOut.model_validate(data["statement"]), cited)
            elif name == "done":
                return AnswerOut.model_validate(data["answer"])
            elif name == "error":
                raise _refused(data)
        raise ServiceUnreachable("the service's answer broke off", remedy="Ask again.")


def _cited(citation: Mapping[str, Any]) -> Cited:
    return (WithdrawnOut if citation.get("withdrawn") else CitationOut).model_validate(citation)


def _refused(problem: Mapping[str, Any]) -> ParleyError:
    return ServiceRefused(str(problem["detail"]), remedy=str(problem["remedy"]))
