"""Who answers in an interview, by the words above its first question: the one of whom they say plainly that
they spoke, never who asked; or the only one whom its questions address. Where it isn't plain, nobody."""

import re
from collections.abc import Iterator, Sequence

from retrieval.article import Span
from service.english import (
    LINK,
    MONTH,
    NAME_WORD,
    Mention,
    NameKind,
    any_of,
    closed,
    is_outlet,
    lazily,
    mentions,
    offices,
    words_of,
)

_HEAD = 3_000  # code points
_ADDRESSED = 12_000  # behind the first question, in which somebody is addressed
_OURS = rf"(?:{any_of(closed.FIRST_OBJECTS[:2], closed.FIRST_OWNERS[1:2])}|this)"
_SPEAKS = "(?:spoke|talked|talks|speaks|sat down)"
_SPOKE = lazily(
    rf"[^.\n]{{0,80}}?\s(?:{_SPEAKS} (?:to|with) (?:{_OURS}\b"
    rf"|the (?P<outlet>{NAME_WORD}(?: {NAME_WORD}){{0,3}})|(?={NAME_WORD}))"
    r"|answer(?:s|ed) (?:our|my|questions)\b|was our guest\b)"
)
_SPOKE_WITH = lazily(
    r"\b(?:(?:interview|conversation) with|interview(?:s|ed)?"
    r"|(?:we|I) (?:spoke to|spoke with|talked to|met|asked))"
    rf"\s(?:(?!\b(?:in|on|at|by|{any_of(closed.OBJECTS[:2], closed.OWNERS[:2])})\b)[^.,;:\n]){{0,40}}$",
    re.I,
)
_SHE = any_of(map(str.title, closed.SUBJECTS[:2]))
_HER, _HERS = any_of(closed.OBJECTS[:2]), any_of(closed.OWNERS[:2])
# "Jane Roe led the talks. She has kept silent. We met her in Riga.", "... She spoke to Ann Poe."
_MET_AFTERWARDS = lazily(
    rf"(?:[^.!?\n]|\.\d){{0,300}}[.!?]\s(?:(?:{_SHE}) (?:[^.!?\n]|\.\d){{0,200}}[.!?]\s){{0,2}}"
    rf"(?:(?:We|I) (?:(?:met|visited|interviewed|asked)|{_SPEAKS} (?:to|with)) (?:{_HER})"
    r"(?=[.,]| (?:in|at|on|over|after|before|for|during|from|this)\b)"
    rf"|(?:We|I) (?:met|spoke|talked)\b[^.\n]{{0,20}} (?:in|at) (?:{_HERS}) [a-z]+(?=[.,]| (?:in|at|on)\b)"
    rf"|(?:{_SHE}) (?:{_SPEAKS} (?:to|with) (?:{_OURS}\b|(?={NAME_WORD}))|answer(?:s|ed) (?:our|my)))"
)
_OPENS = lazily(r"(?:^|[.!?:]\s|\n)\s{0,4}(?:[^\s,.;:]{1,40}\s){0,6}$")
# An introduction that tells of somebody's speaking may be of another's, or of another time.
_TELLS = lazily(
    r"\b(?:interview\w*|questions?|answer(?:s|ed)?|spoke\w*|speaks?|talk(?:s|ed)|conversation|repl(?:y|ies|ied)"
    r"|explains?|reports?|said|says|tells?|told|successor|opponent|rival|met|meets?)\b",
    re.I,
)
_ANOTHER_TIME = lazily(
    r"\b(?:last|earlier|ago|yesterday|previous(?:ly)?|once|refus\w+|declin\w+|turned down|never|week that"
    rf"|in (?:{MONTH}))\b",
    re.I,
)
_FOR_THEM = lazily(r"\bspokes\w+|\b(?:told us|repl(?:y|ies|ied)|deputy|successor|lawyer)\b")
_ONE_MORE = lazily(r"(?:, [^,.\n]{1,60},)?\s?(?:and|with|together)\b")
_ASKER = r"(?:reporter|correspondent|host|presenter|editor|columnist|colleague|interviewer)s?"
# Who asks: "an interview by Ann Poe", "She spoke to our reporter Ann Poe".
_ASKED_BY = lazily(
    r"\b(?:interview(?:ed)?|questions|asked|questioned|words|transcript|conversation) by (?:\S{1,40} ){0,3}$"
    rf"|\b(?i:{any_of(closed.SUBJECTS[:2])}) {_SPEAKS} (?:to|with) (?:\S{{1,40}} ){{0,3}}$"
    rf"|\b[Bb]y $|\b{_ASKER}(?: \S{{1,40}}){{0,2}} $|\bQuestions: $"
)
# "Ann Poe spoke to Jane Roe", "Ann Poe, our reporter".
_ASKS = lazily(
    r",? (?:interview(?:s|ed)|asks|asked|puts? the questions(?: to)?|met|meets"
    rf"|{_SPEAKS} (?:to|with)) (?!the\b)"
)
_ASKS_ALONE = lazily(rf",? (?:asks|puts? the questions)\b|, [^,.\n]{{0,40}}\b{_ASKER}\b")
# "The Tarn Post met the miller Jane Roe".
_POST_MET = lazily(
    rf"\b[Tt]he (?P<outlet>(?:{NAME_WORD} ){{1,4}})(?:met|meets|interviewed|asked|{_SPEAKS} (?:to|with))"
    r" (?:[^\s,.;:]{1,40}\s){0,6}$"
)
_MOST_BEFORE = 200
_NEAR_BY = 30  # code points between who asks and whom
_RANKS = words_of("captain governor mayor minister president senator judge colonel general")
_TITLE = any_of(word.title() for word in sorted(offices.TITLES | offices.SHORT_TITLES | _RANKS))
_TITLED = rf"(?P<who>(?:{_TITLE})\.? {NAME_WORD}(?:{LINK}{NAME_WORD}){{0,2}})"
_GREETING = (
    r"(?:(?:[Gg]ood (?:morning|afternoon|evening|day)|[Hh]ello|[Ww]elcome|[Tt]hank you|[Tt]hanks|[Ss]o"
    r"|[Aa]nd),? )?"
)
_BEGINS = lazily(rf"[ \t*_]*(?:Q[.:][ \t*]+)?{_GREETING}{_TITLED}[,.](?! (?:the|an?|who|whose|{_HERS})\b)")
_NAMES = lazily(rf"{_TITLED}[,.?!]")
_GREETS = lazily(r"\b(?:good (?:morning|afternoon|evening|day)|hello|welcome)\b", re.I)
_YOU = lazily(rf"\b(?:{any_of(closed.FIRST[2:], closed.FIRST_OWNERS[2:])})\b", re.I)
_QUESTION = lazily(r"^[ \t*_]{0,8}Q[.:][^\n]+", re.M)
_BARE_QUESTION = lazily(r"^[^\n]{2,400}\?[ \t*_]*$", re.M)


