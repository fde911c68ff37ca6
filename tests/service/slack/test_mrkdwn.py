import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.slack.mrkdwn import (
    cut,
    escaped,
    isolated,
    notification,
    one_line,
    shortened,
    units,
    visible,
    web_url,
)
from tests.service.slack.making import NASTY, long_text, nasty_text
from tests.service.slack.reading import live
from tests.slack_server import units as slack_units

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain — “quoted” №1", "plain — “quoted” №1"),
        ("a\u202eb\u2066c\u2069", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+2069⟩"),
        ("\x00\x1b[31m\x7f\x9f", "⟨U+0000⟩⟨U+001B⟩[31m⟨U+007F⟩⟨U+009F⟩"),
        ("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg\x85h\ti", "a\nb\nc\nd\ne\nf\ng\nh i"),
        ("\U000e0041hidden", "⟨U+E0041⟩hidden"),
        (f"{ENGLAND}{ENGLAND} won", f"{ENGLAND}{ENGLAND} won"),
        ("\U0001f3f4\U000e0067", "\U0001f3f4⟨U+E0067⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("soft\u00adhyphen \u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff", None),
        (f"{FAMILY} e\u0301 שלום", None),
    ],
)
def test_hidden_characters_are_named_and_all_others_stay(text: str, shown: str | None) -> None:
    assert visible(text) == (text if shown is None else shown)


@given(nasty_text)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\r") & set(visible(text))


def test_right_to_left_lines_are_set_apart_and_no_others() -> None:
    assert isolated("one\nשלום [1]\n٣") == "one\n\u2068שלום [1]\u2069\n\u2068٣\u2069"
    assert isolated("Ünïcode") == "Ünïcode"


def test_every_right_to_left_character_is_known() -> None:
    every = (chr(number) for number in range(0x110000) if not 0xD800 <= number <= 0xDFFF)
    turning = [c for c in every if unicodedata.bidirectional(c) in ("R", "AL", "AN") and visible(c) == c]
    known_elsewhere = {"\u200f", "\u061c"}  # marks, which are isolated in no text
    assert len(turning) > 1_500
    assert [c for c in turning if isolated(c) == c and c not in known_elsewhere] == []


@given(st.text())
def test_escaped_text_is_what_slack_unescapes(text: str) -> None:
    shown = escaped(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == text
    assert not set(escaped(text)) & {"<", ">"}


@given(st.one_of(nasty_text, st.text()))
def test_units_are_counted_as_slack_may_count_them(text: str) -> None:
    assert units(text) == slack_units(text)


def test_units() -> None:
    assert [units(text) for text in ("", "a", "\uffff", "😀", "&", "<>")] == [0, 1, 1, 2, 5, 8]


@given(st.one_of(long_text, st.text()), st.integers(5, 3_000))
def test_a_cut_loses_nothing_and_holds_the_limit(text: str, most: int) -> None:
    begin, rest = cut(text, most)
    assert begin + rest == text
    assert units(begin) <= most
    assert begin or not text
    assert not rest or units(text) > most


@pytest.mark.parametrize(
    ("text", "most", "begin"),
    [
        ("", 5, ""),
        ("whole", 5, "whole"),
        ("one two three", 9, "one two "),
        ("one two three", 8, "one two "),
        ("one twothree", 9, "one twoth"),  # the white space is in the first half
        ("one twothree", 8, "one twot"),  # it ends with the first half
        ("one  twothre", 8, "one  "),
        ("abcde\u0301f", 5, "abcd"),
        ("abcd👍🏽f", 6, "abcd"),
        (f"abcdefgh{FAMILY}", 13, "abcdefgh"),
        ("abcd👍🏻f", 6, "abcd"),
        ("abcd👍🏿f", 6, "abcd"),
        ("abcde\U000e0020f", 5, "abcd"),
        ("abcde\U000e007ff", 5, "abcd"),
        ("ab🇺🇦🇷🇺", 4, "ab"),
        ("ab🇦🇿f", 4, "ab"),
        ("ab🇿🇦f", 4, "ab"),
        ("ab🇺🇦x🇷🇺", 6, "ab🇺🇦"),
        (f"abcdefghijkl{ENGLAND}", 18, "abcdefghijkl"),
        ("e" + "\u0301" * 9, 5, "e" + "\u0301" * 4),  # nothing else can be done
        ("abce" + "\u0301" * 9, 6, "abce\u0301\u0301"),  # nor in the last half
    ],
)
def test_where_a_text_is_cut(text: str, most: int, begin: str) -> None:
    assert cut(text, most) == (begin, text[len(begin) :])


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("one\n two", 7, "one two"),
        ("one two three", 12, "one two…"),
        ("abcdefgh", 5, "abcd…"),
    ],
)
def test_a_shortened_text_says_so(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


@given(nasty_text, st.integers(5, 40))
def test_a_shortened_text_holds_its_limit(text: str, most: int) -> None:
    assert units(shortened(text, most)) <= most
    assert "\n" not in shortened(text, most)


@given(st.one_of(nasty_text, long_text, st.text()))
def test_nothing_in_a_notification_is_live(text: str) -> None:
    made = notification(text, 2_000)
    assert live(made) == []
    assert units(made.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) <= 2_000


@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_in_a_notification(text: str) -> None:
    assert live(notification(text, 200)) == []
    assert live(notification(f"a{text}{text} b", 200)) == []


@pytest.mark.parametrize(
    "text", ["<!channel>", "@here", ":joy:", "evil.example", "http://x", "mailto:x", "&copy;", "#c"]
)
def test_the_reading_finds_what_is_live(text: str) -> None:
    assert live(text)


def test_a_notification_reads_as_the_text() -> None:
    made = notification("Witkoff told CNN: it's at 3.5 %, a@b & <c>", 200)
    assert made.replace("\u2060", "") == "Witkoff told CNN: it's at 3.5 %, a@b &amp; &lt;c&gt;"
    assert notification("word " * 100, 200) == "word " * 18 + "word…"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://parley.example/articles/a_1?version=1&quote=1-2#quote", None),
        ("http://127.0.0.1:8000/x", None),
        ("http://[::1]:8000/x", None),
        ("https://news.example/a|b", "https://news.example/a%7Cb"),
        ('https://news.example/<a> "b"`', "https://news.example/%3Ca%3E%20%22b%22%60"),
        ("https://news.example/ü", "https://news.example/%C3%BC"),
        ("https://news.example/100%25", None),
        ("https://news.example/" + "a" * 979, None),
    ],
)
def test_an_address_is_made_safe(address: str, url: str | None) -> None:
    assert web_url(address) == (url or address)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "parley",
        "/articles/a_1",
        "javascript:alert(1)",
        "ftp://news.example/",
        "https://",
        "https://user@news.example/",
        "https://:secret@news.example/",
        "https://news.example:0/",
        "https://news.example:99999/",
        "https://[::1/",
        "https://news.example/\n",
        "https://news.example/\u202e",
        "https://news.example/\u2028",
        "https://news.exаmple/",  # the а is Cyrillic
        "https://news.example|evil.example/",
        "https://news.example/" + "a" * 980,
    ],
)
def test_no_other_address_is_linked(address: str | None) -> None:
    assert web_url(address) is None


def test_one_line() -> None:
    assert one_line(" a\n\n b\u202e ") == "a b⟨U+202E⟩"
