"""A table's rows as lines: cells parted by " | ", a cell over several rows in each of them."""

from typing import TYPE_CHECKING

from retrieval.article import Region
from retrieval.formats.blocks import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BETWEEN_CELLS = " | "
_MOST_SPANNED = 30  # columns or rows: a page may claim millions
_LONGEST_CELL = 400  # code points: a longer one is text in a layout
_LAYOUT = "table|h1|h2|ul|ol|blockquote|figure|article|section"


def is_of_data(table: "HtmlElement") -> bool:
    """Not a table that only lays the page out: rows of two or more short cells, with no part of a page in."""
    if next(table.iterdescendants(*_LAYOUT.split("|")), None) is not None:
        return False
    rows = list(table.iter("tr"))
    wide = any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in rows)
    return wide and all(len(_words(cell)) <= _LONGEST_CELL for cell in table.iter("td", "th"))


def rows_of(table: "HtmlElement") -> list[Block]:
    """Its caption is a line of it: it says what the figures are."""
    found = [Block(words, Region.BODY) for one in table.iter("caption") if (words := _words(one))]
    spanned: dict[int, tuple[int, str]] = {}  # by column: for how many rows more, and what
    for row in table.iter("tr"):
        cells = _cells(row, spanned)
        if any(cells):
            found.append(Block(BETWEEN_CELLS.join(cells), Region.BODY, joined=bool(found)))
    return found


def _cells(row: "HtmlElement", spanned: dict[int, tuple[int, str]]) -> list[str]:
    cells: list[str] = []

    def from_above() -> None:
        while (known := spanned.get(len(cells))) is not None:
            left, words = known
            if left > 1:
                spanned[len(cells)] = left - 1, words
            else:
                del spanned[len(cells)]
            cells.append(words)

    for cell in row.iterchildren("td", "th"):
        from_above()
        words = _words(cell)
        for _ in range(_span(cell, "colspan")):
            if (rows := _span(cell, "rowspan")) > 1:
                spanned[len(cells)] = rows - 1, words
            cells.append(words)
    from_above()
    return cells


def _span(cell: "HtmlElement", name: str) -> int:
    told = cell.get(name) or "1"
    return min(int(told), _MOST_SPANNED) if told.isascii() and told.isdigit() and told != "0" else 1


def _words(element: "HtmlElement") -> str:
    """With a blank where a line or a paragraph ends."""
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        apart = " " if inner.tag in {"br", "p", "div"} else ""
        parts += [apart, inner.text or "" if isinstance(inner.tag, str) else "", apart, inner.tail or ""]
    return " ".join("".join(parts).split(None))
