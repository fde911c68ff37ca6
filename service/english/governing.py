"""An operator (a negation, a modal, a hedge, a verb that binds what follows) governs the words that follow it
in its clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.english.tokens import CONTENT, Tag, Token

_NEAR = 3  # content words after an operator that it may govern: "did not immediately respond"


@dataclass(frozen=True, slots=True)
class Governed:
    """A content word in its place. `first` are the operators it follows next, `near` those it may be
    governed by."""

    token: Token
    at: int
    first: frozenset[str]
    near: frozenset[str]


def governed(tokens: Sequence[Token]) -> tuple[Governed, ...]:
    found = []
    for at, token in enumerate(tokens):
        if token.kind in CONTENT or token.kind is Tag.VERB:
            first, near = _operators_before(tokens, at)
            found.append(Governed(token, at, first, near))
    return tuple(found)


def _operators_before(tokens: Sequence[Token], at: int) -> tuple[frozenset[str], frozenset[str]]:
    first, near = set(), set()
    words = 0
    for before in reversed(tokens[:at]):
        if before.clause != tokens[at].clause or words >= _NEAR:
            break
        if before.operator:
            near.add(before.operator)
            if not words:
                first.add(before.operator)
        if before.kind in CONTENT or before.kind is Tag.VERB:
            words += 1
    after = tokens[at + 1 : at + 3]
    near |= {
        each.operator
        for each in after
        if each.kind is Tag.NEGATION and each.clause == tokens[at].clause and each.operator
    }
    return frozenset(first), frozenset(near)
