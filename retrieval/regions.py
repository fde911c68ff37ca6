"""Which stretches of a plain-text article are its headline, body, captions, credits and the rest.

The text is looked at in units: lines, or the paragraphs of a hard-wrapped text. The rules, in order:

1. A unit that tells by its own words what it is (retrieval/labels.py) is that: a credit, a byline, a caption
   with a label, boilerplate. In Markdown, a line that begins with "#" is a headline, its marks boilerplate.
2. Short lines after "Tags" are boilerplate, up to the next sentence.
3. Up to three units at the top that have the shape of a headline and that a sentence follows are headlines.
4. The unit directly before a credit is its caption when it looks like one: it has a date with its year, or
   words such as "pictured" or "poses", or no final mark; or it stands above the body. One that reports
   speech needs both date and words. Otherwise a photograph had no caption, and the unit is the body's.
5. Inside the body, a short line without a final mark, after one sentence and before another, is a subhead:
   a headline, but not the title.
6. Everything else is body. In doubt it is body: words lost to boilerplate cannot be found.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from retrieval.article import Region, RegionSpan
from retrieval.labels import label_of
from retrieval.lines import BULLET, CELLS, Line, blocks, ends_sentence, is_hard_wrapped, lines, listed
from retrieval.runs import is_entry, mark_runs

_LONGEST_HEADLINE, _MOST_HEADLINE_WORDS = 200, 30
_LONGEST_SUBHEAD, _MOST_SUBHEAD_WORDS = 80, 12
_SHORTEST_PROSE = 50
_LONGEST_CAPTION, _FEWEST_CAPTION_WORDS = 450, 4
_MOST_AT_TOP = 3
_FEWEST_CAPITALS = 6

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(rf"\b(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}})\b")
_PICTURED = re.compile(
    r"\b(?:pictured|is seen|are seen|seen here|poses?|shakes? hands|looks? on|file photo|handout|"
    r"from left|from right)\b|\((?:left|right|centre|center|L|R|C)\)|, (?:left|right|centre|center),",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"\b(?:said|says|told|added|according to)\b")
_ABBREVIATION_AT_END = re.compile(r"\b[A-Z]\.[A-Z]\.$")
_NEVER_ENDS_A_HEADLINE = ",;:–—-/=<>{}"
_CUT_OFF = re.compile(r"\s[^\W\d_]$")  # a formula broken over lines leaves a letter
_SIGNED = re.compile(r"[“\"«][^”\"»]{1,400}[”\"»]\s*[—–-]")  # a post, quoted with who wrote it
_DATELINE = re.compile(
    r"[^\W\d_a-z][^\n()a-z]{2,40}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? (?:\([^()\n]{2,40}\) )?[–—-]{1,2} \S"
)
_OPENS_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")


def regions(
    text: str, *, markdown: bool = False, told: Mapping[int, Region] = MappingProxyType({})
) -> tuple[RegionSpan, ...]:
    """In order, trimmed of white space, not overlapping; between them is nothing but white space. `told`:
    what a line is that begins at a place, where that is known."""
    units = _units(text, markdown=markdown, told=told)
    kinds = [told.get(unit.start) or _label(unit.text, markdown=markdown) for unit in units]
    mark_runs([_bare(unit) for unit in units] if markdown else units, kinds)
    _mark_top(units, kinds)
    _mark_captions(units, kinds)
    _mark_subheads(units, kinds)
    spans: list[RegionSpan] = []
    for unit, kind in zip(units, kinds, strict=True):
        found = kind or Region.BODY
        if markdown and found is Region.HEADLINE:
            spans.extend(_heading(unit))
        elif found is Region.BODY and spans and spans[-1].kind is Region.BODY:
            spans[-1] = RegionSpan(found, spans[-1].start, unit.end)
        else:
            spans.append(RegionSpan(found, unit.start, unit.end))
    return tuple(spans)


def _units(text: str, *, markdown: bool, told: Mapping[int, Region]) -> list[Line]:
    every = tuple(lines(text))
    if not is_hard_wrapped(text):
        return list(every)
    units: list[Line] = []
    for block in blocks(every):
        for part in listed(block):
            units.extend(_paragraphs(text, part, markdown=markdown, told=told))
    return units


def _paragraphs(
    text: str, block: Sequence[Line], *, markdown: bool, told: Mapping[int, Region]
) -> list[Line]:
    """A hard-wrapped block: its lines joined, save those at its ends that tell what they are."""
    known = [
        told.get(line.start) is Region.BOILERPLATE or _label(line.text, markdown=markdown) is not None
        for line in block
    ]
    first, last = 0, len(block)
    while first < last and known[first]:
        first += 1
    while last > first and known[last - 1]:
        last -= 1
    units = list(block)
    if first == last:
        return units
    start, end = block[first].start, block[last - 1].end
    return [*units[:first], Line(text[start:end], start, end, block[first].gap), *units[last:]]


def _label(line: str, *, markdown: bool) -> Region | None:
    return Region.HEADLINE if markdown and _OPENS_HEADING.match(line) else label_of(line)


def _bare(unit: Line) -> Line:
    """Without the marks of a heading."""
    opening = _OPENS_HEADING.match(unit.text)
    return replace(unit, text=unit.text[opening.end() :]) if opening else unit


def _heading(unit: Line) -> list[RegionSpan]:
    """The words of a heading, and the marks around them as boilerplate."""
    opening = _OPENS_HEADING.match(unit.text)
    if opening is None:
        return [RegionSpan(Region.HEADLINE, unit.start, unit.end)]
    start, end = unit.start + opening.end(), unit.start + _words_end(unit.text, opening.end())
    spans = [
        RegionSpan(Region.BOILERPLATE, unit.start, unit.start + opening.end(1)),
        RegionSpan(Region.HEADLINE, start, end),
    ]
    if end < unit.end:
        closing = len(unit.text) - len(unit.text.rstrip("#"))
        spans.append(RegionSpan(Region.BOILERPLATE, unit.end - closing, unit.end))
    return spans


def _words_end(heading: str, begin: int) -> int:
    """Before the number signs that close it, which white space sets off."""
    bare = heading.rstrip("#")
    end = len(bare.rstrip())
    return end if begin < end < len(bare) < len(heading) else len(heading)


def _mark_top(units: Sequence[Line], kinds: list[Region | None]) -> None:
    """Headlines at the top; in Markdown they are marked already, and so is what they end."""
    top: list[int] = []
    for i, unit in enumerate(units):
        if kinds[i] is Region.HEADLINE and not is_entry(unit.text):
            return
        if kinds[i] not in (None, Region.HEADLINE, Region.POST):
            continue
        if kinds[i] is None and (_is_captioned(units, kinds, i, below=bool(top)) or _is_point(unit.text)):
            continue
        if kinds[i] is None and len(top) < _MOST_AT_TOP and _is_top_headline(units, i):
            top.append(i)
            continue
        if kinds[i] is not None or _leads(unit.text):
            for at in top:
                kinds[at] = Region.HEADLINE
        return


def _is_captioned(units: Sequence[Line], kinds: Sequence[Region | None], i: int, *, below: bool) -> bool:
    """Whether a unit above the body is a caption for rule 4: a credit follows, and it is like a caption or
    stands below a headline."""
    text = units[i].text
    like = below or _DATE.search(text) is not None or _PICTURED.search(text) is not None
    return kinds[i + 1 : i + 2] == [Region.CREDIT] and like and _is_caption(text, in_body=False)


def _is_top_headline(units: Sequence[Line], i: int) -> bool:
    text = units[i].text
    if len(text) > _LONGEST_HEADLINE or len(text.split()) > _MOST_HEADLINE_WORDS:
        return False
    if ends_sentence(text) and not _ABBREVIATION_AT_END.search(text):
        asks = text[-1] in "?!" and not re.search(r"[a-z]{2}[.!?]\s", text)
        return asks and i + 1 < len(units) and units[i + 1].gap and _shaped(text)
    return _shaped(text)


def _mark_captions(units: Sequence[Line], kinds: list[Region | None]) -> None:
    in_body = False
    for i, unit in enumerate(units[:-1]):
        if kinds[i] is not None:
            continue
        if kinds[i + 1] is Region.CREDIT and _is_caption(unit.text, in_body=in_body):
            kinds[i] = Region.CAPTION
        else:
            in_body = True


def _is_caption(text: str, *, in_body: bool) -> bool:
    if len(text) > _LONGEST_CAPTION:
        return False
    if _SPEECH.search(text):
        return bool(_PICTURED.search(text)) and bool(_DATE.search(text))
    if not in_body or _DATE.search(text) or _PICTURED.search(text):
        return True
    return not ends_sentence(text) and len(text.split()) >= _FEWEST_CAPTION_WORDS


def _mark_subheads(units: Sequence[Line], kinds: list[Region | None]) -> None:
    for i in range(1, len(units) - 1):
        if kinds[i] is None and kinds[i + 1] is None and _is_in_capitals(units[i].text):
            kinds[i] = Region.HEADLINE if units[i + 1].text.upper() != units[i + 1].text else None
        elif kinds[i] is None and kinds[i + 1] is None and _is_subhead(units[i].text):
            before = units[i - 1].text
            begins = kinds[i - 1] is not None or (_is_prose(before) and before[-1] != ":")
            leads = _is_prose(units[i + 1].text) or _leads_list(units, i)
            if begins and kinds[i - 1] is not Region.HEADLINE and leads:
                kinds[i] = Region.HEADLINE


def _is_subhead(text: str) -> bool:
    short = len(text) <= _LONGEST_SUBHEAD and len(text.split()) <= _MOST_SUBHEAD_WORDS
    return short and not ends_sentence(text) and _shaped(text) and not _SIGNED.match(text)


def _leads_list(units: Sequence[Line], i: int) -> bool:
    """Whether points or a table's rows follow, of which it is none."""
    text, *below = (unit.text for unit in units[i : i + 3])
    listed = BULLET.match(below[0]) or (len(below) > 1 and all(map(CELLS.search, below)))
    return bool(listed) and not (CELLS.search(text) or BULLET.match(text) or _SPEECH.search(text))


