"""Whether a statement is its quotation cut short, and cut where nothing turns on what is left out.

A word list alone can't tell: "Russia took the town" has no word that "Russia failed to take the town" lacks.
So the statement is laid beside the sentence, word for word and in its order. What the sentence has besides
must be of a kind that can go: who said it (which is compared elsewhere), the place or day, a title, an aside
between commas, or the rest of the sentence after the last word told, where no "if" or "but" stands in it. Of
a denial, or of what holds of all, next to nothing can go: "did not meet in Geneva" says less without Geneva.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, takewhile

from service.answering import lexicon
from service.answering.claims import CONTENT, Kind, Token, stem
from service.answering.locate import locate
from service.answering.reading import Source, Text
from service.answering.told import Told, told_of

CUT = "cut_otherwise"

_LONGEST = 160  # words of a sentence that is compared
_PLACE = 8  # words of a place or day


def cut_fault(text: Text, source: Source, *, named: frozenset[str] = frozenset()) -> str | None:
    """Of one sentence's source. Refuses what it can't follow. `named` are the words of the one name that a
    pronoun of the sentence can stand for."""
    if source.quote.text.rstrip("”\"’' ").endswith("?") or "?" in text.text:
        return CUT  # nothing is claimed by asking
    if not all(_spoken(quoted, source) for quoted in text.quotes):
        return CUT
    if max(len(text.tokens), len(source.quote.tokens)) > _LONGEST:
        return CUT
    return None if any(_fits(*way, source, named) for way in _ways(text, source)) else CUT


def _spoken(quoted: str, source: Source) -> bool:
    """Whether what the statement puts in quotation marks stands in such marks: around a reporter's word they
    would doubt it."""
    words = quoted.strip("“”\"«»‘’'`").rstrip(".,;:!? ")
    return any(locate(words, spoken, near=0) is not None for spoken in source.quote.quotes)


def _ways(text: Text, source: Source) -> list[tuple[Told, Told]]:
    """Both with their reporting clauses, and both without, where the sentence's can be the statement's."""
    ways = [(Told(text.tokens), Told(source.quote.tokens))]
    claim, sentence = told_of(text), told_of(source.quote)
    if _framed(claim.frame, [sentence.frame, *_beside(source)]):
        ways.append((claim, sentence))
    return ways


def _fits(claim: Told, sentence: Told, source: Source, named: frozenset[str]) -> bool:
    told, sentence = _without_day(claim.tokens, sentence, source.quote.tokens)
    claims = any(token.kind in (Kind.WORD, Kind.VERB) or token.text.lower() in lexicon.BE for token in told)
    return claims and _Laid(told, sentence, named).fits()


def _framed(frame: Sequence[Token], known: Sequence[Sequence[Token]]) -> bool:
    """Whether who is said to speak, and to whom, is told in such words beside the sentence's verb or by the
    article around it; names, and the words of an office, in their order."""
    told = all(any(token.forms & other.forms for run in known for other in run) for token in frame)
    return told and all(
        any(_in_order(one, other, run) for run in known)
        for one, other in pairwise(frame)
        if _capital(one) == _capital(other)
    )


def _in_order(one: Token, other: Token, run: Sequence[Token]) -> bool:
    firsts = [at for at, token in enumerate(run) if token.forms & one.forms]
    return any(token.forms & other.forms for token in run[min(firsts, default=len(run)) + 1 :])


def _beside(source: Source) -> list[Sequence[Token]]:
    """What the article tells of who speaks, to whom, where and when."""
    said = source.said
    fields = [said.speaker, said.to, said.venue, said.when] if said else []
    return [Text(field).tokens for field in fields if field]


def _without_day(
    told: Sequence[Token], sentence: Told, whole: Sequence[Token]
) -> tuple[Sequence[Token], Told]:
    """ "On Tuesday" may stand at either end of a statement; both are compared without it, where the sentence
    has it with the same word before."""
    for at, rest in ((0, told[2:]), (len(told) - 2, told[:-2])):
        if rest and told[at + 1].kind is Kind.DATE and _dated(told[at], told[at + 1], whole):
            return rest, _less(sentence, told[at], told[at + 1])
    return told, sentence


def _less(sentence: Told, word: Token, day: Token) -> Told:
    tokens = sentence.tokens
    # No day is part of the office before `opens`.
    places = range(sentence.opens, len(tokens))
    at = next((place for place in places if _dated(word, day, tokens[place : place + 2])), None)
    return sentence if at is None else replace(sentence, tokens=tokens[:at] + tokens[at + 2 :])


def _dated(word: Token, day: Token, sentence: Sequence[Token]) -> bool:
    return word.text.lower() in lexicon.PLACED and any(
        one.text.lower() == word.text.lower() and other.key == day.key and other.kind is Kind.DATE
        for one, other in pairwise(sentence)
    )


class _Laid:
    """A statement's words beside a sentence's."""

    def __init__(self, told: Sequence[Token], sentence: Told, named: frozenset[str]) -> None:
        self._told = told
        self._all = sentence.tokens
        self._apposed = sentence.opens
        self._named = named
        self._sweeps = any(_sweeping(token) for token in told)
        self._starts = [at for at, (one, two) in enumerate(pairwise(self._all), 1) if two.clause > one.clause]
        self.fits_from = lru_cache(maxsize=None)(self._fits_from)

    def fits(self) -> bool:
        return any(self.fits_from(0, at) for at in self._beginnings())

    def _beginnings(self) -> list[int]:
        """The first word; the next after "And", and after the place or day that opens a sentence."""
        places = [0]
        if self._all and self._all[0].text.lower() in lexicon.CONNECTS:
            places.append(1)
        if not self._sweeps:
            places += [end for end in self._starts[:1] if self._placed(0, end)]
        if self._apposed:
            places.append(self._apposed)
        return places

    def _fits_from(self, at: int, place: int) -> bool:
        if at == len(self._told):
            return self._ends(place)
        if place >= len(self._all):
            return all(self._neutral(token) for token in self._told[at:])
        told, other = self._told[at], self._all[place]
        if self._alike(told, other) and self.fits_from(at + 1, place + 1):
            return True
        named = self._named_for(at, place)
        if named > at and self.fits_from(named, place + 1):
            return True
        if self._neutral(told) and self.fits_from(at + 1, place):
            return True
        return any(self.fits_from(at, end) for end in self._skips(at, place))

    def _neutral(self, token: Token) -> bool:
        return token.kind is Kind.FREE and token.text.lower() in lexicon.NEUTRAL

    def _alike(self, told: Token, other: Token) -> bool:
        one, two = told.text.lower(), other.text.lower()
        if other.kind is Kind.MODAL and told.kind is Kind.MODAL:
            return told.key == other.key or told.key in lexicon.REPORTED_AS.get(other.key, set())
        if one in lexicon.BE and two in lexicon.BE:
            return True
        if told.kind is Kind.FREE or other.kind is Kind.FREE:
            return one == two or one in lexicon.SPOKEN_AS.get(two, set())
        if Kind.VERB in (told.kind, other.kind) and lexicon.SAY not in (told.key, other.key):
            return told.key == other.key
        if told.kind in (Kind.NUMBER, Kind.DATE) or other.kind in (Kind.NUMBER, Kind.DATE):
            return told.kind is other.kind and told.key == other.key
        if told.kind is Kind.VERB:
            return stem(told.text) == stem(other.text) or all(word in lexicon.SAYING for word in (one, two))
        return bool(told.forms & other.forms) and _inflected(one, two)

    def _named_for(self, at: int, place: int) -> int:
        """Behind a name in place of the sentence's pronoun; `at` where there is none."""
        told = self._told[at:] if self._all[place].text.lower() in lexicon.PRONOUNS else ()
        return at + len(list(takewhile(lambda token: _capital(token) and token.forms & self._named, told)))

    def _skips(self, at: int, place: int) -> list[int]:
        """Behind what may be left out here."""
        token = self._all[place]
        word = token.text.lower()
        ends = []
        # "Had Roe gone" and "Did Roe go" claim nothing.
        if (self._neutral(token) and (place or word not in lexicon.AUXILIARIES)) or word in lexicon.ADVERBS:
            ends.append(place + 1)
        if word == "by" and any(token.kind is Kind.NUMBER for token in self._all[place + 1 : place + 2]):
            ends.append(place + 1)
        if self._title(place):
            ends.append(place + 1)
        far = place if self._sweeps else min(place + _PLACE, len(self._all))
        ends += [end for end in range(place + 2, far + 1) if self._placed(place, end)]
        ends += self._asides(place)
        return [end for end in ends if not self._turns(place, end)]

    def _title(self, place: int) -> bool:
        """Part of a name of which the rest follows: "Secretary of State Jane", "farm minister Jane"."""
        token = self._all[place]
        rest = [other for other in self._all[place + 1 : place + 3] if other.clause == token.clause]
        words = [other.text.lower() for other in (token, *rest)]
        capital = [_capital(other) for other in rest]
        if words[0] == "of":
            return place > 0 and _capital(self._all[place - 1]) and capital[:1] == [True]
        names = token.kind in (Kind.NAME, Kind.WORD) and _capital(token)
        if capital[:1] == [True]:
            return names or words[0] in lexicon.OFFICES
        of = words[1:2] == ["of"] and capital[1:] == [True]
        return names and (of or any(word in lexicon.OFFICES for word in words[1:2]))

    def _placed(self, place: int, end: int) -> bool:
        """ "in Geneva", "on Sunday", "at the Geneva talks" not: all of it is names, days and numbers."""
        run = self._all[place:end]
        return (
            run[0].text.lower() in lexicon.PLACED
            and run[-1].kind in CONTENT
            and all(
                token.kind in (Kind.NAME, Kind.DATE, Kind.NUMBER)
                or token.text.lower() in {"the", "of", "and"}
                for token in run[1:]
            )
            and not self._inside_name(end)
        )

    def _inside_name(self, place: int) -> bool:
        return place not in self._starts and any(
            token.kind in CONTENT and _capital(token) for token in self._all[place : place + 1]
        )

    def _asides(self, place: int) -> list[int]:
        """Behind the stretch between marks that begins here."""
        return [at for at in self._starts if at > place][:1] if place in self._starts else []

    def _turns(self, place: int, end: int) -> bool:
        """Whether what is left out may turn the rest. A relative clause tells of a name or a thing, and turns
        it only by calling it false."""
        left_out = self._all[place:end]
        if self._relative(place):
            return any(token.text.lower() in lexicon.FALSIFIERS for token in left_out)
        return any(token.text.lower() in lexicon.TURNS or token.operator for token in left_out)

    def _relative(self, place: int) -> bool:
        return place in self._starts and self._all[place].text.lower() in lexicon.RELATIVES

    def _ends(self, place: int) -> bool:
        """Whether the sentence may be broken off here."""
        rest = self._all[place:]
        return not rest or (self._breaks(place) and not self._taken_back(place))

    def _breaks(self, place: int) -> bool:
        onward = self._all[place].text.lower() in lexicon.ONWARD and not self._sweeps
        return place in self._starts or onward

    def _taken_back(self, place: int) -> bool:
        """By the rest of the sentence: a denial that the statement hasn't, a condition, a doubt."""
        rest = self._all[place:]
        denies = rest[0].kind is Kind.NEGATION and not any(t.kind is Kind.NEGATION for t in self._told)
        turning = lexicon.FALSIFIERS if self._relative(place) else lexicon.FALSIFIERS | lexicon.CONDITIONS
        return denies or any(t.text.lower() in turning or t.kind is Kind.HEDGE for t in rest)


def _inflected(one: str, other: str) -> bool:
    """Of two words with one stem: whether the longer isn't the shorter with its end clipped off."""
    short, long = sorted((one, other), key=len)
    return not long.startswith(short) or long[len(short) :] in {
        "",
        "s",
        "es",
        "'s",
        "d",
        "ed",
        "n",
        "en",
        "ing",
    }


def _sweeping(token: Token) -> bool:
    word = token.text.lower()
    return token.kind is Kind.NEGATION or word in lexicon.SWEEPING or word.endswith("est")


def _capital(token: Token) -> bool:
    return token.text[0].isupper()
