"""The words of a text with what stands between them, the names they make, and the phrases that say what
somebody is: "the union's chief negotiator", "envoy of the upper towns". In time that grows with the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from retrieval.typeset import DIVIDED
from service.english import closed
from service.english.closed import words_of
from service.english.lexicon import OPENERS
from service.english.offices import (
    BODIES,
    PORTFOLIOS,
    PREPOSITIONS,
    RANKS,
    SETTLEMENTS,
    SHORT_TITLES,
    STOPS,
    is_doing,
    is_known_role,
    is_role,
    is_saying,
)
from service.english.verbs import is_verb

# Initials are bounded: a row of them would else be read from each of them anew.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){1,6}(?![^\W\d_]{2})|\d{1,3}(?:[.,]\d{1,3}){1,6}(?![\w’'‑-])|[^\W_]\w*(?:(?:[’'‑]|-\n?)+\w+)*"
)
_OPENS = frozenset('.?!:;“"‘«(–—•[…\n')
_MARKS = frozenset("“\"‘”’'")
_PREFIXES = tuple(words_of("al- el- an- as- ad- ar- at- az- bin- ben- ibn- d’ d' l’ l'"))
# Begin a surname, if no first name stands before them: "von der Leyden said".
OF_SURNAMES = words_of("de da del della der den di do dos das van von los las")
PARTICLES = words_of(
    "de da del della der den van von bin bint ibn ben abu al el la las los le di du do dos das af av ter zu y"
    " e wa ka binti ould"
)
_NO_PART = {day.lower() + end for day in closed.DAYS for end in ("", "s")}
_NO_PART |= {month.lower() for month in closed.MONTHS} - set(closed.ALSO_WORDS)
_CAREFUL = {*closed.ALSO_WORDS}
_LONGEST_WORD, _LONGEST_NAME, _LONGEST_PHRASE = 40, 9, 12
_KEPT_WORD = _LONGEST_WORD + len("’s")
_FIRST = (
    STOPS
    | OPENERS
    | words_of(
        closed.NUMBERS,
        "asked speaking the late born photo read see by mid neighbouring neighboring nearby young",
    )
)
_ENDS = words_of(
    *(closed.ASKING, closed.RARE_MODALS, closed.QUESTION_WORDS),
    "and but that or as while after before since until",
)


class Word(NamedTuple):
    """`low` and `end` leave a possessive out, `owner` says whether it had one; `gap` is what stands before
    it; `opens`: a sentence, quotation or line may begin with it."""

    low: str
    start: int
    end: int
    cap: bool
    owner: bool
    gap: str
    joined: bool
    opens: bool


Words = Sequence[Word]


def words_in(text: str, start: int, end: int, *, wrapped: bool = False) -> list[Word]:
    """In order. `wrapped`: a line may break between two words of a phrase."""
    found: list[Word] = []
    last, before = start, None
    for match in _WORD.finditer(text, start, end):
        first, stop = match.span()
        gap = text[last:first]
        read = _read if stop - first <= _KEPT_WORD else _read.__wrapped__
        low, capital, owner, letters = read(match.group())
        if before is None:
            joined, opens = False, True
        else:
            joined = gap == " " or _joins(gap, before, wrapped=wrapped)
            if not joined and before.low.endswith("s") and gap[:2] in ("’ ", "' "):
                found[-1] = before = before._replace(owner=True)
                joined = True
            clock = before.opens and before.low[:1].isdigit()  # "14:15 Reports of a walkout"
            opens = clock or (not joined and (not _OPENS.isdisjoint(gap) or " - " in gap))
        before = Word(low, first, first + letters, capital, owner, gap, joined, opens)
        found.append(before)
        last = stop
    return found


def _joins(gap: str, before: Word, *, wrapped: bool) -> bool:
    if gap in (" ", " & "):
        return True
    if before.low in SHORT_TITLES and gap[:1] == ".":
        gap = gap[1:]
    return gap.isspace() and ("\n" not in gap or (wrapped and gap.count("\n") == 1)) and len(gap) < 40


@lru_cache(maxsize=16_384)
def _read(word: str) -> tuple[str, bool, bool, int]:
    """As it is compared, whether it is written with a capital and is a possessive, and its length without
    that. One that is too long is compared with nothing."""
    owner = word.endswith(("’s", "'s"))
    base = word[:-2] if owner else word
    if len(base) > _LONGEST_WORD:
        return "", False, owner, len(base)
    plain = DIVIDED.sub("", base) if "\n" in base else base
    low = plain.lower().removesuffix(".").replace("’", "'")
    shown = base[max(base.find(mark) for mark in "-’'") + 1 :] if base.startswith(_PREFIXES) else base
    return low, shown[:1].isupper() or shown[:1].istitle(), owner, len(base)


def before(words: Words, at: int) -> str:
    """The word right before one, in lower case; empty where a mark or nothing stands there."""
    return words[at - 1].low if 0 < at < len(words) and words[at].joined else ""


def can_be_name(word: Word) -> bool:
    if not word.cap or word.low in _NO_PART:
        return False
    return word.low not in (_FIRST if word.opens else STOPS) and not (word.opens and word.low.endswith("ly"))


def name_from(words: Words, at: int) -> tuple[int, range]:
    """Where the name that begins here ends, and which words are a nickname: Dorn “Old Lucky” Abelard."""
    stop, nick = at + 1, range(0)
    while stop < len(words) and stop - at < _LONGEST_NAME:
        word = words[stop]
        if words[stop - 1].owner and not _is_of_several(words, stop):
            break
        linked = word.joined
        if linked and can_be_name(word) and not (word.low in _CAREFUL and _is_dated(words, stop)):
            stop += 1
        elif linked and (behind := _behind_link(words, at, stop)):
            stop = behind
        elif not nick and (behind := _behind_nickname(words, stop)):
            nick, stop = range(stop, behind), behind + 1
        else:
            break
    return stop, nick


def _is_dated(words: Words, at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].low[:1].isdigit()


def _behind_link(words: Words, first: int, at: int) -> int | None:
    """Behind "de la Cuadra", "of the Held" where these belong to the name before them."""
    if words[at].low in PARTICLES:
        links = PARTICLES
    elif words[at].low in ("of", "for") and _takes_of(words[first:at]):
        links = frozenset(("of", "for", "the"))
    elif words[at].low == "and" and words[at - 1].low in PORTFOLIOS and _is_portfolio(words, at + 1):
        links = frozenset(("and",))
    else:
        return None
    last = at
    while last < len(words) and last - at < 2 and words[last].joined and words[last].low in links:
        last += 1
    named = last < len(words) and words[last].joined and words[last].cap and words[last].low not in _NO_PART
    return last + 1 if named else None


def _is_portfolio(words: Words, at: int) -> bool:
    return at < len(words) and words[at].low in PORTFOLIOS


def _is_of_several(words: Words, at: int) -> bool:
    """ "Workers' Union": a body of theirs, where "Ruritania's Union" is one of its own."""
    ahead = words[at : at + 3]
    return (
        words[at - 1].low.endswith("s")
        and words[at - 1].end + 2 == words[at].start
        and any(word.cap and word.joined and word.low in BODIES for word in ahead)
    )


def _takes_of(words: Words) -> bool:
    return is_known_role(words[-1].low) or any(word.low in BODIES for word in words)


def _behind_nickname(words: Words, at: int) -> int | None:
    """The surname behind a nickname of a word or two between marks."""
    stop = at + 2 if at + 1 < len(words) and words[at + 1].joined and words[at + 1].cap else at + 1
    if stop >= len(words) or not words[stop].cap:
        return None
    opening, closing = words[at].gap.strip(), words[stop].gap.strip()
    marked = opening in _MARKS and closing in _MARKS and opening != "" != closing
    return stop if marked and words[stop].gap[-1:] == " " else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What somebody is called: words[start:end]; its `head` ("negotiator"), and whose it is, from and to."""

    start: int
    head: int
    end: int
    body: tuple[int, int] | None


