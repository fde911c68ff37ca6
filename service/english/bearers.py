"""Who bears an office that stands before a name."""

from retrieval.article import Span
from service.english.letters import NAME_WORD
from service.english.names import name_of
from service.english.offices import PORTFOLIOS, RANKS, is_known_role
from service.english.patterns import lazily

_OF_HOME = lazily(rf"\s(?:of|from)\s(?:the\s)?{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}$")
_OF_OFFICE = RANKS | PORTFOLIOS | {"the"}  # no "guard of president Jane Roe"


def bearer_of(masked: str, inner: Span) -> Span | None:
    """ "The envoy, former Ruritanian foreign minister Jane Roe, said": who bears the office."""
    home = _OF_HOME.search(masked, inner.start, inner.end)
    name = name_of(masked, Span(inner.start, home.start() if home else inner.end))
    before = masked[inner.start : name.start].split() if name else []
    whole = name is not None and " " in masked[name.start : name.end]
    theirs = all(word[0].isupper() or word in _OF_OFFICE or is_known_role(word) for word in before)
    return name if whole and before and theirs and is_known_role(before[-1].lower()) else None
