"""What anybody may send: refused with a reason, or read as far as it is seen; nobody is harmed."""

import subprocess
import sys
import zlib
from collections.abc import Iterator
from gzip import compress
from pathlib import Path

import pytest

from retrieval import parse as parsing
from retrieval.article import Facts
from retrieval.errors import SourceError, SourceTooLarge, UnreadableSource
from retrieval.outcome import Outcome
from retrieval.parsing import Parser
from retrieval.sources import OURS, Source
from tests.conftest import REPOSITORY
from tests.retrieval.formats.made import NETS, QUAY, page, pdf_of, read, word
from tests.retrieval.made import corpus_in, row_counts

_BINARY = {
    "nothing": b"",
    "blanks": b" \n\t ",
    "NUL": b"The quay \x00 closes, the warden said.",
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "gzip": compress(b" " * 1_000_000),
    "a program": b"\x7fELF\x02\x01\x01" + bytes(200),
    "noise": bytes(range(256)) * 8,
}
_RUSSIAN = (
    "Причал в Орло закроют в четверг, сообщила смотритель Ида Бранд после второго заседания совета города. "
)
# Less time than an article has, so that the test is quick; all else is the process's own.
_LIMITED = "import retrieval.parsing as p; p.CPU_SECONDS = 2; p._serve()"


@pytest.mark.parametrize("kind", _BINARY)
def test_binary_whatever_it_is_named(kind: str) -> None:
    for ending in OURS:
        with pytest.raises(UnreadableSource) as refused:
            read(f"a{ending}", _BINARY[kind])
        assert refused.value.code == "invalid_request", ending
        assert refused.value.remedy, ending


def test_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MAX_BYTES", 20)
    for ending in OURS:
        with pytest.raises(SourceTooLarge):
            read(f"a{ending}", b"x" * 21)


def test_deep_nesting_is_read_or_refused() -> None:
    def nested(levels: int) -> str:
        return page("<div>" * levels + f"<p>{QUAY}</p>" + "</div>" * levels)

    assert read("a.html", nested(500)).text == QUAY
    for levels in (20_000, 200_000):
        with pytest.raises(UnreadableSource, match="deep"):
            read("a.html", nested(levels))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (page(f"<p>Café: {QUAY}</p>").encode("utf-8-sig"), f"Café: {QUAY}"),
        (page(f"<p>Café: {QUAY}</p>").encode("utf-16"), f"Café: {QUAY}"),
        (page(f"<p>Café: {QUAY}</p>", "<meta charset=iso-8859-1>").encode(), f"Café: {QUAY}"),
        (page(f"<p>“Café”: {QUAY}</p>", "<meta charset=iso-8859-1>").encode("cp1252"), f"“Café”: {QUAY}"),
        (
            page(f"<p>“Café”: {QUAY} {NETS}</p>", "<meta charset=utf-8>").encode("cp1252"),
            f"“Café”: {QUAY} {NETS}",
        ),
        (page(f"<p>{_RUSSIAN}</p>", "<meta charset=windows-1251>").encode("cp1251"), _RUSSIAN.strip()),
        (page(f"<p>{_RUSSIAN * 5}</p>", "<meta charset=utf-8>").encode("cp1251"), (_RUSSIAN * 5).strip()),
    ],
)
def test_encodings_declared_detected_and_declared_wrong(data: bytes, text: str) -> None:
    assert read("a.html", data).text == text


@pytest.mark.parametrize(
    "data",
    [
        page("<p>Caf\xe9</p>", "<meta charset=utf-8>").encode("latin-1"),
        page("<p>Caf\xe9</p>", "<meta charset=utf-16>").encode("latin-1"),
        page("<p>Caf\xe9</p>", "<meta charset=base64>").encode("latin-1"),
        page("<p>Ida Brand: \x81\x8d</p>", "<meta charset=windows-1252>").encode("latin-1"),
        page(f"<p>Café {QUAY}</p>").encode() + b"\xe9\xff",
    ],
)
def test_what_cannot_be_told_is_refused_and_nothing_put_in_its_place(data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        read("a.html", data)


@pytest.fixture(scope="module")
def limited() -> Iterator[Parser]:
    parser = Parser(command=(sys.executable, "-c", _LIMITED))
    yield parser
    parser.close()


def _bombs() -> dict[str, bytes]:
    shown = b"BT /F 10 Tf 60 700 Td (The quay closes.) Tj ET "
    boxes = b"<div class=ad><p>a quay</p></div>" * 40
    return {
        "stream.pdf": pdf_of([shown * 1_000_000]),
        "stream in stream.pdf": pdf_of([zlib.compress(b" " * 200_000_000)]),
        "blanks.pdf": pdf_of([b" " * 70_000_000]),
        "spans.html": page(
            "<table>" + "<tr><td colspan=9999 rowspan=9999>x<td>y" * 50_000 + "</table>"
        ).encode(),
        "entities.html": page("<p>" + "&copy;" * 3_000_000).encode(),
        "tags.html": page("".join(f"<section>{boxes.decode()}</section>" for _ in range(5_000))).encode(),
        "parts.eml": b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nX: y\n\nz\n" * 500_000,
    }


def _code_of(parser: Parser, source: Source) -> str:
    try:
        parser.parse(source)
    except SourceError as refused:
        return refused.code
    return "read"


@pytest.mark.slow
def test_bombs_end_as_refusals_and_the_next_is_read(limited: Parser) -> None:
    codes = {name: _code_of(limited, Source(name, data, Facts(), None)) for name, data in _bombs().items()}
    assert set(codes.values()) <= {"invalid_request", "too_large", "read"}, codes
    assert codes["stream.pdf"] == codes["spans.html"] == codes["parts.eml"] == "invalid_request"
    assert limited.parse(Source("a.html", page(f"<p>{QUAY}</p>").encode(), Facts(), None)).text == QUAY


@pytest.mark.slow
def test_a_refused_one_leaves_nothing_and_a_name_is_no_path(tmp_path: Path) -> None:
    with corpus_in(tmp_path / "data") as corpus:
        bad = [Source(f"a{ending}", _BINARY["PNG"], Facts(), None) for ending in OURS]
        bomb = Source("a.docx", word("A", QUAY)[:2_000], Facts(), None)
        assert {done.outcome for done in corpus.ingester.ingest([*bad, bomb])} == {Outcome.REFUSED}
        assert row_counts(corpus)["sources"] == 0
        names = ("../../outside.html", "/etc/outside.html", "..\\outside.html", "a\u202etxt.html")
        made = [Source(name, page(f"<p>{QUAY} {name}</p>").encode(), Facts(), None) for name in names]
        assert {done.outcome for done in corpus.ingester.ingest(made)} == {Outcome.ADDED}
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert not list(tmp_path.rglob("*outside*"))


def test_nothing_is_imported_for_them_before_one_is_read() -> None:
    heavy = {"lxml", "trafilatura", "pypdf", "docx", "justext", "htmldate"}
    code = f"import sys, retrieval.parsing; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
