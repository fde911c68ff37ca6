"""Which quotations bear a statement out. Each claim of it must stand in one sentence of one quotation: two
true sentences make a false one easily, where one gives the subject and the other what is told of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.agreement import disagreement
from service.answering.claims import Kind, read
from service.answering.cut import cut_fault
from service.answering.plain import plain
from service.answering.reading import Source, Text

NOT_PLAIN = "not_plain_text"

# Between two claims that each have their own subject.
_BETWEEN = re.compile(r";\s+|,\s+(?:while|whereas)\s+(?=[A-ZÀ-Þ]|(?:the|an?)\s)")
_MOST = 4  # claims of a statement


@dataclass(frozen=True, slots=True)
class Borne:
    """`reason` is why it can't be served as worded, None where it can; `by` are the sources that it takes."""

    reason: str | None
    by: tuple[int, ...] = ()


def borne_out(
    statement: str, sources: Sequence[Source], *, question: str = "", near: Sequence[str] = ()
) -> Borne:
    """`sources` are sentences, and `near` what stands before each of them in its article."""
    if not plain(statement):
        return Borne(NOT_PLAIN)
    beside = near or [""] * len(sources)
    whole, reason = _bearing(statement, sources, question, beside)
    if whole:
        return Borne(None, tuple(whole))
    claims = _BETWEEN.split(statement)
    if not 1 < len(claims) <= _MOST:
        return Borne(reason)
    by: set[int] = set()
    for claim in claims:
        bearing, reason = _bearing(claim, sources, question, beside)
        if not bearing:
            return Borne(reason)
        by |= set(bearing)
    return Borne(None, tuple(sorted(by)))


def _bearing(
    claim: str, sources: Sequence[Source], question: str, near: Sequence[str]
) -> tuple[list[int], str | None]:
    """The sources that bear it out; where none does, why the first one that comes nearest doesn't."""
    told = Text(claim)
    faults = [
        disagreement(claim, [source], question=question, near=before)
        or cut_fault(told, source, named=_one_named(question, before))
        for source, before in zip(sources, near, strict=True)
    ]
    bearing = [at for at, fault in enumerate(faults) if fault is None]
    return bearing, next((fault for fault in faults if fault), None)


def _one_named(question: str, near: str) -> frozenset[str]:
    """The words of the one name that stands in the article just before, if the question has it too. Where
    there are two, a pronoun may stand for either."""
    asked = {form for token in read(question) if token.kind is Kind.NAME for form in token.forms}
    around = [
        token for token in read(near) if token.text[0].isupper() and token.kind in (Kind.NAME, Kind.WORD)
    ]
    forms = frozenset(form for token in around for form in token.forms)
    return forms if around and all(token.forms & asked for token in around) else frozenset()
