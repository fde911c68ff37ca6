"""Rows made of others: put to another passage, or with sentences left out."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from retrieval.article import Span
from training.rows import Asked, Entails, Stated

_LEAST = 2  # sentences that a passage keeps
_RARE = 40  # passages that a word may stand in and still say that two are alike
_WORD = re.compile(r"\w+")


def without_answer(row: Asked) -> Asked | None:
    """The passage without the sentences that answer, and so without an answer; None where little is left."""
    kept = [place for place in range(len(row.sentences)) if place not in row.gold]
    return _of(row, kept) if row.gold and len(kept) >= _LEAST else None


def thinned(row: Asked, chance: random.Random) -> Asked:
    """One sentence less that doesn't answer, so that what is left out says nothing about the answer."""
    others = [place for place in range(len(row.sentences)) if place not in row.gold]
    if len(row.sentences) <= _LEAST or not others:
        return row
    out = chance.choice(others)
    return _of(row, [place for place in range(len(row.sentences)) if place != out])


def _of(row: Asked, kept: Sequence[int]) -> Asked:
    """The sentences at these places, each with the space that follows it."""
    text, spans, marked = "", [], []
    ends = [*(each.start for each in row.sentences[1:]), len(row.passage)]
    for place in kept:
        old, shift = row.sentences[place], len(text) - row.sentences[place].start
        text += row.passage[old.start : ends[place]]
        spans.append(Span(old.start + shift, old.end + shift))
        marked += [
            Span(each.start + shift, each.end + shift)
            for each in row.spans
            if old.start <= each.start and each.end <= old.end
        ]
    gold = frozenset(at for at, place in enumerate(kept) if place in row.gold)
    return replace(
        row, passage=text.rstrip(), sentences=tuple(spans), gold=gold, spans=tuple(marked) if gold else ()
    )


def verbatim(row: Asked, chance: random.Random) -> Stated:
    """A sentence beside itself and those around it, which bear it out: whoever writes a false statement keeps
    more of the words than who writes a true one, and that is no sign of anything."""
    at = chance.randrange(len(row.sentences))
    first, last = max(0, at - chance.randrange(2)), min(len(row.sentences) - 1, at + chance.randrange(2))
    premise = row.passage[row.sentences[first].start : row.sentences[last].end]
    own = row.sentences[at]
    return Stated(row.source, premise, row.passage[own.start : own.end], Entails.YES)


class Elsewhere:
    """Puts a question to another passage of its source: to one that shares rare words with it, or to any."""

    def __init__(self, rows: Sequence[Asked], chance: random.Random) -> None:
        self._rows, self._chance = rows, chance

    @cached_property
    def _passages(self) -> dict[str, list[Asked]]:
        found: defaultdict[str, dict[str, Asked]] = defaultdict(dict)
        for row in self._rows:
            found[row.source].setdefault(row.passage, row)
        return {source: list(each.values()) for source, each in found.items()}

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[int]]:
        """The passages that a word of a source stands in, where these are few."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for source, rows in self._passages.items():
            for place, row in enumerate(rows):
                for word in _words(row.passage):
                    found[source, word].append(place)
        return {key: places for key, places in found.items() if len(places) <= _RARE}

    def put(self, row: Asked) -> Asked | None:
        """None where it met its own passage."""
        rows = self._passages[row.source]
        other = rows[self._near(row) if self._chance.random() < 0.5 else self._chance.randrange(len(rows))]
        if other.passage == row.passage:
            return None
        return replace(other, question=row.question, gold=frozenset(), spans=())

    def _near(self, row: Asked) -> int:
        own = row.passage
        rows = self._passages[row.source]
        shared = Counter(
            place
            for word in sorted(_words(row.question))
            for place in self._places.get((row.source, word), ())
            if rows[place].passage != own
        )
        if not shared:
            return self._chance.randrange(len(rows))
        return self._chance.choice([place for place, _ in shared.most_common(3)])


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
