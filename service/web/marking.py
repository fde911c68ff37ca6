"""An article's text cut for the page: regions, lines and the marked quotation.

The runs of all blocks, joined, are the text; the marked runs, joined, are the quotation. The page can
therefore be copied from, and tested, character for character.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Region, RegionSpan, Span


@dataclass(frozen=True, slots=True)
class Run:
    """`first` is the run at which the quotation begins: the one a link scrolls to."""

    text: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its line feed, if it has one."""

    runs: tuple[Run, ...]
    blank: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One region with the white space that follows it, so that a copied page keeps its line feeds."""

    kind: Region
    lines: tuple[Line, ...]

    @property
    def words(self) -> list[str]:
        return "".join(run.text for line in self.lines for run in line.runs).split()


def markable(text: str, mark: Span | None) -> bool:
    return mark is not None and mark.start < mark.end <= len(text)


def blocks(text: str, regions: Sequence[RegionSpan], *, mark: Span | None) -> tuple[Block, ...]:
    """`mark` is left out where it is empty or reaches past the text."""
    shown = mark if markable(text, mark) else None
    return tuple(
        Block(kind, tuple(_line(text, span, mark=shown) for span in _line_spans(text, start, end)))
        for kind, start, end in _stretches(text, regions)
    )


def _stretches(text: str, regions: Sequence[RegionSpan]) -> Iterator[tuple[Region, int, int]]:
    """Cover the text. What no region claims joins the one before it when it is white space, else it is
    shown as body: nothing of the text is ever left out."""
    at, kind, end = 0, Region.BODY, 0  # `at`..`end` is claimed by `kind` and not yet given out
    for region in regions:
        gap = text[end : region.start]
        if at < end:
            joined = region.start if gap.isspace() or not gap else end
            yield kind, at, joined
            end = joined
        if end < region.start:
            yield Region.BODY, end, region.start
        at, kind, end = region.start, region.kind, region.end
    if text[end:].isspace():
        end = len(text)
    if at < end:
        yield kind, at, end
    if end < len(text):
        yield Region.BODY, end, len(text)


def _line_spans(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        found = text.find("\n", start, end)
        stop = end if found < 0 else found + 1
        yield Span(start, stop)
        start = stop


def _line(text: str, line: Span, *, mark: Span | None) -> Line:
    blank = not text[line.start : line.end].strip()
    if mark is None or mark.end <= line.start or line.end <= mark.start:
        return Line((Run(text[line.start : line.end]),), blank)
    start, end = max(mark.start, line.start), min(mark.end, line.end)
    runs = (
        Run(text[line.start : start]),
        Run(text[start:end], marked=True, first=start == mark.start),
        Run(text[end : line.end]),
    )
    return Line(tuple(run for run in runs if run.text), blank)
