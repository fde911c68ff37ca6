"""Whether quotations that a language model holds against each other differ as far as code can tell: another
figure or day for the same thing, or one says outright what another denies or hedges.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from retrieval.article import Quote
from service.answering import PARLEY, Conflicting
from service.answering.asked import Question, Wanted, counted
from service.english import (
    CONTENT,
    MODALS,
    NEGATED,
    SMALL,
    Tag,
    Token,
    governed,
    lexicon,
    stem,
    tokenized,
)

_LONGEST = 20  # words of a question that are repeated whole
_ROUGHLY = re.compile(
    r"\b(?:more|less|fewer|over|under|least|most|up|nearly|almost|about|around|some|roughly|approximately|dozens"
    r"|hundreds|thousands|early|late|between|by)\b",
    re.I,
)
_QUALIFIED = re.compile(
    r"\bhow many (?:[\w’'-]+ ){0,2}?(?P<noun>[\w’'-]+) (?:of|in|on|from|at|aboard)\b", re.I
)
_OPENS = SMALL | {*MODALS, "in", "on"}
_PERIODS = {
    form: f"{one}s" for one in ("minute", "hour", "day", "week", "month", "year") for form in (one, f"{one}s")
}
_UNSURE = frozenset({*lexicon.MODALS.values(), *lexicon.HEDGES} - {"will"})


def told_apart(asks: Question, quotes: Sequence[Quote], by: Conflicting = PARLEY.conflicting) -> bool:
    """Whether two of the quotations, of different articles, tell of the same thing and give other figures or
    days for it, or one denies or hedges what the other says outright."""
    return any(
        one.article_id != other.article_id and _apart(asks, one.text, other.text, by)
        for one, other in combinations(quotes, 2)
    )


def _apart(asks: Question, one: str, other: str, by: Conflicting) -> bool:
    here, there = _stances(one), _stances(other)
    shared = here.keys() & there.keys()
    if len(shared) < by.shared:
        return False
    return (
        _values_differ(asks, one, other, by)
        or _figures_differ(one, other)
        or any(here[key] != there[key] for key in shared)
    )


def _figures_differ(one: str, other: str) -> bool:
    """Each gives a single figure or day of one sort, and these aren't the same."""
    here, there = _by_sort(one), _by_sort(other)
    return any(
        len(here[sort]) == len(there[sort]) == 1 and here[sort] != there[sort] for sort in here.keys() & there
    )


def _by_sort(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for token in tokenized(text):
        if token.kind in (Tag.NUMBER, Tag.DATE):
            found.setdefault(token.sort, set()).add(token.key)
    return found


def about(asks: Question) -> str:
    """The question's words, without its mark; of a long one what it asks for."""
    text = asks.text.strip().rstrip("?!. ")
    if len(text.split()) > _LONGEST:
        text = asks.asks_for() or "what was asked"
    first, _, rest = text.partition(" ")
    return f"{first.lower() if first.lower() in _OPENS else first} {rest}".strip()


def _values_differ(asks: Question, one: str, other: str, by: Conflicting) -> bool:
    """Both give a single value of one sort, and these aren't the same; a rough one differs from none."""
    here, there = _values(asks, one, by), _values(asks, other, by)
    return any(
        len(here[sort]) == len(there[sort]) == 1 and here[sort] != there[sort] for sort in here.keys() & there
    )


def _values(asks: Question, text: str, by: Conflicting) -> dict[str, set[str]]:
    tokens, known = tokenized(text), {token.key for token in tokenized(asks.text)}
    found: dict[str, set[str]] = {}
    for at, token in enumerate(tokens):
        sort = _sort(asks, tokens, at, by.near)
        if sort and token.key not in known and not _rough(tokens, at):
            found.setdefault(sort, set()).add(token.key)
    return found


def _sort(asks: Question, tokens: Sequence[Token], at: int, near: int) -> str | None:
    """What a value measures: what is counted, a period, a currency, a calendar day's part."""
    token = tokens[at]
    if asks.kind is Wanted.TIME:
        return token.sort if token.kind is Tag.DATE else None
    if token.kind is not Tag.NUMBER:
        return None
    after = [each.text.lower() for each in tokens[at + 1 : at + 1 + near]]
    noun = _counted(asks.text)
    if noun:
        return noun if any(stem(word) == stem(noun) for word in after) else None
    if token.key[0] in "$£€%":
        return token.key[0]
    return next((_PERIODS[word] for word in after[:1] if word in _PERIODS), None)


def _counted(question: str) -> str | None:
    """The noun itself: "passengers" in "how many passengers of the ferry"."""
    qualified = _QUALIFIED.search(question)
    return qualified["noun"].lower() if qualified else counted(question)


def _rough(tokens: Sequence[Token], at: int) -> bool:
    return any(_ROUGHLY.fullmatch(token.text) for token in tokens[max(0, at - 2) : at])


def stances_differ(asks: Question, one: str, other: str) -> bool:
    """Of something that the question names and both tell of, one says outright what the other denies or
    leaves open."""
    here, there = _stances(one), _stances(other)
    asked = {token.key for token in tokenized(asks.text) if token.kind in CONTENT}
    shared = here.keys() & there.keys() & asked
    return len(shared) > 1 and any(here[key] != there[key] for key in shared)


def _stances(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in governed(tokenized(text)):
        if each.token.kind in CONTENT and each.token.kind is not Tag.NUMBER:
            stance = "denied" if NEGATED in each.near else "open" if each.near & _UNSURE else "plain"
            found.setdefault(each.token.key, stance)
    return found
