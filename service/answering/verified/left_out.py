"""What a statement leaves out of its sentence, and whether it may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from service.answering.verified.checks import Check, Checks
from service.answering.verified.reported import reports
from service.english import Tag, Token, lexicon

_NEAR = 3  # words after "to" or "for" among which a "no" turns what stands before: "agreed to nothing"


class How(Enum):
    WORD = auto()  # a small word, an adverb, part of a title
    PLACE = auto()  # "in Geneva", "on Sunday"
    ASIDE = auto()  # between two marks
    END = auto()  # all that follows a mark
    ONWARD = auto()  # all that follows "to", "in", "and", ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    """sentence[start:end], of which told[:at] stands before it. `opens` tells whether it begins at a mark."""

    how: How
    told: Sequence[Token]
    at: int
    sentence: Sequence[Token]
    start: int
    end: int
    opens: bool

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence[self.start : self.end]

    @property
    def first(self) -> str:
        return self.sentence[self.start].text.lower()

    @property
    def relative(self) -> bool:
        return self.opens and self.first in lexicon.RELATIVES

    @property
    def breaks_off(self) -> bool:
        return self.how in (How.END, How.ONWARD)


def _sweeps(left: LeftOut) -> bool:
    """Of a denial, or of what holds of all: "did not meet in Geneva" says less without Geneva."""
    return left.how in (How.PLACE, How.ONWARD) and any(_sweeping(token) for token in left.told)


def _sweeping(token: Token) -> bool:
    word = token.text.lower()
    return token.kind is Tag.NEGATION or word in lexicon.SWEEPING or word.endswith("est")


def _turns(left: LeftOut) -> bool:
    """A denial, a condition, a doubt. A relative clause tells of a name or a thing, and turns it only by
    calling it false."""
    relative = left.tokens[: _first_stretch(left.tokens)] if left.relative else ()
    rest = left.tokens[len(relative) :]
    if any(token.text.lower() in lexicon.FALSIFIERS for token in relative):
        return True
    if not left.breaks_off:
        return any(token.text.lower() in lexicon.TURNS or token.operator for token in rest)
    near = (
        left.tokens[:_NEAR]
        if left.how is How.ONWARD and left.first not in {"and", "while"}
        else left.tokens[:1]
    )
    denies = any(token.kind is Tag.NEGATION for token in near)
    denied = any(token.kind is Tag.NEGATION for token in left.told)
    turning = any(token.text.lower() in lexicon.FALSIFIERS | lexicon.CONDITIONS for token in rest)
    return turning or (denies and not denied) or any(token.kind is Tag.HEDGE for token in left.tokens)


def _first_stretch(tokens: Sequence[Token]) -> int:
    return next((at for at, token in enumerate(tokens) if token.clause != tokens[0].clause), len(tokens))


def _reported(left: LeftOut) -> bool:
    if left.how is How.WORD:
        return False
    return reports(left.sentence, left.start, left.end, opens=left.opens, ends=left.breaks_off)


def _conjunct(left: LeftOut) -> bool:
    """ ", and Roe," is no aside: what follows may be told of Roe alone."""
    return left.how is How.ASIDE and left.first in lexicon.COORDINATES


def _shares(left: LeftOut) -> bool:
    """The rest of "3 to 5", of "in 2011, 2014 and 2019", and what is told of each in turn."""
    if not left.breaks_off:
        return False
    rest = left.tokens
    last = left.sentence[left.start - 1]
    if last.kind in (Tag.NUMBER, Tag.DATE) and _in_a_row(last, rest):
        return True
    words = [token.text.lower() for token in rest]
    return "respectively" in words or ("in", "that", "order") in zip(
        words, words[1:], words[2:], strict=False
    )


def _in_a_row(last: Token, rest: Sequence[Token]) -> bool:
    row = list(takewhile(lambda token: token.kind is last.kind or token.text.lower() in _LINKS, rest))
    linked = any(token.text.lower() in _LINKS for token in row)
    return linked and any(token.kind is last.kind for token in row)


_LINKS = frozenset({"to", "and", "or"})


def _framed(left: LeftOut) -> bool:
    """ "in a dream", "for members", "with a warrant": what such a phrase says of the rest isn't known, unless
    it is all names, days and numbers."""
    if left.how is not How.ONWARD or left.first in lexicon.JOINS:
        return False
    phrase = left.tokens[: _first_stretch(left.tokens)]
    plain = list(takewhile(lambda token: token.text.lower() not in lexicon.JOINS, phrase[1:]))
    return not all(token.kind in (Tag.NAME, Tag.DATE, Tag.NUMBER, Tag.FREE) for token in plain)


def _half_a_verb(left: LeftOut) -> bool:
    """Whether it is broken off behind an auxiliary: "Roe has" of "Roe has to resign"."""
    last = left.sentence[left.start - 1]
    return left.breaks_off and (last.kind is Tag.MODAL or last.text.lower() in lexicon.HALF_VERBS)


GUARDS: dict[Check, Callable[[LeftOut], bool]] = {
    Check.CLAIMING: _half_a_verb,
    Check.SWEEPING: _sweeps,
    Check.TURNING: _turns,
    Check.FRAMED: _framed,
    Check.REPORTED: _reported,
    Check.CONJUNCTS: _conjunct,
    Check.SHARES: _shares,
}


def may_go(left: LeftOut, checks: Checks) -> bool:
    return not any(refuses(left) for check, refuses in GUARDS.items() if check in checks)
