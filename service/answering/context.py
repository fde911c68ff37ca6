"""Makes a chosen sentence stand by itself: a lead-in that names its speaker, or the sentence before it."""

import re

from retrieval.article import Region, Sentence
from service.answering.adjuncts import is_outlet
from service.answering.answer import Draft, DraftPart, Kind
from service.answering.selection import Candidate
from service.answering.words import plain_words

_LEANS = re.compile(
    r"(?:But |And |Yet |So |Still, |However, )?(?:He|She|They|It|This|That|These|Those|His|Her|Their"
    r"|Its|Such)\b"
)
BEFORE = " [The sentence before: "
_ASIDES = {
    Region.CAPTION: "Photo caption: ",
    Region.CREDIT: "Photo credit: ",
    Region.BYLINE: "Byline: ",
}


def draft(candidate: Candidate) -> Draft:
    return Draft(Kind.QUOTE, (*_before(candidate), quote_part(candidate), *_beside(candidate)))


def quote_part(candidate: Candidate) -> DraftPart:
    return DraftPart(candidate.text, candidate.passage.quote(candidate.sentence), candidate.said)


def _before(candidate: Candidate) -> tuple[DraftPart, ...]:
    aside = _ASIDES.get(candidate.sentence.region)
    if aside:
        return (DraftPart(aside),)
    lead = _lead_in(candidate)
    return (DraftPart(lead),) if lead else ()


def _beside(candidate: Candidate) -> tuple[DraftPart, ...]:
    """The sentence before, after the one that answers, if that leans on it."""
    if candidate.sentence.region in _ASIDES or _lead_in(candidate) or not _leans(candidate):
        return ()
    previous = _previous(candidate)
    if previous is None:
        return ()
    quote = candidate.passage.quote(previous)
    return (DraftPart(BEFORE), DraftPart(quote.text, quote), DraftPart("]"))


def _lead_in(candidate: Candidate) -> str | None:
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


def _leans(candidate: Candidate) -> bool:
    """Whether a sentence begins with a word that points back, or quotes a "he" whom nothing resolves."""
    if _LEANS.match(candidate.text):
        return True
    unresolved = candidate.said is None or candidate.said.speaker is None
    return unresolved and bool(re.search(r"[”\"’]\s*(?:he|she|they) \w+", candidate.text))


def _previous(candidate: Candidate) -> Sentence | None:
    around = candidate.passage.around
    before = [
        s for s in around if s.end <= candidate.sentence.start and s.region is candidate.sentence.region
    ]
    return before[-1] if before else None
