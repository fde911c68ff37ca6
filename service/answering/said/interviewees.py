"""Who answers in an interview, by the words above its first question: the one of whom they say that they
spoke, never who asked; or whom its questions address."""

import re
from collections.abc import Sequence

from retrieval.article import Span
from service.english import (
    LINK,
    NAME_WORD,
    Mention,
    NameKind,
    any_of,
    closed,
    lazily,
    mentions,
    offices,
    words_of,
)

_HEAD = 3_000  # code points
_ADDRESSED = 12_000  # behind the first question, in which somebody is addressed
_OURS = rf"(?:{any_of(closed.FIRST_OBJECTS[:2], closed.FIRST_OWNERS[1:2])}|this"
_NEAR = rf" {_OURS}|the (?={NAME_WORD})|(?={NAME_WORD}))"
_SPOKE = lazily(
    rf"[^.\n]{{0,80}}?\s(?:(?:spoke|talked|talks|speaks) (?:to|with){_NEAR}"
    rf"|sat down with {_OURS})|answer(?:s|ed) (?:our|my|questions)|was our guest)\b"
)
_SPOKE_WITH = lazily(
    r"\b(?:(?:interview|conversation) with|interview(?:s|ed)?"
    r"|(?:we|I) (?:spoke to|spoke with|talked to|met|asked))"
    rf"\s(?:(?!\b(?:in|on|at|by|{any_of(closed.OBJECTS[:2], closed.OWNERS[:2])})\b)[^.,;:\n]){{0,40}}$",
    re.I,
)
# "Jane Roe led the talks. We met her in Riga.", "... She spoke to Ann Poe."
_MET_AFTERWARDS = lazily(
    r"[^\n]{0,400}?[.!?]\s(?:(?:We|I) (?:met|spoke|talked|visited|sat down|interviewed|asked)\b[^.\n]{0,30}?"
    rf"\b(?:{any_of(closed.OBJECTS[:2], closed.OWNERS[:2])})\b"
    rf"|(?:{any_of(map(str.title, closed.SUBJECTS[:2]))}) (?:(?:spoke|talked|speaks|talks|sat down)"
    r" (?:to|with)|answers|answered|took)\b)"
)
_OPENS = lazily(r"(?:^|[.!?:]\s|\n)\s*(?:[^\s,.;:]+\s){0,6}$")
_MET = lazily(
    r"\b(?:met|meets?|interview(?:s|ed)?|asked|with|guest|(?:spoke|talked|speaks|talks) (?:to|with))"
    r" (?:[^\s,.;:]+\s){0,6}$"
)
_ONE_MORE = lazily(r"(?:, [^,.\n]{1,60},)?\s?(?:and|with|together)\b")
_ASKER = r"(?:reporter|correspondent|host|presenter|editor|columnist|colleague|interviewer)s?"
# Who asks: "an interview by Ann Poe", "She spoke to our reporter Ann Poe".
_ASKED_BY = lazily(
    r"\b(?:interview(?:ed)?|questions|asked|questioned|words|transcript|conversation) by (?:\S+ ){0,3}$"
    rf"|\b(?i:{any_of(closed.SUBJECTS[:2])}) (?:spoke|talked|speaks|talks|sat down) (?:to|with)"
    r" (?:\S+ ){0,3}$"
    rf"|\b[Bb]y $|\b{_ASKER}(?: \S+){{0,2}} $"
)
# "Ann Poe spoke to Jane Roe", "Ann Poe, our reporter".
_ASKS = lazily(
    r",? (?:interview(?:s|ed)|asks|asked|puts? the questions"
    r"|(?:met|meets|(?:spoke|talked|speaks|talks) (?:to|with))"
    rf" (?:\S+ ){{0,6}}?(?={NAME_WORD}))|, [^,.\n]{{0,40}}\b{_ASKER}\b"
)
_RANKS = words_of("captain governor mayor minister president senator judge colonel general")
_TITLE = any_of(word.title() for word in sorted(offices.TITLES | offices.SHORT_TITLES | _RANKS))

_ADDRESSES = lazily(
    rf"(?m:^[ \t*_]*(?:Q[.:][ \t*]+)?)(?:[^.?!\n]{{0,40}},\s)?"
    rf"(?P<who>(?:{_TITLE})\.? {NAME_WORD}(?:{LINK}{NAME_WORD}){{0,2}})[,.?!]"
)


def interviewed(text: str, end: int, *, labelled: bool = False) -> Span | None:
    """The one person of whom the words above the first question say that they spoke; above the labels of a
    transcript it is enough that they name nobody else but who asks."""
    head = text[: min(end, _HEAD)]
    people = [m for m in mentions(head) if m.kind is NameKind.PERSON and " " in m.text]
    first = _one(head, people, labelled=labelled)
    if first is None:
        return _addressed(text, end)
    several = _ONE_MORE.match(head, first.end) or head[: first.start].endswith(" and ")
    return None if several and not labelled else Span(first.start, first.end)


def _one(head: str, people: Sequence[Mention], *, labelled: bool) -> Mention | None:
    asking = {_surname(m) for m in people if _asks(head, m)}
    answering = [m for m in people if _surname(m) not in asking]
    if labelled and len({*map(_surname, answering)}) == 1 and any(_is_shown(head, m) for m in answering):
        return answering[0]
    spoke = [m for m in answering if _spoke(head, m)]
    if len({*map(_surname, spoke)}) == 1:
        return spoke[0]
    opening = [m for m in answering if not head[: m.start].strip() and _MET_AFTERWARDS.match(head, m.end)]
    return opening[0] if opening and not spoke else None


def _is_shown(head: str, one: Mention) -> bool:
    """Whether the words are about them, and don't only name them on the way: they open a sentence, perhaps
    behind what they are, or are said to have spoken or to have been met."""
    before = head[: one.start]
    return bool(_OPENS.search(before) or _MET.search(before) or _spoke(head, one))


def _surname(one: Mention) -> str:
    return one.text.split()[-1]


def _asks(head: str, one: Mention) -> bool:
    return bool(_ASKED_BY.search(head, 0, one.start) or _ASKS.match(head, one.end))


def _spoke(head: str, one: Mention) -> bool:
    return bool(_SPOKE.match(head, one.end) or _SPOKE_WITH.search(head, 0, one.start))


def _addressed(text: str, end: int) -> Span | None:
    """Whom the questions address, if that is one: "Q: Ms Roe, good morning." """
    found = list(_ADDRESSES.finditer(text, end, end + _ADDRESSED))
    return Span(*found[0].span("who")) if len({one["who"].split()[-1] for one in found}) == 1 else None
