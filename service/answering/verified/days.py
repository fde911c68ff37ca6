"""A day that stands at one end of a statement, and elsewhere in its sentence: "On Tuesday, Roe told CNN".

It may change its place only within its clause: "Roe said on Tuesday that Doe left" isn't "Roe said that Doe
left on Tuesday", and "Roe came on Friday and Doe on Monday" isn't "Roe came on Monday".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.answering.verified.checks import Check, Checks
from service.english import ARTICLES, Tag, Token, lexicon


@dataclass(frozen=True, slots=True)
class Day:
    """Where it stands in the sentence: "on Tuesday" at sentence[at:end]."""

    at: int
    end: int


def moved(
    told: Sequence[Token], sentence: Sequence[Token], checks: Checks, *, opens: int = 0
) -> Iterator[tuple[Sequence[Token], Day]]:
    """The statement without the day, and the day, for each place in the sentence that it may come from."""
    for front in (True, False):
        day, rest = (told[:2], told[2:]) if front else (told[-2:], told[:-2])
        if not rest or day[1].kind is not Tag.DATE or day[0].text.lower() not in lexicon.PLACED:
            continue
        for at in range(opens, len(sentence) - 1):
            if _same(day, sentence[at : at + 2]):
                fits = _from_its_clause(rest, sentence, at) if front else _in_one_clause(rest, sentence, at)
                if fits or Check.DAY not in checks:
                    yield rest, Day(at, at + 2)


def _same(day: Sequence[Token], other: Sequence[Token]) -> bool:
    word = day[0].text.lower() == other[0].text.lower()
    return word and other[1].kind is Tag.DATE and day[1].key == other[1].key


def _from_its_clause(rest: Sequence[Token], sentence: Sequence[Token], at: int) -> bool:
    """To the front: whether only the first verb stands before it, and no other day could be meant."""
    before = _without_relatives(sentence[:at], sentence[at].clause)
    if any(token.kind is Tag.DATE or _opens_another(before, place) for place, token in enumerate(before)):
        return False
    verbs = [place for place, token in enumerate(before) if token.kind is Tag.VERB]
    behind = before[verbs[0] + 1 :] if verbs else ()
    hearer = all(token.kind in (Tag.NAME, Tag.FREE) or _hearing(token) for token in behind)
    return len(verbs) < 2 and hearer and not _joined_days(rest, sentence, at)


def _without_relatives(tokens: Sequence[Token], clause: int) -> Sequence[Token]:
    """Without the asides that tell more of a name: ", who was there,"."""
    opens = {a.clause: a.text.lower() for a in reversed(tokens)}
    return [
        token for token in tokens if token.clause == clause or opens[token.clause] not in lexicon.RELATIVES
    ]


def _joined_days(rest: Sequence[Token], sentence: Sequence[Token], at: int) -> bool:
    joined = any(token.text.lower() in lexicon.COORDINATES for token in rest)
    return joined and any(token.kind is Tag.DATE for token in sentence[at + 2 :])


def _in_one_clause(rest: Sequence[Token], sentence: Sequence[Token], at: int) -> bool:
    """To the end: whether the statement has one verb to tell it of, and the sentence no other day."""
    one = not any(token.kind is Tag.VERB or _opens_another(rest, place) for place, token in enumerate(rest))
    return one and sum(token.kind is Tag.DATE for token in sentence) == 1


def _opens_another(tokens: Sequence[Token], place: int) -> bool:
    """A word behind which another verb may stand; not "to Moscow"."""
    word = tokens[place].text.lower()
    if word == "to":
        after = tokens[place + 1 : place + 2]
        return not any(token.kind is Tag.NAME or token.text.lower() in ARTICLES for token in after)
    return word in lexicon.JOINS and word not in lexicon.COORDINATES


def _hearing(token: Token) -> bool:
    return token.text.lower() in lexicon.HEARERS
