"""Whether somebody was ready for something, or is willing to do it: by a sentence that tells it of them.

A readiness on a condition, asked after or thought of, decides nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.extractive.scoring import Candidate
from service.english import BE, FIRST, QUESTION_WORDS, RARE_MODALS, SMALL, SUBJECTS, any_of, plain_words, stem

_OFFERED = 2  # sentences for each side
_ASKS = re.compile(
    rf"\W*(?:{any_of(BE)})\s+(?P<who>[^,;?]{{2,60}}?)\s+(?:(?:now|still|ever|yet|[a-z]+ly)\s+)?"
    r"(?P<un>un)?(?:ready|willing|prepared)\s+(?:to|for)\s+(?P<what>[^,;?]{2,80})\??\s*",
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
    rf"\b(?:if|unless|only|once|provided|until|whether|den(?:y|ies|ied)|doubt(?:s|ed)?|ask(?:s|ed)?|could|should"
    rf"|{any_of(RARE_MODALS, QUESTION_WORDS)})\b|\?",
    re.I,
)
_LEANS = frozenset({*SUBJECTS, *FIRST})


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of whom and for what, inflection off; `denied` where it is asked whether they are unwilling."""

    who: frozenset[str]
    what: frozenset[str]
    denied: bool


def readiness_asked(question: str) -> Readiness | None:
    found = _ASKS.fullmatch(question)
    if found is None:
        return None
    who, what = (_stems(found[part]) for part in ("who", "what"))
    return Readiness(who, what, bool(found["un"])) if who and what else None


def decided(asks: Readiness, order: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those who say that it is so, and those who say that it isn't."""
    told = [(one, _told(asks, one)) for one in order]
    so, not_so = ([one for one, says in told if says is side] for side in (True, False))
    return so[:_OFFERED], not_so[:_OFFERED]


def _told(asks: Readiness, one: Candidate) -> bool | None:
    """None where it tells of others or of other things, or leaves it open."""
    for found in _TELLS.finditer(one.text):
        before, behind = one.text[: found.start()], one.text[found.end() :]
        if _is_theirs(asks, one, before) and _is_of_it(asks, behind) and not _LEAVES_OPEN.search(one.text):
            return (found["no"] is None) is not asks.denied
    return None


def _is_theirs(asks: Readiness, one: Candidate, before: str) -> bool:
    """The last named before it, or whoever speaks of themselves."""
    if asks.who <= _stems(before):
        return True
    speaker = one.said.speaker if one.said else None
    leans = _LEANS & set(plain_words(before)[-4:])
    return bool(speaker and leans and asks.who <= _stems(speaker))


def _is_of_it(asks: Readiness, behind: str) -> bool:
    return 2 * len(asks.what & _stems(behind)) > len(asks.what)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in plain_words(text) if word not in SMALL)
