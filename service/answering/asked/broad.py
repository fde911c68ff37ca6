"""A question that wants an overview, not a fact: "What is this about?", "What does the union want?".

It is worded as such questions are, from its first word to its last (wordings.py), or more like others' such
questions than like any that wants one thing (by_example.py).
"""

import re
from dataclasses import dataclass, field, replace

from service.answering.asked.by_example import PRECISE, kind_by_example
from service.answering.asked.reports import asked_of_reports
from service.answering.asked.wordings import EVENTS, PATTERNS, Overview
from service.english import SMALL, any_of, closed, plain_words, words_of


@dataclass(frozen=True, slots=True)
class Broad:
    """`of` are whom or what it asks about, as it has them: two of a comparison, none where it is all; `topic`
    what they are to be compared in; `since` the day, `within` what of several
    negotiations tells the one that is meant: "pilots" of "the pilots dispute". `typed` is all of it without
    its frills. `likely`: its kind alone is known, by examples, and whom it is of is for the articles to
    tell."""

    kind: Overview
    of: tuple[str, ...] = ()
    topic: str = ""
    since: str = ""
    within: str = ""
    typed: str = field(default="", compare=False)
    likely: bool = field(default=False, compare=False)


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
_GOES_ON = re.compile(r"(?:and|but|any|(?:what|how) about)\b", re.I)
_POINTING = words_of(closed.THEY, "it its", closed.DEMONSTRATIVES, "then more other others one ones")
_WHOLE = 3  # words, of which fewer lean on what was said
# A question, and what was left of the next: "is it over: why?".
_CARRIED = re.compile(rf": (?:{any_of(closed.QUESTION_WORDS)})(?: \w+){{0,2}}\??$", re.I)
# What one said is no overview, also in a hurry: "wat did roe tel fox".
_OF_SAYING = re.compile(
    rf"wh?at (?:{any_of(closed.DO, closed.HAVE)}) .{{1,40}}?"
    r" (?:say|said|tell?|told|claim|announce|warn|reply)\b",
    re.I,
)
_OF_A_DAY = (PRECISE, Overview.DAY, Overview.SINCE)  # or of none
_POSSESSIVE = re.compile(r"'s?$")
_NOBODY = words_of(
    *(closed.THIRD, closed.TALKERS, closed.DEMONSTRATIVES, closed.QUESTION_WORDS),
    "about over say said it each everyone everybody someone anyone both all side sides party parties there",
)


def read_broad(text: str, *, alone: bool = True) -> Broad | None:
    """None of a precise question, and of what may point at what was said before it, unless it is `alone`."""
    if len(text) > _LONGEST:
        return None
    asked = _bare(text)
    worded = _worded(asked)
    if worded:
        return worded
    said = plain_words(asked)
    points = _GOES_ON.match(asked) or len(said) < _WHOLE or not _POINTING.isdisjoint(said)
    return None if _CARRIED.search(asked) or (points and not alone) else _by_example(asked)


def is_worded_broadly(text: str) -> bool:
    """Whether it is broad by its wording alone, whatever stands around it in a conversation."""
    return len(text) <= _LONGEST and _worded(_bare(text)) is not None


def _bare(text: str) -> str:
    asked = " ".join(_AROUND.sub("", " ".join(text.split())).replace("’", "'").split())
    return _NO_APOSTROPHE.sub(r"\1'\2", asked)


def _worded(asked: str) -> Broad | None:
    for kind, wording in PATTERNS:
        found = wording.fullmatch(asked)
        if found and (read := _read(kind, found.groupdict())):
            return replace(read, within=_within(asked), typed=asked)
    return None


def _by_example(asked: str) -> Broad | None:
    if _OF_SAYING.match(asked):
        return None
    kind = kind_by_example(asked)
    if kind in _OF_A_DAY or (kind == Overview.ACCOUNTS and asked_of_reports(asked)):
        return None
    return Broad(Overview(kind), within=_within(asked), typed=asked, likely=True)


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
