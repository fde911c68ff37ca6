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
    blocks = list(_blocks(document, body))
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
    return Parsed(text, regions, facts.facts, facts.origins, tuple(_notes(body)))


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


def _blocks(document: "Document", body: Any) -> Iterator[Block]:
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    walk = [*reversed(body)]
    while walk:
        element = walk.pop()
        if element.tag == f"{_W}tbl":
            yield from _rows(element)
        elif element.tag == f"{_W}p":
            yield from _paragraph(element, names)
        elif element.tag not in _LEFT_OUT:
            walk.extend(reversed(element))  # content controls and what else holds paragraphs


def _paragraph(element: Any, names: dict[str, str]) -> Iterator[Block]:
    words = _words(element)
    if not any(map(str.isalnum, words)):
        return
    properties = element.find(f"{_W}pPr")
    styled = None if properties is None else properties.find(f"{_W}pStyle")
    name = names.get(styled.get(f"{_W}val"), "") if styled is not None else ""
    is_item = properties is not None and properties.find(f"{_W}numPr") is not None
    yield Block(words, _kind(name, words, is_item=is_item))


def _kind(style: str, words: str, *, is_item: bool) -> Region | None:
    if style.startswith(("heading", "title")) and len(words) <= _LONGEST_HEADING:
        return Region.HEADLINE
    if style == "caption":
        return Region.CAPTION
    return Region.BODY if is_item or style.startswith("list") else None


def _rows(table: Any) -> Iterator[Block]:
    above: list[str] = []
    joined = False
    for row in table.iter(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            words = " ".join(_words(one).replace("\n", " ") for one in cell.iter(f"{_W}p")).strip()
            goes_on = cell.find(f"{_W}tcPr/{_W}vMerge") is not None and not words
            cells.append(above[len(cells)] if goes_on and len(cells) < len(above) else words)
        if any(cells):
            yield Block(BETWEEN_CELLS.join(cells), Region.BODY, joined=joined)
            joined, above = True, cells


def _words(paragraph: Any) -> str:
    """Also of its links and of what was inserted; without what was deleted, and what is hidden."""
    parts: list[str] = []
    walk = [*reversed(paragraph)]
    while walk:
        element = walk.pop()
        if element.tag == _WORDS:
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        elif element.tag not in _LEFT_OUT and element.tag != _ALTERNATE and not _is_hidden(element):
            walk.extend(reversed(element))
    return "\n".join(" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n")).strip()


def _is_hidden(run: Any) -> bool:
    return run.tag == f"{_W}r" and run.find(f"{_W}rPr/{_W}vanish") is not None


def _notes(body: Any) -> Iterator[str]:
    notes = sum(1 for _ in body.iter(*_NOTES))
    hidden = sum(1 for run in body.iter(f"{_W}r") if _is_hidden(run))
    if notes:
        yield f"footnotes left out: {notes}"
    if hidden:
        yield f"hidden parts left out: {hidden}"
