"""The lines of a plain text, and whether they were broken by hand or by a margin.

Some texts have one paragraph a line, some have blank lines between paragraphs, and some are hard-wrapped:
broken at a margin, so that a line break inside a paragraph means nothing. Telling the last kind apart
decides what a line is worth, both for finding headlines and captions and for finding sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.article import Span

FINAL_MARKS = ".!?…。！？"
CLOSERS = "\"'”’»)]›“‘«‹″"  # some languages close with what others open with
BULLET = re.compile(r"(?:[-*•◦▪‣·–—]|\*\*|\d{1,3}[.)]|list \d{1,2} of \d{1,2})\s+(?=\S)", re.IGNORECASE)
MARGIN = range(40, 101)  # code points: where hard-wrapped text is broken
_MANY_LINES = 4  # fewer broken lines than this prove nothing
_LONGEST_WRAPPED = 120
_FEWEST_POINTS = 2
CELLS = re.compile(r"\S(?:\t+| \| )\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank, without the white space at its ends. `gap`: a blank line stands before it."""

    text: str
    start: int
    end: int
    gap: bool


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that aren't blank, in order, with offsets into `text`."""
    stop = len(text) if end is None else end
    position, gap = start, False
    while position < stop:
        found = text.find("\n", position, stop)
        line_end = stop if found < 0 else found
        raw = text[position:line_end]
        words = raw.strip()
        if words:
            first = position + len(raw) - len(raw.lstrip())
            yield Line(words, first, first + len(words), gap)
        gap = not words
        position = line_end + 1


def ends_sentence(line: str) -> bool:
    """Whether it ends in a full stop, question or exclamation mark or ellipsis, closing quotes aside."""
    return line.rstrip(CLOSERS)[-1:] in set(FINAL_MARKS)


def is_hard_wrapped(text: str) -> bool:
    """Whether line breaks inside paragraphs come from a margin.

    Judged by the lines directly followed by another: most of them must be about a margin long and end in
    mid-sentence, none may be long, and some of the lines after them must go on in lower case. The last
    rule tells wrapped prose from a list of titles.
    """
    every = tuple(lines(text))
    pairs = [(line, after) for line, after in pairwise(every) if not after.gap]
    if len(pairs) < _MANY_LINES:
        return False
    widths = sorted(len(line.text) for line, _ in pairs)
    open_ended = sum(not ends_sentence(line.text) for line, _ in pairs)
    go_on = sum(after.text[0].isalpha() and not after.text[0].isupper() for _, after in pairs)
    return (
        int(median(widths)) in MARGIN
        and widths[len(widths) * 19 // 20] <= _LONGEST_WRAPPED
        and open_ended * 2 > len(pairs)
        and go_on * 5 >= len(pairs)
    )


def blocks(every: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Runs of lines with no blank line between them."""
    block: list[Line] = []
    for line in every:
        if line.gap and block:
            yield tuple(block)
            block = []
        block.append(line)
    if block:
        yield tuple(block)


def listed(block: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """A hard-wrapped block, or its points where it is a list."""
    starts = [i for i, line in enumerate(block) if BULLET.match(line.text)]
    if len(starts) < _FEWEST_POINTS:
        yield tuple(block)
        return
    for start, end in pairwise(sorted({0, *starts, len(block)})):
        yield tuple(block[start:end])


def rows_above(text: str, start: int, end: int) -> Span | None:
    """The head of the table of which text[start:end] is a row, or None: cells stand between tabs or bars."""
    if not CELLS.search(text, start, end):
        return None
    head, above = None, text.rfind("\n", 0, start)
    while above > 0:
        begin = text.rfind("\n", 0, above) + 1
        if not CELLS.search(text, begin, above):
            break
        head, above = Span(begin, above), begin - 1
    return head
