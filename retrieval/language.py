"""Whether a text is surely English. Anything less sure is unknown, never guessed."""

import re

_WORD = re.compile(r"[^\W\d_]+")
# Common words that English's neighbours don't share ("in", "of", "is" and "was" are Dutch too).
_COMMON = frozenset(
    (
        *("the", "and", "to", "that", "for", "with", "said", "from", "has", "by", "are", "been", "which"),
        *("would", "have", "this", "his", "their", "will", "not", "but", "it"),
    )
)
_LOOKED_AT = 4000  # code points
_FEWEST_WORDS = 20
_LEAST_SHARE = 0.1


def is_english(text: str) -> bool:
    """At least 20 words, 19 letters in 20 plain Latin, one word in ten a common word of English."""
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    if len(words) < _FEWEST_WORDS:
        return False
    together = "".join(words)
    plain = len(together.encode("ascii", "ignore"))
    common = [word for word in words if word in _COMMON]
    varied = len(set(common)) >= 3  # "the the the" is no English
    return varied and plain * 20 >= len(together) * 19 and len(common) >= len(words) * _LEAST_SHARE
