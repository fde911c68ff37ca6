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
_SHE = any_of(map(str.title, closed.SUBJECTS[:2]))
# "Jane Roe led the talks. She never spoke of it. We met her in Riga.", "... She spoke to Ann Poe."
_MET_AFTERWARDS = lazily(
    rf"(?:[^.!?\n]|\.\d){{0,300}}[.!?]\s(?:(?:{_SHE}) (?:[^.!?\n]|\.\d){{0,200}}[.!?]\s){{0,2}}"
    r"(?:(?:We|I) (?:met|spoke|talked|visited|sat down|interviewed|asked)\b[^.\n]{0,30}?"
    rf"\b(?:{any_of(closed.OBJECTS[:2], closed.OWNERS[:2])})\b"
    rf"|(?:{_SHE}) (?:(?:spoke|talked|speaks|talks|sat down) (?:to|with)|answers|answered|took)\b)"
)
_OPENS = lazily(r"(?:^|[.!?:]\s|\n)\s{0,4}(?:[^\s,.;:]{1,40}\s){0,6}$")
_MET = lazily(
    r"\b(?:met|meets?|interview(?:s|ed)?|asked|with|guest|(?:spoke|talked|speaks|talks) (?:to|with))"
    r" (?:[^\s,.;:]{1,40}\s){0,6}$"
)
_ONE_MORE = lazily(r"(?:, [^,.\n]{1,60},)?\s?(?:and|with|together)\b")
_ASKER = r"(?:reporter|correspondent|host|presenter|editor|columnist|colleague|interviewer)s?"
# Who asks: "an interview by Ann Poe", "She spoke to our reporter Ann Poe".
_ASKED_BY = lazily(
    r"\b(?:interview(?:ed)?|questions|asked|questioned|words|transcript|conversation) by (?:\S{1,40} ){0,3}$"
    rf"|\b(?i:{any_of(closed.SUBJECTS[:2])}) (?:spoke|talked|speaks|talks|sat down) (?:to|with)"
    r" (?:\S{1,40} ){0,3}$"
    rf"|\b[Bb]y $|\b{_ASKER}(?: \S{{1,40}}){{0,2}} $"
)
# "Ann Poe spoke to Jane Roe", "Ann Poe, our reporter".
_ASKS = lazily(
    r",? (?:interview(?:s|ed)|asks|asked|puts? the questions to|met|meets"
    r"|(?:spoke|talked|speaks|talks) (?:to|with)) (?!the\b)"
)
_OF_THE_PRESS = lazily(rf", [^,.\n]{{0,40}}\b{_ASKER}\b")
_NEAR_BY = 30  # code points between who asks and whom
_RANKS = words_of("captain governor mayor minister president senator judge colonel general")
_TITLE = any_of(word.title() for word in sorted(offices.TITLES | offices.SHORT_TITLES | _RANKS))

_GREETING = (
    r"(?:(?:[Gg]ood (?:morning|afternoon|evening|day)|[Hh]ello|[Ww]elcome|[Tt]hank you|[Tt]hanks|[Ss]o"
    r"|[Aa]nd),? )?"
)
_ADDRESSES = lazily(
    rf"[ \t*_]*(?:Q[.:][ \t*]+)?{_GREETING}"
    rf"(?P<who>(?:{_TITLE})\.? {NAME_WORD}(?:{LINK}{NAME_WORD}){{0,2}})[,.]"
)
_QUESTION = lazily(r"^[ \t*_]*Q[.:][ \t*]+", re.M)


def interviewed(text: str, end: int, *, labelled: bool = False) -> Span | None:
    """The one person of whom the words above the first question say that they spoke; above the labels of a
    transcript it is enough that they name nobody else but who asks."""
    head = text[: min(end, _HEAD)]
    people = [m for m in mentions(head) if m.kind is NameKind.PERSON and " " in m.text]
    first = _one(head, people, labelled=labelled)
    if first is None:
        return _addressed(text, end, labelled=labelled)
    several = _ONE_MORE.match(head, first.end) or head[: first.start].endswith(" and ")
    return None if several and not labelled else Span(first.start, first.end)


def _one(head: str, people: Sequence[Mention], *, labelled: bool) -> Mention | None:
    asking = {_surname(m) for m in people if _asks(head, m, people)}
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


def _asks(head: str, one: Mention, people: Sequence[Mention]) -> bool:
    if _ASKED_BY.search(head, 0, one.start) or _OF_THE_PRESS.match(head, one.end):
        return True
    found = _ASKS.match(head, one.end)
    if found is None:
        return False
    near = (m.start for m in people if found.end() <= m.start <= found.end() + _NEAR_BY)
    return any(not re.search(r"[.!?,;\n]", head[found.end() : at]) for at in near)


def _spoke(head: str, one: Mention) -> bool:
    return bool(_SPOKE.match(head, one.end) or _SPOKE_WITH.search(head, 0, one.start))


def _addressed(text: str, end: int, *, labelled: bool) -> Span | None:
    """Whom the questions address, if that is one: "Q: Ms Roe, good morning."; without labels, the first."""
    starts = [end]
    if labelled:
        starts = [one.start() for one in _QUESTION.finditer(text, end, end + _ADDRESSED)]
    found = [one for at in starts if (one := _ADDRESSES.match(text, at))]
    return Span(*found[0].span("who")) if len({one["who"].split()[-1] for one in found}) == 1 else None
