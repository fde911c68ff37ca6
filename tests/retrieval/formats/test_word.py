"""A Word file."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from retrieval.article import Origin, Region
from retrieval.errors import SourceTooLarge, UnreadableSource
from retrieval.formats import zipped
from tests.retrieval.formats.made import NETS, QUAY, parts, read, saved, word


def made_of(xml: str) -> bytes:
    """A paragraph of these runs between two others."""
    document = docx.Document()
    document.add_paragraph(QUAY)
    body = document.element.body
    body.insert(1, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    body.insert(2, docx.Document().add_paragraph(NETS)._p)
    return saved(document)


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member, content if member.filename == name else old.read(member))
    return out.getvalue()


def test_headings_paragraphs_and_facts() -> None:
    parsed = read(
        "a.docx", word("Orlo loses its quay", "By Mo Reyes, Orlo Herald", QUAY, NETS, author="Di Poe")
    )
    assert parsed.text == f"Orlo loses its quay\n\nBy Mo Reyes, Orlo Herald\n\n{QUAY}\n\n{NETS}"
    assert parts(parsed, Region.HEADLINE) == ["Orlo loses its quay"]
    assert (parsed.facts.authors, parsed.facts.outlet) == (("Mo Reyes",), "Orlo Herald")
    assert parsed.origins["title"] is Origin.HEADLINE


def test_what_the_file_says_of_itself_fills_in() -> None:
    document = docx.Document()
    document.add_paragraph(QUAY)
    document.core_properties.title, document.core_properties.author = "Quay lost", "Mo Reyes"
    parsed = read("a.docx", saved(document))
    assert (parsed.facts.title, parsed.facts.authors) == ("Quay lost", ("Mo Reyes",))
    assert set(parsed.origins.values()) == {Origin.DOCX}


def test_links_and_insertions_are_read_and_deletions_and_hidden_words_are_not() -> None:
    xml = (
        '<w:r><w:t xml:space="preserve">They said </w:t></w:r>'
        "<w:hyperlink><w:r><w:t>no</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t> twice</w:t></w:r></w:ins><w:del><w:r><w:delText> never</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> sturgeon</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:tab/><w:t>today.</w:t></w:r>"
    )
    parsed = read("a.docx", made_of(xml))
    assert parsed.text.split("\n\n") == [QUAY, "They said no twice today.", NETS]
    assert parsed.notes == ("footnotes left out: 1", "hidden parts left out: 1")


def test_words_are_hidden_by_what_hides_them_last() -> None:
    document = docx.Document()
    added = document.styles.add_style
    for name, kind, base in (("Note", 1, None), ("Aside", 1, "Note"), ("Shy", 2, None)):
        style = added(name, kind)
        style.base_style = document.styles[base] if base else None
        if not base:
            style.font.hidden = True
    document.add_paragraph(QUAY)
    for style_name in ("Note", "Aside"):
        document.add_paragraph("A sturgeon swims by itself.", style=style_name)
    document.add_paragraph("A pike, ").add_run("a sturgeon,", style="Shy")
    document.paragraphs[-1].add_run("a carp.")
    document.add_paragraph(style="Note").add_run("A perch.").font.hidden = False
    parsed = read("a.docx", saved(document))
    assert parsed.text.split("\n\n") == [QUAY, "A pike, a carp.", "A perch."]
    assert parsed.notes == ("hidden parts left out: 3",)


def test_a_table_in_a_table_is_told_once() -> None:
    document = docx.Document()
    document.add_paragraph(QUAY)
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Port"
    inner = outer.cell(0, 1).add_table(rows=2, cols=1)
    inner.cell(0, 0).text, inner.cell(1, 0).text = "Orlo", "Vessa"
    assert read("a.docx", saved(document)).text == f"{QUAY}\n\nPort | Orlo Vessa"


def test_tables_are_rows_and_lists_are_the_bodys() -> None:
    document = docx.Document()
    document.add_paragraph(QUAY)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        [c for row in table.rows for c in row.cells], ("Port", "Ships", "Orlo", "4"), strict=True
    ):
        cell.text = words
    document.add_paragraph("Both piers", style="List Bullet")
    document.add_paragraph(NETS)
    parsed = read("a.docx", saved(document))
    assert parsed.text == f"{QUAY}\n\nPort | Ships\nOrlo | 4\n\nBoth piers\n\n{NETS}"
    assert {region.kind for region in parsed.regions} == {Region.BODY}


def test_an_entity_is_not_opened() -> None:
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY a "sturgeon">]>'
    )
    run = "<w:p><w:r><w:t>A quay. &e;&a;</w:t></w:r></w:p>"
    body = f"<w:document {nsdecls('w')}><w:body>{run}</w:body></w:document>"
    text = read("a.docx", with_member(word("A", QUAY), "word/document.xml", xml + body.encode())).text
    assert text == "A quay."


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text", word("A", QUAY)[:2_000], b"\x00\x01"])
def test_a_damaged_one_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read("a.docx", data)
    assert "save it again" in refused.value.remedy


def test_a_bomb_is_stopped_while_it_inflates(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_member(word("A", QUAY), "word/document.xml", b" " * 6_000_000)
    with pytest.raises(SourceTooLarge, match="inflates to more than"):
        read("a.docx", bomb)
    monkeypatch.setattr(zipped, "MOST_INFLATED", 20_000)
    with pytest.raises(SourceTooLarge, match="more than 20,000 bytes"):
        read("a.docx", word("A", QUAY))
