"""Files of each format, made by hand: small, and of what a test wants."""

import zlib
from collections.abc import Sequence
from io import BytesIO

from retrieval.article import Facts, Region
from retrieval.parse import parse
from retrieval.parsed import Parsed
from retrieval.sources import Source

QUAY = "The quay at Orlo will close on Thursday, its warden, Ida Brand, said after the council had met twice."
NETS = "“We mend nets, not laws,” the chair of the fishers’ guild, Piet Noor, told the council on Tuesday."
_LIGATURES = {"ﬁ": 1, "ﬂ": 2, "\xad": 3}
_ENCODING = b"<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/sfthyphen]>>"

Line = tuple[str, float, float]  # words, height on the page, size of the letters


def read(name: str, data: bytes | str, facts: Facts | None = None) -> Parsed:
    given = data.encode() if isinstance(data, str) else data
    return parse(Source(name, given, facts or Facts(), None))


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"


def parts(parsed: Parsed, kind: Region) -> list[str]:
    return [parsed.text[one.start : one.end] for one in parsed.regions if one.kind is kind]


def pdf(pages: Sequence[Sequence[Line]], *, title: str = "", author: str = "") -> bytes:
    """A page is lines at heights; letters of WinAnsi, and the ligatures ﬁ and ﬂ."""
    return pdf_of([_drawn(lines) for lines in pages], title=title, author=author)


def pdf_of(streams: Sequence[bytes], *, title: str = "", author: str = "", more: str = "") -> bytes:
    count = len(streams)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding " + _ENCODING + b">>",
    ]
    for i, stream in enumerate(streams):
        packed = zlib.compress(stream)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {5 + 2 * i} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
        opens = f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
        objects.append(opens + packed + b"\nendstream")
    objects.append(f"<</Title({title})/Author({author})>>".encode("cp1252"))
    return _written(objects, f"/Root 1 0 R/Info {len(objects)} 0 R{more}")


def _drawn(lines: Sequence[Line]) -> bytes:
    drawn = (
        f"BT /F {size} Tf 1 0 0 1 60 {height} Tm (".encode() + _bytes(words) + b") Tj ET"
        for words, height, size in lines
    )
    return b"\n".join(drawn)


def _bytes(words: str) -> bytes:
    made = b"".join(bytes([_LIGATURES[c]]) if c in _LIGATURES else c.encode("cp1252") for c in words)
    return made.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _written(objects: Sequence[bytes], trailer: str) -> bytes:
    out, at = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        at.append(len(out))
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in at)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer<</Size {len(objects) + 1}{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def word(title: str, *paragraphs: str, author: str = "") -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(title, 0)
    for words in paragraphs:
        document.add_paragraph(words)
    document.core_properties.author = author
    return saved(document)


def saved(document: object) -> bytes:
    held = BytesIO()
    document.save(held)  # type: ignore[attr-defined]
    return held.getvalue()
