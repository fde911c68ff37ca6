"""Who speaks, with what tells it from others between it and its verb: "A survey published on Monday by the
firm Lumen [found]", "A man at the counter in a red jacket [said]", "One father, who asked not to be named,".

Read in sequence from the noun on: a phrase counts only if it reaches the verb, and no other verb stands in it
but those that belong to the noun.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from retrieval.article import Span
from service.english import closed
from service.english.closed import BE, HAVE, MODALS, SUBJECTS, WHAT, WHO, any_of, words_of
from service.english.letters import NAME_WORD
from service.english.names import OPENING
from service.english.offices import PREPOSITIONS, TITLES, is_doing, is_known_role
from service.english.papers import PAPER_DONE
from service.english.patterns import lazily
from service.english.phrase_heads import PREPOSITION, SOMEBODY_DONE, is_paper, kind_of_noun
from service.english.quotation import MASK

_DET = any_of(
    closed.DETERMINERS, closed.UNITS, "another|several|some|many|most|both|other|those|these|this|that|a few"
)
_OWNED = rf"(?:the\s)?{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}(?:(?<=[’']s)|(?<=s[’']))\s(?:own\s)?"
_BEGINS = lazily(rf"(?:(?i:{_DET})\s(?:own\s)?|{_OWNED})?")
_WORD = lazily(r"(?:[^\W\d_]|\d)[\w’'&%$-]*")
_TOKEN = lazily(rf"\s?[^\s,;:()—–{MASK}]{{1,40}}(?=[\s,]|$)")
FINITE = words_of(
    *(BE, HAVE, MODALS, closed.RARE_MODALS, closed.DO, SUBJECTS, closed.FIRST, WHO),
    "which that because although when while after before if as but said says say told tells tell",
)
_NEVER_LAST = words_of(
    closed.DETERMINERS, closed.DEMONSTRATIVES, closed.UNITS, "and or of by to for in at with"
)
_RELATIVE = lazily(
    rf"\s(?:{any_of(WHO, WHAT[1:])}|that(?=\s(?:[a-z]+(?:[^\Ws]s|ed)|{any_of(BE, HAVE)})\s))"
    rf"\s(?P<does>[^,;:()—–{MASK}]{{4,110}})"
    rf"(?:,\sand\s{WHO[0]}\s[^,;:()—–{MASK}]{{4,90}},?)?$"
)
# "the people who share the river"
_BARE_VERB = lazily(
    rf"(?!(?:{any_of(closed.DETERMINERS, SUBJECTS, closed.FIRST, sorted(PREPOSITIONS))}|later|then"
    r"|also|first|once|again|now|[a-z]+ly)\s)[a-z]+\s[^\s]"
)
_WAS_DONE = lazily(rf"\s(?:that|{WHAT[1]})\s(?:{any_of(BE[2:])}|(?:had|has) been)\s(?:{PAPER_DONE})\b")
_ASIDE = lazily(
    rf",\s(?:(?P<who>(?:{any_of(WHO)})\s[^,;:()—–{MASK}]{{4,140}}(?:,\sand\s{WHO[0]}\s[^,;:()—–{MASK}]{{4,90}})?)"
    rf"|(?P<one>(?:from\s)?an?\s[^,;:()—–{MASK}]{{3,70}})"
    rf"|(?P<doing>(?:{SOMEBODY_DONE}|in (?:{any_of(closed.OWNERS)})|{PAPER_DONE}|aged)\s"
    rf"[^,;:()—–{MASK}]{{2,90}})"
    rf"|\d\d),?$"
)
_OF_PAPER = lazily(
    rf",\s(?:(?:and\s)?(?:{PAPER_DONE})|{any_of(WHAT[1:], WHO[2:])}|an?\s(?:copy|draft|version|part)|based"
    rf"|the\s(?:first|second|third|latest|last|only))\s[^;:()—–{MASK}]{{2,150}},?$"
    rf"|,\s(?:(?P<whose>{NAME_WORD}(?:\s{NAME_WORD}){{0,4}})"
    rf"|(?!(?:and|but|then|so|or|{any_of(SUBJECTS)})\s)[a-z][^,;:()—–{MASK}]{{2,90}}),$"
)
_NAMED_AS = lazily(
    rf",?\s{WHO[0]}\s(?:gave|gives)\s(?:{any_of(closed.OWNERS)})\sname\s(?:only\s|simply\s)?as\s(?:only\s)?"
    rf"(?P<given>{NAME_WORD}(?:\s{NAME_WORD}){{0,3}})(?=,|$|\s(?:from|of|in|at)\s)"
    rf"|\s{WHO[0]}\s(?:identified|introduced|named)\s(?:{any_of(closed.SELVES)})\s"
    r"(?:only\s|simply\s)?(?:as\s)?"
    rf"(?P<name>{NAME_WORD}(?:\s{NAME_WORD}){{1,3}})(?=,|$|\s(?:from|of|in|at)\s)"
    rf"|\s{WHO[0]}\s(?:uses?|used|goes by|went by|gave|gives|took|bore|bears)\s(?:(?:the|his|her)\s)?"
    rf"(?:nom de guerre|name|alias)\s(?:of\s|as\s|only as\s|simply as\s)?"
    rf"(?P<alias>{NAME_WORD}(?:\s{NAME_WORD}){{1,3}})(?=,|$|\s(?:from|of|in|at)\s)"
)
_ON_DAY = lazily(
    rf"\s(?:on\s)?(?:{any_of(closed.DAYS)})(?:\s(?:morning|afternoon|evening|night))?$|\s(?:yesterday|today"
    rf"|(?:last|this) (?:week|month|year|night))$"
)
_CALLED = lazily(rf"\s(?:named|called|known as|{WHO[0]} is|{WHO[0]} was)\s{NAME_WORD}")
_STARTS = lazily(rf"(?:{MASK},?|(?<=[^\s,]),|;)\s|\s(?:when|as|because|although|while|that)\s")
_OPENED = lazily(
    rf"(?:{OPENING.pattern.removeprefix('^')})[^,;:()—–{MASK}]{{1,80}}?\s(?=(?:one|an?|another|two)\s[a-z])"
)
_OF_NAME = lazily(rf"\s(?!(?:{any_of(sorted(PREPOSITIONS))})\s)[a-z]+\s(?:{NAME_WORD}\s){{1,3}}{NAME_WORD}$")
_BEHIND_PARTICIPLE = lazily(
    rf"\s(?:(?:{any_of(closed.DETERMINERS, closed.OBJECTS)})\b|{NAME_WORD})|{PREPOSITION.pattern}"
)
_STOP = lazily(rf"[,;:.!?()—–{MASK}]")
_WHAT_ONE_IS = lazily(r",\san?\s(?:[a-z][a-z’'-]*\s){0,4}[a-z][a-z’'-]*(?=[.;]|$)")  # "one member, a miner."
# "said one member, who has been there since May."
_WHO_BEHIND = lazily(rf",\s(?P<who>{WHO[0]}\s(?!\w+ (?:\w+ )?named\b)[^,;:.()—–{MASK}]{{4,90}})(?=[.;]|$)")
_STANDS = lazily(r"\s(?:at the|behind|beside|near|with|from|holding)\s")
_ANOTHER = lazily(r"(?i:another|one|most|many|some|several|all|those|others)(?=,?\s)")
_ONE = lazily(r"(?i:an?|one|another)[\s,]")
# It tells them from nobody.
_SILENT = lazily(
    rf"{WHO[0]}\s(?:(?:also|{any_of(closed.SELVES)})\s)?(?:asked|declined|spoke|speaks|wanted|gave|refused|requested"
    rf"|insisted|sought|preferred|wished|(?:{any_of(closed.DO, MODALS, BE)}) not|[a-z]+n[’']t)\b"
)
_ANY_DONE = r"[a-z]{3,}ed(?=\s(?:by|through|on|in|at|under|across|outside|around)\s)"
_DONE = {
    kind: lazily(rf"\s(?:and\s)?(?:{done})(?=[\s,]|$)")
    for kind, done in (
        ("paper", rf"{PAPER_DONE}|{_ANY_DONE}"),
        ("somebody", SOMEBODY_DONE),
        ("body", SOMEBODY_DONE),
    )
}
_MOST_STARTS, _MOST_WORDS = 8, 6
_JOINT = lazily(r"(?:and|but|although|though|while|whereas|yet)\s")
LONGEST = 260
_SHORT = 9  # words of "who asked not to be named"


@dataclass(frozen=True, slots=True)
class LongSubject:
    """`start` is where the phrase begins, `who` who speaks by it: of "a man who calls himself Roe" Roe."""

    start: int
    who: Span


def long_subject(masked: str, end: int, places: Iterator[int]) -> LongSubject | None:
    """Who speaks in a stretch that ends before the verb."""
    for start in islice(places, _MOST_STARTS):
        if 0 < end - start <= LONGEST and (found := _phrase(masked, start, end)):
            return LongSubject(start, found)
    return None


def whole_of(masked: str, start: int, end: int) -> Span | None:
    """Who is told of by such a phrase that ends there, whatever stands next."""
    return _phrase(masked, start, end)


def with_place(masked: str, start: int, end: int) -> int:
    """Where "one father" [said] ends, with where he stands: "shouted one father at the back of the hall"."""
    stop = _STOP.search(masked, end)
    last = stop.start() if stop else len(masked)
    if not _ONE.match(masked, start) or last - end > LONGEST:
        return end
    beside = _WHAT_ONE_IS.match(masked, end)
    if beside:
        return beside.end()
    who = _WHO_BEHIND.match(masked, end)
    if who and len(who["who"].split()) <= _SHORT and not _SILENT.match(who["who"]):
        return who.end()
    now = end
    while now < last and (step := _step(masked, now, last, "somebody")):
        now = step
    stands = now == last and _STANDS.match(masked, end) is not None
    return _undated(masked, start, last, "somebody") if stands else end


def places(masked: str, floor: int, end: int, first: int) -> Iterator[int]:
    """Where it may begin: `first` is behind what opens a sentence or clause."""
    yield first
    opened = _OPENED.match(masked, first, end)
    if opened:
        yield opened.end()
    ends = [
        _behind_joint(masked, one.end()) for one in _STARTS.finditer(masked, max(floor, end - LONGEST), end)
    ]
    for at in reversed(ends):
        if MASK in masked[at - 3 : at] or _goes_before(masked[floor:at]):
            yield at


def _behind_joint(masked: str, at: int) -> int:
    """ "It is late, though a report by its clerks [found]": what joins the clauses is none of the report."""
    joint = _JOINT.match(masked, at)
    return joint.end() if joint else at


def _goes_before(text: str) -> bool:
    """Whether it is a clause, or what opens one."""
    words = text.strip(" ,;").split()
    return OPENING.match(text.strip()) is not None or (
        len(words) > 3 and any(word.lower() in FINITE or is_doing(word) for word in words)
    )


def _phrase(masked: str, start: int, end: int) -> Span | None:
    if OPENING.match(masked[start : start + 20]):
        return None
    alone = _ANOTHER.match(masked, start, end)  # "Another, who has sailed for years, said"
    reached = _reached(masked, start, alone.end(), end, "somebody") if alone else None
    if reached:
        return reached
    begins = _BEGINS.match(masked, start, end)
    at = begins.end() if begins else start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(masked, at, end)
        if not word:
            return None
        kind = kind_of_noun(word.group(), bare=at == start, first=at == start)
        if kind:
            reached = _reached(masked, start, word.end(), end, kind)
            if reached:
                return reached
        low = word.group().lower()
        if low in FINITE | PREPOSITIONS or masked[word.end() : word.end() + 1] != " ":
            return None
        at = word.end() + 1
    return None


def _reached(masked: str, start: int, at: int, end: int, kind: str) -> Span | None:
    """The phrase whose noun ends there, if nothing but what belongs to it stands before the verb."""
    if at >= end or _CALLED.search(masked, at, end):
        return None
    named = _NAMED_AS.match(masked, at, end) if kind == "somebody" else None
    if named and not _is_office(named[named.lastgroup or 0].lower().split()):
        return Span(*named.span(named.lastgroup or 0))
    whole, now = at, at
    while now < end and (step := _step(masked, now, end, kind)):
        whole, now = (step if whole == at else whole), step
    if now == end:
        if kind != "paper" and _OF_NAME.search(masked, at, end):
            return None  # "Its director at the port Jane Roe"
        return Span(start, _undated(masked, start, whole, kind))
    relative = _RELATIVE.match(masked, now, end)
    if relative and (_does(relative["does"]) or _BARE_VERB.match(relative["does"])):
        last = masked[start:whole].rpartition(" ")[2]  # "Most of those who spoke", "Aides of the man who ran"
        which = whole == at or last == "those" or kind_of_noun(last, bare=False, first=False) == "somebody"
        return Span(start, relative.end("does") if which else whole)
    aside = (_OF_PAPER if kind == "paper" else _ASIDE).match(masked, now, end)
    if not aside or (kind != "paper" and aside["one"] and is_paper(aside["one"])):
        return None  # "It blames the mayor, a poll found"
    last = masked[start:now].rpartition(" ")[2]
    if kind == "paper" and aside["whose"] and kind_of_noun(last, bare=False, first=False) == "somebody":
        return None  # "A letter from her doctor, Jane Roe, said"
    told = aside["who"] or aside["one"] if kind == "somebody" and whole == at else None
    if told and len(told.split()) <= _SHORT and _ONE.match(masked, start) and not _SILENT.match(told):
        return Span(start, aside.start() + 2 + len(told))
    return Span(start, _undated(masked, start, whole, kind))


def _is_office(words: list[str]) -> bool:
    """Whether it is an office, a title or a body by which somebody may call himself: "Mayor Roe"."""
    titled = is_known_role(words[0]) or words[0] in TITLES
    return titled or kind_of_noun(words[-1], bare=False, first=True) == "body"


def _step(masked: str, at: int, end: int, kind: str) -> int | None:
    """Where "of the agreement", "published on Monday", "with two dogs" ends that begins here."""
    part = _DONE[kind].match(masked, at, end) or (
        _WAS_DONE.match(masked, at, end) if kind == "paper" else None
    )
    opens = part or PREPOSITION.match(masked, at, end)
    if not opens:
        return None
    now, last = opens.end() - (opens.re is PREPOSITION), ""
    while now < end and masked[now] != "," and (word := _TOKEN.match(masked, now, end)):
        low = word.group().strip().lower()
        if last and (_goes_on(masked, now, end, kind, last) or low in WHO or low in ("which", "that")):
            break
        of_noun = not last and part is not None and part.group().endswith("ing")  # "fighting plans"
        adjective = low.endswith("ed") and (not last or last in _NEVER_LAST)
        of_noun = of_noun or last.endswith(("'s", "’s"))  # "with knowledge of the firm's thinking"
        if low in FINITE or (is_doing(low) and not (adjective or of_noun)):
            return None
        now, last = word.end(), low
    alone = part is not None and not part.group().endswith("ing")
    return None if (last in _NEVER_LAST and last not in ("her", "those")) or not (last or alone) else now


def _goes_on(masked: str, at: int, end: int, kind: str, last: str) -> bool:
    """Whether a participle that is told of the noun begins there, not one that stands before a noun of its
    own: in "the union's negotiating team", "a person close to growing firms"."""
    part = _DONE[kind].match(masked, at, end)
    if not part or last in _NEVER_LAST or last.endswith(("'s", "’s", "s'", "s’")):
        return False
    return not part.group().endswith("ing") or _BEHIND_PARTICIPLE.match(masked, part.end(), end) is not None


def _does(words: str) -> bool:
    """Whether a verb stands in what is told of somebody."""
    return any(word in FINITE or is_doing(word) or word.endswith(("s", "ed")) for word in words.split())


def _undated(masked: str, start: int, end: int, kind: str) -> int:
    day = _ON_DAY.search(masked, start, end) if kind != "paper" else None
    return day.start() if day else end
