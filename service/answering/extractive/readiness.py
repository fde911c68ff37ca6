"""Whether somebody was ready for something, or is willing to do it: by a sentence that tells it of them.

What is asked after, denied, possible or supposed decides nothing.
A condition behind it stands in the sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.extractive.scoring import Candidate
from service.english import (
    BE,
    FIRST,
    NUMBERS,
    RARE_MODALS,
    SMALL,
    SUBJECTS,
    any_of,
    plain_words,
    stem,
)

_OFFERED = 2  # sentences for each side
_LONGEST = 40  # code points of a name
_ASKS = re.compile(
    rf"(?:{any_of(BE)}) (?P<who>[^,;?]{{2,60}}?) (?:(?:now|still|ever|yet|[a-z]{{2,20}}ly) )?"
    r"(?P<un>un)?(?:ready|willing|prepared) (?:to|for) (?P<what>[^,;?]{2,80})",
    re.I,
)
_TELLS = re.compile(
    r"\b(?:(?P<no>(?:not|never|no longer|\w+n[’']t|hardly|far from|neither)\s+(?:\w+\s+){0,2}?"
    r"(?:ready|willing|prepared)"
    r"|unwilling|unready|unprepared|refus(?:es|ed|ing)|rul(?:es|ed) out|reject(?:s|ed))"
    r"|ready|willing|prepared)\b",
    re.I,
)
_LEAVES_OPEN = re.compile(
    rf"\b(?:if|unless|once|whether|den(?:y|ies|ied)|doubt(?:s|ed)?|ask(?:s|ed)?|could|should|earlier version"
    rf"|how|why|{any_of(RARE_MODALS)})\b",
    re.I,
)
_NUMBERS = frozenset(map(stem, NUMBERS))
_LEANS = frozenset({*SUBJECTS, *FIRST})


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of whom, as the question names them, and for what, inflection off; `denied` where it is asked whether
    they are unwilling."""

    who: str
    what: frozenset[str]
    denied: bool


def readiness_asked(question: str) -> Readiness | None:
    found = _ASKS.fullmatch(" ".join(question.split()).rstrip(" ?!."))
    if found is None or not (_stems(found["who"]) and (what := _stems(found["what"]))):
        return None
    return Readiness(found["who"], what, bool(found["un"]))


def decided(asks: Readiness, order: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those who say that it is so, and those who say that it isn't."""
    told = [(one, _told(asks, one)) for one in order]
    so, not_so = ([one for one, says in told if says is side] for side in (True, False))
    return so[:_OFFERED], not_so[:_OFFERED]


def _told(asks: Readiness, one: Candidate) -> bool | None:
    """None where it tells of others or of other things, or leaves it open."""
    for found in _TELLS.finditer(one.text):
        before, behind = one.text[: found.start()], one.text[found.end() :]
        open_ = _LEAVES_OPEN.search(before) or one.text.rstrip("”\"’' ").endswith("?")
        if not open_ and _is_theirs(asks, one, before) and _is_of_it(asks, behind):
            return (found["no"] is None) is not asks.denied
    return None


def _is_theirs(asks: Readiness, one: Candidate, before: str) -> bool:
    """Whoever is named before it, or speaks of themselves."""
    speaker = one.said.speaker if one.said else None
    leans = _LEANS & set(plain_words(before)[-4:])
    return _names(asks.who, before) or bool(speaker and leans and _names(asks.who, speaker))


def _names(who: str, text: str) -> bool:
    """By all its words, or by the one that says what it is; another of the same surname is another."""
    if _stems(who) <= _stems(text):
        return True
    head = who.split(" of ")[0].split()[-1]
    places = re.finditer(rf"\b(?i:{re.escape(head)})\b", text)
    before = [text[max(0, found.start() - _LONGEST) : found.start()].split()[-1:] for found in places]
    return any(not given or given[0].islower() or _stems(given[0]) <= _stems(who) for given in before)


def _is_of_it(asks: Readiness, behind: str) -> bool:
    """Most of what is asked for, and every figure."""
    told = _stems(behind)
    figures = {word for word in asks.what if word[0].isdigit() or word in _NUMBERS}
    return figures <= told and 2 * len(asks.what & told) > len(asks.what)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in plain_words(text) if word not in SMALL)
