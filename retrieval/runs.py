"""Stretches of several lines of which one tells what the others are: tags, teasers, an advert, a note
under its heading, a post above its signature, the entries of a live blog.

A line that was told by itself (retrieval/labels.py) stays what it is.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from retrieval.article import Region, RegionSpan, Span
from retrieval.labels import is_advert, opens_tags, opens_teasers
from retrieval.lines import BULLET, FINAL_MARKS, Line, ends_sentence
from retrieval.notes import opens_note, tells_of_itself
from retrieval.posts import first_line, signature

_LONGEST_TAG, _MOST_TAG_WORDS = 40, 5
_LONGEST_TEASER, _MOST_LINES = 160, 3
_LONGEST_HEADING, _MOST_HEADING_WORDS = 100, 14
_ZONE = r"(?:\s\(?[A-Z]{2,5}\)?)?"
_CLOCK = rf"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[AaPp]\.?[Mm]\.?)?{_ZONE}|\d{{1,2}}\s?[AaPp]\.?[Mm]\.?{_ZONE}"
# Beside the time a heading, without a dash only what begins as one: no "12.50 crowns", no "10:05 ROE:".
_HEADING = r"(?:[—–|-]\s(?=\S)|(?![a-z]|[^\W\d_][\w.’' -]{0,40}:\s))(?P<heading>\S.{0,100})"
_ENTRY = re.compile(rf"(?P<time>{_CLOCK})(?:\s{_HEADING})?")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"(?:[A-Z][a-z]{{2,8}},? )?(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d)"
    rf"(?:,? (?:(?:at|[–—|-]) )?(?:{_CLOCK}))?"
)
_FEWEST_ENTRIES, _MOST_BETWEEN = 2, 50  # regions of an entry

Kinds = list[Region | None]


def mark_runs(units: Sequence[Line], kinds: Kinds) -> None:
    """Fills in what the lines tell of each other; what is told already is left."""
    _mark_tags(units, kinds)
    _mark_teasers(units, kinds)
    _mark_adverts(units, kinds)
    _mark_notes(units, kinds)
    _mark_posts(units, kinds)
    _mark_dates(units, kinds)
    _mark_entries(units, kinds)


def entry_at(text: str, found: Sequence[RegionSpan], at: int) -> Span | None:
    """The time above the entry of a live blog that holds a place."""
    before = bisect_left(found, at, key=lambda region: region.start)
    for region in reversed(found[max(0, before - _MOST_BETWEEN) : before]):
        if region.kind is Region.HEADLINE:
            time = _ENTRY.fullmatch(text, region.start, region.end)
            if time:
                return Span(*time.span("time"))
    return None


def is_entry(line: str) -> bool:
    """Whether it is the time above an entry of a live blog, with or without its heading."""
    found = _ENTRY.fullmatch(line)
    return found is not None and not ends_sentence(found["heading"] or "")


def _mark_tags(units: Sequence[Line], kinds: Kinds) -> None:
    inside = False
    for i, unit in enumerate(units):
        if kinds[i] is Region.BOILERPLATE:
            inside = opens_tags(unit.text) or inside
        elif kinds[i] is not None or not _is_tag(unit.text):
            inside = False
        elif inside:
            kinds[i] = Region.BOILERPLATE


def _is_tag(text: str) -> bool:
    short = len(text) <= _LONGEST_TAG and len(text.split()) <= _MOST_TAG_WORDS
    return short and text[-1] not in FINAL_MARKS


def _mark_teasers(units: Sequence[Line], kinds: Kinds) -> None:
    """Titles of other articles under "Read next": the lines of its block, or of the list behind it."""
    inside = False
    for i, unit in enumerate(units):
        if opens_teasers(unit.text):
            kinds[i], inside = Region.BOILERPLATE, True
        elif inside:
            listed = bool(BULLET.match(unit.text))
            short = len(unit.text) <= _LONGEST_TEASER and not (ends_sentence(unit.text) and not listed)
            inside = short and (listed or not unit.gap)
            if inside:
                kinds[i] = Region.BOILERPLATE


def _mark_adverts(units: Sequence[Line], kinds: Kinds) -> None:
    """What stands in one block with "Advertisement", where blank lines part the blocks."""
    for i, unit in enumerate(units):
        if not (is_advert(unit.text) and (unit.gap or i == 0)):
            continue
        end = next((j for j in range(i + 1, len(units)) if units[j].gap), len(units))
        if end - i <= _MOST_LINES and end < len(units):
            kinds[i:end] = [Region.BOILERPLATE] * (end - i)


def _mark_notes(units: Sequence[Line], kinds: Kinds) -> None:
    """The paragraph below "Correction", and those after it that speak of the article."""
    for i in range(1, len(units)):
        if kinds[i] is not None:
            continue
        if opens_note(units[i - 1].text) or (kinds[i - 1] is Region.NOTE and tells_of_itself(units[i].text)):
            kinds[i] = Region.NOTE


def _mark_posts(units: Sequence[Line], kinds: Kinds) -> None:
    for i, unit in enumerate(units):
        signed = signature(unit.text)
        if signed is None:
            continue
        if signed.words:  # in one line with who signs
            kinds[i] = Region.POST
            continue
        kinds[i] = Region.BYLINE
        for j in range(first_line(units, i), i):
            kinds[j] = kinds[j] or Region.POST


def _mark_dates(units: Sequence[Line], kinds: Kinds) -> None:
    """The day alone in its line, below who wrote it."""
    for i in range(1, len(units)):
        if kinds[i] is None and kinds[i - 1] is Region.BYLINE and _DAY.fullmatch(units[i].text):
            kinds[i] = Region.BYLINE


def _mark_entries(units: Sequence[Line], kinds: Kinds) -> None:
    """In a text with several: a time alone in its line, and the heading below it."""
    at = [  # a timetable's tell nothing
        i
        for i, unit in enumerate(units)
        if is_entry(unit.text) and any(_is_told(below.text) for below in units[i + 1 : i + 3])
    ]
    if len(at) < _FEWEST_ENTRIES:
        return
    for i in at:
        kinds[i] = Region.HEADLINE
        below = units[i + 1] if i + 2 < len(units) else None
        if below and kinds[i + 1] is None and not below.gap and _is_heading(below.text):
            kinds[i + 1] = Region.HEADLINE


def _is_told(text: str) -> bool:
    return ends_sentence(text) and not is_entry(text)


def _is_heading(text: str) -> bool:
    short = len(text) <= _LONGEST_HEADING and len(text.split()) <= _MOST_HEADING_WORDS
    return short and not ends_sentence(text) and not BULLET.match(text)
