"""Which overview a question wants, by its likeness to questions of which that is known.

Multinomial naive Bayes over runs of one to three words, weighted by how few questions have them and scaled to
unit length (Rennie et al. 2003, Tackling the Poor Assumptions of Naive Bayes Text Classifiers, sections 4 and
5). Counted from examples.jsonl beside this file when it is first needed: to have other questions read
otherwise, add to that. The examples were written by many people, each for talks of their own.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.english import plain_words

_EXAMPLES = Path(__file__).with_name("examples.jsonl")
PRECISE = "precise"
_RUN = 3  # words
_SMOOTHED = 0.05  # of a run's weight, which no example of a kind has
_MARGIN = 2.0  # set on questions of writers left out
_WRITERS = 3  # by whose questions a word is one of asking
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Likeness:
    """`rows` are the places of runs of words in `logs` (R, K) and `rarity` (R,)."""

    kinds: tuple[str, ...]
    rows: dict[str, int]
    rarity: NDArray[np.float64]
    logs: NDArray[np.float64]

    def kind(self, question: str, *, margin: float = 0.0) -> str:
        """`margin`: nats by which a kind must be likelier than that one thing is wanted."""
        found = Counter(self.rows[run] for run in _runs(question) if run in self.rows)
        if not found:
            return PRECISE
        places, weights = _weighted(found, self.rarity)
        score = weights @ self.logs[places]
        score[self.kinds.index(PRECISE)] += margin
        return self.kinds[int(np.argmax(score))]


def kind_by_example(question: str) -> str:
    """The kind of an overview, or `PRECISE`."""
    return _likeness().kind(question, margin=_MARGIN)


@cache
def words_of_asking() -> frozenset[str]:
    """What people say around what they ask about: the words of overviews asked for by several of them."""
    by = defaultdict[str, set[str]](set)
    for case in _examples():
        for word in plain_words(case["question"]) if case["kind"] != PRECISE else ():
            by[word].add(case["by"])
    return frozenset(word for word, writers in by.items() if len(writers) >= _WRITERS)


@cache
def _likeness() -> Likeness:
    return learned([(case["kind"], case["question"]) for case in _examples()])


@cache
def _examples() -> tuple[dict[str, str], ...]:
    """`by` is a letter for each writer."""
    return tuple(map(json.loads, _EXAMPLES.read_text(encoding="utf-8").splitlines()))


def learned(examples: Sequence[tuple[str, str]]) -> Likeness:
    """From questions, each with its kind."""
    runs = [Counter(_runs(question)) for _, question in examples]
    having = Counter(run for each in runs for run in each)
    rows = {run: at for at, run in enumerate(having)}
    rarity = np.array([1 + math.log((1 + len(examples)) / (1 + number)) for number in having.values()])
    kinds = tuple(sorted({kind for kind, _ in examples}))
    counted = np.full((len(rows), len(kinds)), _SMOOTHED)
    for (kind, _), each in zip(examples, runs, strict=True):
        at, weights = _weighted({rows[run]: times for run, times in each.items()}, rarity)
        counted[at, kinds.index(kind)] += weights
    return Likeness(kinds, rows, rarity, np.log(counted / counted.sum(axis=0)))


def _weighted(
    times: dict[int, int], rarity: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The places, and what each weighs."""
    at = np.fromiter(times, dtype=np.intp, count=len(times))
    weights = (1 + np.log(np.fromiter(times.values(), dtype=float, count=len(times)))) * rarity[at]
    return at, weights / np.linalg.norm(weights)


def _runs(question: str) -> Iterable[str]:
    typed = (word.replace("'", "").replace("’", "") for word in _WORD.findall(question.lower()))
    words = ["^", *typed, "$"]
    return (" ".join(words[at : at + n]) for n in range(1, _RUN + 1) for at in range(len(words) - n + 1))
