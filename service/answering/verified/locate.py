"""Finds quoted words in an article, through a normalised twin of both that maps back to the original.

The twin makes equal what typesetting makes different: kinds of quotation mark and dash, white space, soft
hyphens and other invisible characters, words divided at a line's end, and composed or compatible forms of a
letter (https://www.unicode.org/reports/tr15/). Case, words and their order stay, so words are never found
across a gap: an ellipsis of the answerer's stands for nothing that the article doesn't have.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from retrieval.article import Span
from retrieval.typeset import DIVIDED

Check = Literal["exact", "normalised"]

_SINGLE = dict.fromkeys("‘’‚‛‹›′´`ʼ＇", "'")
_DOUBLE = dict.fromkeys("“”„‟«»″＂", '"')
_MARKS = _SINGLE | _DOUBLE
_TWIN_MARK = re.compile(r"``|''")
_DASH = re.compile(r"\s*-[-\s]*")
_DIVIDED_WORD = re.compile(rf"\w{{1,60}}(?:{DIVIDED.pattern}\w{{1,60}})+")
_HYPHEN = re.compile(r"(\w{1,60})-(?=(\w{1,60}))")
_SPACE = re.compile(r"\s+")
# Code points of a text that are read for a twin, about the hint where it is longer: a twin takes some 90
# bytes for each.
LONGEST = 50_000
_KEPT = 16  # twins


@dataclass(frozen=True, slots=True)
class Located:
    """`check` tells whether the words stand there as given or only in the twin."""

    span: Span
    check: Check


@dataclass(frozen=True, slots=True)
class Twin:
    """`starts[i]` and `ends[i]` are the original's offsets of the twin's i-th character; characters that
    came of one original cluster share them."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def locate(words: str, text: str, *, near: int | None = None) -> Located | None:
    """The place of `words` in `text`: the only one, or the nearest to `near`; None where there is none.

    Found neither within a word nor where several places fit and nothing tells which. In an article of more
    than LONGEST code points, a place that isn't exact is looked for about `near` alone, or at the start.
    """
    if not any(character.isalnum() for character in words):
        return None
    trimmed = words.strip()
    exact = [Span(at, at + len(trimmed)) for at in _occurrences(trimmed, text)]
    found = _chosen([span for span in exact if _whole_words(span, text)], near)
    if found is not None:
        return Located(found, "exact")
    found = _chosen(_in_twin(words, text, near), near)
    return Located(found, "normalised") if found is not None else None


def same(one: str, other: str) -> bool:
    """Whether two texts have one twin, or would where a line's end divides words of either."""
    if twin(one).text == twin(other).text:
        return True
    divided = _divided(one) | _divided(other)
    return bool(divided) and _undivided(one, divided) == _undivided(other, divided)


def _chosen(places: list[Span], near: int | None) -> Span | None:
    if not places or (near is None and len(places) > 1):
        return None
    return min(places, key=lambda place: (abs(place.start - (near or 0)), place.start))


def _occurrences(needle: str, text: str) -> list[int]:
    found, at = [], text.find(needle)
    while at >= 0:
        found.append(at)
        at = text.find(needle, at + 1)
    return found


