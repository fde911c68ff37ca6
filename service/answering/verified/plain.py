"""Whether words that no article vouches for are plain text: nothing that a page, a terminal, a chat client or
a reader's eye could take for more than words."""

import re
import unicodedata
from itertools import groupby

# Letters, digits, and the marks of English prose. No brackets, underscores, asterisks or other
# signs that markup, addresses and commands are made of; of white space only the space.
_MARKS = frozenset(" .,;:!?'\"’‘“”«»()-–—…%$£€&/°")
_LETTERS = ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")
_OPENS = frozenset("'\"’‘“«($£€")
# "example.com", "mailto:x", "www", "//": clients make links of these unasked. "U.S.", "10:30", "and/or" are
# none.
_ADDRESS = re.compile(
    r"(?<![\w-])[\d_-]*[^\W\d_][\w-]*\.[^\W\d_]{2,}|\bwww\b|[^\W\d_]:[^\s\d]|(?<!\w)/|/(?!\w)", re.I
)
_NUMBERED = re.compile(r"\d+[.)]\s")  # what Markdown makes a list of
_MOST_ACCENTS = 2  # on one letter


def is_plain(text: str) -> bool:
    return (
        bool(text)
        and (text[0].isalnum() or text[0] in _OPENS)
        and all(c in _MARKS or unicodedata.category(c) in _LETTERS for c in text)
        and not _look_alikes(text)
        and not _ADDRESS.search(text)
        and not _NUMBERED.match(text)
    )


def _look_alikes(text: str) -> bool:
    """Letters that stand for others, such as full-width ones, and letters under a heap of accents."""
    composed = unicodedata.normalize("NFC", text)
    letters = composed.replace("…", "")
    runs = groupby(composed, lambda character: bool(unicodedata.combining(character)))
    return unicodedata.normalize("NFKC", letters) != letters or any(
        accents and len(list(run)) > _MOST_ACCENTS for accents, run in runs
    )
