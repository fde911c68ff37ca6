"""What is asked of the answer before, answered from it: who said it, in which article, when, where, shorter.

The quotations are those that the answer cited, as far as their articles are still searched, and are proposed
anew: verified like any answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.article import Article, Quote, Span
from retrieval.record import Record
from service.answering import Draft, DraftPart, Proposal, Said, StatementKind, Status
from service.answering.asked import Wanted, holds, read_question
from service.answering.extractive import BEFORE
from service.answering.said import reported, said_of, sentences_around
from service.answering.verified import Lead, known_lead
from service.conversation import Recall, Recalled, language_of, recalled, small_talk
from service.english import masked, plain_words, quoted_spans, words
from service.scope import Scope
from service.wire import AnswerOut, CitationOut, StatementOut

_MOST = 5  # quotations that are told again
_WHAT = "What do you mean? Please name it in the question."
_NOTHING_STANDS = "I found nothing of the answer before in the articles that are here now."
_UNKNOWN = {
    Recall.SPEAKER: "I found no speaker whom the article names for this.",
    Recall.ARTICLE: "I found no outlet, day or title of the article.",
    Recall.PUBLISHED: "I found no day on which the article was published.",
}
_NO_DAY = "I found no day on which this was said, nor one on which the article was published."
_NO_PLACE = "I found no place where this was said, nor to whom."


@dataclass(frozen=True, slots=True)
class Before:
    """The question before, as it was understood, and the answers since, oldest first: its own, and those to
    what was asked of it; or, where a client alone knows them, what each was found to quote."""

    question: str
    answers: tuple[AnswerOut, ...] = ()
    quoted: tuple[tuple[Quote, ...], ...] = ()

    @property
    def quotes(self) -> list[Quote]:
        stored = (quote_of(citation) for answer in self.answers for citation in answer.cited)
        return [*stored, *(quote for quotes in self.quoted for quote in quotes)]

    def shown(self, asks: Recalled) -> str:
        """Behind what the question was read in, if that is shown: questions of answers don't pile up."""
        stood = re.split(r"(?<=\w): | – ", self.question, maxsplit=1)[0]
        return f"{stood.rstrip('?!. ')}: {asks.asked}?"


def before(answers: Sequence[AnswerOut]) -> Before | None:
    """Of a conversation's answers, oldest first. None where no question was answered."""
    since: list[AnswerOut] = []
    for answer in reversed(answers):
        if small_talk(answer.question, first=False) or language_of(answer.question):
            continue
        since.insert(0, answer)
        asks = recalled(answer.question)
        if asks is None:
            return Before(answer.standalone_question, tuple(since))
        if not answer.standalone_question.endswith(f": {asks.asked}?"):
            return None if asks.alone else Before(answer.standalone_question, tuple(since))
    return None


def quote_of(citation: CitationOut) -> Quote:
    article, quote = citation.article, citation.quote
    return Quote(article.id, article.version, quote.start, quote.end, quote.text)


