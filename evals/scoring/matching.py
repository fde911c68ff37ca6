"""When words stand in a text, and when a citation is of the gold."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.cases import Case, Document
from retrieval.article import Span

LEAST_OVERLAP = 0.5  # of the shorter of two spans, in characters

_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b")  # U.S., a.m.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOKEN = re.compile(r"\d+(?:\.\d+)+|\w+|[$€£¥₽₴]")
_MARKUP = re.compile(r"[<>\[\]{}/\\@#=_|*]")


class Placed(Protocol):
    """A stretch of a suite document: a citation or a retrieved passage."""

    @property
    def doc_id(self) -> str | None: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a piece of evidence stands: every occurrence of its quotation, in code points. Without any it
    is gold at the level of the document."""

    doc_id: str
    spans: tuple[Span, ...]

    @property
    def length(self) -> int:
        return self.spans[0].end - self.spans[0].start if self.spans else 0


def normalised(text: str) -> str:
    """The twin in which spellings agree: NFKC, case folded, words joined by single spaces.

    Quotation marks, dashes, apostrophes and other punctuation separate words and are gone. What tells
    numbers apart stays: decimal points, currency signs, and % as "percent"; 1,000 becomes 1000. Initials
    close up (U.S. becomes us).
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = _THOUSANDS.sub("", folded).replace("%", " percent ")
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    return f" {' '.join(_TOKEN.findall(plain))} ".replace(" per cent ", " percent ").strip()


def nugget_in(text: str, nugget: str) -> bool:
    """Whether the nugget's whole words stand in the text, in order and together, both normalised: pattern
    matching as in TREC's factoid question answering (Voorhees and Tice, 2000)."""
    words = normalised(nugget)
    return bool(words) and f" {words} " in f" {normalised(text)} "


def any_in(text: str, nuggets: Iterable[str]) -> bool:
    return any(nugget_in(text, nugget) for nugget in nuggets)


def forbidden_in(text: str, forbidden: str) -> bool:
    """As `nugget_in`; what holds markup, such as a link or a tag, must stand there letter for letter, case
    aside, since normalising would leave a harmless word of it."""
    if _MARKUP.search(forbidden) or not normalised(forbidden):
        return forbidden.strip() != "" and forbidden.strip().casefold() in text.casefold()
    return nugget_in(text, forbidden)


def occurrences(text: str, quote: str) -> tuple[Span, ...]:
    """Every place where the quotation stands letter for letter, overlapping ones too."""
    found: list[Span] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)


def gold_of(case: Case, documents: Mapping[str, Document]) -> tuple[Gold, ...]:
    """The case's gold, in the order of its evidence. A quotation that stands nowhere in its article makes
    gold at the level of the document (the linter refuses it in a suite of ours)."""
    return tuple(
        Gold(piece.doc_id, occurrences(documents[piece.doc_id].text, piece.quote) if piece.quote else ())
        for piece in case.evidence
    )


def overlap(placed: Placed, span: Span) -> int:
    return max(0, min(placed.end, span.end) - max(placed.start, span.start))


def matches(placed: Placed, gold: Gold) -> bool:
    """Same document, and an occurrence of the gold that overlaps by at least half of the shorter of the two.
    Gold at the level of the document is matched by anything in it."""
    if placed.doc_id != gold.doc_id or placed.end <= placed.start:
        return False
    if not gold.spans:
        return True
    shorter = min(placed.end - placed.start, gold.length)
    return any(overlap(placed, span) >= LEAST_OVERLAP * shorter for span in gold.spans)


def matched(placed: Placed, gold: Sequence[Gold]) -> frozenset[int]:
    """Which of the gold this matches, by index."""
    return frozenset(index for index, piece in enumerate(gold) if matches(placed, piece))
