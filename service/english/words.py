"""Words of a text, as they are compared: lower case, without possessives, without inflection."""

import re
import unicodedata
from functools import lru_cache

from retrieval.typeset import as_read
from service.english import closed
from service.english.closed import words_of
from service.english.lexicon import IRREGULAR

WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$")
SMALL = words_of(
    *(closed.ARTICLES, closed.DEMONSTRATIVES, closed.QUESTION_WORDS, closed.BE, closed.DO, closed.HAVE),
    "of to in on at for from by with and or be been it its as about say said tell told says not if there",
)


def plain_words(text: str) -> list[str]:
    return list(_kept_plain_words(text) if len(text) <= _LONGEST_TEXT else _plain_words(text))


def _plain_words(text: str) -> tuple[str, ...]:
    # Composed, so that a name is found however its accents are written.
    composed = unicodedata.normalize("NFC", as_read(text)).lower()
    return tuple(_POSSESSIVE.sub("", w).replace(".", "") for w in WORD.findall(composed))


def words(text: str) -> frozenset[str]:
    """Content words: enough to compare two texts of one language."""
    return frozenset(stem(w) for w in plain_words(text) if w not in SMALL)


def stem(word: str) -> str:
    """Inflection off: -s or -es, then -ed or -ing, and the doubled consonant or silent e before them. Both
    "meetings" and "meets" are "meet". Endings that make another word (-er, -ly, -ion) stay."""
    return _kept_stem(word) if len(word) <= _LONGEST_KEPT else _stem(word)


def _stem(word: str) -> str:
    lower = word.lower()
    lower = IRREGULAR.get(lower, lower)
    for endings in (("ies", "es", "s"), ("ing", "ied", "ed")):
        for ending in endings:
            left = lower.removesuffix(ending)
            if left != lower and len(left) >= 3 and not (ending == "s" and left[-1] in "su"):
                lower = left + ("y" if ending in ("ied", "ies") else "")
                break
    if len(lower) > 3 and lower[-1] == lower[-2] and lower[-1] not in "aeiouls":
        lower = lower[:-1]
    return lower.rstrip("e") if len(lower) > 3 else lower


_LONGEST_KEPT = 40  # code points
_LONGEST_TEXT = 400
_kept_stem = lru_cache(maxsize=16_384)(_stem)
_kept_plain_words = lru_cache(maxsize=8_192)(_plain_words)
