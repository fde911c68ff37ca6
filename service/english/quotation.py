"""Where a text quotes: the spans between quotation marks, as English newspapers set them."""

import re

from retrieval.article import Span

_PARAGRAPH = re.compile(r"\n+")
_OPENS = {"“": "”", "«": "»", "``": "''"}
_MARK = re.compile(r"“|”|«|»|``|''|\"|(?<!\w)‘|’(?!\w)")
_LONGEST_SINGLE = 600
MASK = "\x01"


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Quotations with their marks, in order, never nested and never across a paragraph.

    A quotation left open at the end of its paragraph ends there: a speech of several paragraphs opens
    each of them anew. Straight marks alternate. Single marks count only where a pair of them stands
    outside words, so that an apostrophe opens nothing.
    """
    spans: list[Span] = []
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        spans.extend(_in_paragraph(text, start, end))
        start = gap.end() if gap else end
    return tuple(spans)


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    opened: int | None = None
    closing = ""
    for mark in _MARK.finditer(text, start, end):
        found = mark.group()
        if opened is None:
            closing = _closing(text, mark, end)
            opened = mark.start() if closing else None
        elif found == closing:
            spans.append(Span(opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append(Span(opened, end))
    return spans


def _closing(text: str, mark: re.Match[str], end: int) -> str:
    found = mark.group()
    if found == '"':
        return '"'
    if found == "‘":
        # Only when something closes it: ‘90s and ’tis stand alone.
        return (
            "’"
            if re.compile(r"[\w.,!?]’(?!\w)").search(text, mark.end(), min(end, mark.end() + _LONGEST_SINGLE))
            else ""
        )
    return _OPENS.get(found, "")


def masked(text: str, spans: tuple[Span, ...], *, start: int, end: int) -> str:
    """text[start:end] with every quoted character replaced, so that offsets stay and only the
    reporter's own words can be read."""
    out: list[str] = []
    at = start
    for span in spans:
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            continue
        out.append(text[at:low])
        out.append(MASK * (high - low))
        at = high
    out.append(text[at:end])
    return "".join(out)
