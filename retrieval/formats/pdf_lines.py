"""A PDF knows no paragraphs, only lines at places: what belongs together is told by gaps, sizes and ends."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.article import Region
from retrieval.formats.blocks import Block
from retrieval.lines import ends_sentence

_EDGE = 2  # lines at the top and at the bottom of a page that may be its furniture
_OFTEN = 0.4  # of the pages
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]"
    r"|(?:https?|file)://\S+(?: \d+/\d+)?",
    re.IGNORECASE,
)
_OF_ONE_SIZE = 0.08
_HEADING, _LARGE = 1.15, 1.5  # times the size of the text
_LONGEST_HEADING = 300
_WIDE_GAP = 1.3  # times the distance of lines
_INDENT = 0.8  # of a letter's size
_SHORT, _CUT = 0.75, 0.5  # of a full line: of a paragraph's last, of one that stands by itself
_FULL = 0.9  # the share of lines that are no longer than a full one
# How a word goes on behind a division, and hardly ever begins.
_ENDINGS = re.compile(
    r"(?:tion|sion|cial|tial|ment|ness|able|ible|ably|ibly|ing|ings|tive|sive|ity|ities|ance|ence|ances|ences|ally|ical"
    r"|cally|ically|tions|sions|ations?|mentary|ments|tiat\w+|lish\w*|ture|tures|sure|rity|cies|cy|ers|ly|ed|er|est|ism|ists?"
    r"|ous|ful|less|ship|ward|wards|dom|hood|ising|izing|ised|ized|cation|cations|ulation|tary|tory|nal|ral|tal)\b"
)
_LAST_PART = re.compile(r"([^\W\d_]{1,40})-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """`x` and `y` of its beginning, y growing upwards, and its letters' size, in points."""

    text: str
    x: float
    y: float
    size: float


def without_furniture(pages: Sequence[list[PdfLine]]) -> list[list[PdfLine]]:
    """Without running heads, which stand at one place on many pages, and page numbers."""
    edges = [_edges(page) for page in pages]
    often = Counter(key for page in edges for key in {_key(line) for line in page})
    most = max(2, int(len(pages) * _OFTEN))
    return [
        [
            line
            for line in page
            if line not in edge or not (often[_key(line)] >= most or _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def paragraphs(pages: Sequence[list[PdfLine]]) -> list[Block]:
    """In order, over columns and pages. What is larger than the text is a headline."""
    flat = [(line, number) for number, page in enumerate(pages) for line in page]
    if not flat:
        return []
    shape = _shape(pages)
    words = _words(line.text for line, _ in flat)
    blocks: list[list[PdfLine]] = [[flat[0][0]]]
    for (before, page), (line, next_page) in pairwise(flat):
        if _begins(before, line, shape, turned=page != next_page):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    heads = [_heads(i, blocks, shape) for i in range(len(blocks))]
    return [_block(lines, words, is_headline=head) for lines, head in zip(blocks, heads, strict=True)]


@dataclass(frozen=True, slots=True)
class _Shape:
    size: float  # of most letters
    leading: float  # from line to line
    left: float
    full: int  # code points of a full line


def _shape(pages: Sequence[list[PdfLine]]) -> _Shape:
    every = [line for page in pages for line in page]
    sizes: Counter[float] = Counter()
    for line in every:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    own = [line for line in every if _is_like(line.size, size)]
    gaps = [
        before.y - line.y
        for page in pages
        for before, line in pairwise(page)
        if _is_like(before.size, line.size) and 0 < before.y - line.y < 3 * max(size, 1)
    ]
    lengths = sorted(len(line.text) for line in own)
    left = Counter(line.x for line in own).most_common(1)[0][0]
    return _Shape(size, median(gaps) if gaps else 1.2 * size, left, lengths[int(len(lengths) * _FULL) - 1])


def _begins(before: PdfLine, line: PdfLine, shape: _Shape, *, turned: bool) -> bool:
    """Whether a paragraph begins."""
    if not _is_like(before.size, line.size):
        return True
    gap = before.y - line.y
    if turned or gap < -shape.leading / 2:  # a page or a column ends
        return ends_sentence(before.text) or not (
            line.text[:1].islower() or len(before.text) >= shape.full * _SHORT
        )
    if gap > shape.leading * _WIDE_GAP * max(1.0, line.size / max(shape.size, 1)):
        return True
    indented = line.x - before.x > line.size * _INDENT and abs(before.x - shape.left) < line.size * _INDENT
    fits = shape.full * shape.size / max(before.size, 1)  # as many letters of its size
    if len(before.text) < fits * _CUT and not line.text[:1].islower() and before.text[-1] not in ",-\xad":
        return True
    is_last = ends_sentence(before.text) and len(before.text) < shape.full * _SHORT
    return (indented and ends_sentence(before.text)) or is_last


def _heads(i: int, blocks: Sequence[Sequence[PdfLine]], shape: _Shape) -> bool:
    """Whether it is a headline: larger than the text, and not one of several such lines, as of a table."""
    size = blocks[i][0].size
    beside = [blocks[near][0].size for near in (i - 1, i + 1) if 0 <= near < len(blocks)]
    alone = size >= shape.size * _LARGE or not any(_is_like(size, other) for other in beside)
    return size >= shape.size * _HEADING and alone


def _block(lines: Sequence[PdfLine], words: frozenset[str], *, is_headline: bool) -> Block:
    text = lines[0].text
    for line in lines[1:]:
        text = _joined(text, line.text, words)
    return Block(text, Region.HEADLINE if is_headline and len(text) <= _LONGEST_HEADING else None)


def _joined(text: str, line: str, words: frozenset[str]) -> str:
    """A divided word is made whole only where that is safe: the file has it whole elsewhere, or what follows
    is an ending. A hyphen that may be its own stays, and a soft one always."""
    if text.endswith("\xad"):
        return text + line
    last, first = _LAST_PART.search(text[-41:]), _FIRST_PART.match(line)
    if last is None or first is None:
        return f"{text} {line}" if not text.endswith("-") else text + line
    whole = (last[1] + first[0]).lower()
    is_divided = whole in words or (first[0].islower() and bool(_ENDINGS.match(first[0])))
    return text[:-1] + line if is_divided and first[0].islower() else text + line


def _words(lines: Iterator[str]) -> frozenset[str]:
    return frozenset(word.lower() for line in lines for word in _FIRST_PART.findall(line))


def _edges(page: Sequence[PdfLine]) -> list[PdfLine]:
    by_height = sorted(page, key=lambda line: line.y)
    return by_height if len(page) <= _EDGE else [*by_height[:_EDGE], *by_height[-_EDGE:]]


def _key(line: PdfLine) -> tuple[str, int, float]:
    """The same on each page: its number changes, and it may stand at either margin."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / 5), line.size


def _is_like(size: float, other: float) -> bool:
    return abs(size - other) <= max(size, other) * _OF_ONE_SIZE
