"""A question that leans on the answer before it, read in several ways at once.

What it leaves out stands in the question before, or in the answer, or in neither: it is read by itself,
behind the one and behind the other, and what answers in all of these readings answers (an equal mixture of
log odds, as in a logarithmic opinion pool; Genest & Zidek, Combining Probability Distributions, 1986).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from retrieval.article import Quote, Sentence
from service.answering import Passage, Policy, Remembering
from service.answering.asked import Question, Wanted, holds
from service.answering.extractive.reading import log_odds
from service.answering.extractive.scoring import Candidate, ranked
from service.english import SMALL, any_of, closed, plain_words, words_of

_KINDS = frozenset({Wanted.NUMBER, Wanted.TIME, Wanted.PLACE, Wanted.REASON, Wanted.PERSON})
_LAST = re.compile(rf"(?:^|\s)({any_of(closed.WHEN)})[?!. ]*$", re.I)
_BINDING = words_of("after before since until till come because")
_READ_BEHIND = 80  # words of the answer


@dataclass(frozen=True, slots=True)
class Leaning:
    """`asked` by itself, `shown` behind the question before, `told` is what the answer quoted."""

    asked: str
    shown: str
    told: tuple[Quote, ...]

    def readings(self) -> Iterator[str]:
        """The one that is shown first."""
        yield self.shown
        if self.asked != self.shown and _says_something(self.asked):
            yield self.asked
        behind = " ".join(quote.text for quote in self.told).split()[:_READ_BEHIND]
        yield f"{' '.join(behind)} {self.asked}"


def for_leaning(policy: Policy) -> Policy:
    """Each reading of the same passages, all of them."""
    reading = policy.reading
    return replace(policy, reading=replace(reading, sure=1.1, compared=reading.passages))


def having_read_all(policy: Policy) -> Policy:
    """Where reading stops at what answers, less is read that doesn't: here the mean of all is lower, and
    what answers as likely. What is shown as nearest stays so."""
    by, more = policy.abstaining, policy.remembering.read_all
    near = 1 / (1 + math.exp(-log_odds(by.near) - more))
    return replace(policy, abstaining=replace(by, base=by.base + more, near=near))


def together(
    orders: Sequence[Sequence[Candidate]], told: Sequence[Quote], by: Remembering
) -> list[Candidate]:
    """What every reading scored. What stands beside what was told is likelier, that itself less so."""
    others = [{_place(one): one for one in order} for order in orders[1:]]
    found = []
    for first in orders[0]:
        same = [first, *(order[_place(first)] for order in others if _place(first) in order)]
        if len(same) == len(orders):
            mixed = replace(
                first,
                read=fmean(one.read for one in same),
                holds=fmean(one.holds for one in same),
                around=fmean(one.around for one in same),
                score=fmean(one.score for one in same),
            )
            found.append(replace(mixed, score=round(mixed.score + _beside(mixed, told, by), 6)))
    return ranked(found)


def adding(asks: Question, order: Sequence[Candidate], told: Sequence[Quote]) -> list[Candidate]:
    """Without what was told, unless it holds the kind of thing that is asked for now."""
    again = asks.kind in _KINDS
    return [
        one
        for one in order
        if not is_told(one.passage, one.sentence, told) or (again and holds(asks.kind, one.text, asks.text))
    ]


def in_front(asked: str) -> str:
    """With its question word where others stand: "the vote was held where" asks where."""
    last = _LAST.search(asked)
    return f"{last[1]} {asked[: last.start()]}" if last else asked


def _says_something(asked: str) -> bool:
    """Whether it can be read by itself at all: not "where to?", "and after that?"."""
    return any(word not in SMALL and word not in _BINDING for word in plain_words(asked))


def is_told(passage: Passage, sentence: Sentence, told: Sequence[Quote]) -> bool:
    return any(
        quote.article_id == passage.article.id and sentence.start < quote.end and quote.start < sentence.end
        for quote in told
    )


def _beside(one: Candidate, told: Sequence[Quote], by: Remembering) -> float:
    if is_told(one.passage, one.sentence, told):
        return by.again
    near = any(
        quote.article_id == one.passage.article.id
        and max(one.sentence.start - quote.end, quote.start - one.sentence.end) < by.near
        for quote in told
    )
    return by.beside if near else 0.0


def _place(one: Candidate) -> tuple[str, int]:
    return one.passage.article.id, one.sentence.start
