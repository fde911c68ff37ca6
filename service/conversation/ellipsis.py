"""A few words put where their like is in the question before: "what about Roe", "and on the 8th", "just the
pension part". None where it isn't plain in whose place they stand."""

import re
from collections.abc import Sequence

from service.answering.asked import is_worded_broadly
from service.conversation.again import is_day_beside
from service.conversation.referents import Exchange
from service.conversation.whole import LEAD
from service.english import (
    SPEECH,
    NameKind,
    QuestionClause,
    any_of,
    bare_name,
    clause,
    closed,
    is_phrase,
    kind_of,
    lazily,
    may_act,
    mentions,
    of_women,
    offices,
    outlets,
)

FRAGMENT = 6  # words
ASKS = lazily(rf"\b(?:{any_of(closed.QUESTION_WORDS, closed.ASKING)})\b", re.I)
REFERS = lazily(
    rf"\b(?:{any_of(closed.THIRD, closed.DEMONSTRATIVES, closed.TALKERS)}|there|then)\b",
    re.I,
)
TO_SOMEBODY = frozenset({"tell", "give", "offer", "pay", "send", "show", "ask", "promise", "sell"})
_ABOUT = lazily(
    r"^(?:(?:and|but|so|ok(?:ay)?)[,\s]+)?(?P<lead>what|how) about\s+(?P<what>\S.*)$", re.I | re.S
)
_PREPOSITION = lazily(
    r"^(?P<prep>on|in|at|to|from|with|by|for|about|against|before|after|during|since)\s+(?P<object>\S.*)$",
    re.I,
)
_ABOUT_TAIL = lazily(
    rf"\babout\s+(?P<object>(?:(?:{any_of(closed.DETERMINERS)}) )?[\w’'-]+"
    r"(?: (?!on\b|in\b|at\b|to\b|for\b|with\b|after\b|before\b|by\b)[\w’'-]+){0,4})$",
    re.I,
)
# "How many came, says Roe": whose figure it is. Without the comma it may be anything's: "what Roe says".
_SAYS_TAIL = lazily(
    r"^(?!(?:who|which)\b).{8,}?\w(?P<apart>,)? (?:says|according to)"
    rf" (?P<who>(?!(?:{any_of(sorted(offices.PREPOSITIONS), closed.THIRD, closed.DEMONSTRATIVES)})\b)"
    r"[\w.&’'-]+(?: [\w.&’'-]+){0,3})$",
    re.I,
)
_TOLD = lazily(
    rf"(?:{'|'.join(sorted(TO_SOMEBODY))}) (?P<whom>(?:the |an? )?[\w.&’'-]+"
    r"(?: (?!(?:on|in|at|about|to|for|after|before|by|that|of|when|why|how)\b)[\w.&’'-]+){0,3})",
    re.I,
)
_PART = lazily(
    r"^(?:(?:just|only) )?the (?P<what>(?:[\w’'-]+ ){1,3})(?:bit|part|side|point|stuff|issue|question)"
    r"(?: only| of it)?$",
    re.I,
)
_TAKES_PART = lazily(r"(?:what|why|how(?! (?:many|much|long|often|old|far)\b))\b", re.I)
_ASKS_WHEN = lazily(r"(?:on )?(?:when|(?:what|which) (?:day|date|time|year))\b", re.I)
_TOLD_FROM_TODAY = lazily(r"(?:yesterday|today|tonight|tomorrow|last|this|next)\b", re.I)
_MONTH = any_of(closed.MONTHS)
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_OF_MONTH = (
    rf"(?:\b{_NTH} (?:of )?(?:{_MONTH})\b|\b\d{{1,2}} (?:{_MONTH})\b"
    rf"|\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b)"
    r"(?:,? (?:19|20)\d\d\b)?"
)
_WEEKDAY = rf"(?:\b(?:{any_of(closed.DAYS)}),? )?(?:\bthe )?"
_DATE = lazily(rf"{_WEEKDAY}(?:{_OF_MONTH}|\b{_NTH}\b)", re.I)
# In a question: "the 5th Army" is none.
_DATED = lazily(
    rf"{_WEEKDAY}{_OF_MONTH}|(?:(?<=\bon )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )){_WEEKDAY}\b{_NTH}\b", re.I
)
_NO_NOUN = lazily(
    rf"$|,| (?:{any_of(sorted(offices.PREPOSITIONS), closed.WHEN)}|and|or|after|before|during|since"
    r"|until|that)\b",
    re.I,
)
_ON = lazily(r"\b(?:on|by|since|until) $", re.I)
_YEAR_OR_MONTH = lazily(rf"(?:19|20)\d\d|{_MONTH}", re.I)
_BEFORE = lazily(r"\b(?:on|in|at|to|from|with|by|since|before|after) (?:the )?$", re.I)
_NAMES = frozenset({NameKind.PERSON, NameKind.BODY, NameKind.UNKNOWN})
_NOBODY = frozenset({"it", "there", *closed.DEMONSTRATIVES})
_BODIES = frozenset({NameKind.BODY, NameKind.OUTLET, NameKind.PLACE})


