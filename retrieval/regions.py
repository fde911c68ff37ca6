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
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.article import Region, RegionSpan
from retrieval.labels import label_of, opens_tags
from retrieval.lines import FINAL_MARKS, Line, blocks, ends_sentence, is_hard_wrapped, lines

_LONGEST_HEADLINE, _MOST_HEADLINE_WORDS = 200, 30
_LONGEST_SUBHEAD, _MOST_SUBHEAD_WORDS = 80, 12
_SHORTEST_PROSE = 50
_LONGEST_CAPTION, _FEWEST_CAPTION_WORDS = 450, 4
_LONGEST_TAG, _MOST_TAG_WORDS = 40, 5
_MOST_AT_TOP = 3

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
_OPENS_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    start: int
    end: int
    gap: bool


def regions(text: str, *, markdown: bool = False) -> tuple[RegionSpan, ...]:
    """In order, trimmed of white space, not overlapping; between them is nothing but white space."""
    units = _units(text, markdown=markdown)
    kinds = [_label(unit.text, markdown=markdown) for unit in units]
    _mark_tags(units, kinds)
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


def _units(text: str, *, markdown: bool) -> list[_Unit]:
    every = tuple(lines(text))
    if not is_hard_wrapped(text):
        return [_Unit(line.text, line.start, line.end, line.gap) for line in every]
    units: list[_Unit] = []
    for block in blocks(every):
        units.extend(_paragraphs(text, block, markdown=markdown))
    return units


def _paragraphs(text: str, block: Sequence[Line], *, markdown: bool) -> list[_Unit]:
    """A hard-wrapped block: its lines joined, save those at its ends that tell what they are."""
    known = [_label(line.text, markdown=markdown) is not None for line in block]
    first, last = 0, len(block)
    while first < last and known[first]:
        first += 1
    while last > first and known[last - 1]:
        last -= 1
    units = [_Unit(line.text, line.start, line.end, line.gap) for line in block]
    if first == last:
        return units
    start, end = block[first].start, block[last - 1].end
    return [*units[:first], _Unit(text[start:end], start, end, block[first].gap), *units[last:]]


def _label(line: str, *, markdown: bool) -> Region | None:
    return Region.HEADLINE if markdown and _OPENS_HEADING.match(line) else label_of(line)


def _heading(unit: _Unit) -> list[RegionSpan]:
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


def _mark_tags(units: Sequence[_Unit], kinds: list[Region | None]) -> None:
    inside = False
    for i, unit in enumerate(units):
        if kinds[i] is Region.BOILERPLATE:
            inside = opens_tags(unit.text) or inside
        elif kinds[i] is not None or not _is_tag(unit.text):
            inside = False
        elif inside:
            kinds[i] = Region.BOILERPLATE


def _mark_top(units: Sequence[_Unit], kinds: list[Region | None]) -> None:
    """Headlines at the top; in Markdown they are marked already, and so is what they end."""
    top: list[int] = []
    for i, unit in enumerate(units):
        if kinds[i] is Region.HEADLINE:
            return
        if kinds[i] is not None:
            continue
        if _is_captioned(units, kinds, i, below=bool(top)):
            continue
        if len(top) < _MOST_AT_TOP and _is_top_headline(units, i):
            top.append(i)
        elif _is_prose(unit.text):
            for at in top:
                kinds[at] = Region.HEADLINE
            return
        else:
            return


def _is_captioned(units: Sequence[_Unit], kinds: Sequence[Region | None], i: int, *, below: bool) -> bool:
    """Whether a unit above the body is a caption for rule 4: a credit follows, and it is like a caption or
    stands below a headline."""
    text = units[i].text
    like = below or _DATE.search(text) is not None or _PICTURED.search(text) is not None
    return kinds[i + 1 : i + 2] == [Region.CREDIT] and like and _is_caption(text, in_body=False)


def _is_top_headline(units: Sequence[_Unit], i: int) -> bool:
    text = units[i].text
    if len(text) > _LONGEST_HEADLINE or len(text.split()) > _MOST_HEADLINE_WORDS:
        return False
    if ends_sentence(text) and not _ABBREVIATION_AT_END.search(text):
        asks = text[-1] in "?!" and not re.search(r"[a-z]{2}[.!?]\s", text)
        return asks and i + 1 < len(units) and units[i + 1].gap and _shaped(text)
    return _shaped(text)


def _mark_captions(units: Sequence[_Unit], kinds: list[Region | None]) -> None:
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


def _mark_subheads(units: Sequence[_Unit], kinds: list[Region | None]) -> None:
    for i in range(1, len(units) - 1):
        if kinds[i] is None and kinds[i + 1] is None and _is_subhead(units[i].text):
            before = units[i - 1].text
            begins = kinds[i - 1] is not None or (_is_prose(before) and before[-1] != ":")
            if begins and kinds[i - 1] is not Region.HEADLINE and _is_prose(units[i + 1].text):
                kinds[i] = Region.HEADLINE


def _is_subhead(text: str) -> bool:
    short = len(text) <= _LONGEST_SUBHEAD and len(text.split()) <= _MOST_SUBHEAD_WORDS
    return short and not ends_sentence(text) and _shaped(text) and not _SIGNED.match(text)


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


def _is_prose(text: str) -> bool:
    return len(text) >= _SHORTEST_PROSE and ends_sentence(text)


def _is_tag(text: str) -> bool:
    short = len(text) <= _LONGEST_TAG and len(text.split()) <= _MOST_TAG_WORDS
    return short and text[-1] not in FINAL_MARKS
