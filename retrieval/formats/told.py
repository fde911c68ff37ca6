"""What an article's lines say of it: who wrote it, for whom, and when it was published.

Looked at are the lines above the first sentence, bylines wherever they stand, and the first words of the
body. Never a caption or a credit: a name there is a photographer's, a date the photograph's. In doubt nothing
is told.
"""

import re
from collections.abc import Iterator, Sequence

from retrieval.article import Origin, Region, RegionSpan
from retrieval.formats.dates import DAY, moment
from retrieval.formats.found import Found, Told, first_of, names_in
from retrieval.lines import Line, ends_sentence, lines

_MOST_ABOVE = 12  # lines
_LONGEST = 160  # code points of a line that tells such things
_LONGEST_ABOVE = 300
_SHORTEST_PROSE = 50

_MARKUP = re.compile(
    r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}(?: \"[^\"]{0,200}\")?\)|[*_`]+|^#{1,6} +|\\(?=\W)"
)
_BY = re.compile(
    r"(?:(?:written|words|text|story|report|reported|interview) by|by|reporter|author)\b ?:? (?=\S)",
    re.IGNORECASE,
)
_STAFF = re.compile(r"(reporting|writing|editing|compiled)\b[\w ]{0,20}? by ", re.IGNORECASE)
_WRITES = frozenset({"reporting", "writing"})
_LABEL = re.compile(
    r"(?:\b(?P<first>originally|first|last) )?\b(?P<label>published|posted|issued|updated|modified|amended|"
    r"corrected)\b(?: (?:on|at))? ?:? ?",
    re.IGNORECASE,
)
_PUBLISHES = frozenset({"published", "posted", "issued"})
_SEPARATOR = re.compile(r" ?[|·•] ?| [—–-]{1,3} |, |\. (?=[A-Z])")
_FOR = re.compile(r" for (?=[A-Z])")
_IN = re.compile(r" in (?=[A-Z])")
_NAME_WORD = re.compile(
    r"(?:[A-ZÀ-ÞŠŽŁŚŻĆČĐØÅ][\w.'’-]*|d[’'][A-Z]\w+|al-\w+|de|del|della|di|da|dos|du|van|von|der|den|la|le"
    r"|bin|ibn|y|of|the|and|in|&)"
)
# What the names of those that publish end or begin with.
_OUTLET = re.compile(
    r"(?:^The\s+\S|\b(?:Times|Post|News|Tribune|Herald|Gazette|Journal|Register|Courier|Chronicle|Observer|Daily"
    r"|Weekly|Monthly|Quarterly|Review|Mail|Press|Agency|Wire|Magazine|Telegraph|Guardian|Mirror|Standard|Star|Sentinel"
    r"|Ledger|Bulletin|Echo|Messenger|Examiner|Inquirer|Independent|Dispatch|Globe|Report|Reports|Today|Media"
    r"|Broadcasting|Radio|Television|TV|Reuters|AFP|AP|BBC|CNN|DPA|TASS|Xinhua)\b\.?$)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|columnist|desk|bureau|analyst|producer|contributor)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<head>[A-Z][A-Z.'’ -]{1,40}(?:, [\w.'’ -]{2,30}){0,4} ?)?\((?P<agency>[A-Z][^()\n]{1,40})\)"
    r" ?[-–—]{1,3} "
)
_IS_HEADLINE_TOO = frozenset({Region.HEADLINE, Region.BODY, Region.BYLINE})


def told(text: str, regions: Sequence[RegionSpan]) -> Found:
    """By lines of the text; the byline before the dateline."""
    facts: list[Told] = []
    for line in _above(text, regions):
        facts.extend(_of_line(line))
    for region in regions:
        if region.kind is Region.BYLINE:
            words = text[region.start : region.end]
            facts.extend(_staff(words) or _of_line(words))
    facts.extend(_of_dateline(text, regions))
    return first_of(facts)


def _above(text: str, regions: Sequence[RegionSpan]) -> Iterator[str]:
    """The lines above the first sentence, without photographs' and those that tell nothing."""
    kinds = list(regions)
    for number, line in enumerate(lines(text)):
        kind = _kind_at(kinds, line)
        if number > _MOST_ABOVE or (kind is Region.BODY and _is_prose(line.text)):
            return
        if kind in _IS_HEADLINE_TOO and len(line.text) <= _LONGEST_ABOVE:
            yield line.text


def _kind_at(regions: list[RegionSpan], line: Line) -> Region | None:
    while regions and regions[0].end <= line.start:
        regions.pop(0)
    return regions[0].kind if regions and regions[0].start < line.end else None


def _is_prose(line: str) -> bool:
    tells = DAY.search(line) or _BY.match(line) or _LABEL.match(line)
    return len(line) >= _SHORTEST_PROSE and ends_sentence(line) and not tells


def _of_line(line: str) -> list[Told]:
    words = " ".join(_MARKUP.sub(r"\1", line).split()).strip("()")
    if len(words) > _LONGEST or "@" in words:  # who signs a post is its author alone
        return []
    if by := _BY.match(words):
        return _byline(words[by.end() :])
    if _LABEL.match(words):
        return _labelled(words)
    return _dated(words) or _signed(words)