def _is_in_capitals(text: str) -> bool:
    """A line that wire copy sets between its paragraphs, "** PENALTY" or "WHAT NEXT?": no speaker's label."""
    words = text.removeprefix("** ")
    letters = sum(map(str.isalpha, words))
    short = len(words) <= _LONGEST_SUBHEAD and len(words.split()) <= _MOST_SUBHEAD_WORDS
    return (
        short
        and letters >= _FEWEST_CAPITALS
        and words.isupper()
        and words[0].isalpha()
        and words[-1] not in '.:!,;”"'
    )


def _shaped(text: str) -> bool:
    """Begins as a title does, has words in it, and isn't cut off in the middle of something."""
    first = text.lstrip("“‘\"'«")[:1]
    return (
        (first.isdigit() or (first.isalpha() and not first.islower()))
        and text[-1] not in _NEVER_ENDS_A_HEADLINE
        and sum(c.isalpha() for c in text) * 2 > len(text)
        and not _CUT_OFF.search(text)
        and text.count("(") == text.count(")")
        and text.count("“") == text.count("”")
    )


def _leads(text: str) -> bool:
    """Whether a text may begin so: with prose, a line that a list or letter follows, or a place and day."""
    return (
        _is_prose(text) or (len(text) >= _SHORTEST_PROSE and text[-1] == ":") or bool(_DATELINE.match(text))
    )


def _is_point(text: str) -> bool:
    return BULLET.match(text) is not None


def _is_prose(text: str) -> bool:
    return len(text) >= _SHORTEST_PROSE and ends_sentence(text)
