"""Of a statement that isn't borne out: which of its quotations are told in its place, and whose they are."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Facts, Quote, Span
from service.answering import Said, has_marker
from service.answering.said import sentences_around
from service.answering.verified.known_leads import Lead, known_lead
from service.english import SMALL, plain_words, stem

_MOST = 3  # sentences
_ADDS = 2  # words at least, behind the first


def telling(statement: str, sentences: Sequence[Quote]) -> list[Quote]:
    """In their order; those that have most words of the statement that the others lack. Where one has any,
    none behind it that adds next to nothing."""
    left = _stems(statement)
    told: list[Quote] = []
    least = 0
    while len(told) < min(_MOST, len(sentences)):
        rest = [sentence for sentence in sentences if sentence not in told]
        adds = {sentence: left & _stems(sentence.text) for sentence in rest}
        best = max(rest, key=lambda sentence: len(adds[sentence]))
        if len(adds[best]) < least:
            break
        told.append(best)
        left -= adds[best]
        least = _ADDS if least or adds[best] else 0
    return [sentence for sentence in sentences if sentence in told]


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
