"""Who signs a post of a social network that an article shows: "— Jane Roe (@jroe) May 2, 2024"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.article import Span
from retrieval.lines import Line

_HANDLE = r"@\w[\w.@-]{0,80}"  # of one service, or with the place where it is kept
_WHO = rf"(?P<who>[^\W_][^()\n“”\"—]{{1,60}}?)\s\((?P<handle>{_HANDLE})\)"
_WHEN = r"(?:[\s,·|-]{1,3}[^\n.!?]{0,40})?"
_ALONE = re.compile(rf"(?:[—–-]{{1,2}}\s?|A post shared by\s){_WHO}{_WHEN}")
_ABOVE = re.compile(rf"Post by (?P<who>{_HANDLE})")
_BEHIND = re.compile(rf"(?P<words>\S.{{0,600}}?)\s[—–]{{1,2}}\s?{_WHO}{_WHEN}", re.DOTALL)
_AGAIN = re.compile(r"RT (?P<who>@\w{1,30}): (?P<words>\S.*)", re.DOTALL)
_MOST_LINES = 3
_LONGEST = 800  # code points


@dataclass(frozen=True, slots=True)
class Signature:
    """Places within the line. `words` is what was posted, None where it stands above."""

    who: Span
    words: Span | None


def first_line(units: Sequence[Line], signed: int) -> int:
    """Where the post begins under which units[signed] stands: its block, or the paragraph before."""
    if units[signed].gap:
        return max(0, signed - 1)
    opens = (at for at in range(signed - 1, -1, -1) if units[at].gap)
    return max(next(opens, 0), signed - _MOST_LINES, 0)


def signed_above(line: str) -> Span | None:
    """Who wrote the post below, where an embedded one says so: "Post by @jroe@example.org"."""
    found = _ABOVE.fullmatch(line) if len(line) <= _LONGEST else None
    return Span(*found.span("who")) if found else None


def signature(line: str) -> Signature | None:
    if len(line) > _LONGEST or "@" not in line:
        return None
    alone = _ALONE.fullmatch(line)
    if alone:
        return Signature(Span(*alone.span("who")), None)
    found = _AGAIN.fullmatch(line) or _BEHIND.fullmatch(line)
    return Signature(Span(*found.span("who")), Span(*found.span("words"))) if found else None
