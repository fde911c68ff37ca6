"""Quoted words are found where they stand, typeset as they may be, and nowhere else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from service.answering.verified.locate import LONGEST, Located, locate, same, twin
from tests.service.answering.drafting import texts, thorough

TEXT = "“It’s done — mostly,” said Žižek.\n\nHe  left.\u00a0The ﬁnal vote: 10–3 … so co\u00adoperate."


def found(words: str, text: str = TEXT, *, near: int | None = None) -> tuple[str, str] | None:
    place = locate(words, text, near=near)
    return (text[place.span.start : place.span.end], place.check) if place else None


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("said Žižek.", ("said Žižek.", "exact")),
        ("  said Žižek.\n", ("said Žižek.", "exact")),
        ('"It\'s done - mostly," said', ("“It’s done — mostly,” said", "normalised")),
        ("``It's done -- mostly,'' said", ("“It’s done — mostly,” said", "normalised")),
        ("done—mostly", ("done — mostly", "normalised")),
        ("He left. The", ("He  left.\u00a0The", "normalised")),
        ("Žižek. He", ("Žižek.\n\nHe", "normalised")),
        ("Ž\u200biž\u2060ek", ("Žižek", "normalised")),
        (unicodedata.normalize("NFD", "Žižek"), ("Žižek", "normalised")),
        ("The final vote: 10-3 ... so", ("The ﬁnal vote: 10–3 … so", "normalised")),
        ("cooperate", ("co\u00adoperate", "normalised")),
        ("10 − 3", ("10–3", "normalised")),
        ("It‛s done", ("It’s done", "normalised")),
    ],
)
def test_typeset_otherwise_the_words_are_found(words: str, stands: tuple[str, str]) -> None:
    assert found(words) == stands


@pytest.mark.parametrize(
    "words",
    [
        "It’s done ... said Žižek",  # a gap is no bridge
        "It’s done … He left",
        "It’s done said Žižek",
        "it’s done",  # case is kept
        "He left the",
        "Its done",
        "id Žižek",  # cuts a word
        "said Žiže",
        "He lef",
        "fi",  # cuts a letter that the article writes as one
        "inal vote",
        "10-4",
        "0–3",
        "",
        " ",
        "…",
        "\u200b",
    ],
)
def test_what_does_not_stand_there_is_not_found(words: str) -> None:
    assert found(words) is None


def test_a_letter_is_not_taken_without_its_accent() -> None:
    assert found("Cafe", "Cafe\u0301 au lait") is None
    assert found("Café", "Cafe\u0301 au lait") == ("Cafe\u0301", "normalised")
    assert found("\u0301x", "a\u0301x") is None
    assert found("2 of", "½ of") is None
    assert found("1", "½ of") is None


def test_of_several_places_the_nearest_is_taken_or_none() -> None:
    text = "He left. She stayed. He left. He left."
    assert locate("He left.", text) is None
    assert [locate("He left.", text, near=near) for near in (0, 10, 11, 25, 99)] == [
        Located(Span(at, at + 8), "exact") for at in (0, 0, 21, 21, 30)
    ]
    assert locate("He left. He", text) == Located(Span(21, 32), "exact")
    assert locate("He\nleft.", text, near=29) == Located(Span(30, 38), "normalised")
    assert locate("He\nleft.", text) is None


def test_an_exact_place_is_taken_before_a_nearer_twin() -> None:
    text = "It’s so. It's so."
    assert locate("It's so", text, near=0) == Located(Span(9, 16), "exact")


def test_a_place_within_a_word_does_not_hide_a_whole_one() -> None:
    assert locate("art", "party art") == Located(Span(6, 9), "exact")
    assert locate("art", "art\u200bs, a\u00adrt") == Located(Span(7, 11), "normalised")


def test_an_invisible_character_parts_no_word() -> None:
    assert found("rt", "a\u00adrt") is None
    assert found("art", "\u00adart") == ("art", "exact")


def test_a_control_character_parts_no_word_and_hides_none() -> None:
    assert found("Ines Dahl said", "So I\x1bnes Dahl\x07 said.") == ("I\x1bnes Dahl\x07 said", "normalised")
    assert found("rt", "a\x08rt") is None
    assert found("pact. Page", "the pact.\x0cPage 2") == ("pact.\x0cPage", "normalised")


def test_a_place_within_a_letter_does_not_hide_a_whole_one() -> None:
    assert found("2\nof", "½ of 2 of") == ("2 of", "normalised")


def test_scripts_that_set_no_spaces_have_no_word_to_cut() -> None:
    assert found("停戦", "和平停戦協定") == ("停戦", "exact")


def test_overlapping_places_are_all_seen() -> None:
    assert locate("ha ha", "ha ha ha", near=3) == Located(Span(3, 8), "exact")


def test_a_dash_at_an_end_takes_no_space_with_it() -> None:
    assert found("so --", "it is so —  and") == ("so —", "normalised")
    assert found("-- and", "it is so —  and") == ("—  and", "normalised")


def test_in_a_long_article_a_twin_is_looked_for_about_the_hint() -> None:
    text = "It’s so. " + "word " * (LONGEST // 5) + "It’s so. " + "word " * LONGEST
    at = text.rindex("It")
    assert locate("It's so", text, near=at + 50) == Located(Span(at, at + 7), "normalised")
    assert locate("It's so", text, near=len(text)) is None
    assert locate("It's so", text) == Located(Span(0, 7), "normalised")
    assert locate("It’s so", text, near=len(text)) == Located(Span(at, at + 7), "exact")


def test_an_article_of_the_longest_length_is_read_whole() -> None:
    text = "It’s so. ".ljust(LONGEST, "x")
    assert locate("It's so", text, near=LONGEST) == Located(Span(0, 7), "normalised")


def test_a_twin_maps_back() -> None:
    read = twin("a  “b”")
    assert (read.text, read.starts, read.ends) == ('a "b"', (0, 1, 3, 4, 5), (1, 3, 4, 5, 6))
    assert twin(" \u200b ").text == ""
    assert twin("x\u2028y").text == "x y"
    assert twin("🕊️").text == "🕊"
    assert same("“a” – b", '"a"-b')
    assert not same("a", "A")


@thorough
@given(texts, st.data())
def test_whatever_is_found_has_the_twin_of_what_was_asked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    near = data.draw(st.none() | st.integers(0, len(text)))
    place = locate(words, text, near=near)
    if place is not None:
        assert 0 <= place.span.start < place.span.end <= len(text)
        stands = text[place.span.start : place.span.end]
        assert same(stands, words)
        assert (place.check == "exact") == (stands == words.strip())


@thorough
@given(
    st.lists(st.sampled_from(["We’ll", "“go”", "—", "now", "Élan", "can’t", "5"]), min_size=1, max_size=6),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from([" ", "\n", "\u00a0", " \u200b"]),
)
def test_a_true_quotation_is_found_in_any_typesetting(words: list[str], form: str, space: str) -> None:
    true = " ".join(["Start", *words, "end"])
    text = f"Before. {true} after."
    typeset = unicodedata.normalize(form, true).replace(" ", space).replace("’", "'")  # type: ignore[arg-type]
    place = locate(typeset, text)
    assert place is not None
    assert text[place.span.start : place.span.end] == true


@thorough
@given(
    st.lists(
        st.sampled_from(["nego-\ntiated", "three-\nyear", "o\ufb03cers", "well-known", "day"]),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["", "-"]),
)
def test_words_that_a_lines_end_divides_are_found_with_and_without_the_hyphen(
    words: list[str], hyphen: str
) -> None:
    true = " ".join(["Start", *words, "end"])
    text = f"Before. {true} after."
    place = locate(true.replace("-\n", hyphen).replace("\ufb03", "ffi"), text)
    assert place is not None
    assert text[place.span.start : place.span.end] == true
    assert same(true.replace("-\n", hyphen), true)


@thorough
@given(texts)
def test_a_twin_of_a_twin_is_itself(text: str) -> None:
    read = twin(text)
    assert len(read.text) == len(read.starts) == len(read.ends)
    assert all(start < end for start, end in zip(read.starts, read.ends, strict=True))
    assert list(read.starts) == sorted(read.starts)