@dataclass(frozen=True, slots=True)
class Told:
    """A quotation that was told, and the statement that it was told in."""

    quote: Quote
    said: Said | None
    article: Article
    draft: Draft

    @property
    def claimed(self) -> bool:
        """Not merely shown as what is nearest."""
        return self.draft.kind is not StatementKind.NOTICE

    def led(self, lead: str | None) -> Draft:
        """With another lead-in."""
        at = [part.quote for part in self.draft.parts].index(self.quote)
        quoted = DraftPart(self.quote.text, self.quote, self.said)
        beside = self.draft.parts[at + 1 :] if self.draft.kind is StatementKind.QUOTE else ()
        return Draft(StatementKind.QUOTE, (*((DraftPart(lead),) if lead else ()), quoted, *beside))

    def known(self, lead: Lead) -> str | None:
        return known_lead(lead, said_of(self.quote, self.article.text), self.article.facts)

    def in_time(self) -> "Told":
        """With the sentence before, in its paragraph, where that alone names a time, and nobody says it."""
        before = self._before()
        known = self.known(Lead.DAY) or self.led(None).parts[1:] or self._timed()
        if known or before is None or not holds(Wanted.TIME, before.text, ""):
            return self
        return replace(self, draft=self._behind(before))

    def _timed(self) -> bool:
        """In the reporter's own words."""
        text = self.quote.text
        return holds(Wanted.TIME, masked(text, quoted_spans(text), start=0, end=len(text)), "")

    def _before(self, *, said: bool = False) -> Quote | None:
        """`said`: be it somebody's words."""
        text, quote = self.article.text, self.quote
        for one in reversed(sentences_around(quote, text)):
            if one.end <= quote.start:
                before = replace(quote, start=one.start, end=one.end, text=text[one.start : one.end])
                near = "\n" not in text[one.end : quote.start]
                return before if near and (said or said_of(before, text) is None) else None
        return None

    def speaker(self) -> str | None:
        return self.said.speaker if self.said else None

    def in_full(self) -> "Told":
        """With the whole name that the article gives whoever said it."""
        said = self.said
        if said is None or said.speaker is None:
            return self
        last = plain_words(said.speaker)[-1:]
        names = {
            one.who for one in reported(self.article) if one.who and not one.depth and self._in(one.sentence)
        }
        whole = [n for n in names if plain_words(n)[-1:] == last and n in self.article.text]
        return replace(self, said=replace(said, speaker=whole[0])) if len(whole) == 1 else self

    def introduced(self) -> "Told":
        """With the sentence before, in its paragraph, where it doesn't itself name who says it."""
        who, before = self.speaker() or "", self._before(said=True)
        last = plain_words(who)[-1:] if who[:1].isupper() else []
        if before is None or self.draft.parts[1:] or (last and last[0] in plain_words(self.quote.text)):
            return self
        bears = not last or last[0] in plain_words(before.text)
        return replace(self, draft=self._behind(before)) if bears else self

    def _behind(self, before: Quote) -> Draft:
        parts = self.led(None).parts
        return Draft(
            StatementKind.QUOTE, (*parts, DraftPart(BEFORE), DraftPart(before.text, before), DraftPart("]"))
        )

    def _in(self, sentence: Span) -> bool:
        return sentence.start < self.quote.end and self.quote.start < sentence.end


@dataclass(frozen=True, slots=True)
class Recalling:
    record: Record
    article_of: Callable[[str, int], Article]

    def proposal(self, asks: Recalled, before: Before, told: Sequence[Told]) -> Proposal | None:
        """None where the question is better answered as one of its own."""
        if asks.kind is Recall.SPEAKER:
            full = [one.in_full().introduced() for one in told]
            led = [(one, f"{one.speaker()}: " if one.speaker() else None) for one in full]
            return _told(before.shown(asks), led, _UNKNOWN[asks.kind])
        if asks.kind is Recall.ARTICLE:
            led = [(one, one.known(Lead.ARTICLE)) for one in told]
            return _told(before.shown(asks), led, _UNKNOWN[asks.kind])
        if asks.kind is Recall.PUBLISHED:
            led = [(one, one.known(Lead.PUBLISHED)) for one in told]
            return _told(before.shown(asks), led, _UNKNOWN[asks.kind])
        meant = _of(asks, before, told)
        if not meant:
            return None
        if asks.kind in (Recall.WHEN, Recall.SAID_WHEN):
            timed = [one.in_time() for one in meant]
            led = [(one, one.known(Lead.DAY) or one.known(Lead.PUBLISHED)) for one in timed]
            return _told(before.shown(asks), led, _NO_DAY)
        led = [(one, one.known(Lead.PLACE)) for one in meant]
        if not (asks.alone or read_question(before.question).speaks or any(lead for _, lead in led)):
            return None
        return _told(before.shown(asks), led, _NO_PLACE)

    def told(self, before: Before, scope: Scope) -> list[Told]:
        """What the latest answer that quotes anything told, of that which is searched now."""
        for quotes in reversed(before.quoted):
            found = [self._of_quote(quote) for quote in quotes]
            if found:
                return [one for one in found if self._stands(one.quote, scope)][:_MOST]
        for answer in reversed(before.answers):
            found = [one for statement in answer.statements for one in self._quoted(statement, answer)]
            if found:
                return [one for one in found if self._stands(one.quote, scope)][:_MOST]
        return []

    def _of_quote(self, quote: Quote) -> Told:
        article = self.article_of(quote.article_id, quote.version)
        said = said_of(quote, article.text)
        draft = Draft(StatementKind.QUOTE, (DraftPart(quote.text, quote, said),))
        return Told(quote, said, article, draft)

    def _stands(self, quote: Quote, scope: Scope) -> bool:
        here = scope.article_ids is None or quote.article_id in scope.article_ids
        return here and self.record.latest_version(quote.article_id) == quote.version

    def _quoted(self, statement: StatementOut, answer: AnswerOut) -> list[Told]:
        """The quotation that a statement tells; of one in other words each that bears it out."""
        draft = _draft(statement, {citation.id: citation for citation in answer.cited})
        parts = [part for part in draft.parts if part.quote is not None] if draft else []
        told = parts if draft and draft.kind is StatementKind.PARAPHRASE else parts[:1]
        return [
            Told(part.quote, part.said, self.article_of(part.quote.article_id, part.quote.version), draft)
            for part in told
            if part.quote is not None and draft is not None
        ]


