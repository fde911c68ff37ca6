"""Of a statement that isn't borne out: which of its quotations are told in its place, and whose they are."""

from collections.abc import Sequence

from retrieval.article import Facts, Quote
from service.answering import Said, has_marker
from service.answering.verified.known_leads import Lead, known_lead
from service.english import SMALL, plain_words, stem

_MOST = 3


def telling(statement: str, quotations: Sequence[Quote]) -> list[Quote]:
    """In their order; of many those that have most words of the statement that the others lack."""
    left = _stems(statement)
    told: list[Quote] = []
    while len(told) < min(_MOST, len(quotations)):
        rest = [quote for quote in quotations if quote not in told]
        told.append(max(rest, key=lambda quote: len(left & _stems(quote.text))))
        left -= _stems(told[-1].text)
    return [quote for quote in quotations if quote in told]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in plain_words(text) if word not in SMALL}


def whose(quotation: str, said: Said | None, facts: Facts) -> str | None:
    """A lead-in, unless the quotation names its speaker."""
    if said is None or said.speaker is None or has_marker(said.speaker):
        return known_lead(Lead.OUTLET, said, facts)
    named = set(plain_words(said.speaker)[-1:]) & set(plain_words(quotation))
    return None if named else f"{said.speaker}: "
