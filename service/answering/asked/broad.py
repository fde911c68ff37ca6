"""A question that wants an overview, not a fact: "What is this about?", "What does the union want?".

Only what is nothing else, from its first word to its last: worded as such questions are (wordings.py), or of
their words alone (loosely.py). Whatever isn't plain is a precise question.
"""

import re
from dataclasses import dataclass, replace

from service.answering.asked.loosely import read_loosely
from service.answering.asked.wordings import EVENTS, PATTERNS, Overview
from service.english import SMALL, any_of, closed, plain_words, words_of


@dataclass(frozen=True, slots=True)
class Broad:
    """`of` are whom or what it asks about, as it has them: two of a comparison, none where it is all; `topic`
    what they are to be compared in; `since` the day, `within` what of several
    negotiations tells the one that is meant: "pilots" of "the pilots dispute"."""

    kind: Overview
    of: tuple[str, ...] = ()
    topic: str = ""
    since: str = ""
    within: str = ""


_LONGEST = 160  # code points
# "Please", "for me", "in three sentences".
_AROUND = re.compile(
    rf"^(?:(?:and|so|ok(?:ay)?|now|please|pls|just|(?:{any_of(closed.MODALS)}) (?:you|u))[\s,]+)+"
    r"|(?:[\s,]+(?:please|pls|thanks|(?:for|to) (?:me|us)|briefly|quickly|in (?:a nutshell|brief|short"
    r"|(?:simple|plain|your own) (?:words|terms|english)"
    r"|(?:\w+ )?(?:\w+ )?(?:sentences?|words|lines?|bullet points|bullets|paragraphs?))))*[\s?!.]*$",
    re.I,
)
# As typed in a hurry: "whats", "cant".
_HURRIED = (*closed.QUESTION_WORDS, *words_of("that can don won didn haven couldn"))
_NO_APOSTROPHE = re.compile(rf"\b({any_of(_HURRIED)})(s|t)\b", re.I)
_THE_ONE = re.compile(rf"\bthe (?P<which>(?:[\w’'-]+ ){{1,2}}?)(?:{any_of(EVENTS)})\b", re.I)
_ANY = SMALL | words_of("peace wage pay trade latest whole entire two three current news")
_POSSESSIVE = re.compile(r"'s?$")
_NOBODY = words_of(
    *(closed.THIRD, closed.TALKERS, closed.DEMONSTRATIVES, closed.QUESTION_WORDS),
    "about over say said it each everyone everybody someone anyone both all side sides party parties there",
)


def read_broad(text: str, *, alone: bool = True) -> Broad | None:
    """None of a precise question, and of one whose kind isn't plain; `alone`: nothing was said before it."""
    if len(text) > _LONGEST:
        return None
    asked = " ".join(_AROUND.sub("", " ".join(text.split())).replace("’", "'").split())
    asked = _NO_APOSTROPHE.sub(r"\1'\2", asked)
    for kind, wording in PATTERNS:
        found = wording.fullmatch(asked)
        if found and (read := _read(kind, found.groupdict())):
            return replace(read, within=_within(asked))
    loosely = read_loosely(text, alone=alone)
    return Broad(loosely, within=_within(asked)) if loosely else None


def _read(kind: Overview, found: dict[str, str | None]) -> Broad | None:
    """None where whom it asks about is nobody by name: "What does he want?"."""
    of = tuple(_POSSESSIVE.sub("", name.strip(" .")) for key in ("x", "y") if (name := found.get(key)))
    if not all(map(_is_somebody, of)):
        return None
    return Broad(kind, of, found.get("topic") or "", found.get("since") or "")


def _within(asked: str) -> str:
    found = _THE_ONE.search(asked)
    words = [word for word in found["which"].split() if word.lower() not in _ANY] if found else []
    return " ".join(words)


def _is_somebody(name: str) -> bool:
    words = plain_words(name)
    return any(word not in SMALL for word in words) and not any(word in _NOBODY for word in words)