def ended(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + "?"


def fragment(bare: str, said: Sequence[Exchange], *, asks: bool) -> str | None:
    """`asks`: whether it was typed with a question mark."""
    about = _ABOUT.match(bare)
    lead = LEAD.match(bare)
    what = about["what"] if about else bare[lead.end() :] if lead else bare
    if len(what.split()) > FRAGMENT or ASKS.search(what) or REFERS.search(what) or is_day_beside(bare):
        return None
    if is_worded_broadly(what):
        return None  # "Timeline?" asks for one
    if part := _part(what, said):
        return part
    named = asks and (_named_before(what, said) or _is_name(what))
    if not (about or lead or _PREPOSITION.match(what) or named):
        return None
    return put_in(what, said, topic=about is not None)


def put_in(what: str, said: Sequence[Exchange], *, topic: bool = False, corrects: bool = False) -> str | None:
    before = clause(said[-1].question)
    if len(before.text.split()) < 3 or (ASKS.search(before.text) is None and not corrects):
        return None
    phrase = _PREPOSITION.match(what)
    thing = phrase["object"] if phrase else what
    kind = _kind(thing, phrase["prep"].lower() if phrase else "", said)
    prep = phrase["prep"] if phrase else "to" if kind is NameKind.OUTLET else ""
    if told := _to(before, prep, thing):
        return told
    if kind in (NameKind.DAY, NameKind.OUTLET, NameKind.PLACE):
        return _beside(before, thing, kind, phrase["prep"].lower() if phrase else "")
    if phrase:
        return None
    is_name = kind in _NAMES and (thing[:1].isupper() or _named_before(thing, said))
    says = _SAYS_TAIL.match(before.text)
    if says and (is_name or may_act(thing)) and not (_acts(before) and not may_act(says["who"])):
        one = says["apart"] and not _acts(before) and kind_of(says["who"]) is not NameKind.OUTLET
        return ended(before.text[: says.start("who")] + thing) if one else None
    if is_name:
        return _for_name(before, thing, kind)
    return _for_phrase(before, thing, topic=topic)


def _acts(before: QuestionClause) -> bool:
    """Whether its subject is somebody, in whose place another is asked about."""
    named = any(m.same_as(before.subject) for m in mentions(before.text)) if before.subject else False
    return named or may_act(before.subject)


def swapped(text: str, old: str, new: str) -> str | None:
    for mention in mentions(text):
        if mention.same_as(old):
            return ended(text[: mention.start] + new + text[mention.end :])
    return None


def _part(what: str, said: Sequence[Exchange]) -> str | None:
    """ "Just the pension part": of what was asked, no more than is about that."""
    part, before = _PART.match(what), clause(said[-1].question).text
    if part is None or not _TAKES_PART.match(before) or len(before.split()) < 3:
        return None
    if _ABOUT_TAIL.search(before) or before.rpartition(" ")[2].lower() in offices.PREPOSITIONS:
        return None
    return ended(f"{before} about the {part['what']}")


def _is_name(what: str) -> bool:
    """Whether it is plainly a name and nothing else: a capital alone begins "Pensions?" too."""
    found = mentions(what)
    if len(found) != 1 or found[0].text != what:
        return False
    kind = kind_of(what)
    if kind is NameKind.BODY:  # "Harbour Union", not "Union Demands"
        return " " in what and kind_of(what.split()[-1]) is kind
    return kind is NameKind.OUTLET or (kind is NameKind.PERSON and of_women(what, "") is not None)


def _named_before(what: str, said: Sequence[Exchange]) -> bool:
    return any(m.same_as(what) for exchange in said for m in mentions(exchange.text))


def _kind(thing: str, prep: str, said: Sequence[Exchange]) -> NameKind:
    kind = NameKind.DAY if _DATE.fullmatch(thing) else kind_of(thing)
    if kind is not NameKind.UNKNOWN:
        return NameKind.PLACE if kind is NameKind.PERSON and prep in {"in", "at", "from"} else kind
    if prep in {"in", "at", "from"} and thing[:1].isupper():
        return NameKind.PLACE
    known = [m.kind for x in said for m in mentions(x.text) if m.same_as(thing)]
    return next((k for k in known if k is not NameKind.UNKNOWN), NameKind.UNKNOWN)


def _beside(before: QuestionClause, thing: str, kind: NameKind, prep: str) -> str | None:
    """A day, an outlet or a place instead of the one in the question before, or added to it."""
    if kind is NameKind.DAY:
        return _on_day(before, thing, prep)
    same = [(m.start, m.end) for m in mentions(before.text) if m.kind is kind]
    same = same or ([(m.start, m.end) for m in outlets(before.text)] if kind is NameKind.OUTLET else [])
    if len(same) == 1:
        start, end = same[0]
        had = _BEFORE.search(before.text[:start])
        if had and prep:
            start, thing = had.start(), f"{prep} {thing}"
        return ended(before.text[:start] + thing + before.text[end:])
    if same or (not prep and kind is NameKind.PLACE):
        return None
    if kind is NameKind.OUTLET and not SPEECH.search(before.text):
        return None
    return ended(f"{before.text} {prep or 'on'} {thing}")


def _on_day(before: QuestionClause, thing: str, prep: str) -> str | None:
    """A day instead of the one in the question before, where that is a day and not "the 12 May deal"."""
    dates = [m.span() for m in _DATED.finditer(before.text)]
    days = [(m.start, m.end) for m in mentions(before.text) if m.kind is NameKind.DAY]
    had = dates + [day for day in days if all(day[1] <= start or end <= day[0] for start, end in dates)]
    usual = "" if _TOLD_FROM_TODAY.match(thing) else "in" if _YEAR_OR_MONTH.fullmatch(thing) else "on"
    if not had:
        asks_when = _ASKS_WHEN.match(before.text)
        return None if asks_when else ended(f"{before.text} {prep or usual} {thing}".replace("  ", " "))
    start, end = had[0]
    plain = _ON.search(before.text[:start]) and re.match(
        r"(?!the )[^’']+$", before.text[start : end + 1], re.I
    )
    if len(had) > 1 or not (plain or _NO_NOUN.match(before.text, end)):
        return None
    stands = _BEFORE.search(before.text[:start])
    if stands and (prep or not usual or stands.group().split()[0].lower() in {"on", "in", "at"}):
        start, thing = stands.start(), f"{prep or usual} {thing}".lstrip()
    return ended(before.text[:start] + thing + before.text[end:])


def _to(before: QuestionClause, prep: str, thing: str) -> str | None:
    """ "To Radio Kavik" after "tell the Mercury": told instead of the Mercury."""
    told = _TOLD.match(before.predicate)
    if told is None or prep.lower() != "to":
        return None
    at = len(before.text) - len(before.predicate)
    return ended(before.text[: at + told.start("whom")] + thing + before.text[at + told.end("whom") :])


def _for_name(before: QuestionClause, name: str, kind: NameKind) -> str | None:
    """A name instead of the subject of the question before; else of the one other name in it."""
    own = re.search(r"[’']s$", before.subject) or before.subject.lower() in _NOBODY
    if before.subject and bare_name(before.subject) != bare_name(name) and not own:
        return ended(before.with_subject(name))
    others = [m for m in mentions(before.text) if m.kind in _NAMES and not m.same_as(name)]
    if len(others) != 1 or (kind is NameKind.PERSON and others[0].kind in _BODIES):
        return None  # "Who leads the Harbour Union?": no person stands in its place
    return swapped(before.text, others[0].text, name)


def _for_phrase(before: QuestionClause, thing: str, *, topic: bool) -> str | None:
    """A thing in lower case: what the question before was about, or its subject if that was one too."""
    asked = before.subject and not before.pronominal()
    somebody = bool(asked) and is_phrase(thing) and may_act(thing)
    tail = _ABOUT_TAIL.search(before.text)
    if tail and (topic or not somebody):
        return ended(before.text[: tail.start("object")] + thing)
    if somebody:
        return ended(before.with_subject(thing))
    if topic and before.subject and re.search(r"\bsay\b", before.predicate):
        return ended(f"{before.text} about {thing}")
    return None
