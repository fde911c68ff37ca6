"""Posts of social networks that an article shows: their words are whoever's who signs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Region, Sentence, Span
from retrieval.lines import lines
from retrieval.posts import signature

_FAR = 2_000  # code points from a post to who signs it


@dataclass(frozen=True, slots=True)
class Post:
    writer: Span
    start: int
    end: int


def posts(text: str, sentences: Sequence[Sentence]) -> Iterator[Post]:
    """Those of which `sentences` has a part: what is marked as a post above its signature, or beside it."""
    shown = [one for one in sentences if one.region is Region.POST]
    if not shown:
        return
    begin = text.rfind("\n", 0, shown[0].start) + 1
    for line in lines(text, begin, shown[-1].end + _FAR):
        signed = signature(line.text)
        if signed is None:
            continue
        who, own = _at(line.start, signed.who), signed.words and _at(line.start, signed.words)
        yield Post(who, own.start, own.end) if own else Post(who, begin, line.start)
        begin = line.end


def _at(start: int, span: Span) -> Span:
    return Span(start + span.start, start + span.end)
