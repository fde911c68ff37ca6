"""What somebody said, where that is asked for: whatever it was, or what names the matter asked about."""

import re
from collections.abc import Sequence

from service.answering import Choosing
from service.answering.asked import Question, Wanted
from service.answering.extractive.by_name import asked_before
from service.answering.extractive.scoring import Candidate
from service.english import DAYS, SMALL, any_of, plain_words, stem, words, words_of

_FIRST = 6  # words, which a sentence begins with
_BEFORE = 1  # sentence, which "it" may be of
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
    matter = _matter(asks)
    theirs = [one for one in fits if matter and one.speaker > 1]
    told = [one for one in theirs if _names(matter, one)]
    return [one for one in told if one.chance >= by.single * told[0].chance][: by.most]


def _names(matter: set[str], one: Candidate) -> bool:
    """Itself, or some of it where it answers a question that names the rest."""
    own = _stems(one.text)
    return matter <= own or (bool(matter & own) and matter <= own | _stems(asked_before(one)))


def on_matter(asks: Question, left: list[Candidate], order: Sequence[Candidate]) -> list[Candidate]:
    """Where others speak of the matter by its name: what names it too, be it in the sentence before, or
    is likelier than not to answer, by the reader."""
    matter = _matter(asks)
    if not matter or not any(matter <= _stems(one.text) for one in order):
        return left
    return [one for one in left if one.read >= 0 or matter & _stems(_with_those_before(one))]


def _matter(asks: Question) -> set[str]:
    """Stems of "the wall" in "What did Roe say about the wall?"; none of another question."""
    plain = asks.speaks and asks.speaker and asks.kind is Wanted.OTHER and len(asks.parts) == 1
    found = _MATTER.search(asks.asked()) if plain else None
    said = plain_words(found["matter"]) if found else []
    matter = {stem(word) for word in said if word not in SMALL and word not in asks.speaker}
    return matter if matter - _DAYS else set()


def _stems(text: str) -> set[str]:
    return {*map(stem, plain_words(text))}


def _with_those_before(one: Candidate) -> str:
    around = one.passage.around
    at = around.index(one.sentence) if one.sentence in around else 0
    first = around[max(0, at - _BEFORE)] if around else one.sentence
    before = one.passage.article.text[min(first.start, one.sentence.start) : one.sentence.end]
    return f"{asked_before(one)} {before}"


def theirs(asks: Question, order: list[Candidate]) -> list[Candidate]:
    """Where it is asked what somebody said, no words of another's: that one's own, nobody's that name them,
    or what begins with their name."""
    if not (asks.speaks and asks.speaker):
        return order
    return [one for one in order if one.speaker > 0 or asks.speaker <= words(_told_of(one))]


def _told_of(one: Candidate) -> str:
    return one.text if one.speaker == 0 else " ".join(one.text.split()[:_FIRST])
