"""What a chat surface or a command asks of Parley, wherever it answers: in this process, or in a service that
runs. `open_desk` finds out which."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pydantic import ValidationError

from retrieval.outcome import Ingested
from retrieval.sources import Source
from service.articles import ArticleEdit, ArticleOut, ArticleSummary, HistoryOut, ShownTitle
from service.config import OWNER
from service.errors import InvalidRequest
from service.found import FoundList, SearchIn
from service.invalid import fault
from service.statements import ReportedList, ReportedQuery
from service.wire import (
    AboutOut,
    AnswerOut,
    ChatRequest,
    CitationOut,
    Cited,
    FeedbackIn,
    Filters,
    StatementOut,
)


class Hearer(Protocol):
    """Told what becomes of a question, on the thread that asked it."""

    def stage(self, name: str) -> None:
        """ "condense", "search", "answer"."""

    def statement(self, statement: StatementOut, citations: Sequence[Cited]) -> None:
        """Verified, and part of the answer. The citations are those that were not told before."""


class Desk(Protocol):
    """Every call raises ParleyError. `principal` is whose the conversations are: a surface names who asks, as
    in "slack:TEAM", and what they asked is their own. `url` is where the service serves that answers, if one
    does."""

    url: str

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
        """It begins a conversation where none is named, and names it. The same answer for the same `key`,
        also when it is asked again after a crash. Of the articles that fit `filters`, or of all."""

    def answer(self, answer_id: str, *, principal: str = OWNER) -> AnswerOut:
        """An answer that was given before."""

    def rate(
        self, answer_id: str, given: FeedbackIn, *, principal: str = OWNER, author: str = ""
    ) -> None: ...

    def about(self) -> AboutOut: ...

    def link(self, citation: CitationOut) -> str | None:
        """Where it opens for a reader without a key; None where it can't."""

    def shown_title(self, citation: CitationOut) -> ShownTitle:
        """Of the version that was cited, whatever became of the article."""

    def forget(self, conversation_ids: Sequence[str], *, principal: str = OWNER) -> None:
        """Such as the conversations of a workspace that took the app away. Safe to repeat where it raised.
        Their text may leave the files only when a surface forgets what it was sent, so that these are
        rewritten once."""

    def ingest(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        """What became of each, as it becomes of it: one that is refused stops no other."""

    def articles(self) -> list[ArticleSummary]: ...

    def article(self, article_id: str, *, version: int | None = None) -> ArticleOut:
        """Of the version, or the current one."""

    def text(self, article_id: str, *, version: int) -> str:
        """The text that offsets count in, exactly."""

    def search(self, asked: SearchIn) -> FoundList:
        """The nearest passages, without an answer."""

    def statements(self, query: ReportedQuery) -> ReportedList: ...

    def history(self, article_id: str) -> HistoryOut:
        """Its versions, as far as they are kept."""

    def edit(self, article_id: str, given: ArticleEdit) -> Ingested:
        """What is known of it, as a new version."""

    def delete(self, article_id: str) -> None:
        """No later answer finds it."""

    def purge(self, article_id: str) -> None:
        """Nor does an earlier one tell of it any more."""


def chat_request(question: str, conversation_id: str | None, filters: Filters | None = None) -> ChatRequest:
    """Checked before it is sent: what isn't Unicode could not even be. Raises InvalidRequest."""
    try:
        return ChatRequest(question=question, conversation_id=conversation_id, filters=filters)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        raise InvalidRequest(
            f"the {first['loc'][0]}: {fault(first)}",
            remedy="Ask in 1 to 2,000 characters, in a conversation that an answer named or in none.",
        ) from exc
