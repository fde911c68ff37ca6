"""Who stands before a reporting verb: the stretch of the sentence that is its subject."""

import re

from retrieval.article import Span
from service.english import closed
from service.english.bearers import bearer_of
from service.english.clauses import is_group, may_speak
from service.english.closed import BE, DAYS, HAVE, MODALS, any_of
from service.english.letters import LINK, NAME_WORD
from service.english.names import ONLY_NAME, OPENING, name_of
from service.english.offices import (
    BODIES,
    SHORT_TITLES,
    is_doing,
    is_known_role,
    is_role,
)
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.speech_verbs import STRONG

_SHORT = (
    *("St", "Mt", "Pt", "No", "Inc", "Co", "Ltd", "Corp", "Jr", "Sr", "Bros"),
    *(title.title() for title in sorted(SHORT_TITLES)),
)
# A stop ends a sentence that was not cut there, but for that of a name.
_NO_SHORT = "".join(rf"(?<!\b{short}\.)" for short in _SHORT)
_BOUNDARY = lazily(rf"[,;:()…—–{MASK}\n]|\s-{{1,2}}\s|(?<=\w\w[.!?]){_NO_SHORT}\s")
_CONJUNCTION = lazily(
    r"(?:or so|but|and|yet|still|so|nor|or|meanwhile|however|while|whereas|though|although|then|afterwards"
    r"|later"
    r"|earlier)\s+",
    re.I,
)
_SEASON = "spring|summer|autumn|fall|winter"
# "On Friday Jane Roe said", "Late on Tuesday", "Last night": a time that no comma sets off.
_TIME = lazily(
    rf"(?:(?:early|late|later|earlier)\s+)?(?:on\s+(?:{any_of(DAYS)})(?:\s+(?:morning|afternoon|evening"
    rf"|night|last\s+week|this\s+week))?"
    rf"|(?:{any_of(DAYS)})\s+(?:morning|afternoon|evening|night)|(?:last|this|that|the same)\s+(?:night|week"
    rf"|morning|afternoon|evening|month|year|{_SEASON}|{any_of(DAYS)})|yesterday|today|tonight"
    rf"|(?:back\s+)?in\s+(?:it|them|that|this|the\s+(?:{_SEASON})|(?:early\s+|late\s+)?\d{{4}})"
    rf"|(?:an?|{any_of(closed.UNITS)}|some|several|a\s+few)\s+(?:minute|hour|day|night|week|month|year)s?"
    r"\s+(?:later|earlier|ago)"
    rf"|(?:during|after|before|at)\s+(?:{any_of(closed.DETERMINERS)})\s+[a-z]+(?=\s(?:(?:the"
    rf"|{any_of(closed.SUBJECTS)})\s|(?-i:{NAME_WORD}\s{NAME_WORD})))"
    rf"|on\s+\d{{1,2}}\s+(?:{closed.MONTH})"
    rf"|on\s+(?:{closed.MONTH})\s+\d{{1,2}}|(?:at|by)\s+(?:\d{{1,2}}(?:[.:]\d\d)?\s?(?:[ap]\.?m\.?)?|noon"
    rf"|midnight|dawn)|in\s+(?:{any_of(closed.MONTHS)})"
    rf"|in\s+(?-i:{NAME_WORD})(?=\s+(?:{any_of(closed.DETERMINERS)})\s)|in\s+(?:an?|the"
    rf"|{any_of(closed.OWNERS)})\s(?:[a-z]+\s){{0,2}}(?:statement|letter|post|message"
    rf"|interview|speech|reply|memo|note|report)(?:\s(?:(?:late|early|on)\s)?(?:{any_of(DAYS)}))?"
    rf"(?=\s(?:the|{any_of(closed.SUBJECTS)})\s))\s+(?=\w)",
    re.I,
)
_CLOCK = lazily(r"\d\d\s(?:[-–—]\s)?(?=[^\W\d_])")  # what is left of "14:40"
_FULL_NAME = lazily(rf"^(?!A ){NAME_WORD}\.?(?: (?:[a-z]{{2,3}} ){{0,2}}{NAME_WORD}\.?){{1,3}}$")
# What stands before an "and" that joins clauses, not names.
_CLAUSE = lazily(rf"(?<![\w’'-])(?:{any_of(BE, HAVE, MODALS)}|may|might|{STRONG})\s")
_WHOSE = lazily(r",\s+(?:whose|whom|to whom|in which|where)\s[^,]*,")
_ONE_WHOSE = lazily(
    rf"(?:(?:[^,;:{MASK}]{{2,80}}),\s(?={NAME_WORD}\s{NAME_WORD}))?(?P<who>[^,;:{MASK}]{{2,80}})(?:,\s\d\d)?,\s+"
    rf"(?:(?:whose|(?:(?:to|with|without|of|for|among|by)\s)?whom|which|where)\s[^,;:{MASK}]+"
    rf"|who\s(?:(?!,\sand\s{NAME_WORD})[^;:]){{1,200}}|(?:when|while|as|after|before|asked|reached|speaking)\s[^,;:{MASK}]{{2,80}})$"
)
_ONE_OF_THEM = lazily(r"(?:Another|One|Others?|The other)$")  # "Another, Jane Roe, said"
_CLAIM = lazily(rf"(?:an?|the)\s[a-z]+\s(?=(?:{any_of(closed.DETERMINERS)})\s)")  # "a claim the army denied"
_IT_WAS = lazily(
    rf"(?:It (?:{any_of(BE[:1], closed.WAS[:1])})|[Aa]ll|[Ee]verything)\s(?={NAME_WORD})"
)  # "It was Roe who said"
_DETERMINED = tuple(f"{word} " for word in closed.DETERMINERS)
_IN_BRACKETS = lazily(r"\s?\([^()]{1,60}\)\s*$")  # "Jane Roe (41)"
_IS_HOW = lazily(rf"(?:{any_of(BE)})\show\s")  # "“No,” is how Roe puts it"
# "Eleven minutes later came Roe"
_COUNTED = closed.words_of(closed.NUMBERS[1:], "first second third finally next last")
_FOR_THEIR_PART = lazily(rf"\sfor (?:{any_of(closed.OWNERS)}) part$")
_CALLED = lazily(
    r"(?<=\s)(?:named|called|known(?: only| simply)? as)\s"
    rf"(?P<who>{NAME_WORD}(?: (?:[a-z]{{2,3}} ){{0,2}}{NAME_WORD}){{0,3}})$"
)
_WHO = lazily(
    rf"(?P<who>(?:(?i:{any_of(closed.ARTICLES, closed.UNITS[:5])}|some|several))\s[^,;:.{MASK}]{{2,60}}?"
    rf"|[Pp]eople|[Tt]hose|[A-Za-z]{{3,20}}s)\s(?:who|whose|whom"
    r"|holding|representing|living|working|attending|protesting|opposing|backing|owning)\s"
)
_BETWEEN = lazily(r"\sbetween\s(?:[\w’'-]+\s){0,4}[\w’'-]+$")
_APPOSED_FIRST = lazily(rf"[^,;:{MASK}]{{2,60}},\s(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD})*),\s")
_DATELINE = lazily(r"\d{1,2}[:.]\d\d:?\s(?:[-–—]\s)?|[^.!?]{0,60}?\s(?:—|–|-)\s")
_WENT = any_of(BE, HAVE, "went|came|took|left|met|gave|put|shook|stood|sat|rose|led|sent|made|held")
_LEADING = lazily(
    rf"(?P<who>{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}(?<=[’']s)(?:\s[a-z-]+){{1,3}}?(?=\s(?:[a-z]+ed|{_WENT})\s)|"
    rf"(?:(?i:{any_of(closed.DETERMINERS)})\s(?:(?!(?:{_WENT})\s)[a-z]+\s){{1,3}}"
    rf"|(?!(?i:{any_of(closed.DETERMINERS)})\b)"
    rf"(?:[a-z]+\s(?=(?:[a-z]+\s){{0,2}}{NAME_WORD})){{0,3}})"
    rf"{NAME_WORD}(?:{LINK}{NAME_WORD})*"
    rf"|{NAME_WORD}(?:{LINK}{NAME_WORD})*(?<=s)(?:\s[a-z-]+){{1,3}}?(?=\s(?:{_WENT})\s)|(?:The|A|An|One|the"
    rf"|a|an)(?:\s[a-z’'-]+){{1,6}}?(?=\s[a-z]+(?:ed"
    rf"|s)\s"
    rf"|\s(?:{_WENT})\s)|(?i:{any_of(closed.SUBJECTS)}))"
    rf"(?:,\s[^,{MASK}]{{2,80}},)?\s+[a-z]"
)
# "The pause came after Roe [offered]": a subject of its own at the end.
_OFFICE_AND_NAME = lazily(rf"(?:[a-z-]+\s){{1,4}}(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,3}})$")
_NAME_IN_PLACE = lazily(
    rf"(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,3}})\s(?:in|from|of"
    rf"|at)\s{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,3}}"
)
_KNOWN_FOR = closed.words_of("giant ace star legend champion chain duo outfit")
_OWNED = lazily(r"[’']s\s(?:[a-z-]+\s)*(?P<what>[a-z-]+)$")
_FOR = lazily(r"\s(?:for|of|at|in)\s")
_ROLE_AND_NAME = lazily(rf"\s(?:[a-z-]+\s)?(?P<role>[a-z-]+)\s{NAME_WORD}(?:{LINK}{NAME_WORD})*")
_OPENED = lazily(rf"(?:{OPENING.pattern.removeprefix('^(?:')}[^,;:.{MASK}]{{1,110}},\s")
_LATE = lazily(
    rf"\w\s(?:after|because|before|although|when|until|since|(?:in|of|to|for|on)"
    rf" which)\s(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD})*"
    rf"|(?:{any_of(closed.DETERMINERS)})\s[^,;:{MASK}]{{2,40}}|(?:{any_of(closed.SUBJECTS)})"
    r"|(?:[a-z-]+\s)?[a-z]{3,}(?:[^s]s|people|police))$"
)
# "was booed as she [said]"
_MEANWHILE = lazily(
    rf"\b(?:{any_of(closed.WAS)})\s(?:[a-z]+ly\s)?[a-z]+\s(?:as|while)\s(?P<who>{any_of(closed.SUBJECTS)})$"
)
_AFTER = lazily(
    rf"\w\s(?:after|because|when|until|since)\s(?P<who>(?:(?:Sir|Dame|Lord|Lady|Mr|Mrs|Ms|Dr)\s)?{NAME_WORD}(?:{LINK}{NAME_WORD})+)$"
)
_KNOWN_AS = lazily(
    rf"(?P<who>[^,;:.{MASK}]{{2,60}})\s(?:known|nicknamed|called|dubbed|writing"
    rf"|posting)\s[^,;:.{MASK}]{{0,40}}{MASK}+\s*$"
)


