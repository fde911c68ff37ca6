"""Posts of social networks that an article shows: their words are whoever's who signs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Sentence, Span
from retrieval.lines import lines
from retrieval.posts import first_line, signature

_FAR = 2_000  # code points from a post to who signs it


@dataclass(frozen=True, slots=True)
class Post:
    writer: Span
    start: int
    end: int


def posts(text: str, sentences: Sequence[Sentence]) -> Iterator[Post]:
    """Those of which `sentences` may have a part."""
    low = text.rfind("\n", 0, max(0, sentences[0].start - _FAR)) + 1
    high = sentences[-1].end + _FAR
    if text.find("(@", low, high) < 0 and text.find("RT @", low, high) < 0:
        return
    every = tuple(lines(text, low, high))
    for i, line in enumerate(every):
        signed = signature(line.text)
        if signed and signed.words:
            yield Post(_at(line.start, signed.who), *_ends(_at(line.start, signed.words)))
        elif signed and (first := first_line(every, i)) < i:
            yield Post(_at(line.start, signed.who), every[first].start, every[i - 1].end)


def _at(start: int, span: Span) -> Span:
    return Span(start + span.start, start + span.end)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
