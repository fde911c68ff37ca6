"""A statement laid beside its sentence, word for word and in order: every word of it is the sentence's, and
what the sentence has besides is of a kind that can go (left_out.py)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from service.answering.verified.checks import Check, Checks
from service.answering.verified.days import Day
from service.answering.verified.left_out import How, LeftOut, may_go
from service.english import CONTENT, Tag, Token, closed, lexicon, stem

_PLACE = 8  # words of a place or day


class Laid:
    """`day` is one that the statement has at its other end; it must be met where `day` says, once. `opens`
    is where the sentence's own words begin, behind an office; else 0."""

    def __init__(
        self,
        told: Sequence[Token],
        sentence: Sequence[Token],
        checks: Checks,
        *,
        opens: int = 0,
        day: Day | None = None,
    ) -> None:
        self._told = told
        self._all = sentence
        self._checks = checks
        self._opens = opens
        self._day = day
        # In a headline every word has a capital, and none tells a name from another.
        self._headline = sum(map(_weighs, sentence)) > 3 and all(map(_capital, filter(_weighs, sentence)))
        self._starts = [at for at, (one, two) in enumerate(pairwise(sentence), 1) if two.clause > one.clause]
        self.fits_from = lru_cache(maxsize=None)(self._fits_from)

    def fits(self) -> bool:
        met = self._day is None
        return any(self.fits_from(0, at, met or skipped, False) for at, skipped in self._beginnings())

    def _beginnings(self) -> Iterator[tuple[int, bool]]:
        """Where it may begin, and whether the day is met before: at the first word; the next after "And",
        after the place or day that opens the sentence, after an office."""
        yield 0, False
        if self._all and self._all[0].text.lower() in lexicon.CONNECTS:
            yield 1, False
        for end in self._starts[:1]:
            if self._placed(0, end) and self._may_go(How.PLACE, 0, 0, end):
                yield end, self._day is not None and self._day.at == 0 and self._day.end == end
        if self._opens:
            yield self._opens, False

    def _fits_from(self, at: int, place: int, met: bool, valued: bool) -> bool:
        """`met`: the day was met; `valued`: a place or day was left out since the last word told."""
        if at == len(self._told) and met and self._ends(place):
            return True
        if self._day is not None and place == self._day.at and not met:
            return self.fits_from(at, self._day.end, True, valued)
        if place >= len(self._all):
            return met and all(self._neutral(token) for token in self._told[at:])
        if at == len(self._told):
            places = (end for how, end in self._skips(at, place, valued=valued) if how is How.PLACE)
            return not met and any(self.fits_from(at, end, met, True) for end in places)
        told, other = self._told[at], self._all[place]
        if self._alike(told, other) and self.fits_from(at + 1, place + 1, met, False):
            return True
        if self._neutral(told) and self.fits_from(at + 1, place, met, valued):
            return True
        return any(
            self.fits_from(at, end, met, valued or how is How.PLACE)
            for how, end in self._skips(at, place, valued=valued)
        )

    def _neutral(self, token: Token) -> bool:
        return token.kind is Tag.FREE and token.text.lower() in lexicon.NEUTRAL

    def _alike(self, told: Token, other: Token) -> bool:
        one, two = told.text.lower(), other.text.lower()
        if other.kind is Tag.MODAL and told.kind is Tag.MODAL:
            return told.key == other.key or told.key in lexicon.REPORTED_AS.get(other.key, set())
        if one in lexicon.BE and two in lexicon.BE:
            return not (one in lexicon.PRESENT and two in lexicon.PAST)
        if told.kind is Tag.FREE or other.kind is Tag.FREE:
            return one == two or one in closed.SPOKEN_AS.get(two, set())
        if Tag.VERB in (told.kind, other.kind) and lexicon.SAY not in (told.key, other.key):
            return told.key == other.key
        if told.kind in (Tag.NUMBER, Tag.DATE) or other.kind in (
            Tag.NUMBER,
            Tag.DATE,
        ):
            return told.kind is other.kind and told.key == other.key
        if told.kind is Tag.VERB:
            return stem(told.text) == stem(other.text) or all(word in lexicon.SAYING for word in (one, two))
        return bool(told.forms & other.forms) and _inflected(one, two)

    def _skips(self, at: int, place: int, *, valued: bool) -> Iterator[tuple[How, int]]:
        """Behind what may be left out here."""
        for how, end in self._known(at, place):
            beyond = how is How.ASIDE or (how is How.PLACE and place in self._starts)
            crosses = beyond and valued and Check.CONJUNCTS in self._checks
            if not crosses and self._may_go(how, at, place, end):
                yield how, end

    def _known(self, at: int, place: int) -> Iterator[tuple[How, int]]:
        token = self._all[place]
        word = token.text.lower()
        # "Had Roe gone" and "Did Roe go" claim nothing.
        if (self._neutral(token) and (place or word not in lexicon.AUXILIARIES)) or word in lexicon.ADVERBS:
            yield How.WORD, place + 1
        if word == "by" and place and self._all[place - 1].text.lower() in lexicon.RISES:
            yield How.WORD, place + 1
        another = Check.NAMES in self._checks and self._names_another(at, place)
        if self._title(place) and not another and not self._within_name(at, place):
            yield How.WORD, place + 1
        for end in range(place + 2, min(place + _PLACE, len(self._all)) + 1):
            if self._placed(place, end):
                yield How.PLACE, end
        if place in self._starts:
            yield from ((How.ASIDE, end) for end in [at for at in self._starts if at > place][:1])

    def _may_go(self, how: How, at: int, start: int, end: int) -> bool:
        opens = start in self._starts
        return may_go(LeftOut(how, self._told, at, self._all, start, end, opens), self._checks)

    def _title(self, place: int) -> bool:
        """Part of a name of which the rest follows: "Secretary of State Jane", "farm minister Jane"."""
        token = self._all[place]
        if self._headline or (place == 0 and token.text.lower() in lexicon.OPENERS):
            return False
        rest = [other for other in self._all[place + 1 : place + 4] if other.clause == token.clause]
        words = [other.text.lower() for other in (token, *rest)]
        capital = [_capital(other) for other in rest]
        if words[0] == "of":
            office = place > 0 and self._all[place - 1].text.lower() in lexicon.OFFICES
            return office and capital[:2] == [True, True]
        names = token.kind in (Tag.NAME, Tag.WORD) and _capital(token)
        if capital[:1] == [True]:
            return names or words[0] in lexicon.OFFICES
        of = words[0] in lexicon.OFFICES and words[1:2] == ["of"] and capital[1:] == [True, True]
        return names and (of or any(word in lexicon.OFFICES for word in words[1:2]))

    def _names_another(self, at: int, place: int) -> bool:
        """Whether without it the name is somebody else's: "Vice President", "South Sudan", "White House"."""
        word = self._all[place].text.lower()
        then = self._all[place + 1].text.lower() if place + 1 < len(self._all) else ""
        named = (token.text.lower() for token in self._told[at:] if not self._neutral(token))
        told = next(named, "")
        titled = told in lexicon.OFFICES or told in lexicon.RANKS
        bare = then in lexicon.BODIES or (then == told and word in lexicon.NO_TITLES)
        return bare or (titled and word in lexicon.RANKS)

    def _within_name(self, at: int, place: int) -> bool:
        """Whether it stands between two words of one name: "Brom Victims Trust" isn't "Brom Trust"; "Ann B.
        Roe" is "Ann Roe"."""
        if not at or not place or self._all[place].text.endswith("."):
            return False
        told, before = self._told[at - 1], self._all[place - 1]
        named = _capital(told) and _capital(before) and self._alike(told, before)
        return named and told.text.lower() not in lexicon.OFFICES and before.clause == self._all[place].clause

    def _placed(self, place: int, end: int) -> bool:
        """ "in Geneva", "on Sunday", "at the Geneva talks" not: all of it is names, days and numbers. "One in
        four" is a number."""
        run = self._all[place:end]
        share = place > 0 and self._all[place - 1].kind is Tag.NUMBER and run[1].kind is Tag.NUMBER
        return (
            run[0].text.lower() in lexicon.PLACED
            and not share
            and run[-1].kind in CONTENT
            and all(
                token.kind in (Tag.NAME, Tag.DATE, Tag.NUMBER) or token.text.lower() in {"the", "of"}
                for token in run[1:]
            )
            and not any(_parted(one, other) for one, other in pairwise(run))
            and not self._inside_name(end)
        )

    def _inside_name(self, place: int) -> bool:
        return place not in self._starts and any(
            token.kind in CONTENT and _capital(token) for token in self._all[place : place + 1]
        )

    def _ends(self, place: int) -> bool:
        """Whether the sentence may be broken off here."""
        if place >= len(self._all):
            return True
        if place in self._starts:
            return self._may_go(How.END, len(self._told), place, len(self._all))
        onward = self._all[place].text.lower() in lexicon.ONWARD
        return onward and self._may_go(How.ONWARD, len(self._told), place, len(self._all))


def _parted(one: Token, other: Token) -> bool:
    """By a mark, but that before a year: "on May 3, 2020"."""
    return one.clause != other.clause and not (other.kind is Tag.DATE and other.text.isdigit())


def _weighs(token: Token) -> bool:
    return token.kind in (Tag.NAME, Tag.WORD, Tag.VERB)


def _inflected(one: str, other: str) -> bool:
    """Of two words with one stem: whether the longer isn't the shorter with its end clipped off."""
    short, long = sorted((one, other), key=len)
    return not long.startswith(short) or long[len(short) :] in _ENDINGS


_ENDINGS = frozenset({"", "s", "es", "'s", "d", "ed", "n", "en", "ing"})


def _capital(token: Token) -> bool:
    return token.text[0].isupper()
