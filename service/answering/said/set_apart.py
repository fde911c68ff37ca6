"""Blocks that a page sets apart as another's words, without quotation marks: whose they are is told by a line
below or above them, or by the sentence that leads up to them."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from retrieval.article import Region, Sentence, Span
from retrieval.posts import signature, signed_above
from service.answering.said.letters import is_somebody
from service.answering.said.posts import Post
from service.english import clauses, leading_subject, masked, named_alone, quoted_spans

_SOURCE = re.compile(
    r"(?:[—–-]{1,2}\s?)?(?P<of>(?:Statement|Letter|Message|Note|Report|Post|Speech) (?:of|from|by) )?"
    r"(?:the )?(?P<who>[^\W_][^,()\n]{2,60})(?:, [^\n]{2,100})?",
    re.IGNORECASE,
)
_FAR = 400  # code points
_LEADS_UP = re.compile(r":[\s\"”]*$")


def set_apart(text: str, sentences: Sequence[Sentence]) -> Iterator[Post]:
    """`sentences` are consecutive. Those of a block of which nobody is told stay the article's."""
    for first, last in _blocks(text, sentences):
        start, end = sentences[first].start, sentences[last].end
        before = sentences[first - 1] if first else None
        below = sentences[last + 1].start if last + 1 < len(sentences) else None
        writer = (
            _above(text, before.end if before else 0, start)
            or _signed(text, end, below)
            or (_led_up_to(text, before) if before else None)
            or (_source(text, end, below) if below else None)
        )
        if writer:
            yield Post(writer, start, end)


def _blocks(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Their first and last sentences: nothing stands between."""
    at = [i for i, one in enumerate(sentences) if one.region is Region.POST]
    starts = [i for i in at if i - 1 not in at or text[sentences[i - 1].end : sentences[i].start].strip()]
    for first, after in pairwise([*starts, len(sentences)]):
        yield first, max(i for i in at if first <= i < after)


def _signed(text: str, end: int, below: int | None) -> Span | None:
    """By a line below that signs a post; where the block's surroundings aren't known, by the next alone."""
    lines = _placed(text[end : below if below is not None else end + _FAR].split("\n"), end)
    for line, start in islice(lines, None if below is not None else 1):
        signed = signature(line)
        if signed and not signed.words:
            return _at(start, signed.who)
    return None


def _source(text: str, end: int, below: int) -> Span | None:
    """The source that is told in the line below, which isn't the article's."""
    for line, start in islice(_placed(text[end:below].split("\n"), end), 1):
        if found := _SOURCE.fullmatch(line):
            writer = _at(start, Span(*found.span("who")))
            if named_alone(text, writer) or (found["of"] and is_somebody(text, writer)):
                return writer
    return None


def _above(text: str, low: int, start: int) -> Span | None:
    for line, at in _placed(text[low:start].split("\n"), low):
        if who := signed_above(line):
            return _at(at, who)
    return None


def _led_up_to(text: str, before: Sentence) -> Span | None:
    """Whoever "wrote to the council:", or does whatever leads up to the block."""
    words = text[before.start : before.end]
    if before.region is not Region.BODY or not _LEADS_UP.search(words):
        return None
    bare = masked(words, quoted_spans(words), start=0, end=len(words))
    said = next((one.speaker for one in clauses(words, bare) if one.speaker and not one.act), None)
    subject = said or leading_subject(bare, len(bare))
    writer = _at(before.start, subject) if subject else None
    return writer if writer and (said or is_somebody(text, writer)) else None


def _placed(lines: Sequence[str], start: int) -> Iterator[tuple[str, int]]:
    """Those with words, without white space at their ends, and where they begin."""
    for line in lines:
        if line.strip():
            yield line.strip(), start + len(line) - len(line.lstrip())
        start += len(line) + 1


def _at(start: int, span: Span) -> Span:
    return Span(start + span.start, start + span.end)
