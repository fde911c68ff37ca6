"""Which quotations bear a statement out. Each claim of it must stand in one sentence of one quotation: two
true sentences make a false one easily, where one gives the subject and the other what is told of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.verified.checks import ALL_CHECKS, Check, Checks
from service.answering.verified.cut import cut_fault
from service.answering.verified.plain import is_plain
from service.answering.verified.reading import CitedSentence, Text
from service.english import CAPITAL

NOT_PLAIN = "not_plain_text"

# Between two claims that each have their own subject.
_BETWEEN = re.compile(rf";\s+|,\s+(?:while|whereas)\s+(?={CAPITAL}|(?:the|an?)\s)")
_MOST = 4  # claims of a statement


@dataclass(frozen=True, slots=True)
class Borne:
    """`reason` is why it can't be served as worded, None where it can; `by` are the sources that it takes."""

    reason: str | None
    by: tuple[int, ...] = ()


def borne_out(statement: str, sources: Sequence[CitedSentence], checks: Checks = ALL_CHECKS) -> Borne:
    """`sources` are sentences."""
    if Check.PLAIN in checks and not is_plain(statement):
        return Borne(NOT_PLAIN)
    whole, reason = _bearing(statement, sources, checks)
    if whole:
        return Borne(None, tuple(whole))
    claims = _BETWEEN.split(statement)
    if not 1 < len(claims) <= _MOST:
        return Borne(reason)
    by: set[int] = set()
    for claim in claims:
        bearing, reason = _bearing(claim, sources, checks)
        if not bearing:
            return Borne(reason)
        by |= set(bearing)
    return Borne(None, tuple(sorted(by)))


def _bearing(claim: str, sources: Sequence[CitedSentence], checks: Checks) -> tuple[list[int], str | None]:
    """The sources that bear it out; where none does, why the first one doesn't."""
    told = Text(claim)
    faults = [cut_fault(told, source, checks) for source in sources]
    bearing = [at for at, fault in enumerate(faults) if fault is None]
    return bearing, next((fault for fault in faults if fault), None)
