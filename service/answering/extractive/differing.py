"""Where sentences that may answer hold another answer to the same question: another figure, day, place or
name, or one tells as done what another denies. The sides stand beside each other, weighed by nobody.

Misses what it can't read rather than reporting what isn't there: of each sentence only a single value counts,
and it has to be about what the question names.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations, product

from service.answering import PARLEY, Conflicting, ProposedConflict
from service.answering.asked import Question, Wanted
from service.answering.extractive.conflicts import about, stances_differ
from service.answering.extractive.names import asks_for_one, both_told, named
from service.answering.extractive.scoring import Candidate
from service.answering.extractive.values import Differs, Value, apart, figures, told_in
from service.english import (
    ASKING,
    PRESENTLY,
    RARE_MODALS,
    Tag,
    Token,
    deed_asked,
    done,
    plain_words,
    tokenized,
    words,
    words_of,
)

_NO_MATTER = words(
    "day date time year month number many much long old far figure amount true really case fact"
)
_NO_MATTER |= words_of(ASKING, RARE_MODALS) | words(" ".join(one for one in PRESENTLY if " " not in one))
_EACH_OTHER = re.compile(r"\bboth\b", re.I)
_SO_FAR = words("now already risen rose grown climbed instead later revised updated")


@dataclass(frozen=True, slots=True)
class Differing:
    """`sides` are the sentences, the likeliest first; by day where the later figure takes the place of the
    earlier."""

    what: Differs
    sides: tuple[Candidate, ...]
    by_day: bool

    def conflict(self, asks: Question) -> ProposedConflict:
        what = f"{self.what}, by day" if self.by_day else self.what
        quotes = tuple(side.passage.quote(side.sentence) for side in self.sides)
        return ProposedConflict(f"{about(asks)} ({what})", quotes)


def differing(
    asks: Question, order: Sequence[Candidate], by: Conflicting = PARLEY.conflicting
) -> Differing | None:
    """By the likeliest pair that differs, with whatever else differs from one of the two in the same way."""
    if len(asks.parts) > 1:
        return None
    sided = asks.two_sided() and not _EACH_OTHER.search(asks.text)
    likely = [one for one in order if one.chance >= (by.sided if sided else by.chance)][: by.most]
    read = {one: tuple(figures(asks, one)) for one in likely}
    near = {one for one, told in read.items() if sided or _on_topic(asks, one, told, by.about)}
    pairs = [
        (one, other, what)
        for one, other in combinations(read, 2)
        if one.passage.article.id != other.passage.article.id and not _of_another_round(one.text, other.text)
        if near.issuperset((one, other)) or _answer_alike(asks, one, other, by)
        if (what := _differ(asks, one, other, read))
        if what is Differs.WHETHER or _of_one_thing(asks, one, other, by)
    ]
    if not pairs:
        return None
    first, second, what = pairs[0]
    sides = {_place(c): c for one, other, its in pairs if its is what for c in (one, other)}
    shown = list(sides.values())[: by.sides]
    by_day = _by_day(first, second)
    return Differing(what, tuple(sorted(shown, key=published) if by_day else shown), by_day)


def side_by_side(told: Sequence[Candidate], found: Differing | None) -> Sequence[Candidate]:
    """The likeliest first, then the sides, then what else was told."""
    if found is None:
        return told
    first = [one for one in told[:1] if one not in found.sides]
    return [*first, *found.sides, *(one for one in told[len(first) :] if one not in found.sides)]


def _place(one: Candidate) -> tuple[str, int]:
    return one.passage.article.id, one.sentence.start


def published(one: Candidate) -> datetime:
    """A day without a time, or a time without a zone, is UTC's; the calendar's first where it isn't known."""
    told = one.passage.article.facts.published
    at = datetime.fromisoformat(told) if told else datetime.min.replace(tzinfo=UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def matters(asks: Question) -> frozenset[str]:
    """What a question names, its verb left out."""
    deed = deed_asked(asks.text)
    return words(asks.text) - _NO_MATTER - ({deed.verb, *deed.phrase} if deed else set())


def on_what(asks: Question, text: str) -> float:
    """The share of what the question names that a text names too."""
    asked = matters(asks)
    return len(asked & words(text)) / len(asked) if asked else 0.0


def named_in(asks: Question, text: str) -> bool:
    """Whether a text has every name that the question has."""
    names = (t.text for t in tokenized(asks.text) if t.kind is Tag.NAME)
    return {word for name in names for word in plain_words(name)} <= set(plain_words(text))


def _on_topic(asks: Question, one: Candidate, told: Sequence[Value], share: float) -> bool:
    text = told_in(asks, one) if told else one.text
    return on_what(asks, text) >= share and named_in(asks, one.passage.hit.chunk.embedded_text)


def _answer_alike(asks: Question, one: Candidate, other: Candidate, by: Conflicting) -> bool:
    """Whether both surely answer, and in like words: then they tell of one thing in other words than the
    question's."""
    sure = min(one.chance, other.chance) >= by.sure
    return (
        sure
        and all(named_in(asks, each.passage.hit.chunk.embedded_text) for each in (one, other))
        and _like(asks, one, other) >= by.alike
    )


def _like(asks: Question, one: Candidate, other: Candidate) -> float:
    """The share of their words beside the question's that both have."""
    asked, here, there = words(asks.text), words(one.text), words(other.text)
    return len((here & there) - asked) / max(1, min(len(here - asked), len(there - asked)))


def _of_one_thing(asks: Question, one: Candidate, other: Candidate, by: Conflicting) -> bool:
    """Not two of one name: by what else they share, or what the question says."""
    asked, here, there = words(asks.text), words(one.text), words(other.text)
    least = min(one.chance, other.chance)
    if _like(asks, one, other) >= by.alike:
        return True
    names = {word for t in tokenized(asks.text) if t.kind is Tag.NAME for word in words(t.text)}
    shared = len((asked & here & there) - names - _NO_MATTER)
    return least >= by.sure or (least >= by.likely and shared >= by.named)


def _of_another_round(one: str, other: str) -> bool:
    here, there = (
        {t.key for t in tokenized(text) if t.kind is Tag.WORD and t.key[:-1].isdigit()}
        for text in (one, other)
    )
    return bool(here and there) and not here & there


def _differ(
    asks: Question, one: Candidate, other: Candidate, may: Mapping[Candidate, Sequence[Value]]
) -> Differs | None:
    deed = deed_asked(asks.text)
    if deed and {done(deed, one.text), done(deed, other.text)} == {True, False}:
        return Differs.WHETHER
    if asks.two_sided() and not _EACH_OTHER.search(asks.text):
        return Differs.WHETHER if stances_differ(asks, one.text, other.text) else None
    if asks.kind is Wanted.PLACE or asks_for_one(asks):
        here, there = named(asks, one), named(asks, other)
        if here and there and here.other_than(there):
            both = both_told(here, there, one) or both_told(there, here, other)
            return None if both else Differs.PLACE if asks.kind is Wanted.PLACE else Differs.WHO
    return _figures_differ(asks, one, other, may)


def _figures_differ(
    asks: Question, one: Candidate, other: Candidate, may: Mapping[Candidate, Sequence[Value]]
) -> Differs | None:
    pairs = [(h, t) for h, t in product(may[one], may[other]) if apart(h, t)]
    if pairs and asks.kind is not Wanted.TIME and _of_other_days(one.text, other.text):
        pairs = pairs if _by_day(one, other) else []
    for here, there in pairs:
        fits = here.what is not Differs.AMOUNT or _done_in(asks, one, other)
        if fits and not _has(one, there, may) and not _has(other, here, may):
            return here.what
    return None


def _done_in(asks: Question, *both: Candidate) -> bool:
    """Whether each tells of what is asked to have been done: an offer isn't a demand."""
    deed = deed_asked(asks.text)
    return deed is None or all(any(map(deed.sign, plain_words(told_in(asks, one)))) for one in both)


def _of_other_days(one: str, other: str) -> bool:
    """Whether each tells on which day it was, and not on the same."""
    here, there = _days_told(one), _days_told(other)
    return bool(here and there) and not here & there and {d.sort for d in here} == {d.sort for d in there}


def _days_told(text: str) -> set[Token]:
    """Without those on which something was said: "she said on Friday"."""
    tokens = tokenized(text)
    return {
        replace(token, text="", clause=0)
        for at, token in enumerate(tokens)
        if token.kind is Tag.DATE and not any(t.kind is Tag.VERB for t in tokens[max(0, at - 3) : at])
    }


def _has(one: Candidate, value: Value, may: Iterable[Candidate]) -> bool:
    """Whether its article has the other's figure as well."""
    own = (each.text for each in may if each.passage.article.id == one.passage.article.id)
    return any(token.key in value.keys for text in own for token in tokenized(text))


def _by_day(one: Candidate, other: Candidate) -> bool:
    """Whether the later article tells what has become of it since."""
    earlier, later = sorted((one, other), key=published)
    if not earlier.passage.article.facts.published or published(earlier).date() == published(later).date():
        return False
    outlet = one.passage.article.facts.outlet
    same = outlet is not None and outlet == other.passage.article.facts.outlet
    return same or bool(_SO_FAR & words(later.text))
