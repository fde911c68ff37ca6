"""Whether a sentence tells the deed that is asked about of somebody else: the day of another meeting is no
answer to "When did Roe and Doe meet?"."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from service.english import (
    CAPITALISED,
    Deed,
    Tag,
    Token,
    deed_asked,
    offices,
    plain_words,
    tokenized,
    words_of,
)

_FAR = 8  # words between a verb and who does it, or to whom
_INSIDE = re.compile(rf"(?<=[a-z,] ){CAPITALISED}")
_PLACES = words_of("in at near from into outside on")


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of names, as who types no capitals has them."""
    return frozenset(word for text in texts for word in capitalised_in(text))


def capitalised_in(text: str) -> frozenset[str]:
    """The words that have a capital inside a sentence, but of offices."""
    found = {word for name in _INSIDE.findall(text) for word in plain_words(name)}
    return frozenset(word for word in found if not offices.is_role(word))


def with_another(question: str, text: str, names: AbstractSet[str] = frozenset()) -> bool:
    """Whether beside the verb that is asked about stands a name that the question hasn't, while one of the
    two or more that the question has isn't in the text at all. "The Velian envoy" holds none. What is among
    `names` is one in a question without its capital too.
    """
    deed = deed_asked(question)
    if deed is None:
        return False
    asked = _names(tokenized(question), deed, names)
    said = set(plain_words(text))
    if len(asked) < 2 or all(name[-1] in said for name in asked):
        return False
    known, told = {word for name in asked for word in name}, tokenized(text)
    verbs = [at for at, token in enumerate(told) if deed.sign(token.text) > 0]
    return not all(_is_of(told, at, deed, known) for at in verbs)


def _names(tokens: Sequence[Token], deed: Deed, names: AbstractSet[str] = frozenset()) -> list[list[str]]:
    """The words of each, but of places and of those that stand before a noun."""
    found, at, before = list[list[str]](), 0, ""
    for named, group in groupby(tokens, key=lambda t: t.kind is Tag.NAME or t.text in names):
        name = list(group)
        at += len(name)
        noun = at < len(tokens) and tokens[at].kind is Tag.WORD and not deed.sign(tokens[at].text)
        if named and not noun and before not in _PLACES:
            found.append([word for token in name for word in plain_words(token.text)])
        before = name[-1].text.lower()
    return [name for name in found if name]


def _is_of(told: Sequence[Token], verb: int, deed: Deed, known: AbstractSet[str]) -> bool:
    """Whether the names nearest to a verb, before it and behind, are among those known."""
    clause = told[verb].clause
    before = [t for t in told[max(0, verb - _FAR) : verb] if t.clause == clause]
    behind = [t for t in told[verb + 1 : verb + 1 + _FAR] if t.clause == clause]
    near = [*_names(before, deed)[-1:], *_names(behind, deed)[:1]]
    return not any(known.isdisjoint(name) for name in near)