def before_verb(masked: str, end: int, floor: int) -> Span | None:
    """The words between the last boundary and the verb, none before `floor`."""
    known = _KNOWN_AS.search(masked, floor, end) if masked[:end].rstrip().endswith(MASK) else None
    if known:  # 'a shunter known as “Moth” said'
        return stripped(masked, known.start("who"), known.end("who"))
    aside = _IN_BRACKETS.search(masked, floor, end)  # "The Free Hills Front (FHF) said"
    end = aside.start() if aside else end
    start = floor
    for boundary in _BOUNDARY.finditer(masked, floor, end):
        start = boundary.end()
    # "Roe told the inquiry that Doe had asked"
    splits = r"\s(?:while|whereas|but)\s|(?<=\w)\sthat\s" if floor else r"\s(?:while|whereas|but)\s"
    joined = [found.end() for found in re.finditer(splits, masked[start:end])]
    joined += [
        found.end()
        for found in re.finditer(r"\sand\s", masked[start:end])
        if _CLAUSE.search(masked, start, start + found.start())
        and not _BETWEEN.search(masked, start, start + found.start())  # "who mediates between them and the"
    ]
    start += max(joined, default=0)
    late = _LATE.search(masked, start, end) or _MEANWHILE.search(masked, start, end)
    start = late.start("who") if late else start
    return stripped(masked, start, end)