def nothing_told(before: Before | None) -> Proposal:
    """There is nothing that could be meant, or it isn't here any more."""
    if before is None or not (before.quoted or any(answer.citations for answer in before.answers)):
        return Proposal(Status.CLARIFICATION, (_notice(_WHAT),))
    return Proposal(Status.ABSTAINED, (_notice(_NOTHING_STANDS),), (before.question,))


def tells(answer: AnswerOut, text: str) -> bool:
    """Whether it quotes what this text of an answer tells too."""
    told = words(text)
    quoted = [words(citation.quote.text) for citation in answer.cited]
    return any(2 * len(its & told) > min(len(its), len(told)) for its in quoted)


def _told(shown: str, led: Sequence[tuple[Told, str | None]], unknown: str) -> Proposal:
    """Each lead-in once of an article."""
    firsts: dict[tuple[str, str], Draft] = {}
    for one, lead in led:
        if lead:
            firsts.setdefault((lead, one.article.id), one.led(lead))
    if firsts:
        return Proposal(Status.ANSWERED, tuple(firsts.values()))
    first = led[0][0]
    return Proposal(Status.PARTIAL, (_notice(unknown), first.led(first.known(Lead.ARTICLE))), (shown,))


def _of(asks: Recalled, before: Before, told: Sequence[Told]) -> list[Told]:
    """Those said by whom it is asked of. When and where something happened is told by no answer but one that
    is asked for it."""
    if asks.of is not None:
        return [one for one in told if plain_words(asks.of)[-1:] == plain_words(one.speaker() or "")[-1:]]
    return list(told) if asks.alone or read_question(before.question).speaker else []


def _draft(statement: StatementOut, cited: dict[int, CitationOut]) -> Draft | None:
    """As it was proposed, without our quotation marks. None where a citation was withdrawn."""
    if not set(statement.citations) <= cited.keys():
        return None
    kind, parts = StatementKind(statement.kind), statement.parts
    marked = kind is not StatementKind.PARAPHRASE
    ours = {at + by for at, part in enumerate(parts) if part.origin == "article" and marked for by in (-1, 1)}
    return Draft(
        kind,
        tuple(
            _part(part.text, cited.get(part.citation or 0)) for at, part in enumerate(parts) if at not in ours
        ),
    )


def _part(text: str, citation: CitationOut | None) -> DraftPart:
    if citation is None:
        return DraftPart(text)
    return DraftPart(
        text,
        quote_of(citation),
        Said(**citation.said.model_dump()) if citation.said else None,
        citation.check,
    )


def _notice(text: str) -> Draft:
    return Draft(StatementKind.NOTICE, (DraftPart(text),))
