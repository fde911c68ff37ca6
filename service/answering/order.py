"""Compares the order of a statement's words with that of its quotations: who did what to whom is told by
order alone where no name is in it ("the union sued the company")."""

from collections.abc import Sequence
from itertools import pairwise

from service.answering.claims import CONTENT, Kind, Token
from service.answering.lexicon import JOINS
from service.answering.reading import ORDER, Source, Text
from service.answering.speaking import beside_verbs, hearers, last_word

_ORDERED = (Kind.WORD, Kind.NAME)


def order_fault(told: Text, sources: Sequence[Source]) -> str | None:
    """Two words that follow each other in a clause of the statement do so in a quotation, with no other
    clause's subject between them."""
    speaking = {form for name in (*beside_verbs(told), *told.speakers) for form in last_word(name)}
    speaking |= {form for hearer in hearers(told) for form in hearer.forms}
    cited = {form for s in sources for token in s.quote.tokens for form in token.forms}
    for one, other in _followed(told.tokens):
        # A name that the question or the article beside supplies has no place in a quotation.
        if (one.forms | other.forms) & speaking or not (one.forms & cited and other.forms & cited):
            continue
        if not any(_follows(one, other, s.quote.tokens) for s in sources):
            return ORDER
    return None


def _followed(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """The content words that stand next to each other in a clause. Not across a reporting verb, which may
    stand before or after what it reports, a figure or date, compared elsewhere, or a bare "and"."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if runs[-1] and runs[-1][-1].clause != token.clause:
            runs.append([])
        if token.kind in _ORDERED:
            runs[-1].append(token)
        elif token.kind in (*CONTENT, Kind.VERB) or token.text.lower() in JOINS:
            runs.append([])
    return [pair for run in runs for pair in pairwise(run)]


def _follows(one: Token, other: Token, tokens: Sequence[Token]) -> bool:
    firsts = [at for at, token in enumerate(tokens) if token.forms & one.forms]
    seconds = [at for at, token in enumerate(tokens) if token.forms & other.forms]
    return any(
        first < second and _one_clause(tokens[first : second + 1]) for first in firsts for second in seconds
    )


def _one_clause(tokens: Sequence[Token]) -> bool:
    """Whether nothing between the first and the last begins and breaks off another clause: what is left
    out begins beside the first, or ends beside the last."""
    joined = [_joins(one, other) for one, other in pairwise(tokens)]
    verbs = [token.kind is Kind.VERB for token in tokens]
    inner = [at for at in range(1, len(tokens) - 1) if _weighs(tokens[at])]
    return not inner or not any(joined + verbs) or joined[0] or verbs[1] or joined[inner[-1]]


def _weighs(token: Token) -> bool:
    return token.kind in CONTENT or token.text.lower() in JOINS


def _joins(one: Token, other: Token) -> bool:
    return bool({one.text.lower(), other.text.lower()} & JOINS) or one.clause != other.clause
