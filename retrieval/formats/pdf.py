"""A PDF's text: its lines become paragraphs, and what stands on every page is left out."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from retrieval.article import Origin, Region
from retrieval.errors import SourceTooLarge, UnreadableSource
from retrieval.formats.blocks import assembled
from retrieval.formats.found import Told, first_of, names_in
from retrieval.formats.pdf_lines import PdfLine, paragraphs, without_furniture
from retrieval.formats.told import told
from retrieval.parsed import Parsed, with_words
from retrieval.sources import Source

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 300
_OF_A_FILE = (".doc", ".docx", ".indd", ".pdf", ".rtf", ".odt", ".qxd", ".tex", ".html", ".ppt", ".pptx")
_UNTITLED = ("untitled", "microsoft word", "document", "slide", "about:blank")


def read_pdf(source: Source) -> Parsed:
    """Raises UnreadableSource (locked, a scan, damaged), SourceTooLarge."""
    from pypdf.errors import PyPdfError

    try:
        reader = _opened(source)
        pages = [_lines(page) for page in reader.pages]
        info = reader.metadata
        known = (info.title, info.author) if info else (None, None)
    except PyPdfError as exc:
        raise UnreadableSource(f"{source.name} is a damaged PDF: {exc}", remedy="save it anew") from exc
    empty = sum(not page for page in pages)
    if empty == len(pages):
        raise UnreadableSource(
            f"{source.name} holds no text: its pages are pictures, as of a scan",
            remedy="have its text recognised first (OCR, as by `ocrmypdf SCAN.pdf TEXT.pdf`), and give that",
        )
    return _parsed(source.name, pages, known, (f"pages without text: {empty}",) if empty else ())


def _opened(source: Source) -> "PdfReader":
    from pypdf import PdfReader

    if b"%PDF-" not in source.data[:1024]:
        raise UnreadableSource(f"{source.name} is no PDF", remedy="give it under the ending of what it is")
    reader = PdfReader(BytesIO(source.data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableSource(
            f"{source.name} is locked by a password", remedy="save a copy without one, or copy its text"
        )
    if len(reader.pages) > MOST_PAGES:
        raise SourceTooLarge(
            f"{source.name} has {len(reader.pages):,} pages, more than {MOST_PAGES}",
            remedy="give each article as a file of its own",
        )
    return reader


def _parsed(
    name: str, pages: Sequence[list[PdfLine]], known: tuple[str | None, str | None], notes: tuple[str, ...]
) -> Parsed:
    blocks = paragraphs(without_furniture(pages))
    text, regions = assembled(blocks)
    shown = next((" ".join(one.text.split()) for one in blocks[:3] if one.kind is Region.HEADLINE), None)
    facts = first_of(
        [
            Told("title", shown, Origin.HEADLINE),
            *told(text, regions).told(),
            Told("title", _title(known[0]), Origin.PDF),
            Told("authors", names_in(known[1] or ""), Origin.PDF),
        ]
    )
    return Parsed(with_words(name, text), regions, facts.facts, facts.origins, notes)


def _title(info: str | None) -> str | None:
    """Programs write the file's name there, or their own."""
    words = (info or "").strip()
    named = words.lower().endswith(_OF_A_FILE) or words.lower().startswith(_UNTITLED)
    return None if named else words


def _lines(page: "PageObject") -> list[PdfLine]:
    """In the order of the page's content, which is that of its columns."""
    lines: list[PdfLine] = []
    parts: list[str] = []
    place: list[tuple[float, float, float]] = []

    def end() -> None:
        words = "".join(parts).strip()
        if words and place:
            lines.append(PdfLine(" ".join(words.split(" ")), *place[0]))
        parts.clear()
        place.clear()

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                end()
            if part.strip() and not place:
                scale = (tm[2] ** 2 + tm[3] ** 2) ** 0.5 * (cm[2] ** 2 + cm[3] ** 2) ** 0.5
                place.append((_at(cm, tm, 0), _at(cm, tm, 1), round(size * scale, 1)))
            parts.append(part)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _at(cm: Sequence[float], tm: Sequence[float], axis: int) -> float:
    return round(tm[4] * cm[axis] + tm[5] * cm[2 + axis] + cm[4 + axis], 1)
