"""Words of a text, as they are compared: lower case, without possessives, crudely stemmed."""

import re
import unicodedata

from service.english import closed
from service.english.closed import words_of

WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$")
SMALL = words_of(
    *(closed.ARTICLES, closed.DEMONSTRATIVES, closed.QUESTION_WORDS, closed.BE, closed.DO, closed.HAVE),
    "of to in on at for from by with and or be been it its as about say said tell told says not if there",
)


def plain_words(text: str) -> list[str]:
    # Composed, so that a name is found however its accents are written.
    composed = unicodedata.normalize("NFC", text).lower()
    return [_POSSESSIVE.sub("", w).replace(".", "") for w in WORD.findall(composed)]


def words(text: str) -> frozenset[str]:
    """Content words: enough to compare two texts of one language."""
    return frozenset(loose_stem(w) for w in plain_words(text) if w not in SMALL)


def loose_stem(word: str) -> str:
    """Without the endings of plurals and of verbs: "meetings" and "meets" are both "meet"."""
    for endings in (("es", "s"), ("ing", "ed", "ly")):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
    return word.rstrip("e") if len(word) > 3 else word
