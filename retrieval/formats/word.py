"""A Word file (.docx): headings, paragraphs, lists, tables; no footnotes, comments or hidden words."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from retrieval.article import Origin, Region
from retrieval.errors import UnreadableSource
from retrieval.formats.blocks import Block, assembled
from retrieval.formats.found import Told, first_of, names_in
from retrieval.formats.page_tables import BETWEEN_CELLS
from retrieval.formats.told import told
from retrieval.formats.word_styles import Styles
from retrieval.formats.zipped import check_inflated
from retrieval.parsed import Parsed, with_words
from retrieval.sources import Source

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = f"{_W}t"
_BREAKS = {
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}tab": " ",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\xad",
}
_LEFT_OUT = frozenset(f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr"))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = frozenset(f"{_W}{tag}" for tag in ("footnoteReference", "endnoteReference"))
_LONGEST_HEADING = 300


def read_word(source: Source) -> Parsed:
    """Raises UnreadableSource, SourceTooLarge."""
    check_inflated(source.name, source.data)
    document = _opened(source)
    body = document.element.body
    styles = Styles(document)
    blocks = list(_blocks(styles, body))
    text, regions = assembled(blocks)
    with_words(source.name, text)
    shown = next((block.text for block in blocks if block.kind is Region.HEADLINE), None)
    heads = shown is not None and blocks[0].text == shown
    known = document.core_properties
    facts = first_of(
        [
            Told("title", shown if heads else None, Origin.HEADLINE),
            *told(text, regions).told(),
            Told("title", known.title, Origin.DOCX),
            Told("authors", names_in(known.author or ""), Origin.DOCX),
            Told("language", known.language, Origin.DOCX),
        ]
    )
    return Parsed(text, regions, facts.facts, facts.origins, tuple(_notes(styles, body)))


def _opened(source: Source) -> "Document":
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    try:
        return docx.Document(BytesIO(source.data))
    except (PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError) as exc:
        raise UnreadableSource(
            f"{source.name} is no Word file, or damaged: {exc}", remedy="save it again as .docx"
        ) from exc


def _blocks(styles: Styles, body: Any) -> Iterator[Block]:
    walk = [*reversed(body)]
    while walk:
        element = walk.pop()
        if element.tag == f"{_W}tbl":
            yield from _rows(element, styles)
        elif element.tag == f"{_W}p":
            yield from _paragraph(element, styles)
        elif element.tag not in _LEFT_OUT:
            walk.extend(reversed(element))  # content controls and what else holds paragraphs


def _paragraph(element: Any, styles: Styles) -> Iterator[Block]:
    words = _words(element, styles)
    if not any(map(str.isalnum, words)):
        return
    properties = element.find(f"{_W}pPr")
    is_item = properties is not None and properties.find(f"{_W}numPr") is not None
    yield Block(words, _kind(styles.name_of(element), words, is_item=is_item))


def _kind(style: str, words: str, *, is_item: bool) -> Region | None:
    if style.startswith(("heading", "title")) and len(words) <= _LONGEST_HEADING:
        return Region.HEADLINE
    if style == "caption":
        return Region.CAPTION
    return Region.BODY if is_item or style.startswith("list") else None


def _rows(table: Any, styles: Styles) -> Iterator[Block]:
    """What stands in a table in a cell is the cell's words."""
    above: list[str] = []
    joined = False
    for row in (row for row in table.iter(f"{_W}tr") if next(row.iterancestors(table.tag)) is table):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            words = " ".join(_words(one, styles).replace("\n", " ") for one in cell.iter(f"{_W}p")).strip()
            goes_on = cell.find(f"{_W}tcPr/{_W}vMerge") is not None and not words
            cells.append(above[len(cells)] if goes_on and len(cells) < len(above) else words)
        if any(cells):
            yield Block(BETWEEN_CELLS.join(cells), Region.BODY, joined=joined)
            joined, above = True, cells


def _words(paragraph: Any, styles: Styles) -> str:
    """Also of its links and of what was inserted; without what was deleted, and what is hidden."""
    parts: list[str] = []
    walk = [*reversed(paragraph)]
    while walk:
        element = walk.pop()
        if element.tag == _WORDS:
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        elif element.tag not in _LEFT_OUT and element.tag != _ALTERNATE and not styles.hide(element):
            walk.extend(reversed(element))
    return "\n".join(" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n")).strip()


def _notes(styles: Styles, body: Any) -> Iterator[str]:
    notes = sum(1 for _ in body.iter(*_NOTES))
    hidden = sum(1 for run in body.iter(f"{_W}r") if styles.hide(run))
    if notes:
        yield f"footnotes left out: {notes}"
    if hidden:
        yield f"hidden parts left out: {hidden}"