def last_noun(masked: str, subject: Span | None) -> Span | None:
    """Of "the plan drew scorn from farmers" the farmers, who may be those that are told of next."""
    words = masked[subject.start : subject.end].split() if subject else []
    last = words[-1] if words else ""
    several = last.islower() and last.endswith("s") and (may_speak(last) or is_known_role(last[:-1]))
    if subject is None or not several or not any(is_doing(word) for word in words[1:]):
        return subject
    return Span(subject.end - len(last), subject.end)


def leading_subject(masked: str, end: int, *, start: int = 0) -> Span | None:
    """The name, the phrase or the pronoun that a sentence or clause begins with, if a verb follows."""
    dateline = None if start else _DATELINE.match(masked, 0, end)
    at = stripped(masked, dateline.end() if dateline else start, end)
    opened = _OPENED.match(masked, at.start, end) if at else None
    at = Span(opened.end(), end) if opened else at
    found = at and _LEADING.match(masked, at.start, end)
    office = found and _ROLE_AND_NAME.match(masked, found.end("who"), end)
    if (
        found
        and office
        and (is_role(office["role"]) or is_group(office["role"]) or office["role"] in _KNOWN_FOR)
    ):  # "Fast bowler Jane Roe went"
        return Span(found.start("who"), office.end())
    apposed_first = _APPOSED_FIRST.match(masked, at.start, end) if at else None
    if apposed_first and not OPENING.match(masked[at.start : end] if at else ""):
        return Span(*apposed_first.span("who"))
    owned = found and _OWNED.search(found["who"])
    if owned and not (may_speak(owned["what"]) or is_known_role(owned["what"]) or owned["what"] in BODIES):
        return None  # "Roe's mill burned down, saying"
    none = not found or OPENING.match(found["who"]) or found["who"].split()[0].lower() in _COUNTED
    return Span(*found.span("who")) if found and not none else None


