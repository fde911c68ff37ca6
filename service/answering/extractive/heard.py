"""What somebody said, where that is asked for: whatever it was, or what names the matter asked about."""

import re
from collections.abc import Sequence

from service.answering import Choosing
from service.answering.asked import Question
from service.answering.extractive.scoring import Candidate
from service.english import SMALL, plain_words, stem

_MATTER = re.compile(r"\b(?:about|regarding|concerning)\s+(?P<matter>\w.*)|\b(?:on|of)\s+(?P<of>\w.*)", re.I)


def heard(asks: Question, fits: Sequence[Candidate], by: Choosing) -> list[Candidate]:
    """Where nothing more is asked: what that one said, and there."""
    if not asks.anything:
        return []
    there = [one for one in fits if one.speaker > 1 and bool(one.venue) is bool(asks.venues)]
    return there[: by.most]


def heard_on(asks: Question, fits: Sequence[Candidate], by: Choosing) -> list[Candidate]:
    """ "What did Roe say about the wall?": what Roe said that names it, sure to answer or not."""
    found = _MATTER.search(asks.asked()) if asks.speaks and asks.speaker and len(asks.parts) == 1 else None
    if not found:
        return []
    said = plain_words(found["matter"] or found["of"])
    matter = {stem(word) for word in said if word not in SMALL and word not in asks.speaker}
    told = [one for one in fits if one.speaker > 1 and matter <= {*map(stem, plain_words(one.text))}]
    if not (matter and told):
        return []
    return [one for one in told if one.chance >= by.single * told[0].chance][: by.most]
