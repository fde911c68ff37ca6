"""What has been heard of a language model's answer: its statements handed over one by one, each with the
words that it relies on, and at the end what it says besides, in the question's words or ours."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from retrieval.article import Article, Quote
from service.answering import (
    PARLEY,
    Draft,
    Passage,
    Policy,
    ProposedConflict,
    Watch,
)
from service.answering.asked import read_broad, read_question
from service.answering.extractive import Cited, about, denying, notices, told_apart
from service.answering.generative.evidence import drafted, keyed, quoted, standing_in
from service.answering.generative.streamed import Stated, Streamed
from service.answering.verified import locate
from service.english import words

MOST_TOLD = 20  # statements of an answer
_MOST_STATED = 40  # of which so many may be tried
_MOST_PARTS = 8
_MOST_CONFLICTS = 4
_MOST_PREMISES = 4

BESIDE_QUESTION = "beside_the_question"
NO_CONFLICT = "conflict_not_in_quotes"
NOT_DENIED = "premise_not_denied"
MALFORMED = "malformed"


class Near(Protocol):
    """Nearness, or a stand-in."""

    def fits(self, question: str, passage: Passage, quote: Quote, shown: Sequence[Article] = ()) -> bool: ...


class Heard:
    """`stood` counts the statements that came through verification; `refused` by reason what didn't come so
    far. `drafts` are those handed to the watch, in order."""

    def __init__(
        self,
        question: str,
        passages: Sequence[Passage],
        watch: Watch,
        *,
        near: Near | None,
        policy: Policy = PARLEY,
    ) -> None:
        self.shown = keyed(passages)
        self._articles = tuple({passage.article.id: passage.article for passage in passages}.values())
        self.drafts: list[Draft] = []
        self.stood = 0
        self.refused = Counter[str]()
        self._asks = read_question(question)
        self._watch = watch
        # Words of what an overview is of stand everywhere, or nowhere.
        self._near = None if read_broad(question) else near
        self._policy = policy
        self._streamed = Streamed()
        self._said: list[str] = []
        self._stated = 0
        self._begun_anew = False
        self._waiting = 0  # drafts at most, handed over since something was told
        self._denied = False

    @property
    def said(self) -> str:
        return "".join(self._said)

    @property
    def readable(self) -> bool:
        """A statement that is lost in another form than asked for isn't taken for none."""
        return self._streamed.readable and bool(self._stated or not self._streamed.lost)

    @property
    def found_nothing(self) -> bool:
        """Whether it says, in a form that can be read, that there is nothing to say. What couldn't be read
        at first may have said something that mending lost."""
        return self.readable and not self._stated and not self._begun_anew

    def end(self) -> bool:
        """The answer is over: counts what came in another form, and says whether it could be read."""
        self.refused[MALFORMED] += self._streamed.malformed or int(not self.readable)
        return self.readable

    def left(self) -> bool:
        """Whether nobody waits any more. Asked all the while that the model is listened to: what has waited
        for its verdict is told meanwhile."""
        self.stood += self._watch.look()
        return self._watch.left

    def settle(self) -> None:
        """Once the model is done, however it ended."""
        self._tell_premise()
        self.stood += self._watch.settle()

    def begin_anew(self) -> None:
        self._begun_anew = True
        self._streamed = Streamed()
        self._said.clear()

    def hear(self, piece: str) -> bool:
        """Whether more is wanted."""
        self._said.append(piece)
        stated = self._streamed.feed(piece)
        if not self.drafts:
            self._tell_denied()
        for each in stated:
            if not self._wants_more():
                return False
            self._take(each)
        return self._wants_more() and not self._streamed.given_up

    def _wants_more(self) -> bool:
        """By what is told, which has to be known where what waits may be too much."""
        if self.stood + self._waiting >= MOST_TOLD and self._waiting:
            self.stood += self._watch.settle()
            self._waiting = 0
        return self.stood < MOST_TOLD and self._stated < _MOST_STATED

    def _take(self, stated: Stated) -> None:
        self._stated += 1
        draft = drafted(stated, self.shown, self.refused)
        kept = self._to_the_point(draft) if draft else None
        if kept is not None:
            self._hand(kept)

    def _tell_denied(self) -> None:
        """That the articles deny what the question takes for granted, ahead of what is said instead: not on
        the model's word, but where a sentence that it cites says so as far as code can tell."""
        denials = self._denials()
        if denials:
            self._denied = True
            self._hand(notices.denied())
            self._tell_once(denials)

    def _tell_premise(self) -> None:
        """What speaks against it and wasn't told; and that it does, if that came too late to stand first."""
        against, late = self._against(), [] if self._denied else self._denials()
        self._tell_once([*late, *against])
        if late:
            self._hand(notices.denied_above())
        self.refused[NOT_DENIED] += bool(against and not late and not self._denied)

    def _against(self) -> list[Cited]:
        keys = [key for premise in self._streamed.premise[:_MOST_PREMISES] for key in premise.cites]
        cited = [self.shown[key] for key in dict.fromkeys(keys) if key in self.shown][:_MOST_PARTS]
        return [one for one in cited if self._is_near(one.passage.quote(one.sentence))]

    def _denials(self) -> list[Cited]:
        against = self._against()
        if not against:
            return []
        shown = [cited.text for cited in self.shown.values()]
        denied = denying(self._asks, [one.text for one in against], shown, self._policy.conflicting)
        return [one for one in against if one.text in denied]

    def _tell_once(self, cited: Iterable[Cited]) -> None:
        for one in dict.fromkeys(cited):
            for draft in standing_in(one.passage.quote(one.sentence), one.passage):
                self._hand(replace(draft, once=True))

    def _hand(self, draft: Draft) -> None:
        self.drafts.append(draft)
        told = self._watch.draft(draft)
        self._waiting = 0 if told else self._waiting + 1
        self.stood += told

    def _to_the_point(self, draft: Draft) -> Draft | None:
        """Without the quotations that have nothing to do with what was asked, such as an order in an article
        to whoever reads it."""
        parts = [part for part in draft.parts if part.quote is None or self._is_near(part.quote)]
        self.refused[BESIDE_QUESTION] += len(draft.parts) - len(parts)
        if not parts:
            return None
        text = "".join(part.text for part in draft.parts)
        told = tuple(replace(part, text="" if at else text) for at, part in enumerate(parts))
        quotes = dict.fromkeys(part.quote for part in parts if part.quote is not None)
        instead = [each for quote in quotes for each in standing_in(quote, self._passages_of(quote)[0])]
        return replace(draft, parts=told, instead=tuple(instead))

    def _is_near(self, quote: Quote) -> bool:
        near = self._near
        if near is None:
            return True
        passages = self._passages_of(quote)
        return any(near.fits(self._asks.text, passage, quote, self._articles) for passage in passages)

    def _passages_of(self, quote: Quote) -> list[Passage]:
        return [
            passage
            for passage in dict.fromkeys(cited.passage for cited in self.shown.values())
            if passage.article.id == quote.article_id
            and passage.hit.chunk.start <= quote.start
            and quote.end <= passage.hit.chunk.end
        ]

    def unanswered(self) -> tuple[str, ...]:
        """In the question's own words: a model could say anything by naming what it didn't find."""
        named = (self._in_question(text) for text in self._streamed.unanswered[:_MOST_PARTS])
        return tuple(dict.fromkeys(named))

    def _in_question(self, text: str) -> str:
        asked = self._asks.text
        place = locate(text.strip(" ?.,;"), asked, near=0)
        if place is not None and len(words(text)) > 1:
            return asked[place.span.start : place.span.end]
        parts = [asked[part.start : part.end].strip(" ,?") for part in self._asks.parts]
        best = max(parts, key=lambda part: len(words(part) & words(text)))
        return best if len(parts) > 1 and words(best) & words(text) else asked

    def conflicts(self) -> tuple[ProposedConflict, ...]:
        """Those whose quotations differ as far as code can tell, under the question's own words."""
        found = []
        for differing in self._streamed.differ[:_MOST_CONFLICTS]:
            conflict = self._conflict(differing)
            if conflict is None:
                self.refused[NO_CONFLICT] += 1
            else:
                found.append(conflict)
        return tuple(dict.fromkeys(found))

    def _conflict(self, differing: Stated) -> ProposedConflict | None:
        parts = quoted(differing.cites, self.shown, self.refused)
        quotes = tuple(dict.fromkeys(part.quote for part in parts if part.quote is not None))
        return (
            ProposedConflict(about(self._asks), quotes)
            if told_apart(self._asks, quotes, self._policy.conflicting)
            else None
        )
