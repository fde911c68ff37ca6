"""Where Slack's questions are answered: in this process, or by a running service."""

from collections.abc import Sequence
from typing import Protocol

from pydantic import ValidationError

from service.errors import InvalidRequest
from service.wire import AboutOut, AnswerOut, ChatRequest, CitationOut, Cited, FeedbackIn, StatementOut


class Hearer(Protocol):
    """Told what becomes of a question, on the thread that asked it."""

    def stage(self, name: str) -> None:
        """ "condense", "search", "answer"."""

    def statement(self, statement: StatementOut, citations: Sequence[Cited]) -> None:
        """Verified, and part of the answer. The citations are those that were not told before."""


class Desk(Protocol):
    """Every call raises ParleyError. `principal` is the workspace's: what it asked is its own."""

    def ask(
        self, question: str, *, conversation_id: str, principal: str, key: str, hearer: Hearer
    ) -> AnswerOut:
        """The same answer for the same `key`, also when it is asked again after a crash."""

    def answer(self, answer_id: str, *, principal: str) -> AnswerOut:
        """An answer that was given before."""

    def rate(self, answer_id: str, given: FeedbackIn, *, principal: str, author: str) -> None: ...

    def about(self) -> AboutOut: ...

    def link(self, citation: CitationOut) -> str | None:
        """Where it opens for a reader without a key; None where it can't."""

    def forget(self, conversation_ids: Sequence[str], *, principal: str) -> None:
        """The conversations of a workspace that took the app away. Safe to repeat where it raised. Their text
        may leave the files only when the deliveries are forgotten, so that these are rewritten once."""


def chat_request(question: str, conversation_id: str) -> ChatRequest:
    """Raises InvalidRequest."""
    try:
        return ChatRequest(question=question, conversation_id=conversation_id)
    except ValidationError as exc:
        message = str(exc.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
        raise InvalidRequest(f"the question: {message}", remedy="Ask in 1 to 2,000 characters.") from exc
