"""Those whom a sentence tells of without a name: "a man who sits on the board", "Union leaders"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Span
from service.english import (
    ARTICLES,
    ASKING,
    CAPITALISED,
    FIRST,
    HAVE,
    OWNERS,
    SUBJECTS,
    Mention,
    any_of,
    closed,
    lazily,
    may_speak,
    offices,
)

KIN_OF_WOMEN = "wife|sister|daughter|mother|niece|aunt|widow|grandmother|chairwoman|spokeswoman|businesswoman"
KIN = (
    f"{KIN_OF_WOMEN}|husband|brother|son|father|nephew|uncle|widower|grandfather|chairman|spokesman"
    "|businessman"
)
_SUBJECT = lazily(
    rf"(?:(?i:{any_of(ARTICLES, OWNERS)}|one|another)|(?:{CAPITALISED}\s){{0,2}}{CAPITALISED}(?<=[’']s))"
    rf"\s(?P<who>(?:{CAPITALISED}\s){{0,2}}(?:[a-z][\w’'-]*[\s,]+){{1,4}})"
    r"(?P<name>(?<=, )[^\W\d_])?",
)
_DESCRIBED = lazily(
    rf"(?:{any_of(ARTICLES, OWNERS)}|one|another"
    rf"|(?:[\w-]+\s){{0,2}}[\w-]+[’']s)\s(?:[a-z]+\s){{0,3}}?(?P<head>[a-z]+)"
    rf"(?:,\s(?:who|whose)\s[^,]{{2,80}},)?\s"
    rf"(?:{any_of(ASKING, FIRST)}|[a-z]+(?:ed|s|ly)|who|in|of|from|at|called|named|with|also|then|later|now"
    rf"|again)\s",
    re.I,
)
GROUP = lazily(
    r"(?P<who>The (?:[a-z]+ ){0,3}?[a-z]+)\b(?=(?:,\s[^,;:]{2,80},)?\s"
    rf"(?:[a-z]+(?:s|ed|ly)|[hw]as|had|{any_of(closed.MODALS)}|did|took|came|went|gave|made|met|held|put|left)\b)"
)
_DOCUMENT = lazily(
    rf"(?P<whose>{any_of(OWNERS)})\s(?:\w+\s)?(?:letter|statement|post|message|tweet|note|memo|reply|answer"
    rf"|speech|report"
    r"|column|article|book|email|e-mail|diary|remarks|submission|petition|notice|circular)(?:\s(?:of|to|on"
    r"|from|in)\s.*)?$",
    re.I,
)
# "I met a man who sits on the board and asked not to be named"
_MET_AS = {"man": "he", "boy": "he", "woman": "she", "girl": "she"}
_MET = lazily(
    rf"\b(?i:{any_of(FIRST[:2])})\s(?:met|asked|told|rang|called|found|saw|visited|phoned)\s"
    rf"(?P<who>an?\s(?:[a-z-]+\s){{0,2}}?(?P<as>{any_of(_MET_AS)})(?=\s(?:who|from|with|in)\s)"
    rf"|(?:{any_of(ARTICLES)})\s(?:[a-z-]+\s){{0,2}}?[a-z-]+\b)"
)
_ASKED_ABOUT = lazily(
    rf"\b(?i:{any_of(FIRST[:2])})\s(?:asked|told|rang|called)\s(?:{any_of(ARTICLES)})\s(?:[a-z-]+\s){{1,3}}?"
    rf"(?:about|for|of|after)\s[^.;:]{{0,40}}?{CAPITALISED}"
)
_SEVERAL = lazily(r"(?:[^s]s|police|people|[a-z]*m[ae]n(?<=men)|crowd|crew)$")
_WHICH_ONE = lazily(r"\s(?:who|from|with|in)\s(?:(?!and\b|who\b)[^\s,;:.]+\s?){1,8}(?<!\s)")
# "a Red Lantern nurse"; "Union leaders met", never "Jane Roe captains the side"
_OF_ROLE = lazily(
    r"\s(?P<role>[a-z-]{4,}?)(?P<several>s?)\b(?=(?P<did>\s(?:[a-z]+ly\s)?"
    rf"(?:{any_of(HAVE, closed.WAS, closed.MODALS)}|[a-z]+ed|met|said|told|went|came|left)\b)?)"
)
_ONE_OF = lazily(rf"\b(?:{any_of(ARTICLES)}|one|another)\s$", re.I)
_KIN = lazily(
    rf"(?:(?i:{any_of(OWNERS)})|(?:{CAPITALISED}\s){{0,2}}{CAPITALISED}(?:(?<=[’']s)|(?<=s[’'])))\s(?:[a-z]+\s){{0,2}}"
    rf"(?:{KIN}),?\s(?P<who>{CAPITALISED})(?![\w’'‑-]|\s{CAPITALISED})"
)
_SUBJECT_OF = dict(zip(OWNERS, SUBJECTS, strict=True))
_PAPER = (
    r"(?:letter|statement|post|message|note|memo|reply|answer|notice|circular|email|e-mail|comment|bulletin"
    r"|leaflet"
    r"|communiqu[eé]|advertisement)s?"
)
# "The port sent a letter to each.", "Jane Roe's statement was short.": of what "it said" is said next
_OWNS_PAPER = lazily(
    rf"(?P<who>(?:{CAPITALISED}|[Tt]he\s[\w-]+)(?:\s{CAPITALISED}){{0,3}}?)"
    rf"[’']s?\s(?:[a-z-]+\s){{0,3}}?{_PAPER}\b"
)
_SENT = lazily(
    rf"(?P<who>(?:{CAPITALISED}|[Tt]he)(?:\s(?!(?:{any_of(ARTICLES)})\b)[\w’'-]+){{0,4}}?)"
    rf"(?:,\s(?:who|which)\s[^,;:.]{{2,80}},)?\s(?:(?:{any_of(HAVE)})\s|then\s|also\s|later\s)?"
    r"(?:sent|wrote|issued|published|posted|released|put out|circulated|hand(?:ed|s) (?:out|round|around)"
    rf"|distribut(?:ed|es))\s(?:(?![a-z]+[’'])[a-z-]+\s){{0,4}}?{_PAPER}\b(?!\s(?:from|by|of)\b)"
)
# "After the meeting, the port sent a note.", "At noon the port sent one."
_OPENS = lazily(
    r"(?:[^,;:]{1,80},\s|(?:Hours|Days|Minutes|Weeks|Shortly) later\s"
    r"|(?:At|On|By|In|After|Before) (?:[a-z]+ )?[\w:.]+\s(?=the |[^\W\da-z]))"
)
_OF_PAPER = lazily(rf"\b{_PAPER}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the antecedents need it: where it begins, the reporter's own words in it, and those who
    speak in it. `by_subject`: of whom it speaks otherwise is not looked at. `doing` are those who do
    something by words in it: "denied the report"."""

    start: int
    bare: str
    speakers: tuple[Span, ...]
    by_subject: bool = False
    doing: tuple[Span, ...] = ()