def phrase_from(words: Words, at: int, *, heads: frozenset[str] | None = None) -> Phrase | None:
    """The phrase that begins here, "the" and "its" left out; None if it is none, or none of `heads`."""
    first = at + 1 if words[at].low in closed.DETERMINERS else at
    stop, body = first, None
    while stop < len(words) and stop - at < _LONGEST_PHRASE and (stop == at or words[stop].joined):
        if words[stop].low in STOPS or (stop > first and is_doing(words[stop].low) and not words[stop].cap):
            break
        body = (first, stop + 1) if words[stop].owner else body
        stop += 1
    head = stop - 1
    if head < first or words[head].owner:
        return None
    if not (words[head].low in heads if heads else _is_office(words[head])):
        return None
    stop, rest = _complement(words, stop)
    return Phrase(first, head, stop, body or rest)


def _is_office(word: Word) -> bool:
    if word.cap:
        return is_known_role(word.low)
    return is_role(word.low) or word.low in BODIES or word.low in SETTLEMENTS


def _complement(words: Words, at: int) -> tuple[int, tuple[int, int] | None]:
    """ "of the upper towns" behind a head: where it ends, and what it is of."""
    if at >= len(words) or not words[at].joined or words[at].low not in PREPOSITIONS:
        return at, None
    stop = at + 1
    while stop < len(words) and stop - at < _LONGEST_PHRASE and words[stop].joined:
        word = words[stop]
        if word.low in closed.WHO or is_saying(word.low) or (word.low in _ENDS and not _goes_on(words, stop)):
            break
        stop += 1
    first = at + 1 + (at + 1 < stop and words[at + 1].low in closed.DETERMINERS)
    return (stop, (first, stop)) if first < stop else (at, None)