def interviewed(text: str, end: int, *, labelled: bool = False) -> Span | None:
    """The one person of whom the words above the first question say that they spoke; above the labels of a
    transcript it is enough that they are about that one and tell of nobody's speaking."""
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
    spoke = [m for m in answering if _spoke(head, m)]
    if len({*map(_surname, spoke)}) == 1:
        return spoke[0]
    opening = [m for m in answering if not head[: m.start].strip() and _MET_AFTERWARDS.match(head, m.end)]
    if opening and not spoke:
        return opening[0]
    told = [m for m in answering if _is_met(head, m, people)]
    if len({*map(_surname, told)}) == 1 and not spoke:
        return told[0]
    alone = labelled and not spoke and len({*map(_surname, answering)}) == 1 and not _TELLS.search(head)
    return next((m for m in answering if _OPENS.search(head[: m.start])), None) if alone else None


def _surname(one: Mention) -> str:
    return one.text.split()[-1]


def _asks(head: str, one: Mention, people: Sequence[Mention]) -> bool:
    if _ASKED_BY.search(head, 0, one.start) or _ASKS_ALONE.match(head, one.end):
        return True
    return any(True for _ in _asked(head, one, people))


def _asked(head: str, one: Mention, people: Sequence[Mention]) -> Iterator[Mention]:
    """Whom they met, or asked."""
    found = _ASKS.match(head, one.end)
    for other in people if found else ():
        near = found is not None and found.end() <= other.start <= found.end() + _NEAR_BY
        if near and found and not re.search(r"[.!?,;\n]", head[found.end() : other.start]):
            yield other


def _is_met(head: str, one: Mention, people: Sequence[Mention]) -> bool:
    """Whether a reporter, or an outlet, met them: "The Post met Ana Sole"."""
    if _ANOTHER_TIME.search(_sentence(head, one)) or _FOR_THEM.search(head):
        return False
    before = _POST_MET.search(head, max(0, one.start - _MOST_BEFORE), one.start)
    if before and is_outlet(before["outlet"].strip()):
        return True
    return any(one in _asked(head, other, people) for other in people if other is not one)


def _spoke(head: str, one: Mention) -> bool:
    if _ANOTHER_TIME.search(_sentence(head, one)):
        return False
    found = _SPOKE.match(head, one.end)
    if found and found["outlet"] and not is_outlet(found["outlet"]):
        found = None
    return bool(found or _SPOKE_WITH.search(head, 0, one.start))


def _sentence(head: str, one: Mention) -> str:
    start = max(head.rfind(mark, 0, one.start) for mark in (". ", "! ", "? ", "\n"))
    end = re.search(r"[.!?](?:\s|$)|\n", head[one.end :])
    return head[start + 1 : one.end + (end.start() if end else len(head))]


def _addressed(text: str, end: int, *, labelled: bool) -> Span | None:
    """Whom a question addresses at its beginning, and no other question names anybody else so."""
    asked = (_QUESTION if labelled else _BARE_QUESTION).finditer(text, end, end + _ADDRESSED)
    questions = [(one.start(), one.group()) for one in asked]
    begins = [found for at, _ in questions if (found := _BEGINS.match(text, at))]
    if not any(_YOU.search(words) or _GREETS.search(words) for _, words in questions):
        return None
    named = {found["who"].split()[-1] for _, words in questions for found in _NAMES.finditer(words)}
    only = begins and named == {begins[0]["who"].split()[-1]}
    return Span(*begins[0].span("who")) if only else None
