"""Where a text quotes: the spans between quotation marks, as English newspapers set them."""

import re

from retrieval.article import Span
from service.english.letters import NAME_WORD

_PARAGRAPH = re.compile(r"\n+")
_OPENS = {"“": "”", "«": "»", "``": "''"}
# A straight single mark opens before a word, but for 'tis and its like; a digit is a year's.
_STRAIGHT = r"(?<![^\s(\[—–“])'(?=[^\W\d_])(?!'(?:em|til|tis|twas|cause|n|t|s)\b)"
_MARK = re.compile(rf"“|”|«|»|``|''|\"|(?<!\w)‘|’(?!\w)|{_STRAIGHT}|(?<=\S)'(?!\w)")
_LONGEST_SINGLE = 600
_LONGEST_NICKNAME = 20
_STRAIGHT_CLOSES = re.compile(r"\S'(?!\w)")
_NAME_BEFORE, _NAME_BEHIND = re.compile(rf"(?<![\w’'-]){NAME_WORD} $"), re.compile(rf" {NAME_WORD}")
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
        elif found == closing and found == "'" and text[mark.end() : mark.end() + 1].isalpha():
            opened = mark.start()  # what seemed to open before was an apostrophe
        elif found == closing:
            if not _nickname(text, opened, mark.end()):
                spans.append(Span(opened, mark.end()))
            opened = None
    if opened is not None and closing != "'":
        spans.append(Span(opened, end))
    return spans


def _nickname(text: str, start: int, end: int) -> bool:
    """Bo “Tiny” Lindqvist: a word or two between names, no quotation."""
    inner = text[start + 1 : end - 1]
    return (
        0 < len(inner) <= _LONGEST_NICKNAME
        and inner[0].isupper()
        and inner[-1].isalnum()
        and _NAME_BEFORE.search(text, max(0, start - 40), start) is not None
        and _NAME_BEHIND.match(text, end) is not None
    )


def _closing(text: str, mark: re.Match[str], end: int) -> str:
    found = mark.group()
    if found == '"':
        return '"'
    if found == "'":
        opens = text[mark.end() : mark.end() + 1].isalpha()
        stop = min(end, mark.end() + _LONGEST_SINGLE)
        return "'" if opens and _STRAIGHT_CLOSES.search(text, mark.end(), stop) else ""
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
