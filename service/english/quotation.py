"""Where a text quotes: the spans between quotation marks, as English newspapers set them, and as German,
French, Nordic and badly exported ones do."""

import re

from retrieval.article import Span
from service.english.letters import NAME_WORD

_PARAGRAPH = re.compile(r"\n+")
_OPENS = {"“": "”", "«": "»", "``": "''", "„": "“”", "‹": "›"}
# They open where a word begins, and close what they or another opened: »Ja«, ”Ja”, ″Yes″.
_OPENS_WORDS = {"”": "”", "»": "«»", "›": "‹›", "″": "″"}
# A straight single mark opens before a word, but for 'tis and its like; a digit is a year's.
_STRAIGHT = r"(?<![^\s(\[—–“])'(?=[^\W\d_])(?!'(?:em|til|tis|twas|cause|n|t|s)\b)"
_MARK = re.compile(rf"“|”|„|«|»|‹|›|″|‚|``|''|\"|‘|’(?!\w)|{_STRAIGHT}|(?<=\S)'(?!\w)")
_LONGEST_SINGLE = 600
_LONGEST_NICKNAME = 20
_STRAIGHT_CLOSES = re.compile(r"\S'(?!\w)")
_NAME_BEFORE, _NAME_BEHIND = re.compile(rf"(?<![\w’'-]){NAME_WORD} $"), re.compile(rf" {NAME_WORD}")
_SINGLE = {"‘": re.compile(r"[\w.,!?]’(?!\w)"), "‚": re.compile(r"[\w.,!?][‘’](?!\w)")}
_NEVER_BEFORE = (".", ",", "!", "?", "…", ";", ":", "”", "»", "“")
OPENING_MARKS, CLOSING_MARKS = "“\"«‘'„‹‚»›”″", "”\"»’'“«‹›‘″"
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
        if found in '"″' and _is_inches(text, mark, end, quoted=opened is not None):
            continue
        if opened is None:
            closing = _closing(text, mark, start, end)
            opened = mark.start() if closing else None
        elif found == closing and found == "'" and text[mark.end() : mark.end() + 1].isalpha():
            opened = mark.start()  # what seemed to open before was an apostrophe
        elif found in closing:
            if not _nickname(text, opened, mark.end()):
                spans.append(Span(opened, mark.end()))
            opened = None
    if opened is not None and closing not in "'‘’":
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


def _is_inches(text: str, mark: re.Match[str], end: int, *, quoted: bool) -> bool:
    """The mark of "a 24\" main": behind a digit where nothing is quoted, and within a quotation where the
    next such mark closes it."""
    if not text[max(0, mark.start() - 1) : mark.start()].isdigit():
        return False
    after = text.find(mark.group(), mark.end(), end)
    return not quoted or (after > 0 and not text[after - 1].isspace())


def _closing(text: str, mark: re.Match[str], start: int, end: int) -> str:
    """What closes a quotation that a mark opens; nothing where it opens none."""
    found, before = mark.group(), text[max(start, mark.start() - 1) : mark.start()]
    begins = not (before.isalnum() or before in _NEVER_BEFORE)
    if found == '"':
        return '"'
    if found == "'":
        opens = text[mark.end() : mark.end() + 1].isalpha()
        stop = min(end, mark.end() + _LONGEST_SINGLE)
        return "'" if opens and _STRAIGHT_CLOSES.search(text, mark.end(), stop) else ""
    if found in _SINGLE:
        # Only when something closes it: ‘90s and ’tis stand alone.
        stop = min(end, mark.end() + _LONGEST_SINGLE)
        closed = begins and _SINGLE[found].search(text, mark.end(), stop)
        return ("’" if found == "‘" else "‘’") if closed else ""
    if found in _OPENS_WORDS:
        goes_on = found in "»›" and mark.start() == start  # a paragraph within French marks
        opens = goes_on or not text[mark.end() : mark.end() + 1].isspace()
        return _OPENS_WORDS[found] if begins and opens and mark.end() < end else ""
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
