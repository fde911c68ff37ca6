"""A file's paragraphs become one text: each on lines of its own, with an empty line between, and with the
regions that its structure tells. What that leaves open is found as in plain text."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.article import Region, RegionSpan
from retrieval.regions import regions

# What a plain text's rules look at together: photographs' words and furniture would stand between.
_READ_ON = (None, Region.HEADLINE, Region.BODY)


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is None where the structure doesn't say. `joined`: a line of its own, but no paragraph."""

    text: str
    kind: Region | None = None
    joined: bool = False


def assembled(blocks: Sequence[Block]) -> tuple[str, tuple[RegionSpan, ...]]:
    """The text, and its regions in order."""
    text, spans = _laid_out(blocks)
    read_on = [i for i, block in enumerate(blocks) if block.kind in _READ_ON]
    plain, there = _laid_out([blocks[i] for i in read_on])
    where = dict(zip(read_on, there, strict=True))
    told = regions(plain)
    found: list[RegionSpan] = []
    for i, (block, (start, end)) in enumerate(zip(blocks, spans, strict=True)):
        if block.kind is not None:
            _add(found, RegionSpan(block.kind, start, end))
            continue
        shift = start - where[i][0]
        for kind, first, last in _within(told, *where[i], plain):
            _add(found, RegionSpan(kind, first + shift, last + shift))
    return text, tuple(found)


def _laid_out(blocks: Sequence[Block]) -> tuple[str, list[tuple[int, int]]]:
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for block in blocks:
        between = "" if not parts else "\n" if block.joined else "\n\n"
        parts.append(between + block.text)
        spans.append((at + len(between), at + len(between) + len(block.text)))
        at = spans[-1][1]
    return "".join(parts), spans


def _within(told: Sequence[RegionSpan], start: int, end: int, text: str) -> list[tuple[Region, int, int]]:
    """The parts of these regions that lie in a block, without white space at their ends."""
    parts = []
    for region in told:
        first, last = max(start, region.start), min(end, region.end)
        words = text[first:last]
        if words.strip():
            first += len(words) - len(words.lstrip())
            parts.append((region.kind, first, first + len(words.strip())))
    return parts


def _add(found: list[RegionSpan], span: RegionSpan) -> None:
    """Body goes on over paragraphs; each other stretch is one by itself."""
    if found and span.kind is Region.BODY is found[-1].kind:
        found[-1] = RegionSpan(Region.BODY, found[-1].start, span.end)
    else:
        found.append(span)
