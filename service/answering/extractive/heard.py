"""What somebody said, where that is asked for: whatever it was, or what names the matter asked about."""

import re
from collections.abc import Sequence

from service.answering import Choosing
from service.answering.asked import Question, Wanted
from service.answering.extractive.scoring import Candidate
from service.english import DAYS, SMALL, any_of, plain_words, stem, words, words_of

_FIRST = 6  # words, which a sentence begins with
_SAYING = words_of(
    "say said says tell told claim claimed add added warn warned state stated announce announced comment"
    " remark"
)
# Directly behind the verb of saying: "say about pay", "say anything on pay", not "say the cost of pay was".
_MATTER = re.compile(
    rf"\b(?:{any_of(_SAYING)})(?: (?:anything|something|more|publicly|yesterday|exactly))? "
    r"(?:about|on|of|regarding|concerning) (?P<matter>\w.*)",
    re.I,
)
_DAYS = frozenset(stem(day.lower()) for day in (*DAYS, "today", "yesterday", "week", "month"))


def heard(asks: Question, fits: Sequence[Candidate], by: Choosing) -> list[Candidate]:
    """Where nothing more is asked: what that one said, and there."""
    if not asks.anything:
        return []
    there = [one for one in fits if one.speaker > 1 and bool(one.venue) is bool(asks.venues)]
    return there[: by.most]


def heard_on(asks: Question, fits: Sequence[Candidate], by: Choosing) -> list[Candidate]:
    """ "What did Roe say about the wall?": what Roe said that names it, sure to answer or not."""
    plain = asks.speaks and asks.speaker and asks.kind is Wanted.OTHER and len(asks.parts) == 1
    found = _MATTER.search(asks.asked()) if plain else None
    if not found:
        return []
    said = plain_words(found["matter"])
    matter = {stem(word) for word in said if word not in SMALL and word not in asks.speaker}
    told = [one for one in fits if one.speaker > 1 and matter <= {*map(stem, plain_words(one.text))}]
    if not (matter - _DAYS and told):
        return []
    return [one for one in told if one.chance >= by.single * told[0].chance][: by.most]


def theirs(asks: Question, order: list[Candidate]) -> list[Candidate]:
    """Where it is asked what somebody said, no words of another's: that one's own, nobody's that name them,
    or what begins with their name."""
    if not (asks.speaks and asks.speaker):
        return order
    return [one for one in order if one.speaker > 0 or asks.speaker <= words(_told_of(one))]


def _told_of(one: Candidate) -> str:
    return one.text if one.speaker == 0 else " ".join(one.text.split()[:_FIRST])
