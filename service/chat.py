"""A question becomes an answer.

standalone question -> search -> answer -> verify -> compose -> store
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from retrieval.article import Article, Hit, Quote
from retrieval.errors import ArticleNotFound
from retrieval.llama import ArticleRetriever
from retrieval.record import Record
from retrieval.search import Context, Searcher, neighbours
from retrieval.timing import Timings
from service.answering.answer import (
    Answer,
    Diagnostics,
    Draft,
    DraftPart,
    Kind,
    ProducedBy,
    Proposal,
    Status,
)
from service.answering.compose import Composer, quote_path
from service.answering.passage import Passage
from service.answering.verify import Verified, verify
from service.answers import AnswerStore
from service.conversation import TurnText, Understood, understand
from service.errors import InvalidRequest
from service.wire import AnswerOut, ChatRequest, Filters, answer_out

PASSAGES = 20
EXTRACTIVE = "extractive"


class Answerer(Protocol):
    def answer(self, question: str, passages: Sequence[Passage], *, timings: Timings) -> Proposal: ...


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which articles a question may be answered from; None is all. `undated` counts those that a date
    filter left out for want of a date."""

    article_ids: frozenset[str] | None
    undated: int = 0


class Chat:
    def __init__(
        self,
        record: Record,
        searcher: Searcher,
        answerer: Answerer,
        store: AnswerStore,
        *,
        public_url: str | None = None,
    ) -> None:
        self._record = record
        self._searcher = searcher
        self._answerer = answerer
        self._store = store
        self._public_url = public_url or ""

    def ask(self, request: ChatRequest) -> AnswerOut:
        """Answer, and store the answer. Raises InvalidRequest, IndexUnavailable, DataDirectoryError."""
        if request.answerer not in (None, EXTRACTIVE):
            raise InvalidRequest(
                f"there is no {request.answerer} answerer here: no language model is configured",
                remedy="Leave `answerer` out, or ask for `extractive`.",
            )
        answer = answer_out(self.answer(request))
        self._store.save(answer)
        return answer

    def search(
        self,
        question: str,
        *,
        article_ids: frozenset[str] | None,
        context: Context | None = None,
        timings: Timings,
    ) -> list[Hit]:
        """`context` is what was said before it."""
        retriever = ArticleRetriever(
            self._searcher, k=PASSAGES, article_ids=article_ids, context=context, timings=timings
        )
        return retriever.hits(question)

    def answer(self, request: ChatRequest) -> Answer:
        """The answer alone, not stored."""
        timings = Timings()
        with timings.stage("condense"):
            understood = understand(request.question, self._turns(request))
            question = understood.standalone
        with timings.stage("filter"):
            scope = self._scope(request.filters)
            corpus_version = self._record.corpus_version()
        hits = self.search(
            question, article_ids=scope.article_ids, context=understood.context, timings=timings
        )
        with timings.stage("read"):
            passages = [self._passage(hit) for hit in hits]
        with timings.stage("answer"):
            proposal = self._answerer.answer(understood.read, passages, timings=timings)
            proposal = replace(proposal, unanswered=_as_shown(proposal.unanswered, understood))
        with timings.stage("verify"):
            verified = verify(proposal.drafts, self._text)
            proposal = _as_verified(proposal, verified, question)
        with timings.stage("compose"):
            drafts = (*proposal.drafts, *_notices(scope))
            composed = Composer(self._article, self._link).compose(drafts)
        return Answer(
            id=f"ans_{uuid.uuid4().hex}",
            conversation_id=request.conversation_id or f"c_{uuid.uuid4().hex}",
            question=request.question,
            standalone_question=question,
            status=proposal.status,
            text=composed.text,
            statements=composed.statements,
            citations=composed.citations,
            unanswered=proposal.unanswered,
            conflicts=(),
            produced_by=ProducedBy(EXTRACTIVE, corpus_version),
            diagnostics=Diagnostics(
                dropped=verified.dropped,
                hits=tuple(hits) if "hits" in (request.include or ()) else None,
                confidence=proposal.confidence,
            ),
            timings=timings.as_dict(),
        )

    def _turns(self, request: ChatRequest) -> list[TurnText]:
        """What was said before: as the client tells it, else as this conversation is stored."""
        if request.history is not None:
            return [TurnText(turn.role, turn.text) for turn in request.history]
        if request.conversation_id is not None:
            return self._store.turns(request.conversation_id)
        return []

    def _scope(self, filters: Filters | None) -> _Scope:
        if filters is None or not filters.model_dump(exclude_none=True):
            return _Scope(None)
        bounds = [day for day in (filters.to, filters.as_of) if day is not None]
        ids = self._record.select_articles(
            ids=filters.article_ids,
            outlets=filters.outlets,
            published_from=filters.from_,
            published_to=min(bounds, key=lambda day: day[:10]) if bounds else None,
        )
        unknown = set(filters.article_ids or ()) - self._record.existing(filters.article_ids or ())
        if unknown:
            raise InvalidRequest(
                f"filters.article_ids: there is no article {min(unknown)}",
                remedy="GET /v1/articles lists the articles; leave out those that were deleted.",
            )
        dated = bool(bounds or filters.from_)
        return _Scope(frozenset(ids), self._record.undated_count() if dated else 0)

    def _passage(self, hit: Hit) -> Passage:
        opened = self._searcher.open(hit.chunk.article_id, hit.chunk.version)
        near = neighbours(opened.chunks, hit.chunk)
        return Passage(hit, opened.article, tuple(s for chunk in near for s in chunk.sentences))

    def _article(self, id_: str, version: int) -> Article:
        return self._searcher.open(id_, version).article

    def _text(self, id_: str, version: int) -> str | None:
        try:
            return self._article(id_, version).text
        except ArticleNotFound:
            return None

    def _link(self, quote: Quote) -> str:
        return self._public_url + quote_path(quote)


def _as_shown(unanswered: tuple[str, ...], understood: Understood) -> tuple[str, ...]:
    """The whole question is named as it is shown, not with what stood before it to read it."""
    return tuple(understood.standalone if text == understood.read else text for text in unanswered)


def _notices(scope: _Scope) -> list[Draft]:
    if not scope.undated:
        return []
    were = (
        "1 article without a date was"
        if scope.undated == 1
        else f"{scope.undated} articles without a date were"
    )
    return [Draft(Kind.NOTICE, (DraftPart(f"{were} left out of the search."),))]


def _nothing_left() -> Draft:
    return Draft(
        Kind.NOTICE, (DraftPart("I found no passage whose words could be verified for this question."),)
    )


def _as_verified(proposal: Proposal, verified: Verified, question: str) -> Proposal:
    """What verification left of it. An answer without a claim, or without a word, is an abstention."""
    claims = proposal.status in (Status.ANSWERED, Status.PARTIAL)
    if any(draft.kind is not Kind.NOTICE or not claims for draft in verified.drafts):
        return replace(proposal, drafts=verified.drafts)
    return replace(proposal, status=Status.ABSTAINED, drafts=(_nothing_left(),), unanswered=(question,))
