"""What isn't searched for: small talk, what is in another language, what is asked of the answer before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from retrieval.record import Record
from retrieval.timing import Timings
from service.about import about
from service.answering import EXTRACTIVE, Answer, Answerer, Passage, Policy, Proposal, Rule, Status
from service.answering.asked import read_broad
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer, Leaning
from service.answers import AnswerStore, QuestionTurn
from service.asking_back import which_bearer, which_one
from service.concluding import Searched
from service.conversation import (
    Recall,
    Suggestions,
    TurnText,
    answers_since,
    doubting,
    language_of,
    last_asked,
    recalled,
    says_nothing,
    small_talk,
)
from service.further import more, others, shortest
from service.introducing import in_english, introduction
from service.listener import Listener
from service.recalling import Before, Recalling, before, nothing_told, tells
from service.scope import Scope
from service.told_before import told_in
from service.wire import AnswerOut, ChatRequest

_NO_QUESTION = Proposal(Status.CLARIFICATION, ())


@dataclass(frozen=True, slots=True)
class Asked:
    """`turns` are what was said before it."""

    request: ChatRequest
    turn: QuestionTurn
    turns: Sequence[TurnText]
    scope: Scope
    listener: Listener
    timings: Timings


@dataclass(frozen=True, slots=True)
class Aside:
    """`notices` are of the service itself; what is proposed is verified."""

    understood: str
    proposal: Proposal = _NO_QUESTION
    notices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Asides:
    """`answer` answers a question again, `find` finds passages for it."""

    record: Record
    store: AnswerStore
    recalling: Recalling
    suggestions: Suggestions
    answerer: Answerer
    policy: Policy
    answer: Callable[[ChatRequest], Answer]
    find: Callable[[Asked, str], Sequence[Passage]]

    def of(self, asked: Asked) -> Aside | None:
        typed, rules = asked.request.question, self.policy.rules
        talk = small_talk(typed, first=not asked.turns)
        if talk is not None and Rule.SMALL_TALK in rules:
            return Aside(typed, notices=introduction(talk, about(self.record, self.suggestions)))
        language = language_of(typed)
        if language is not None and Rule.FOREIGN in rules:
            return Aside(typed, notices=in_english(language, self.record.languages()))
        if not asked.turns and read_broad(typed) is not None:
            return None
        lost = asked.turns and says_nothing(typed)
        aside = Aside(typed, nothing_told(None)) if lost else self._recalled(asked)
        return aside if aside is not None and Rule.RECALLED in rules else None

    def after(self, asked: Asked, searched: Searched) -> Proposal | None:
        """Of a question that leans on an answer that is known: read behind what that told, too."""
        understood = searched.understood
        by = self._precise()
        open_ = understood.context is not None and Rule.LEANING in self.policy.rules
        known = self._before(asked) if by and open_ else None
        told = [one for one in self.recalling.told(known, asked.scope) if one.claimed] if known else []
        if not told or by is None:
            return None
        back = which_bearer(asked.request.question, told, searched.passages)
        if back or not understood.leans:
            return back or which_one(understood.searched, told)
        back = which_one(understood.searched, told)
        if back:
            return back
        leans = Leaning(understood.searched, understood.standalone, tuple(one.quote for one in told))
        behind = self.find(asked, list(leans.readings())[-1])
        both = [one for pair in zip_longest(searched.passages, behind) for one in pair if one]
        passages = {one.hit.chunk.id: one for one in both}
        return by.answer_after(leans, list(passages.values()), timings=asked.timings)

    def _recalled(self, asked: Asked) -> Aside | None:
        """None also where the answer before isn't known."""
        typed = asked.request.question
        asks = recalled(typed) or (doubting(typed) if asked.turns else None)
        known = self._before(asked) if asks else None
        if asks is None or known is None:
            lost = asks is not None and asks.alone and not (asked.request.history or asks.figures)
            return Aside(typed, nothing_told(None)) if lost else None
        told, by = self.recalling.told(known, asked.scope), self._precise()
        told = [one for one in told if asks.told_in(one.quote.text)] if asks.figures else told
        if asks.figures and not told:
            return None
        if not told and asks.kind is not Recall.MORE:
            return Aside(known.shown(asks), nothing_told(known)) if asks.alone else None
        if asks.kind is Recall.OTHERS:
            proposal: Proposal | None = others(known, told, partial(self.find, asked), by, self.policy)
        elif asks.kind is Recall.MORE:
            proposal = more(known, partial(self.find, asked), by, self.policy) if by else None
        elif asks.kind is Recall.SHORTER:
            one = shortest(known, told, partial(self.find, asked), by) if by else told[0]
            proposal = Proposal(Status.ANSWERED if one.claimed else Status.ABSTAINED, (one.draft,))
        else:
            back = None if asks.alone or " " not in asks.asked else which_one(asks.asked, told)
            proposal = back or self.recalling.proposal(asks, known, told)
        return Aside(known.shown(asks), proposal) if proposal else None

    def _precise(self) -> ExtractiveAnswerer | None:
        return self.answerer.precise if isinstance(self.answerer, BroadAnswerer) else None

    def _before(self, asked: Asked) -> Before | None:
        """The question before, with its answers: as they are stored; else by what the client tells of them
        that stands in articles; else made again, unless what the client tells is another answer."""
        request, id_ = asked.request, asked.request.conversation_id
        if request.history is None:
            until, principal = request.in_place_of, asked.turn.principal
            return before(self.store.answers(id_, until=until, principal=principal)) if id_ else None
        last = last_asked(asked.turns, self.policy)
        if last is None:
            return None
        quoted = [
            told_in(text, partial(self.find, asked)) for text in answers_since(asked.turns, self.policy)
        ]
        if any(quoted):
            return Before(last.question, quoted=tuple(tuple(quotes) for quotes in quoted if quotes))
        again = ChatRequest(question=last.question, filters=request.filters, answerer=EXTRACTIVE)
        answer = AnswerOut.model_validate(self.answer(again))
        return Before(last.question, (answer,)) if not last.answer or tells(answer, last.answer) else None
