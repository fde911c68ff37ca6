"""Makes a chosen sentence stand by itself: a lead-in that names its speaker, or the sentence before it."""

import re
from dataclasses import dataclass
from typing import Protocol

from retrieval.article import Region, Sentence
from service.answering import PARLEY, Draft, DraftPart, Passage, Policy, Rule, Said, StatementKind
from service.english import DEMONSTRATIVES, OWNERS, SUBJECTS, any_of, is_outlet, plain_words

_LEANS = re.compile(
    r"(?:But |And |Yet |So |Still, |However, )?"
    rf"(?:{any_of(map(str.title, (*SUBJECTS, *DEMONSTRATIVES, *OWNERS)))}|Such)\b"
)
# Points back to a matter, which the name of the speaker doesn't supply.
_POINTS = re.compile(
    r"[“\"]?(?:But |And |Yet |So |Still, |However, )?"
    rf"(?:It was|It is|{any_of(map(str.title, DEMONSTRATIVES))})\b"
)
BEFORE = " [The sentence before: "
_ASIDES = {
    Region.CAPTION: "Photo caption: ",
    Region.CREDIT: "Photo credit: ",
    Region.BYLINE: "Byline: ",
}


class Chosen(Protocol):
    """A sentence of a passage, and who said it as the article tells."""

    @property
    def passage(self) -> Passage: ...
    @property
    def sentence(self) -> Sentence: ...
    @property
    def text(self) -> str: ...
    @property
    def said(self) -> Said | None: ...


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence that was chosen by whoever cites it."""

    passage: Passage
    sentence: Sentence
    said: Said | None

    @property
    def text(self) -> str:
        return self.passage.article.text[self.sentence.start : self.sentence.end]


def draft(candidate: Chosen, *, policy: Policy = PARLEY) -> Draft:
    beside = policy.by(Rule.SENTENCE_BEFORE, _beside(candidate), ())
    before = policy.by(Rule.LEAD_IN, _before(candidate), ())
    return Draft(StatementKind.QUOTE, (*before, quote_part(candidate), *beside))


def quote_part(candidate: Chosen) -> DraftPart:
    return DraftPart(candidate.text, candidate.passage.quote(candidate.sentence), candidate.said)


def _before(candidate: Chosen) -> tuple[DraftPart, ...]:
    aside = _ASIDES.get(candidate.sentence.region)
    if aside:
        return (DraftPart(aside),)
    lead = _lead_in(candidate)
    return (DraftPart(lead),) if lead else ()


def _beside(candidate: Chosen) -> tuple[DraftPart, ...]:
    """The sentence before, after the one that answers, if that leans on it."""
    if _lead_in(candidate) and not _POINTS.match(candidate.text):
        return ()
    return beside(candidate)


def beside(candidate: Chosen) -> tuple[DraftPart, ...]:
    """The sentence before one that leans on it, marked as such."""
    if candidate.sentence.region in _ASIDES or not _LEANS.match(candidate.text):
        return ()
    previous = _previous(candidate)
    if previous is None:
        return ()
    quote = candidate.passage.quote(previous)
    return (DraftPart(BEFORE), DraftPart(quote.text, quote), DraftPart("]"))


def _lead_in(candidate: Chosen) -> str | None:
    """Who speaks, and where, if the sentence itself doesn't name them; every name as the article has it."""
    said = candidate.said
    if said is None or said.speaker is None or _names(candidate.text, said.speaker):
        return None
    # What is no outlet is the place, and "on Paris" would make it what was talked about.
    spoken_on = said.venue if said.venue and is_outlet(said.venue) else None
    venue = f", on {spoken_on}" if spoken_on and not _names(candidate.text, spoken_on) else ""
    hearer = f", to {said.to}" if said.to and not _names(candidate.text, said.to) else ""
    return f"{said.speaker}{venue}{hearer}: "


def _names(text: str, name: str) -> bool:
    return plain_words(name)[-1] in plain_words(text)


def _previous(candidate: Chosen) -> Sentence | None:
    own = [s for s in candidate.passage.around if s.region is candidate.sentence.region]
    return next((s for s in reversed(own) if s.end <= candidate.sentence.start), None)
