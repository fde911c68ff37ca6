"""How likely it is that the nearest sentence answers: a logistic over how near it comes to the question.

What else was tried, and did not help, stands in docs/decisions/0004-abstention.md.
"""

import math
import re
from dataclasses import dataclass

from service.answering import LONG, PARLEY, Abstaining
from service.answering.asked import Question, Wanted
from service.english import WHAT, WHO, Tag, any_of, tokenized

_ONE = rf"\b(?:{any_of(WHAT, WHO)}|when|where|how (?:many|much|long|old|far))\b"
_NOT = r"(?:\b(?:not(?! only\b)|never|no|non)\b|n[’']t\b)"
# "Who did not come?", but not "Who met those who did not come?": in the clause of the question word itself.
_ASKS_NOT = re.compile(
    rf"{_ONE}(?:(?!\b(?:{any_of(WHO)}|that|which|where|when|if|because|but|while|as)\b)[^,;:“\"]){{0,60}}?{_NOT}",
    re.I,
)
_NON = re.compile(r"\bnon-", re.I)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a question of `pieces` word pieces and the nearest sentence show together. `match` is MaxSim;
    `denied`: the question asks for what is not so, and the sentence denies nothing."""

    match: float
    pieces: int
    denied: bool


def denied(asks: Question, sentence: str) -> bool:
    """Whether a question asks who or what did not, and a sentence denies nothing. A reason may be given for
    what didn't happen without a "not"."""
    if asks.kind is Wanted.REASON or len(asks.parts) > 1 or not _ASKS_NOT.search(asks.text):
        return False
    return not _NON.search(sentence) and all(token.kind is not Tag.NEGATION for token in tokenized(sentence))


def excess(pieces: int) -> float:
    """How often a question of so many word pieces doubles LONG; 0 up to there."""
    return max(0.0, math.log2(max(pieces, 1) / LONG))


def probability(signs: Signs, *, fit: Abstaining = PARLEY.abstaining) -> float:
    """That the sentence answers."""
    z = fit.intercept + fit.match * signs.match + fit.denied * signs.denied
    z += fit.length * excess(signs.pieces)
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))
