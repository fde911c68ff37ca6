import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from service.english.words import plain_words, words


def test_content_words_are_stemmed_and_small_ones_left_out() -> None:
    assert words("What did the meetings cost?") == words("a meeting costs")


@given(st.text(max_size=60))
def test_the_same_words_however_accents_are_written(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert plain_words(unicodedata.normalize("NFD", composed)) == plain_words(composed)