def _byline(words: str) -> list[Told]:
    """Behind "By": names, then a role, an outlet, a day."""
    day = _first_label_or_day(words)
    names, _, rest = words[:day].partition(_separator(words[:day]))
    names, outlet = _halves(names, _FOR)
    names, _ = _halves(names, _IN)
    parts = [part for part in _SEPARATOR.split(rest) if part]
    more = [part for part in parts if _is_name(part) and not _is_outlet(part) and not _ROLE.search(part)]
    if "|" in words or "·" in words or "—" in words:
        outlet, more = outlet or next((p for p in parts if _is_outlet(p) or p in more), ""), []
    outlet = outlet or next((part for part in parts if _is_outlet(part)), "")
    listed = names_in(names) + (names_in(rest) if more and more[-1] in rest and " and " in rest else [])
    authors = [name for name in listed if _is_name(name)]
    published = _labelled(words[day:]) if day < len(words) else []
    return [
        Told("authors", authors, Origin.BYLINE),
        Told("outlet", outlet.strip(" ,."), Origin.BYLINE),
        *published,
    ]


def _labelled(words: str) -> list[Told]:
    """What stands behind "Published", and not behind "Updated"; without such a word, the day there is."""
    labels = list(_LABEL.finditer(words))
    if not labels:
        return [Told("published", moment(words), Origin.PUBLISHED_LINE)]
    ends = [*(label.start() for label in labels[1:]), len(words)]
    for label, end in zip(labels, ends, strict=True):
        if label["label"].lower() in _PUBLISHES and (label["first"] or "").lower() != "last":
            part = words[label.end() : end]
            _, outlet = _halves(part, _IN)
            named = outlet.strip(" .") if DAY.search(part) and _is_outlet(outlet) else None
            return [
                Told("published", moment(part), Origin.PUBLISHED_LINE),
                Told("outlet", named, Origin.PUBLISHED_LINE),
            ]
    return []


def _dated(words: str) -> list[Told]:
    """A line of a day alone, or of an outlet and a day: "The Sound Register, 18 February 2023"."""
    day = DAY.search(words)
    if day is None:
        return []
    before = words[: day.start()].rstrip(" ,.|·•—–-")
    after = words[day.end() :]
    weekday = re.fullmatch(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?", before)
    if (before and not weekday and not _is_outlet(before)) or len(after) > 60:
        return []
    published = Told("published", moment(words), Origin.PUBLISHED_LINE)
    return [published, Told("outlet", None if weekday else before, Origin.PUBLISHED_LINE)]


def _signed(words: str) -> list[Told]:
    """ "Jane Doe, Example Times", and an outlet's name alone."""
    parts = [part for part in _SEPARATOR.split(words) if part]
    if len(parts) == 1 and _is_outlet(words) and words.isupper():
        return [Told("outlet", words, Origin.HEADLINE)]
    if len(parts) != 2 or not _is_outlet(parts[1]) or not 2 <= len(parts[0].split()) <= 4:
        return []
    if not _is_name(parts[0]) or _is_outlet(parts[0]):
        return []
    return [Told("authors", [parts[0]], Origin.BYLINE), Told("outlet", parts[1], Origin.BYLINE)]


def _staff(words: str) -> list[Told]:
    """ "(Reporting by A in B and C; Writing by D; Editing by E)": who edits or compiles wrote nothing."""
    authors: list[str] = []
    for part in " ".join(words.split()).strip("() ").split(";"):
        if (by := _STAFF.search(part)) and by[1].lower() in _WRITES:
            names = (_halves(name, _IN)[0].strip(" .") for name in names_in(part[by.end() :]))
            authors.extend(name for name in names if _is_name(name))
    return [Told("authors", authors, Origin.BYLINE)] if authors else []


def _of_dateline(text: str, regions: Sequence[RegionSpan]) -> list[Told]:
    body = next((region for region in regions if region.kind is Region.BODY), None)
    found = body and _DATELINE.match(text, body.start)
    if not found or len(found["agency"].split()) > 5 or re.search(r"\d", found["agency"]):
        return []
    return [
        Told("outlet", found["agency"], Origin.DATELINE),
        Told("published", moment(found["head"] or ""), Origin.DATELINE),
    ]


def _first_label_or_day(words: str) -> int:
    starts = [found.start() for pattern in (_LABEL, DAY) if (found := pattern.search(words))]
    return min(starts, default=len(words))


def _separator(words: str) -> str:
    found = _SEPARATOR.search(words)
    return found[0] if found else "\x00"


def _halves(words: str, at: re.Pattern[str]) -> tuple[str, str]:
    parts = at.split(words, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _is_name(words: str) -> bool:
    every = words.split()
    return 1 <= len(every) <= 6 and words[:1].isupper() and all(_NAME_WORD.fullmatch(word) for word in every)


def _is_outlet(words: str) -> bool:
    return (
        len(words.split()) <= 6 and _is_name(words.strip(" ,.")) and bool(_OUTLET.search(words.strip(" ,.")))
    )
