"""Compares where a statement's numbers, dates and names stand among their neighbours with where they stand
in its quotations: what is right word by word may still have changed places."""

from collections.abc import Sequence

from service.answering.claims import CONTENT, Kind, Token
from service.answering.reading import NAME, REASONS, Source, Text
from service.answering.speaking import beside_verbs, hearers, last_word

_BESIDE_VALUE = 3
_BESIDE_NAME = 12
_VALUES = (Kind.NUMBER, Kind.DATE)


def value_fault(told: Text, sources: Sequence[Source]) -> str | None:
    """Where several numbers or dates of one sort are cited, each keeps a neighbour: they can't change
    places."""
    cited = {(token.sort, token.key) for s in sources for token in s.quote.content if token.kind in _VALUES}
    for at, token in enumerate(told.content):
        alone = sum(sort == token.sort for sort, _ in cited) < 2
        if token.kind not in _VALUES or alone:
            continue
        before = told.content[at - 1].forms if at else frozenset[str]()
        after = told.content[at + 1].forms if at + 1 < len(told.content) else frozenset[str]()
        kept = [_kept(token, before, after, s.quote.content, _BESIDE_VALUE) for s in sources]
        if at and _swapped(told.content[at - 1], token, sources):
            return REASONS[token.kind]
        if (before or after) and not any(ahead or behind for ahead, behind in kept):
            return REASONS[token.kind]
    return None


def _swapped(first: Token, second: Token, sources: Sequence[Source]) -> bool:
    """Whether two values side by side ("between 4 and 5", "3–1") stand side by side the other way round
    alone."""
    ways = {
        (one.key, other.key)
        for s in sources
        for one, other in zip(s.quote.content, s.quote.content[1:], strict=False)
    }
    alike = first.sort == second.sort and first.key != second.key
    return alike and (second.key, first.key) in ways and (first.key, second.key) not in ways


def _kept(
    token: Token, before: frozenset[str], after: frozenset[str], content: Sequence[Token], reach: int
) -> tuple[bool, bool]:
    """Whether what stands before it still does, and what stands after, within `reach` words; at the place
    where most does."""
    places = [(False, False)]
    for at, each in enumerate(content):
        if each.forms & token.forms:
            ahead, behind = content[max(0, at - reach) : at], content[at + 1 : at + 1 + reach]
            places.append(
                (any(before & other.forms for other in ahead), any(after & other.forms for other in behind))
            )
    return max(places, key=sum)


def role_fault(told: Text, sources: Sequence[Source]) -> str | None:
    """A name keeps its side of its neighbours: who did it and to whom can't change places. The speaker of
    a reporting clause and its hearer may stand before or after what is reported, and are compared
    elsewhere."""
    speaking = {form for name in (*beside_verbs(told), *told.speakers) for form in last_word(name)}
    speaking |= {form for hearer in hearers(told) for form in hearer.forms}
    cited = {token.key for s in sources for token in s.quote.content if token.kind is Kind.NAME}
    for low, high in _runs(told.tokens, cited):
        run = told.tokens[low:high]
        if any(token.forms & speaking for token in run):
            continue
        before, after = _beside(told.tokens[:low][::-1], run[0]), _beside(told.tokens[high:], run[-1])
        kept = [_kept(token, before, after, s.quote.content, _BESIDE_NAME) for token in run for s in sources]
        known = any(token.forms & each.forms for token in run for s in sources for each in s.quote.content)
        if known and not any((ahead or not before) and (behind or not after) for ahead, behind in kept):
            return NAME
    return None


def _runs(tokens: Sequence[Token], cited: set[str]) -> list[tuple[int, int]]:
    """Where names stand, each whole: "Marco Rubio" is one. A word that opens a sentence is a name if the
    quotations have it as one."""
    runs: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NAME and not token.forms & cited:
            continue
        if runs and runs[-1][1] == at and tokens[at - 1].clause == token.clause:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _beside(tokens: Sequence[Token], name: Token) -> frozenset[str]:
    """The next content word in the clause of a name; none beyond a reporting verb or "that"."""
    for token in tokens:
        if token.clause != name.clause or token.kind is Kind.VERB or token.key == "that":
            break
        if token.kind in CONTENT:
            return token.forms
    return frozenset()