def _in_twin(words: str, text: str, near: int | None) -> list[Span]:
    low = max(0, (near or 0) - LONGEST // 2) if len(text) > LONGEST else 0
    near_by = text[low : low + LONGEST]
    found = _places(twin(words).text, twin(near_by), text, low)
    divided = _divided(near_by) if not found else frozenset[str]()
    return _places(_undivided(words, divided), twin(near_by, whole=True), text, low) if divided else found


def _divided(text: str) -> frozenset[str]:
    """Words that a line's end divides, as they are without."""
    if "\n" not in text:
        return frozenset()
    return frozenset(twin(found[0], whole=True).text for found in _DIVIDED_WORD.finditer(text))


def _undivided(words: str, divided: frozenset[str]) -> str:
    """The twin of `words`, in which these are one word also where a hyphen stands in them."""
    whole = twin(words, whole=True).text
    return _HYPHEN.sub(lambda part: part[1] if part[1] + part[2] in divided else part[0], whole)


def _places(needle: str, whole: Twin, text: str, low: int) -> list[Span]:
    spans = []
    for at in _occurrences(needle, whole.text) if needle else ():
        if _cuts_cluster(whole, at) or _cuts_cluster(whole, at + len(needle)):
            continue
        span = Span(low + whole.starts[at], low + whole.ends[at + len(needle) - 1])
        if _whole_words(span, text):
            spans.append(span)
    return spans


def _cuts_cluster(whole: Twin, at: int) -> bool:
    """Whether a place in the twin lies inside what is one character in the original."""
    return 0 < at < len(whole.text) and whole.starts[at] == whole.starts[at - 1]


def _whole_words(span: Span, text: str) -> bool:
    return not (_inside_word(text, span.start) or _inside_word(text, span.end))


def _inside_word(text: str, at: int) -> bool:
    """Scripts without letter case may set no spaces, so there every place is a boundary. Invisible
    characters bound nothing."""
    before, after = at - 1, at
    while before >= 0 and _invisible(text[before]):
        before -= 1
    while after < len(text) and _invisible(text[after]):
        after += 1
    return before >= 0 and after < len(text) and _joins(text[before]) and _joins(text[after])


def _joins(character: str) -> bool:
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Mn", "Nd"}


@lru_cache(maxsize=_KEPT)
def twin(text: str, *, whole: bool = False) -> Twin:
    """Without white space at its ends. `whole`: words that a line's end divides are one."""
    dividing = (
        {at for found in DIVIDED.finditer(text) for at in range(*found.span())} if whole else set[int]()
    )
    clusters = (one for one in _clusters(text) if one[0] not in dividing)
    pieces = [piece for start, end in clusters for piece in _folded(text, start, end)]
    pieces = _joined(pieces)
    return Twin(
        "".join(piece[0] for piece in pieces),
        tuple(piece[1] for piece in pieces),
        tuple(piece[2] for piece in pieces),
    )


_Piece = tuple[str, int, int]


def _clusters(text: str) -> list[tuple[int, int]]:
    """Each character with the combining marks that follow it; invisible ones are left out."""
    spans: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if _invisible(character):
            continue
        if unicodedata.combining(character) and spans:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _invisible(character: str) -> bool:
    """Format and control characters, and the selectors between text and emoji style."""
    unseen = unicodedata.category(character) in {"Cc", "Cf"} and not character.isspace()
    return unseen or "\ufe00" <= character <= "\ufe0f"


def _folded(text: str, start: int, end: int) -> list[_Piece]:
    if end == start + 1 and text[start] in _MARKS:
        return [(_MARKS[text[start]], start, end)]
    cluster = "".join(c for c in text[start:end] if not _invisible(c))
    return [(_plain(c), start, end) for c in unicodedata.normalize("NFKD", cluster)]


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    return "-" if unicodedata.category(character) == "Pd" or character == "\u2212" else character


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Runs made one: white space, dashes with the space about them, and paired single marks."""
    text = "".join(piece[0] for piece in pieces)
    made: list[_Piece] = []
    at = 0
    while at < len(text):
        for pattern, stands_for in ((_DASH, "-"), (_TWIN_MARK, '"'), (_SPACE, " ")):
            run = pattern.match(text, at)
            if run:
                seen = [piece for piece in pieces[at : run.end()] if piece[0] != " "] or pieces[
                    at : run.end()
                ]
                made.append((stands_for, seen[0][1], seen[-1][2]))
                at = run.end()
                break
        else:
            made.append(pieces[at])
            at += 1
    while made and made[0][0] == " ":
        made.pop(0)
    while made and made[-1][0] == " ":
        made.pop()
    return made
