"""Which rows come in which order: shares of the sources, and batches of like length."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Generic, TypeVar

from tokenizers import Tokenizer

from training.altering import Elsewhere, thinned, verbatim, without_answer
from training.encoding import Sample, asked, stated
from training.rows import WORLDS, Asked, Rows
from training.together import PASSAGES, Together

Row = TypeVar("Row")
BATCH = 32
_BUCKET = 16  # batches that are sorted by length together
# Of the questions so many are put to another passage, or to their own without the sentences that answer;
_ELSEWHERE, _WITHOUT = 0.15, 0.06
_UNANSWERED = 0.4  # of the others so many have no answer, where a source has such,
_UNANSWERED_IN_WORLDS = 0.6  # which in a world are nearly all;
_THINNED = 0.3  # of these passages so many lack a sentence that doesn't answer;
_UNMARKED = 0.5  # and of the questions so many have no question mark.
_VERBATIM = 0.1  # Of the statements so many are sentences of the quotation.


class Mixer:
    """Endless batches, the same for the same seed. `shares` weighs the sources by name; one that it doesn't
    name isn't drawn. `statements` is the share of the batches that hold these, `together` of those that hold
    questions of worlds, each over several passages."""

    def __init__(
        self,
        rows: Rows,
        tokenizer: Tokenizer,
        *,
        shares: Mapping[str, float],
        statements: float,
        together: float = 0.0,
        seed: int,
    ) -> None:
        self._chance = random.Random(seed)
        self._asked = _Deck(rows.asked, lambda row: (row.source, not row.gold), self._chance)
        self._stated = _Deck(rows.stated, lambda row: (row.source, False), self._chance)
        self._of_asked = {each: shares[each] for each in self._asked.sources if each in shares}
        self._of_stated = {each: shares[each] for each in self._stated.sources if each in shares}
        self._elsewhere = Elsewhere(rows.asked, self._chance)
        self._tokenizer = tokenizer
        self._statements, self._together = round(_BUCKET * statements), round(_BUCKET * together)
        self._groups = Together([row for row in rows.asked if row.corpus], tokenizer, self._chance)

    def __iter__(self) -> Iterator[list[Sample]]:
        groups = iter(self._groups)
        while True:
            bucket = _batches(self._question, _BUCKET - self._statements - self._together)
            bucket += _batches(self._statement, self._statements)
            bucket += [_joined(groups) for _ in range(self._together)]
            self._chance.shuffle(bucket)
            yield from bucket

    def _question(self) -> Sample | None:
        made = self._made()
        if made is None:
            return None
        if self._chance.random() < _UNMARKED:
            made = replace(made, question=made.question.rstrip("? "))
        return asked(made, self._tokenizer)

    def _made(self) -> Asked | None:
        source, kind = self._source(self._of_asked), self._chance.random()
        if kind < _ELSEWHERE:
            return self._elsewhere.put(self._asked.draw(source, False))
        if kind < _ELSEWHERE + _WITHOUT:
            return without_answer(self._asked.draw(source, False))
        without = _UNANSWERED_IN_WORLDS if source == WORLDS else _UNANSWERED
        row = self._asked.draw(source, self._chance.random() < without)
        return thinned(row, self._chance) if self._chance.random() < _THINNED else row

    def _statement(self) -> Sample | None:
        if self._chance.random() < _VERBATIM:
            row = self._asked.draw(self._source(self._of_asked), False)
            return stated(verbatim(row, self._chance), self._tokenizer)
        return stated(self._stated.draw(self._source(self._of_stated), False), self._tokenizer)

    def _source(self, shares: Mapping[str, float]) -> str:
        return self._chance.choices(list(shares), list(shares.values()))[0]


class _Deck(Generic[Row]):
    """Rows by source and by whether they are unanswered, each dealt once before any is dealt again."""

    def __init__(
        self, rows: Sequence[Row], key: Callable[[Row], tuple[str, bool]], chance: random.Random
    ) -> None:
        self._rows: defaultdict[Hashable, list[Row]] = defaultdict(list)
        self._next: defaultdict[Hashable, int] = defaultdict(int)
        for row in rows:
            self._rows[key(row)].append(row)
        for each in self._rows.values():
            chance.shuffle(each)
        self.sources = sorted({key(row)[0] for row in rows})

    def draw(self, source: str, unanswered: bool) -> Row:
        key = (source, unanswered) if (source, unanswered) in self._rows else (source, not unanswered)
        at = self._next[key]
        self._next[key] = (at + 1) % len(self._rows[key])
        return self._rows[key][at]


def _joined(groups: Iterator[list[Sample]]) -> list[Sample]:
    return [sample for group in islice(groups, BATCH // PASSAGES) for sample in group]


def _batches(draw: Callable[[], Sample | None], count: int) -> list[list[Sample]]:
    samples: list[Sample] = []
    while len(samples) < BATCH * count:
        sample = draw()
        if sample is not None:
            samples.append(sample)
    samples.sort(key=lambda each: len(each.ids))
    return [samples[at : at + BATCH] for at in range(0, len(samples), BATCH)]
