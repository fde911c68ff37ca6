"""A question becomes an answer.

standalone question -> search -> answer -> verify -> compose -> store
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial

from retrieval.article import Article, Hit, Quote
from retrieval.errors import ArticleNotFound
from retrieval.failpoints import reached
from retrieval.record import Record
from retrieval.search import Searcher
from retrieval.timing import Timings
from service.answering import (
    EXTRACTIVE,
    GENERATIVE,
    PARLEY,
    Answer,
    Answerer,
    Draft,
    Passage,
    Policy,
    Proposal,
    Status,
    Tokens,
)
from service.answering.composed import Assembly, Composer, quote_path
from service.answering.generative import Deliberation, tokens_of
from service.answers import AnswerStore, QuestionTurn, turn_of
from service.asides import Aside, Asides, Asked
from service.by_model import ByModel
from service.concluding import Searched, answer_of
from service.config import OWNER
from service.conversation import Suggestions, TurnText, Understood, understand_with
from service.errors import InvalidRequest
from service.listener import NOBODY, Listener
from service.next_questions import NextQuestions
from service.one_at_a_time import OneAtATime
from service.recalling import Recalling
from service.scope import Scope, scope_of
from service.searching import PASSAGES, Searching
from service.tracing import OFF, Fact, Tracing
from service.wire import AnswerOut, ChatRequest


@dataclass(frozen=True, slots=True)
class _Watch:
    """An answerer's view of who waits."""

    assembly: Assembly
    listener: Listener

    def draft(self, draft: Draft) -> int:
        return self.assembly.take(draft)

    def look(self) -> int:
        return self.assembly.look()

    def settle(self) -> int:
        return self.assembly.settle()

    @property
    def left(self) -> bool:
        return self.listener.left