def _goes_on(words: Words, at: int) -> bool:
    """Whether "and" joins two names of one body: "for Trade and Industry"."""
    both = words[at].low == "and" and at + 1 < len(words) and words[at - 1].cap
    return both and words[at + 1].cap and words[at + 1].joined


def phrase_before(words: Words, at: int) -> Phrase | None:
    """ "the president of the union" where ", Jane Roe" follows: the shortest that "the" or "its" begins."""
    for first in range(at - 1, max(-1, at - _LONGEST_PHRASE), -1):
        if words[first].low in (*closed.OWNERS, "the") or words[first].owner:
            found = phrase_from(words, _with_owner(words, first))
            if found and found.end == at and words[found.head].low not in BODIES:
                return found
        if not words[first].joined:
            break
    return None


def _with_owner(words: Words, at: int) -> int:
    """From "Upper Ordan's" on, not from "Ordan's"."""
    while words[at].owner and at and words[at].joined and (words[at - 1].cap or words[at - 1].low == "the"):
        at -= 1
        if words[at].low == "the":
            break
    return at


def office_start(words: Words, at: int, *, capital: bool) -> int:
    """Of an office that goes on at `at`: back over "Ruritania's foreign"; in capitals, over capitals."""
    first = at
    while first and words[first].joined and at - first < 6:
        word = words[first - 1]
        if word.low == "of" and first > 1 and words[first - 2].cap and words[first - 2].low in BODIES:
            first -= 1  # "Bank of Ruritania governor"
        elif _begins_nothing(word) or (capital and not (word.cap or word.owner or word.low in RANKS)):
            break
        first -= 1
    return first + (before(words, first) == "to" and first < at and is_verb(words[first].low))


def _begins_nothing(word: Word) -> bool:
    return (
        word.low in STOPS
        or word.low[:1].isdigit()
        or (is_doing(word.low) and not word.cap)
        or word.low in _NO_PART
    )
