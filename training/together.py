"""A question over several passages of its corpus at a time, so that the best sentence of all is learned."""

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from tokenizers import Tokenizer

from training.encoding import Sample, asked
from training.rows import Asked

PASSAGES = 8  # of one question
_ANSWERING = 3  # of them so many at most answer,
_NEAR = 4  # and of the others so many share the rarest words with it
_UNANSWERED = 0.3  # of the questions
_UNMARKED = 0.5
_WORD = re.compile(r"\w+")


class Together:
    """Endless groups, the same for the same random numbers, of questions over passages of their corpus."""

    def __init__(self, rows: Sequence[Asked], tokenizer: Tokenizer, chance: random.Random) -> None:
        asked_of: defaultdict[tuple[str, str], list[Asked]] = defaultdict(list)
        for row in rows:
            asked_of[row.corpus, row.question].append(row)
        self._answered = [each for each in asked_of.values() if any(row.gold for row in each)]
        self._unanswered = [each for each in asked_of.values() if not any(row.gold for row in each)]
        self._tokenizer, self._chance = tokenizer, chance

    def __iter__(self) -> Iterator[list[Sample]]:
        decks = {True: _dealt(self._unanswered, self._chance), False: _dealt(self._answered, self._chance)}
        for number in count(1):
            rows = next(decks[self._chance.random() < _UNANSWERED])
            question = (
                rows[0].question.rstrip("? ") if self._chance.random() < _UNMARKED else rows[0].question
            )
            read = (
                asked(replace(row, question=question), self._tokenizer, number=number)
                for row in self._passages(rows)
            )
            yield [sample for sample in read if sample is not None]

    def _passages(self, rows: Sequence[Asked]) -> list[Asked]:
        answering = [row for row in rows if row.gold]
        picked = self._chance.sample(answering, min(_ANSWERING, len(answering)))
        others = _nearest_first([row for row in rows if not row.gold])
        picked += others[:_NEAR]
        rest = others[_NEAR:]
        return picked + self._chance.sample(rest, min(PASSAGES - len(picked), len(rest)))


def _dealt(groups: Sequence[list[Asked]], chance: random.Random) -> Iterator[list[Asked]]:
    while True:
        yield from chance.sample(groups, len(groups))


def _nearest_first(rows: Sequence[Asked]) -> list[Asked]:
    """By the words of the question that stand in each, rare ones counting more."""
    words = [_words(row.lead + row.passage) for row in rows]
    seen = Counter(word for each in words for word in each)
    wanted = _words(rows[0].question) if rows else set()

    def shared(each: set[str]) -> float:
        return sum(math.log(1 + len(rows) / seen[word]) for word in sorted(wanted & each))

    order = sorted(range(len(rows)), key=lambda at: -shared(words[at]))
    return [rows[at] for at in order]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