class Chat:
    """`patience`: seconds that a question waits for the one before it in its conversation. `by_model`
    answers unless the request asks for the other. `made` is told of each answer that is stored."""

    def __init__(
        self,
        record: Record,
        searcher: Searcher,
        answerer: Answerer,
        store: AnswerStore,
        *,
        public_url: str | None = None,
        patience: float = 2.0,
        by_model: ByModel | None = None,
        policy: Policy = PARLEY,
        made: Callable[[AnswerOut], None] = lambda _: None,
        tracing: Tracing = OFF,
    ) -> None:
        self._made = made
        self._tracing = tracing
        self._record = record
        self._searcher = searcher
        self.searching = Searching(record, searcher, policy)
        self.search = self.searching.search
        self._answerer = answerer
        self._by_model = by_model
        self._policy = policy
        self._store = store
        self._public_url = public_url or ""
        self._turnstile = OneAtATime(patience=patience, database=record.database)
        self.suggestions = Suggestions(record, searcher, self._is_answered)
        self._next = NextQuestions(self._article, self.answer)
        recalling = Recalling(record, self._article)
        self._asides = Asides(
            *(record, store, recalling, self.suggestions, answerer, policy),
            answer=self.answer,
            find=self._found,
        )

    def ask(
        self,
        request: ChatRequest,
        *,
        principal: str = OWNER,
        key: str | None = None,
        listener: Listener = NOBODY,
    ) -> AnswerOut:
        """Answer, and store the answer; or give the one stored for this Idempotency-Key. Raises
        InvalidRequest, RequestConflict, IndexUnavailable, DataDirectoryError."""
        if request.answerer not in (None, EXTRACTIVE, self._by_model and self._by_model.name):
            which = "no language model is" if request.answerer == GENERATIVE else "it isn't"
            raise InvalidRequest(
                f"there is no {request.answerer} answerer here: {which} configured",
                remedy="Leave `answerer` out, ask for `extractive`, or set PARLEY_LLM_BASE_URL and "
                "PARLEY_LLM_MODEL (docs/models.md) or PARLEY_ANSWERER (docs/extending.md).",
            )
        with self._turnstile.turn(principal, request.conversation_id):
            turn = self._store.claim(turn_of(request, principal, key))
            if isinstance(turn, AnswerOut):
                return turn
            reached("chat.claimed")
            with self._tracing.span("question", parley_answer=turn.id) as span, self._store.abandoning(turn):
                listener.begun(turn)
                answer = AnswerOut.model_validate(self.answer(request, turn=turn, listener=listener))
                answer = answer.model_copy(update={"in_place_of": request.in_place_of})
                reached("chat.answered")
                with self._tracing.span("store"):
                    stored = self._store.finish(answer)
                span.tell(**_counted(stored))
        reached("chat.stored")
        self._made(stored)
        return stored

    def answer(
        self, request: ChatRequest, *, turn: QuestionTurn | None = None, listener: Listener = NOBODY
    ) -> Answer:
        """The answer alone, not stored."""
        turn = turn or turn_of(request, OWNER, None)
        timings = Timings(self._tracing.span)
        with timings.stage("filter"):
            scope = scope_of(self._record, request.filters)
            said = self._turns(request, turn.principal)
        turns = self.searching.named_turns(said, scope)
        asked = Asked(request, turn, turns, scope, listener, timings)
        aside = self._asides.of(asked)
        if aside is not None:
            return self._told(asked, aside)
        searched = self._searched(request, turns, scope, listener, timings)
        with self._deliberation(request, listener) as verdicts:
            assembly = self._assembly(listener, timings, scope, verdicts)
            listener.stage("answer")
            with timings.stage("answer"):
                proposal = self._proposal(asked, searched, _Watch(assembly, listener))
            return answer_of(request, turn, searched, scope, proposal, assembly, judged=verdicts)

    def next_questions(self, id_: str, *, principal: str = OWNER) -> list[str]:
        """That go on from an answer. Raises AnswerNotFound."""
        answer = self._store.get(id_, principal=principal)
        said = self._store.answers(answer.conversation_id, principal=principal)
        return self._next.after(answer, [*said, answer], self.suggestions.questions())

    def _told(self, asked: Asked, aside: Aside) -> Answer:
        """No model is asked, and nothing is searched for that wasn't asked before."""
        assembly = self._assembly(asked.listener, asked.timings, asked.scope)
        for stage in ("condense", "search", "answer"):  # every answer's events begin with these
            asked.listener.stage(stage)
        with asked.timings.stage("answer"):
            for text in aside.notices:
                assembly.add_notice(text)
        understood = Understood(aside.understood, aside.understood)
        searched = Searched(understood, None, self._record.corpus_version(), (), (), asked.timings)
        return answer_of(asked.request, asked.turn, searched, Scope(), aside.proposal, assembly)

    def _found(self, asked: Asked, question: str) -> list[Passage]:
        hits = self.searching.search(question, article_ids=asked.scope.article_ids, timings=asked.timings)
        return [self.opened(hit) for hit in hits]

    def _is_answered(self, question: str) -> bool:
        request = ChatRequest(question=question, answerer=EXTRACTIVE)
        return self.answer(request).status is Status.ANSWERED

    def _assembly(
        self, listener: Listener, timings: Timings, scope: Scope, verdicts: Deliberation | None = None
    ) -> Assembly:
        elsewhere = partial(self._searcher.elsewhere, only=scope.article_ids)
        composer = Composer(self._article, self._link, elsewhere=elsewhere)
        return Assembly(self._text, composer, tell=listener.statement, timings=timings, verdicts=verdicts)

    def _deliberation(
        self, request: ChatRequest, listener: Listener
    ) -> AbstractContextManager[Deliberation | None]:
        by_model = self._model_for(request)
        if by_model is None or by_model.judge is None or (request.wording or by_model.wording) == "quotes":
            return nullcontext()
        return closing(Deliberation(by_model.judge, left=lambda: listener.left))

    def _proposal(self, asked: Asked, searched: Searched, watch: _Watch) -> Proposal:
        """A model that failed on the question itself isn't asked for an answer too."""
        by_model = self._model_for(asked.request)
        rewritten = searched.rewritten
        fault = rewritten.fault if rewritten else None
        answerer = by_model.answerer if by_model and not fault else self._answerer
        after = self._asides.after(asked, searched) if answerer is self._answerer else None
        proposal = after or answerer.answer(
            searched.understood.standalone, searched.passages, timings=asked.timings, watch=watch
        )
        if rewritten is None:
            return proposal
        tokens = (proposal.tokens or Tokens()) + tokens_of(rewritten.spent)
        return replace(proposal, tokens=tokens, degraded=fault.code if fault else proposal.degraded)

    def _model_for(self, request: ChatRequest) -> ByModel | None:
        return None if request.answerer == EXTRACTIVE else self._by_model

    def _searched(
        self,
        request: ChatRequest,
        turns: Sequence[TurnText],
        scope: Scope,
        listener: Listener,
        timings: Timings,
    ) -> Searched:
        listener.stage("condense")
        with timings.stage("condense"):
            by_model = self._model_for(request)
            condenser = by_model.condenser if by_model else None
            question = self.searching.as_named(request.question, turns, scope)
            understood, rewritten = understand_with(
                condenser, question, turns, left=lambda: listener.left, policy=self._policy
            )
        listener.stage("search")
        with timings.stage("filter"):
            corpus_version = self._record.corpus_version()
        surveys = by_model is None
        with self._tracing.span("retrieval") as span:
            found = self.searching.found(understood, scope, timings, surveys=surveys)
            meant = self.searching.named(understood, found)
            if meant != understood:
                understood, found = meant, self.searching.found(meant, scope, timings, surveys=surveys)
            with timings.stage("read"):
                passages = [self.opened(hit) for hit in found.hits]
            span.tell(parley_passages=len(passages))
        hits = found.hits[:PASSAGES]
        return Searched(understood, rewritten, corpus_version, hits, passages, timings, found.articles)

    def _turns(self, request: ChatRequest, principal: str) -> list[TurnText]:
        """What was said before: as the client tells it, else as this conversation is stored."""
        if request.history is not None:
            return [TurnText(turn.role, turn.text) for turn in request.history]
        if request.conversation_id is not None:
            id_, until = request.conversation_id, request.in_place_of
            return self._store.turns(id_, until=until, principal=principal)
        return []

    def opened(self, hit: Hit) -> Passage:
        """A hit with its article, as an answerer gets it."""
        opened = self._searcher.open(hit.chunk.article_id, hit.chunk.version)
        near = opened.chunks.around(hit.chunk)
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


def _counted(answer: AnswerOut) -> dict[str, Fact | None]:
    return {
        "parley_status": answer.status,
        "parley_answerer": answer.produced_by.answerer,
        "parley_statements": len(answer.statements),
        "parley_citations": len(answer.citations),
        "parley_dropped": sum(answer.diagnostics.dropped.values()),
        "parley_degraded": answer.diagnostics.degraded,
    }
