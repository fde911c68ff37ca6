"""What a sentence tells, apart from who is said to tell it."""

import re
from dataclasses import dataclass

from service.answering.claims import CONTENT, Kind, Token, read
from service.answering.quotation import masked, quoted_spans
from service.answering.reading import Text
from service.answering.speech import Clause, clauses


@dataclass(frozen=True, slots=True)
class Told:
    """`tokens` without the reporting clause, in whose place a clause ends; `frame` are the content words of
    that clause, in order. `opens` is where what is told begins, behind an office that stands before the
    clause: "The bank's lawyer, Jane Roe, said"; else 0."""

    tokens: tuple[Token, ...]
    frame: tuple[Token, ...] = ()
    opens: int = 0


_NAME_AFTER = re.compile(r",\s+[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*(?=[,.]|$)")
_OF_OFFICE = frozenset({"a", "an", "the", "of", "s", "for", "and"})


def told_of(text: Text) -> Told:
    """The clause stays where there are several, or one that binds what it reports: then it is part of what
    is told."""
    quoted = masked(text.text, quoted_spans(text.text), start=0, end=len(text.text))
    found = clauses(text.text, quoted)
    if len(found) != 1:
        return Told(text.tokens)
    start, end = _span(text.text, found[0])
    frame = read(text.text[start:end])
    if any(token.operator for token in frame):
        return Told(text.tokens)
    rest = f"{text.text[:start]} ; ; {text.text[end:]}"
    words = tuple(token for token in read(text.text[start : _named(text.text, end)]) if token.kind in CONTENT)
    return Told(read(rest), words, _opening(text.text[:start]))


def _named(text: str, end: int) -> int:
    """Behind the name that follows an office: "according to the envoy, Jane Roe"."""
    name = _NAME_AFTER.match(text, end)
    return name.end() if name else end


def _opening(before: str) -> int:
    """The words before the clause, if they are an office and nothing more."""
    tokens = read(before)
    office = (
        bool(tokens)
        and before.rstrip().endswith(",")
        and all(token.kind in (Kind.WORD, Kind.NAME) or token.text.lower() in _OF_OFFICE for token in tokens)
    )
    return len(tokens) if office and tokens[0].clause == tokens[-1].clause else 0


def _span(text: str, clause: Clause) -> tuple[int, int]:
    return clause.start, max(clause.end, min(clause.adjuncts.end, len(text)))
