"""Every character as it was written, or a refusal that says why."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.decode import decode
from retrieval.errors import UnreadableSource

ENGLISH = (
    "The envoy said that the café in Zürich — “productive”, as he put it — had been chosen by the hosts. "
    "The foreign minister, François Dupré, said the talks would go on, and that it was not for him to stop. "
)
RUSSIAN = (
    "Министр заявил в воскресенье, что стороны договорились продолжить переговоры о гарантиях безопасности. "
    "Следующая встреча состоится в понедельник."
)
FRENCH = (
    "Le ministre a déclaré dimanche que les négociations étaient très difficiles, mais que l'Europe était "
    "prête à aider le pays à obtenir des garanties de sécurité après l'été."
)
POLISH = (
    "Minister powiedział, że gwarancje bezpieczeństwa są konieczne, a rozmowy będą się toczyć dalej w "
    "poniedziałek, z udziałem przywódców państw."
)


def test_english_in_mac_roman() -> None:
    text = ENGLISH + "“It’s done,” she told the paper – and it was. They’ve agreed, the hosts’ envoy said…"
    assert decode("a.txt", text.encode("mac_roman")) == text
    assert decode("a.txt", text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed_and_dropped(mark: bytes, encoding: str) -> None:
    text = "Он сказал — “да” 😀"
    assert decode("a.txt", mark + text.encode(encoding)) == text
    with pytest.raises(UnreadableSource, match="mark of"):
        decode("a.txt", mark + "text".encode(encoding) + b"\xff")


def test_only_line_ends_are_changed() -> None:
    assert decode("a.txt", b" a\r\nb\rc\n\td \n\r\n") == " a\nb\nc\n\td \n\n"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda s: s.strip("\ufeff"))
)
def test_utf8_comes_back_as_it_went_in(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff") and text.replace("\ufeff", "").strip():
        assert decode("a.txt", text.encode()) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH.replace("—", "-").replace("“", '"').replace("”", '"'), "latin-1"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
    ],
)
def test_an_older_encoding_is_told_where_that_is_sure(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [
        "café".encode("cp1252"),
        "Привет".encode("cp1251"),
        POLISH.encode("cp1250"),  # reads as well, and wrongly, in two other encodings
        (ENGLISH.translate({ord("—"): "-"}) + "So said Zełenski, Wołodymyr.").encode("cp1250"),
        ENGLISH.encode("cp1252") + "Владимир".encode("cp1251"),
        b"\x81\x8d\xff\xfa" * 40,
    ],
)
def test_an_encoding_in_doubt_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="encoding cannot be told") as caught:
        decode("a.txt", data)
    assert "UTF-8" in caught.value.remedy


def test_one_bad_byte_does_not_turn_utf8_into_another_encoding() -> None:
    with pytest.raises(UnreadableSource, match="damaged UTF-8 at byte 4"):
        decode("a.txt", b"The \xff" + ENGLISH.encode())


@given(st.binary(max_size=300))
def test_any_bytes_give_a_sound_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode("a.txt", data)
    except UnreadableSource:
        return
    assert text.strip()
    assert "\r" not in text
    assert "\x00" not in text
    assert text.encode("utf-8").decode() == text
    assert "\ufffd" not in text or "\ufffd".encode() in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7 plain", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"text\x00text", "binary"),
        (b"\x02\x01\x06\x03\x05 a \x04\x0e\x10", "8 of 11 characters are control characters"),
        ((ENGLISH[:190] + "\x15\x02\x19\x07\x1b").encode("cp1252"), "5 of 195"),
        (b"\xfe\xfa\x00\x81", "NUL"),
        ("No mark here".encode("utf-16-le"), "binary"),
    ],
)
def test_a_binary_file_is_named_as_one(data: bytes, looks_like: str) -> None:
    with pytest.raises(UnreadableSource, match="is a binary file") as caught:
        decode("a.txt", data)
    assert looks_like in caught.value.message


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, "\u00a0\u2003".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="is empty"):
        decode("a.txt", data)


@pytest.mark.parametrize("stray", ["\x1b", "\x07", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\x9b"])
def test_a_stray_control_character_makes_no_binary_file(stray: str) -> None:
    short = f"The pilots{stray} struck."
    text = f"{ENGLISH}{stray}\n{stray}[31mThe harbour master, Ines Dahl, said so.{stray}[0m\n"
    assert decode("a.txt", short.encode()) == short
    assert decode("a.txt", text.encode()) == text
    assert decode("a.txt", text.encode("utf-16")) == text


def test_a_page_break_on_every_page_is_kept() -> None:
    text = "\x0c".join(f"{ENGLISH}\nPage {page}\n" for page in range(40))
    assert decode("a.txt", text.encode()) == text
