"""A PDF: paragraphs of its lines, its words whole where that is sure, and refusals that say what to do."""

from itertools import count

import pytest

from retrieval.article import Origin, Region
from retrieval.errors import SourceTooLarge, UnreadableSource
from retrieval.formats import pdf as pdf_reader
from tests.retrieval.formats.made import Line, parts, pdf, pdf_of, read

TEXT = (
    "The quay at Orlo will close on Thursday, its warden, Ida Brand, said",
    "after the council had met twice. Nobody had asked the ﬁshers, who nego-",
    "tiated for weeks; a re-",
    "dating of the lease and the guild's co-",
    "operation were refused, and of­",
    "ﬁcially nothing was said. The cooperation had lasted for years.",
)


def page(*lines: str, size: float = 10, top: float = 700) -> list[Line]:
    return [(line, height, size) for line, height in zip(lines, count(top, -12), strict=False)]


def test_lines_become_paragraphs_and_headlines() -> None:
    second = ("“We mend nets,” said Piet Noor.", "That was all.")
    sheet = [("Orlo loses its quay", 750, 18.0), ("after four winters", 730, 18.0)]
    body = page(*TEXT[:2]) + page("tiated for weeks.", top=676) + page(*second, top=650)
    parsed = read("a.pdf", pdf([[*sheet, *body]], title="Draft 7.docx", author="Mo Reyes"))
    assert parts(parsed, Region.HEADLINE) == ["Orlo loses its quay after four winters"]
    assert parsed.text.split("\n\n")[1:] == [
        f"{TEXT[0]} after the council had met twice. Nobody had asked the ﬁshers, who negotiated for weeks.",
        "“We mend nets,” said Piet Noor.",
        "That was all.",
    ]
    assert (parsed.facts.title, parsed.facts.authors) == (
        "Orlo loses its quay after four winters",
        ("Mo Reyes",),
    )
    assert parsed.origins == {"title": Origin.HEADLINE, "authors": Origin.PDF}


def test_a_divided_word_is_joined_only_where_that_is_safe() -> None:
    text = read("a.pdf", pdf([page(*TEXT)])).text
    assert "who negotiated for weeks" in text  # by its ending
    assert "a re-dating of" in text  # may be its own hyphen
    assert "guild's cooperation were" in text  # stands whole elsewhere
    assert "and of\xadﬁcially nothing" in text  # a soft hyphen and a ligature stay


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_go_on_over_pages() -> None:
    told = (
        "The guild and its chair wrote to the council",
        "of Orlo about the lease and the cranes that",
        "stay.",
    )
    pages = [
        [("The Orlo Herald, spring", 780, 8.0), (line, 700, 10.0), (f"Page {number} of 3", 20, 8.0)]
        for number, line in enumerate(told, 1)
    ]
    assert read("a.pdf", pdf(pages)).text == " ".join(told)


def test_what_the_file_says_of_itself() -> None:
    parsed = read("a.pdf", pdf([page(*TEXT)], title="Quay lost", author="Mo Reyes; Lu Ek"))
    assert (parsed.facts.title, parsed.facts.authors) == ("Quay lost", ("Mo Reyes", "Lu Ek"))
    assert set(parsed.origins.values()) == {Origin.PDF}


def test_a_byline_outdoes_it_and_an_outlet_is_no_author() -> None:
    lines = page("Orlo loses its quay", "", "The Orlo Register, 18 February 2023", "", *TEXT)
    facts = read("a.pdf", pdf([lines], author="The Orlo Register")).facts
    assert (facts.outlet, facts.published, facts.authors) == ("The Orlo Register", "2023-02-18", ())


def test_a_scan_says_that_it_wants_ocr() -> None:
    with pytest.raises(UnreadableSource, match="holds no text: its pages are pictures") as refused:
        read("scan.pdf", pdf_of([b"0 0 m 9 9 l S"]))
    assert "OCR" in refused.value.remedy


def test_pages_without_text_are_counted() -> None:
    made = pdf_of([b"BT /F 10 Tf 60 700 Td (" + TEXT[0].encode() + b") Tj ET", b""])
    assert read("a.pdf", made).notes == ("pages without text: 1",)


def test_a_locked_one_is_refused() -> None:
    locked = "/Encrypt <</Filter/Standard/V 1/R 2/O(" + "x" * 32 + ")/U(" + "y" * 32 + ")/P -4>>/ID[(a)(a)]"
    with pytest.raises(UnreadableSource, match="locked by a password"):
        read("a.pdf", pdf_of([b""], more=locked))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 2)
    with pytest.raises(SourceTooLarge, match="3 pages, more than 2"):
        read("a.pdf", pdf([page("one")] * 3))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"text", b"", b"\x00\x01", pdf([page("x y")])[:300]]
)
def test_a_damaged_one_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read("a.pdf", data)
    assert refused.value.remedy
