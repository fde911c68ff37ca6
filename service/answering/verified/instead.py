"""Of a statement that isn't borne out: which of its quotations are told in its place, and whose they are."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Facts, Quote, Span
from service.answering import Said, has_marker
from service.answering.said import sentences_around
from service.answering.verified.known_leads import Lead, known_lead
from service.english import SMALL, plain_words, stem

_MOST = 3


def telling(statement: str, quotations: Sequence[Quote]) -> list[Quote]:
    """In their order; of many those that have most words of the statement that the others lack, and behind
    the first none that has none of these."""
    left = _stems(statement)
    told: list[Quote] = []
    while len(told) < min(_MOST, len(quotations)):
        rest = [quote for quote in quotations if quote not in told]
        best = max(rest, key=lambda quote: len(left & _stems(quote.text)))
        if told and not left & _stems(best.text):
            break
        told.append(best)
        left -= _stems(best.text)
    return [quote for quote in quotations if quote in told]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in plain_words(text) if word not in SMALL}


def whose(quotation: str, said: Said | None, facts: Facts) -> str | None:
    """A lead-in, unless the quotation names its speaker."""
    if said is None or said.speaker is None or has_marker(said.speaker):
        return known_lead(Lead.OUTLET, said, facts)
    named = set(plain_words(said.speaker)[-1:]) & set(plain_words(quotation))
    return None if named else f"{said.speaker}: "


def sentences_in(quote: Quote, text: str) -> list[Quote]:
    """The sentences of a quotation, each as a quotation; a part of one is not made more than it is."""
    spans = [
        Span(max(s.start, quote.start), min(s.end, quote.end))
        for s in sentences_around(quote, text)
        if s.start < quote.end and quote.start < s.end
    ]
    return [
        replace(quote, start=span.start, end=span.end, text=text[span.start : span.end]) for span in spans
    ] or [quote]


def shared(one: str, other: str) -> float:
    """The share of one's words that the other has."""
    stems = _stems(one)
    return len(stems & _stems(other)) / len(stems) if stems else 0.0