def role_behind(line: Line, one: Mention) -> re.Match[str] | None:
    """Whose name it is whom only a word in small letters behind it tells of: "a Red Lantern nurse"."""
    found = _OF_ROLE.match(line.bare, one.end)
    if not found or not offices.is_role(found["role"]):
        return None
    begins = one.start + 4 * one.text.startswith("the ")
    if found["several"]:
        return found if found["did"] and " " not in one.text.removeprefix("the ") else None
    return found if _ONE_OF.search(line.bare, 0, begins) else None


def at(line: Line, start: int, end: int) -> Span:
    return Span(line.start + start, line.start + end)


def speaks(word: str) -> bool:
    return may_speak(word) or offices.is_known_role(word)


def whose(speaker: str) -> str | None:
    """ "her letter" -> "she": a document speaks for whom it is of."""
    found = _DOCUMENT.match(speaker)
    return _SUBJECT_OF[found["whose"].lower()] if found else None


def met(pronoun: str, line: Line) -> Iterator[Span]:
    """Whom whoever writes has met or asked, who has no name."""
    for one in _MET.finditer(line.bare):
        head = one["who"].split()[-1]
        fits = pronoun not in _MET_AS.values() or not _SEVERAL.search(head)
        if _MET_AS.get(head, pronoun) == pronoun and fits and (one["as"] or speaks(head)):
            start, end = one.span("who")
            which = _WHICH_ONE.match(line.bare, end)
            yield Span(line.start + start, line.start + (which.end() if which else end))


def asks_about_another(line: Line) -> bool:
    """ "I asked the guard about Roe.": "he" may be either."""
    return _ASKED_ABOUT.search(line.bare) is not None


def kin(line: Line) -> Span | None:
    """ "Roe's wife, Amina, had a shirt", "His brother Ben left": who has a given name alone."""
    found = _KIN.match(line.bare)
    return at(line, *found.span("who")) if found else None


def described(line: Line, spans: Sequence[Span]) -> list[Span] | None:
    """ "His wife, Amina, had a shirt": Amina; "The lawyer stood up": one who isn't named."""
    subject = _SUBJECT.match(line.bare)
    words = subject["who"].replace(",", " ").split() if subject else []
    if not subject or not any(speaks(word) and not _SEVERAL.search(word) for word in words):
        return None
    named = [span for span in spans if span.start - line.start == subject.start("name")]
    office = _DESCRIBED.match(line.bare)
    if named or not office or not offices.is_known_role(office["head"]):
        return named
    return [Span(line.start, line.start + office.end("head"))]


def tells_of_paper(line: Line) -> bool:
    """Whether "it" may be a letter or statement, whoever wrote it."""
    return _OF_PAPER.search(line.bare) is not None


def writer(line: Line) -> Span | None:
    """Whose letter or statement a sentence begins by telling of."""
    opened = _OPENS.match(line.bare)
    for start in (0, opened.end() if opened else 0):
        found = _OWNS_PAPER.match(line.bare, start) or _SENT.match(line.bare, start)
        if found and not any(offices.is_doing(word) for word in found["who"].split()):
            return at(line, *found.span("who"))
    return None
