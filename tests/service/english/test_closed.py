"""Alternatives that are put in groups by their first letter find what they found in a row."""

import re

import pytest

from service.english.closed import any_of, by_letter
from service.english.speech_verbs import PHRASES, STRONG, WEAK

_TEXTS = (
    "Roe puts it well, put it off, and put up with the put-down.",
    "read aloud, reads out, read; has written, had written, written",
    "would say only that he would say so, said so and holds out for more",
    "complains about it, takes issue with it, has not ruled out a bid, color and colour",
)


@pytest.mark.parametrize(
    "alternatives",
    [STRONG, WEAK, PHRASES, "put it|put|puts it|puts", "a?b|ax|(?:c|d)e|cf", "colou?r|co|(?<=had )written"],
)
@pytest.mark.parametrize("text", _TEXTS)
def test_grouped_by_letter_the_same_is_found(alternatives: str, text: str) -> None:
    plain, grouped = (
        re.compile(rf"(?<!\w)(?:{each})(?!\w)") for each in (alternatives, by_letter(alternatives))
    )
    assert grouped.findall(text) == plain.findall(text)


def test_of_two_of_one_letter_the_first_comes_first() -> None:
    assert by_letter("put it|said|put") == "p(?:ut it|ut)|s(?:aid)"
    assert any_of(("put it", "put")) == "put it|put"
