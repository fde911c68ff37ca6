import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.english.letters import unaccented
from service.english.words import plain_words, stem, words


def test_content_words_are_stemmed_and_small_ones_left_out() -> None:
    assert words("What did the meetings cost?") == words("a meeting costs")


@given(st.text(max_size=60))
def test_the_same_words_however_accents_are_written(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert plain_words(unicodedata.normalize("NFD", composed)) == plain_words(composed)


@pytest.mark.parametrize(
    "family",
    [
        "close closes closed closing",
        "agree agreed agrees",
        "plan plans planned planning",
        "deny denied denies denying",
        "go went goes",
        "pass passes passed passing",
        "rule rules ruled",
        "people person",
        "need needs needed",
        "hit hits hitting",
        "greet greets greeted greeting greetings",
        "sailing sailings sailed",
    ],
)
def test_a_word_and_its_inflections_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_other_words_have_other_stems() -> None:
    words = "likely unlikely kill killer gas us bus act action ring red less status see ad add toe to"
    assert len({stem(word) for word in words.split()}) == len(words.split())


@pytest.mark.parametrize("letter", "łøđħßæœðþ")
def test_a_letter_is_typed_alike_whatever_its_case(letter: str) -> None:
    capital = letter.upper() if letter != "ß" else "ẞ"
    assert unaccented(capital).lower() == unaccented(letter)
