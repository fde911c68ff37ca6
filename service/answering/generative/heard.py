"""What has been heard of a language model's answer: its statements handed over one by one, each with the
words that it relies on, and at the end what it says besides, in the question's words or ours."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from retrieval.article import Article, Quote
from service.answering import (
    PARLEY,
    Draft,
    DraftPart,
    Passage,
    Policy,
    ProposedConflict,
    Watch,
)
from service.answering.asked import read_broad, read_question
from service.answering.extractive import about, notices, told_apart
from service.answering.generative.evidence import drafted, keyed, quoted, standing_in
from service.answering.generative.streamed import Stated, Streamed
from service.answering.verified import locate
from service.english import words

MOST_TOLD = 20  # statements of an answer
_MOST_STATED = 40  # of which so many may be tried
_MOST_PARTS = 8
_MOST_CONFLICTS = 4

BESIDE_QUESTION = "beside_the_question"
NO_CONFLICT = "conflict_not_in_quotes"
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
        self._against: list[Quote] = []

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
        self._tell_against()
        self.stood += self._watch.settle()

    def begin_anew(self) -> None:
        self._begun_anew = True
        self._streamed = Streamed()
        self._said.clear()

    def hear(self, piece: str) -> bool:
        """Whether more is wanted."""
        self._said.append(piece)
        stated = self._streamed.feed(piece)
        self._doubt()
        for each in stated:
            if not self._wants_more():
                return False
            self._take(each)
        return self._wants_more() and not self._streamed.given_up

    def _wants_more(self) -> bool:
        return self.stood < MOST_TOLD and self._stated < _MOST_STATED

    def _take(self, stated: Stated) -> None:
        self._stated += 1
        draft = drafted(stated, self.shown, self.refused)
        kept = self._to_the_point(draft) if draft else None
        if kept is not None:
            self._hand(kept)

    def _doubt(self) -> None:
        """Once, that what the question takes for granted is spoken against, ahead of what is said instead."""
        if self._against or not self._streamed.premise:
            return
        against = self._streamed.premise[0]
        parts = [part for part in quoted(against.cites, self.shown, self.refused) if self._is_near(part)]
        if parts:
            self._against = [part.quote for part in parts if part.quote]
            self._hand(notices.doubted())

    def _hand(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.stood += self._watch.draft(draft)

    def _tell_against(self) -> None:
        """What no statement cites of what speaks against it."""
        cited = [part.quote for draft in self.drafts for part in draft.parts if part.quote]
        for quote in self._against:
            if not any(_within(quote, other) for other in cited):
                for draft in standing_in(quote, self._passages_of(quote)[0]):
                    self._hand(draft)

    def _to_the_point(self, draft: Draft) -> Draft | None:
        """Without the quotations that have nothing to do with what was asked, such as an order in an article
        to whoever reads it."""
        parts = [part for part in draft.parts if self._is_near(part)]
        self.refused[BESIDE_QUESTION] += len(draft.parts) - len(parts)
        if not parts:
            return None
        text = "".join(part.text for part in draft.parts)
        told = tuple(replace(part, text="" if at else text) for at, part in enumerate(parts))
        quotes = dict.fromkeys(part.quote for part in parts if part.quote is not None)
        instead = [each for quote in quotes for each in standing_in(quote, self._passages_of(quote)[0])]
        return replace(draft, parts=told, instead=tuple(instead))

    def _is_near(self, part: DraftPart) -> bool:
        near, quote = self._near, part.quote
        if near is None or quote is None:
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


def _within(one: Quote, other: Quote) -> bool:
    same = (one.article_id, one.version) == (other.article_id, other.version)
    return same and other.start <= one.start and one.end <= other.end
