"""A figure that an article corrects: "The guild has 240 members, not 204"."""

import re
from collections.abc import Iterable

from service.english import words

_FIGURE = r"\d{1,9}(?:[.,]\d{1,9}){0,4}"
_CORRECTS = re.compile(
    rf"(?<![\d.,])(?P<new>{_FIGURE})\b[^.;:\d]{{0,60}}, (?:and )?not (?:the )?(?P<old>{_FIGURE})\b"
)
_FIGURES = re.compile(rf"(?<![\d.,]){_FIGURE}\b")
_SHARED = 2  # words beside the figures


def is_corrected(text: str, others: Iterable[str]) -> bool:
    """Whether one of the others gives another figure in the place of its own, of the same thing."""
    figures = set(_FIGURES.findall(text))
    if not figures:
        return False
    return any(
        found["old"] in figures and found["new"] not in figures and _of_one_thing(text, other)
        for other in others
        if ", " in other and (found := _CORRECTS.search(other))
    )


def _of_one_thing(text: str, other: str) -> bool:
    shared = words(text) & words(other)
    return sum(not word[0].isdigit() for word in shared) >= _SHARED