def stripped(masked: str, start: int, end: int) -> Span | None:
    """Without what stands in front of a subject and is no part of it: marks, a conjunction, a time."""
    while start < end and not masked[start].isalnum():
        start += 1
    aside = _IN_BRACKETS.search(masked, start, end)
    end = aside.start() if aside else end
    how = _IS_HOW.match(masked, start, end)
    start = how.end() if how else start
    for opening in (_CLOCK, _CONJUNCTION, _TIME, _CLAIM, _IT_WAS):
        found = opening.match(masked, start, end)
        start = found.end() if found else start
    part = _FOR_THEIR_PART.search(masked, start, end)
    end = part.start() if part else end
    described = _WHO.match(masked, start, end)  # "A man who gave no name said"
    end = described.end("who") if described else end
    return Span(start, end) if start < end else None


def apposed(masked: str, head: str, floor: int) -> Span | None:
    """The subject of "A, B, said": A if it is a name, else B if it is one, else A."""
    comma = head.rfind(",", floor)
    begun = _OPENED.match(masked, floor, len(head))  # "In the capital, Roe, whose agency stays, said"
    owner = _ONE_WHOSE.match(head, floor) or (begun and _ONE_WHOSE.match(head, begun.end()))
    if owner:  # "Roe, whose agency stays, said"
        return stripped(masked, *owner.span("who"))
    if comma < 0 or MASK in head[comma:] or _WHOSE.search(head + ","):
        return None
    inner = stripped(masked, comma + 1, len(head))
    last = head.rfind(",", floor, comma)
    beside = stripped(masked, last + 1, comma)
    if last > 0 and beside and _FULL_NAME.match(masked[beside.start : beside.end]):
        return None if _is_second(masked, floor, last) else beside
    opening, first = _opened(masked, head, comma, floor)
    outer = stripped(masked, opening, first) if first > opening else None
    after = outer and _AFTER.search(masked, outer.start, outer.end)
    # "Talks ended after Roe, the chair, said"
    if outer and after and not OPENING.match(masked, outer.start, outer.end):
        return Span(*after.span("who"))
    if inner and outer and _bears(masked[inner.start : inner.end], masked[outer.start : outer.end]):
        return inner
    if (
        outer
        and name_of(masked, outer)
        and not _ONE_OF_THEM.match(masked, outer.start, outer.end)
        and not masked[outer.start : outer.end].lower().startswith(_DETERMINED)
    ):
        return outer if len(head) - first < 140 else None
    called = _CALLED.search(masked, inner.start, inner.end) if inner else None
    if called:  # "Their leader, a pilot named Jane Roe, said"
        return Span(*called.span("who"))
    if inner and ONLY_NAME.match(masked[inner.start : inner.end]):
        return inner
    placed = _NAME_IN_PLACE.fullmatch(masked, inner.start, inner.end) if inner else None
    if placed:  # "a listener, Jane in Upper Wend, texted"
        return Span(*placed.span("who"))
    office = _OFFICE_AND_NAME.match(masked, inner.start, inner.end) if inner else None
    if office:  # "its chair, nurse Jane Roe, said"
        return Span(*office.span("who"))
    bearer = bearer_of(masked, inner) if inner else None
    if bearer:
        return bearer
    return outer if outer and comma == first else None


def _bears(name: str, office: str) -> bool:
    """Whether "Jane Roe" bears "Lead negotiator for the mill"."""
    of = _FOR.search(office)
    head = office[: of.start()].split() if of else []
    return bool(head) and is_known_role(head[-1].lower()) and _FULL_NAME.match(name) is not None


def _is_second(masked: str, floor: int, comma: int) -> bool:
    """ "Jane Roe, the mayor, [and Jon Doe], her deputy, said": whether both speak."""
    first = re.split(rf"[{MASK},;:]", masked[floor:comma].lstrip(f" ,{MASK}"), maxsplit=1)[0].strip()
    return masked.startswith(" and ", comma + 1) and _FULL_NAME.match(first) is not None


def _opened(masked: str, head: str, comma: int, floor: int) -> tuple[int, int]:
    """Where A begins and ends, behind phrases that open the sentence ("On Sunday, ...")."""
    opening, first = floor, head.find(",", floor)
    while (
        first < comma
        and OPENING.match(masked[opening:first].strip())
        and not stripped_name(masked, opening, first)
    ):
        opening, first = first + 1, head.find(",", first + 1)
    for boundary in re.finditer(
        rf"[{MASK};:—–]|\s-{{1,2}}\s|,\s(?:but|and|though|although|while|whereas"
        rf"|yet)\s",
        head[floor:],
    ):
        opening = max(opening, floor + boundary.end())
    return opening, head.find(",", opening) if opening > first else first


def stripped_name(masked: str, start: int, end: int) -> bool:
    """Whether nothing but a time stands before a full name: "On Friday Jane Roe"."""
    found = stripped(masked, start, end)
    return bool(found and found.start > start and _FULL_NAME.match(masked[found.start : found.end]))
