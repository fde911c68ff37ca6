"""What each reporting clause of a sentence reports, and how deep one stands in what another reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.article import Span
from service.english.closed import (
    BE,
    DEMONSTRATIVES,
    DETERMINERS,
    HAVE,
    MODALS,
    SUBJECTS,
    WHAT,
    WHEN,
    WHO,
    any_of,
)
from service.english.direct import BESIDE_QUOTE
from service.english.letters import CAPITAL, NAME_WORD
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.reporting_clause import NO_WORDS, ReportingClause
from service.english.speech_verbs import TAKES_HEARER

_BEFORE_COLON = lazily(rf"[^:{MASK}]{{0,80}}:\s*(?={MASK}|$)")
# "wrote again, this time to the bank: it was short"
_WRITES = frozenset(("wrote", "writes", "replied", "replies", "answered", "responded", "began", "continued"))
_TO_COLON = lazily(rf"[^:.{MASK}]{{0,80}}:\s")
_THAT_CLAUSE = lazily(rf"\sthat\s(?:{any_of(DETERMINERS, SUBJECTS)}|there|{NAME_WORD})\s")
_SAID_THAT = lazily(
    rf"\s(?:in|at|on|by|after|during|to|from|through|before|with|over|for|since|under|within"
    rf"|ahead)\s[^,;:.{MASK}]{{1,60}}?\sthat\s"
    rf"|\sto\s[^,;:.{MASK}]{{2,60}},\s[^,;:.{MASK}]{{2,50}},\sthat\s"
    r"|\s(?:(?:the (?:next|same|following)|last|this)\s[a-z]+|[a-z]+\s[a-z]+ (?:later|ago))\sthat\s"
    r"|\s(?:\w+\s){0,2}(?:later|afterwards|again|twice|[a-z]+ly|only|also|publicly|privately)\sthat\s"
)
_TOLD_THAT = lazily(rf"\s(?!that\s)[^,;:.{MASK}]{{1,60}}?(?:,\s[^,;:.{MASK}]{{2,50}},)?\sthat\s")
_QUOTED = lazily(rf"{MASK}+")
_QUOTED_AT_ONCE = lazily(rf"\s*{MASK}+")
# What is asked for or refused ends where the reporter goes on about it.
_AFTER_DEED = lazily(
    rf"\s(?:and|but)\s(?:(?:{any_of(HAVE, BE, MODALS)}|then|also|[a-z]+ed)\s)"
    rf"|,\s(?:(?:{any_of(WHAT[1:], WHO)})(?!(?:[^,;:.]|\.\d){{1,80}},\s(?:{any_of(BE, HAVE, MODALS)})\s)"
    rf"|{any_of(WHEN[:2])}|as|after|while|saying|calling|citing|adding|arguing"
    rf"|insisting|warning|(?:and|but)(?!\sthat\b)|then|a"
    rf"|though|although|in|on|with)\s|\s[–—]\s|(?<={MASK})[.,]?\sby\s"
    r"|\sin an? (?:[a-z]+ )?(?:statement|letter|interview|post|e-?mail|tweet|speech|note)(?=[.,;]|$)"
)
_POINTS = lazily(rf"\s(?:{any_of(DEMONSTRATIVES)}|otherwise|as much|so)\W*")
# "Roe, who says the mill is lost, left"
_RELATIVE = lazily(rf",\s(?:{any_of(WHO[:1], WHAT[1:])})\s(?:\w+\s){{0,2}}$")
# "Roe's threat to sink it was late"
_NOUN_TO = lazily(r"[’']s?\s(?:[a-z-]+\s){1,4}?(?:to|of|for)\s?$")
_VERB_NEXT = lazily(rf"\s(?:{any_of(HAVE, BE, MODALS)}|came|met)\s")
_OPENS = lazily(r"(?:[\s,:;—–-]|that\s)+")
# "“No,” he said, and would not go", "and the crowd could only watch": what ought to be the speaker tells
_AND_OUGHT = lazily(
    rf",\s(?:and|but)\s(?:that\s)?(?P<words>(?:(?:{any_of(DETERMINERS, SUBJECTS)}|there)\s"
    rf"[^,;:.{MASK}]{{0,60}}?\s)?(?:should|ought)\s(?!not\s))"
)
_BETWEEN = rf"(?:(?:{any_of(HAVE)}|also|then|later|again|[a-z]+ly)\s+)?"
_CLOSES = lazily(
    rf"(?:[\s,:;—–-]|\b(?:and|but|while|whereas|though|although)(?=\s*$)|\b(?:and"
    rf"|but)\s+{_BETWEEN}(?=\s*$))+$"
)
_NEW_CLAUSE = lazily(
    rf"[;]|,?\s(?:while|whereas|but|and|although|though)\s+{_BETWEEN}{MASK}*,?\s*$|\w,\s*$|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bGen)(?<!\bSt)[.!?][’']?\s"
    rf"|\.{MASK}"
)
_DATELINE = lazily(
    rf"{CAPITAL}{{3,}}[\w.’' -]{{0,30}}(?:,\s[^—–{MASK}()-]{{1,40}})?(?:\s?\([^()]{{2,40}}\))?\s"
    r"(?:[—–]|-{1,2})\s"
)
# "Roe said the envoy, [Jon Doe, had told]"
_BESIDE_NAME = lazily(
    rf"\s(?:that\s)?(?:{any_of(DETERMINERS)}|{NAME_WORD}[’']s)"
    rf"\s(?:(?!\s(?:{any_of(BE, HAVE, MODALS)})\s)[^,;:.{MASK}]){{2,50}},\s*"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """`words` is what the clause reports; `depth` counts the clauses that report this one."""

    clause: ReportingClause
    words: Span
    depth: int


def spoken(masked: str, found: Sequence[ReportingClause]) -> tuple[Spoken, ...]:
    """The reports of a sentence in the order of their words, the outer before the inner."""
    told = [(clause, words) for i, clause in enumerate(found) for words in _words(masked, found, i)]
    reports = [
        Spoken(
            clause, words, len({id(o) for o, w in told if o is not clause and _holds(w, clause, words, o)})
        )
        for clause, words in told
    ]
    return tuple(sorted(reports, key=lambda one: (one.words.start, -one.words.end, one.depth)))


def within(masked: str, outer: ReportingClause, inner: ReportingClause) -> bool:
    """Whether no new main clause begins between the two."""
    between = masked[outer.end : inner.start]
    return not _NEW_CLAUSE.search(between) or _BESIDE_NAME.fullmatch(between) is not None


def _holds(outer: Span, clause: ReportingClause, inner: Span, other: ReportingClause) -> bool:
    """Whether one's words hold a clause whose own words don't hold it."""
    return (
        outer.start <= clause.start
        and clause.end <= outer.end
        and not (
            inner.start <= other.start
            and other.end <= inner.end
            and inner.end - inner.start > outer.end - outer.start
        )
    )


def _words(masked: str, found: Sequence[ReportingClause], at: int) -> list[Span]:
    clause = found[at]
    if clause.inside:
        return _trimmed(masked, _inner_start(masked, clause), len(masked))
    if clause.verb == "according to" and not clause.closing:
        return _trimmed(masked, clause.reach, len(masked))
    if clause.closing:
        told = any(quoted.closing and quoted.start < clause.start for quoted in found[:at])
        apposed = None if told else BESIDE_QUOTE.search(masked, 0, clause.start)
        end = apposed.start() + 1 if apposed else clause.start
        return [*_trimmed(masked, _opening(masked, found, at), end), *_going_on(masked, found, at)]
    if clause.act and NO_WORDS.fullmatch(masked, clause.reach):
        return [Span(len(masked), len(masked))]
    colon = _BEFORE_COLON.match(masked, clause.reach)
    if colon and _THAT_CLAUSE.search(masked, clause.reach, colon.end()):
        colon = None  # "Roe told Doe that he was late: “It comes when it comes.”"
    if colon and any(clause.reach <= other.start < other.end <= colon.end() for other in found[at + 1 :]):
        colon = None  # "Roe said her clerk told her: “No.”"
    if clause.verb in _WRITES and not colon:
        colon = _TO_COLON.match(masked, clause.reach)
    onward = colon or (_TOLD_THAT if clause.told or clause.verb in TAKES_HEARER else _SAID_THAT).match(
        masked, clause.reach
    )
    if onward and any(
        clause.reach <= one.start and "," in masked[one.end : onward.end()] and one.verb != "according to"
        for one in found[at + 1 :]
    ):
        onward = None  # "Roe had told him the week before, he added, that"
    end = _ending(masked, found, at)
    if clause.act and _RELATIVE.search(masked, 0, clause.start):
        comma = masked.find(", ", clause.reach, end)
        end = comma if comma > 0 else end
    after_noun = clause.act and _NOUN_TO.search(masked, clause.start, clause.reach)
    cut = (
        (_VERB_NEXT if after_noun else _AFTER_DEED).search(masked, clause.reach, end) if clause.act else None
    )
    if clause.act and _POINTS.fullmatch(masked, clause.reach, end):  # "disputes this"
        return _trimmed(masked, masked.rfind(" ", 0, clause.end - 1) + 1, end)
    after = _trimmed(masked, onward.end() if onward else clause.reach, cut.start() if cut else end)
    quoted = masked.rfind(MASK, 0, clause.start) + 1
    if not after and quoted and not clause.act:  # “No,” the envoy, Jane Roe, said
        after = _trimmed(masked, _opening(masked, found, at), quoted)
    return after or [Span(len(masked), len(masked))]


def _inner_start(masked: str, clause: ReportingClause) -> int:
    """A clause between commas reports all of the sentence, or of its part behind a colon or semicolon."""
    return max(masked.rfind(mark, 0, clause.start) for mark in ":;") + 1


def _opening(masked: str, found: Sequence[ReportingClause], at: int) -> int:
    """A closing clause vouches for all before it, or where that is quoted, for what no other has said."""
    before = masked[: found[at].start].rstrip(" ,—–-")
    if at == 0 or not before.endswith(MASK):
        return 0
    earlier = found[at - 1]
    if not earlier.closing and within(masked, earlier, found[at]) and MASK not in masked[: earlier.start]:
        return 0 if masked[earlier.reach : len(before)].strip(f"{MASK} ,:") else earlier.reach
    start = max((quote.start() for quote in _QUOTED.finditer(masked, earlier.reach, len(before))), default=0)
    return max(start, earlier.reach)


def _ending(masked: str, found: Sequence[ReportingClause], at: int) -> int:
    if found[at].aside:
        quoted = _QUOTED_AT_ONCE.match(masked, found[at].reach)
        if quoted:
            return quoted.end()
        comma = masked.find(",", found[at].reach)
        return comma if comma > 0 and MASK not in masked[found[at].reach : comma] else len(masked)
    for other in found[at + 1 :]:
        if other.aside:
            continue
        if other.closing and not other.inside:
            return _opening(masked, found, found.index(other)) or other.start
        if other.inside and (found[at].act or _inner_start(masked, other) > found[at].end):
            return max(_inner_start(masked, other), 0 if not found[at].act else other.start)
        if not other.inside and not within(masked, found[at], other):
            return other.start
    return len(masked)


def _going_on(masked: str, found: Sequence[ReportingClause], at: int) -> list[Span]:
    """What is quoted behind a closing clause: “We met,” Roe said, “and we talked.”"""
    clause, stop = found[at], found[at + 1].start if at + 1 < len(found) else len(masked)
    if at + 1 < len(found) and found[at + 1].closing:
        return []
    more = _AND_OUGHT.match(masked, clause.reach, stop) if clause.end == clause.reach else None
    if more and at + 1 == len(found):
        return _trimmed(masked, more.start("words"), stop)
    quotes = list(_QUOTED.finditer(masked, clause.reach, stop))
    if (
        not quotes
        or masked[: quotes[0].start()].endswith(" as ")
        or not (
            masked[: clause.start].rstrip(" ,—–-").endswith(MASK)
            or masked[clause.reach : quotes[0].start()] == ", "
        )
    ):
        return []
    return _trimmed(masked, quotes[0].start(), quotes[-1].end())


def _trimmed(masked: str, start: int, end: int) -> list[Span]:
    dateline = _DATELINE.match(masked, start, end) if not start else None
    start = dateline.end() if dateline else start
    opens = _OPENS.match(masked, start, end)
    start = opens.end() if opens else start
    closes = _CLOSES.search(masked, start, end)
    end = closes.start() if closes else end
    return [Span(start, end)] if masked[start:end].strip(" .,;:!?") else []
