"""Drafts become an answer's statements one by one, so that each can be told before the next is made."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.article import Quote
from retrieval.timing import Timings
from service.answering import (
    Citation,
    Conflict,
    Draft,
    DraftPart,
    Proposal,
    Statement,
    StatementKind,
    Status,
    Worded,
    headings,
)
from service.answering.composed.compose import Composed, Composer, key_of
from service.answering.said import event_day
from service.answering.verified import (
    Asking,
    Exhibit,
    TextOf,
    Verdicts,
    Verified,
    Word,
    joined,
    sentences_in,
    shared,
    verify,
)

REPEATED = "repeated"
_MOSTLY = 0.7  # of a quotation
_RETOLD = 0.5  # of its words
HEADING = "heading_not_in_article"
Told = tuple[StatementKind, tuple[tuple[str, Quote | None], ...]]
Tell = Callable[[Statement, Sequence[Citation]], None]


@dataclass(frozen=True, slots=True)
class _Held:
    """A draft as far as it is verified: `asked` is what a judge was asked of it, `word` what it answered."""

    draft: Draft
    verified: Verified
    asked: tuple[str, tuple[Exhibit, ...]] | None = None
    word: Word | None = None

    @property
    def waits(self) -> bool:
        return self.asked is not None and self.word is None


class Assembly:
    """Verifies and numbers what an answerer hands over. `tell` is given each statement as it will stand in
    the answer, with the citations that it is the first to use. What waits for one of the `verdicts` has what
    comes after it wait too, so that an answer keeps its order."""

    def __init__(
        self,
        text_of: TextOf,
        composer: Composer,
        *,
        tell: Tell,
        timings: Timings,
        verdicts: Verdicts | None = None,
    ) -> None:
        self._text_of = text_of
        self._composer = composer
        self._tell = tell
        self._timings = timings
        self._verdicts = verdicts
        self._taken = 0
        self._held: deque[_Held] = deque()
        self._kinds: list[StatementKind] = []
        self._last: Draft | None = None
        self._told = set[Told]()
        self._quoted = defaultdict[tuple[str, int], set[int]](set)
        self.dropped: Counter[str] = Counter()
        self.worded: list[Worded] = []

    def take(self, draft: Draft) -> int:
        """A proposed draft, whole: what of it stands is told, unless it has to wait. Counted is what is told
        now, of this one or those before it, and claims something."""
        self._taken += 1
        with self._timings.stage("verify"):
            self._held.append(self._read(draft))
        return self.look()

    def look(self) -> int:
        """Tells what waits no more."""
        told = 0
        while self._held and not (first := self._again(self._held[0])).waits:
            self._held.popleft()
            stands = self._stands(first)
            self._add(stands)
            told += sum(draft.kind is not StatementKind.NOTICE for draft in stands)
        return told

    def settle(self) -> int:
        """Tells all that waits, however long it takes."""
        told = self.look()
        while self._held and self._verdicts is not None:
            self._verdicts.wait()
            told += self.look()
        return told

    def conclude(self, proposal: Proposal) -> Status:
        """The drafts that were not handed over before. An answer without a claim, or without a word, is an
        abstention, whatever its answerer calls it."""
        self.settle()
        with self._timings.stage("verify"):
            read = [self._read(draft) for draft in proposal.drafts[self._taken :]]
        rest = [draft for held in read for draft in self._stands(self._settled(held))]
        kinds = [*self._kinds, *(draft.kind for draft in rest)]
        claims = proposal.status in (Status.ANSWERED, Status.PARTIAL)
        if any(kind is not StatementKind.NOTICE or not claims for kind in kinds):
            self._add(rest)
            return proposal.status
        self._add([_nothing_left()])
        return Status.ABSTAINED

    def add_notice(self, text: str) -> None:
        """Of the service itself, about the search: not for an answerer to say, so not verified."""
        self._add([Draft(StatementKind.NOTICE, (DraftPart(text),))])

    def composed(self) -> Composed:
        return self._composer.composed()

    def conflicts(self, proposal: Proposal) -> tuple[Conflict, ...]:
        """Those of which every side is cited."""
        citations = self.composed().citations
        found = []
        for conflict in proposal.conflicts:
            cited = [_number(quote, citations) for quote in conflict.quotes]
            sides = tuple(sorted({number for number in cited if number is not None}))
            if len(sides) > 1 and None not in cited:
                found.append(Conflict(conflict.about, sides))
        return tuple(found)

    def _read(self, draft: Draft) -> _Held:
        judge = Asking(self._verdicts) if self._verdicts is not None else None
        verified = verify([draft], self._text_of, self._composer.facts_of, judge=judge)
        return _Held(draft, verified, judge.asked if judge else None, judge.word if judge else None)

    def _again(self, held: _Held) -> _Held:
        """Read again, if the word that it waits for has come."""
        if held.asked is None or held.word is not None or self._verdicts is None:
            return held
        if self._verdicts.of(*held.asked) is None:
            return held
        with self._timings.stage("verify"):
            return self._read(held.draft)

    def _settled(self, held: _Held) -> _Held:
        while (now := self._again(held)).waits and self._verdicts is not None:
            self._verdicts.wait()
        return now

    def _stands(self, held: _Held) -> Sequence[Draft]:
        verified = held.verified
        self.dropped.update(verified.dropped)
        if held.draft.kind is StatementKind.PARAPHRASE:
            told = any(draft.kind is StatementKind.PARAPHRASE for draft in verified.drafts)
            self.worded.append(Worded(told, tuple(verified.dropped), held.word and held.word.value))
        in_place = held.draft.once or held.draft.kind is StatementKind.PARAPHRASE
        new = [draft for draft in verified.drafts if self._is_new(draft, in_place)]
        if in_place and all(draft.kind is StatementKind.QUOTE for draft in new):
            above = self._last if self._last and self._last.kind is StatementKind.QUOTE else None
            new = joined(new, above, self._text_of, self._composer.facts_of)
        stands = [self._under_a_sound_heading(draft) for draft in new]
        self._last = stands[-1] if stands else self._last
        return stands

    def _under_a_sound_heading(self, draft: Draft) -> Draft:
        quotes = [part.quote for part in draft.parts if part.quote]
        if draft.heading is None or any(
            self._bears_out(draft.heading, quote, first=not at) for at, quote in enumerate(quotes)
        ):
            return draft
        self.dropped[HEADING] += 1
        return replace(draft, heading=None)

    def _bears_out(self, heading: str, quote: Quote, *, first: bool) -> bool:
        """The day of an event is told by the `first` alone; what stands beside it may tell another."""
        article = self._composer.article_of(quote.article_id, quote.version)
        told = event_day(quote.text, article.facts.published) if first else None
        return headings.is_sound(heading, article, told=told)

    def _is_new(self, draft: Draft, in_place: bool) -> bool:
        """Nothing is told twice in the same words; in the place of a statement, nothing whose quotation has
        mostly been told, or bears out what was."""
        told = draft.kind, tuple((part.text, part.quote) for part in draft.parts)
        quotes = [part.quote for part in draft.parts if part.quote]
        again = in_place and draft.kind is StatementKind.QUOTE and any(map(self._was_quoted, quotes[:1]))
        if told in self._told or again:
            self.dropped[REPEATED] += 1
            return False
        self._told.add(told)
        if draft.kind is StatementKind.PARAPHRASE:
            text = "".join(part.text for part in draft.parts)
            quotes = [each for quote in quotes for each in self._retold(quote, text)]
        for quote in quotes if draft.kind is not StatementKind.NOTICE else []:
            self._quoted[quote.article_id, quote.version].update(range(quote.start, quote.end))
        return True

    def _retold(self, quote: Quote, statement: str) -> list[Quote]:
        """The sentences of a quotation that a statement tells most of."""
        sentences = sentences_in(quote, self._text_of(quote.article_id, quote.version) or "")
        return [each for each in sentences if shared(each.text, statement) >= _RETOLD]

    def _was_quoted(self, quote: Quote) -> bool:
        before = self._quoted[quote.article_id, quote.version]
        return len(before.intersection(range(quote.start, quote.end))) > _MOSTLY * len(quote.text)

    def _add(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            with self._timings.stage("compose"):
                statement, citations = self._composer.add(draft)
            self._kinds.append(draft.kind)
            self._tell(statement, citations)


def _number(quote: Quote, citations: Sequence[Citation]) -> int | None:
    """Of the citation that has the quotation in it."""
    for citation in citations:
        of = citation.quote
        if key_of(of)[:2] == key_of(quote)[:2] and of.start <= quote.start and quote.end <= of.end:
            return citation.id
    return None


def _nothing_left() -> Draft:
    return Draft(
        StatementKind.NOTICE,
        (DraftPart("I found no passage whose words could be verified for this question."),),
    )
