"""An article cut for a case: what was cited, what is gold, and as much around as is worth reading.

The runs of a window, joined, are the text from its start to its end, character for character.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.article import Span

AROUND = 200  # characters on either side of a span
_HEAD = 400  # of an article in which nothing is marked
_MOST_WINDOWS = 12
_SNAP = 25  # how far a window reaches for the end of a word


@dataclass(frozen=True, slots=True)
class Run:
    """`cited` are the citations' ids."""

    text: str
    cited: tuple[int, ...] = ()
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    start: int
    end: int
    runs: tuple[Run, ...]


def windows(
    text: str, cited: Mapping[int, Span], gold: Sequence[Span], *, whole_below: int
) -> tuple[Window, ...]:
    """The whole text where it is shorter than `whole_below`, else windows around what is marked."""
    wanted = [Span(0, len(text))]
    if len(text) >= whole_below:
        marked = sorted([*cited.values(), *gold], key=lambda span: span.start)
        wanted = _merged([_around(text, span) for span in marked])[:_MOST_WINDOWS]
        wanted = wanted or [Span(0, _word_end(text, min(_HEAD, len(text))))]
    return tuple(Window(span.start, span.end, _runs(text, span, cited, gold)) for span in wanted)


def _around(text: str, span: Span) -> Span:
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    at = text.find(" ", start, start + _SNAP) if start else -1
    return Span(at + 1 if at >= 0 else start, _word_end(text, end))


def _word_end(text: str, end: int) -> int:
    at = text.rfind(" ", end - _SNAP, end) if end < len(text) else -1
    return at if at > 0 else end


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _runs(text: str, within: Span, cited: Mapping[int, Span], gold: Sequence[Span]) -> tuple[Run, ...]:
    ends = {edge for span in (*cited.values(), *gold) for edge in (span.start, span.end)}
    edges = sorted({within.start, within.end, *(e for e in ends if within.start < e < within.end)})
    return tuple(
        Run(
            text[start:end],
            tuple(number for number, span in cited.items() if span.start <= start < span.end),
            any(span.start <= start < span.end for span in gold),
        )
        for start, end in pairwise(edges)
    )
