"""A question that takes for granted what the articles deny: "Why did Roe reject it?" of what he accepted."""

import re
from collections.abc import Sequence

from service.answering import PARLEY, Conflicting
from service.answering.asked import Question, Wanted
from service.answering.extractive.differing import named_in, on_what
from service.answering.extractive.scoring import Candidate
from service.english import QUESTION_WORDS, SUBJECTS, Tag, any_of, deed_asked, done, stem, tokenized, words

_TAKES_FOR_GRANTED = re.compile(rf"\W*(?:{any_of(QUESTION_WORDS)})\b", re.I)
_SPEECH = frozenset(map(stem, ["say", "tell", "think", "want", "expect", "hope", "talk", "speak", "mean"]))
_LEANS = re.compile(rf"\b(?:{any_of(SUBJECTS)})\b", re.I)
_WHOLLY = re.compile(r"\W*(?:why|when)\b", re.I)
_PLANNED = re.compile(r"\b(?:planned|scheduled|expected|hoped|promised|announced)\b", re.I)
_LEAST = 2  # things that a question names beside its verb, if who or what is asked
_DENIALS = 2  # that are told


def denials(
    asks: Question, order: Sequence[Candidate], by: Conflicting = PARLEY.conflicting
) -> list[Candidate]:
    """The sentences that say the contrary of what is taken for granted, the likeliest first; none if any says
    that it is so."""
    deed = deed_asked(asks.asked())
    if deed is None or deed.verb in _SPEECH or not _TAKES_FOR_GRANTED.match(asks.asked()):
        return []
    least = 1 if _WHOLLY.match(asks.asked()) else _LEAST
    if len(asks.parts) > 1 or len(words(asks.asked()) - {deed.verb}) < least:
        return []
    told = [(one, done(deed, one.text)) for one in order if one.chance >= by.heard]
    if any(so and (named_in(asks, one.text) or _LEANS.search(one.text)) for one, so in told):
        return []
    denied = [one for one, so in told if so is False and one.chance >= by.chance and named_in(asks, one.text)]
    return [one for one in denied if on_what(asks, one.text) >= by.denied and _wholly(asks, one)][:_DENIALS]


def _wholly(asks: Question, one: Candidate) -> bool:
    """Not only of one day: on another it may have been done."""
    days = any(token.kind is Tag.DATE for token in tokenized(one.text))
    return asks.kind is not Wanted.TIME or not days or bool(_PLANNED.search(one.text))
