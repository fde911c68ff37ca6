"""Quotation marks about an article's words, in which nothing that an article says can end them.

So an article's own "[1]", or a sentence of it that reads like a notice of ours, is told from ours in the text
of an answer too: ours stands outside of the marks.
"""

import re

_MARKS = (("“", "”"), ("«", "»"))
_MARKER = re.compile(r"\[\s*\d+\s*\]")
_FENCES = re.compile("⟦+|⟧+")


def marks_for(text: str) -> tuple[str, str]:
    """The first that the text holds neither half of; else fences longer than any in it."""
    for opening, closing in _MARKS:
        if opening not in text and closing not in text:
            return opening, closing
    longest = max(map(len, _FENCES.findall(text)), default=0)
    return "⟦" * (longest + 1) + " ", " " + "⟧" * (longest + 1)


def has_marker(text: str) -> bool:
    """Whether something in it could be taken for the number of a citation."""
    return _MARKER.search(text) is not None
