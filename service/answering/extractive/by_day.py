"""How things stand now, how they ended, how they stood at first: articles that go on over weeks report each
state in turn, and a sentence by itself doesn't tell that a later one took its place."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from service.answering import Scoring
from service.answering.asked import Question, Wanted
from service.answering.extractive.differing import matters, published
from service.answering.extractive.scoring import Candidate, ranked
from service.english import PRESENTLY, any_of, words

_LATE = re.compile(
    rf"\b(?:{any_of(PRESENTLY)}|still|latest|current(?! of\b| account| [\w-]+[’']s)|(?P<once>in the end"
    r"|finally|final|eventually|ultimately|at last|end(?:ed|s)? up|by the end))\b",
    re.I,
)
_EARLY = re.compile(
    r"\b(?:at first|originally|initially|to begin with|at the (?:start|beginning|outset)"
    r"|(?P<once>original|initial|first (?:offer|ask|bid|propos|demand|want|said|say)[a-z]*))\b",
    re.I,
)
# Of what was done once, "final" and "original" tell which it was.
_OF_ONCE = frozenset((Wanted.TIME, Wanted.PERSON, Wanted.PLACE))


def by_day(asks: Question, order: Sequence[Candidate], by: Scoring) -> list[Candidate]:
    """Less likely the earlier its article is, down to `by.overtaken` for the first; where it is asked how
    things began, the later it is. What no such article comes near, naming half of what it names of what is
    asked about, stays as it is."""
    late, early = _LATE.search(asks.text), _EARLY.search(asks.text)
    days = sorted({published(one) for one in order if one.passage.article.facts.published})
    cue = late or early
    if not cue or (late and early) or len(days) < 2 or (cue["once"] and asks.kind in _OF_ONCE):
        return list(order)
    of_it = {one: matters(asks) & words(one.text) for one in order}
    towards = days if late else days[::-1]

    def lacks(one: Candidate) -> float:
        if not (one.passage.article.facts.published and of_it[one]):
            return 0.0
        at = towards.index(published(one))
        after = (
            other
            for other in order
            if other.score >= one.score - by.overtaking
            and _place(other, towards) > at
            and 2 * len(of_it[one] & of_it[other]) >= len(of_it[one])
        )
        return (len(days) - 1 - at) / (len(days) - 1) if any(after) else 0.0

    return ranked([replace(one, score=round(one.score - by.overtaken * lacks(one), 6)) for one in order])


def _place(one: Candidate, days: Sequence[datetime]) -> int:
    return days.index(published(one)) if one.passage.article.facts.published else -1
