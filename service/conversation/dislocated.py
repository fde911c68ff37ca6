"""What a question speaks of, set before or behind it, put where its pronoun is: "the villages, do they back
Roe", "is it signed, the deal"."""

import re

from service.conversation.referents import put
from service.conversation.whole import without_lead
from service.english import any_of, clause, closed, may_act

_ASKING = rf"(?:{any_of(closed.QUESTION_WORDS, closed.ASKING)})"
_POINTING = any_of(closed.DEMONSTRATIVES, closed.OWNERS)
_WORDS = r"(?: [\w’'-]+){1,6}"
_BEFORE = re.compile(
    rf"(?P<what>(?:the|{_POINTING}){_WORDS}),"
    rf" (?P<asks>(?:(?:on|in|at|to|by|for|from|with|of) )?{_ASKING}\b.+)",
    re.I,
)
# Of a yes-or-no question alone: behind "who opposed it" or "what caused it" stands a guess at the answer.
_BEHIND = re.compile(
    rf"(?P<asks>(?:{any_of(closed.ASKING)})\b[^,]+), (?P<what>(?:the|{any_of(closed.OWNERS)}){_WORDS})", re.I
)
_PRONOUN = re.compile(rf"\b(?:{any_of(closed.SUBJECTS, closed.OBJECTS, closed.OWNERS)})\b", re.I)
_THAT = re.compile(r"\bthat$", re.I)
_TIMES = (
    r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|time|morning|evening|afternoon"
    rf"|season|spring|summer|autumn|fall|winter|{any_of(closed.DAYS)})s?|{any_of(closed.MONTHS)}|\d+(?:st|nd|rd|th)"
)
# What stands in front of a question and is no thing it speaks of: "that aside", "the day before".
_NO_THING = re.compile(rf"\b(?:said|aside|apart|being|way|much|{_TIMES})\b|^th(?:is|at) [a-z]+ed$", re.I)
_POINTS = re.compile(rf"^(?:{any_of(closed.DEMONSTRATIVES)})\b", re.I)


def undislocated(bare: str) -> str | None:
    """None where nothing is set apart, or several pronouns might stand for it."""
    body = without_lead(bare)
    before, behind = _BEFORE.fullmatch(body), _BEHIND.fullmatch(body)
    found = before or behind
    if found is None:
        return None
    what, asks = _POINTS.sub("the", found["what"]), found["asks"]
    if _NO_THING.search(found["what"]) or re.search(rf"\b{_ASKING}\b", what, re.I):
        return None
    if behind and (may_act(what) or " or " in what):
        return None
    fits = [one for one in _PRONOUN.finditer(asks) if _fits(one.group().lower(), what)]
    if before:
        fits = fits or list(_THAT.finditer(asks))
    if len(fits) != 1 or (behind and not _is_subject(fits[0], asks)):
        return None
    return put(asks, fits[0], what[:1].lower() + what[1:])


def _is_subject(pronoun: re.Match[str], asks: str) -> bool:
    """What stands behind another subject may be what that is called: "did Roe sign it, the fool"."""
    asked = clause(asks)
    return asked.subject == pronoun.group() and asked.subject_at == pronoun.start()


def _fits(pronoun: str, what: str) -> bool:
    several = clause(f"did {what} say").plural
    if pronoun in closed.THEY:
        return several or may_act(what)
    if pronoun in ("it", "its"):
        return not several
    return not several and may_act(what)
