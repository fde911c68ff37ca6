"""Whom or which place a sentence names as the answer, as far as another can be told from it."""

import re
from dataclasses import dataclass

from service.answering.asked import Question, Wanted
from service.answering.extractive.scoring import Candidate
from service.english import (
    CAPITALISED,
    DAYS,
    MONTHS,
    SMALL,
    WORD,
    deed_asked,
    lexicon,
    may_speak,
    offices,
    plain_words,
    stem,
    words_of,
)

_WORD = re.compile(rf"(?P<of>\bof (?:the )?)?(?P<word>{CAPITALISED}|\b[a-z][\w’'-]*)")
_PLACED = re.compile(rf"\b(?:in|at|near|outside) (?P<word>{CAPITALISED})")
_NO_NAMES = frozenset(map(str.lower, (*DAYS, *MONTHS))) | SMALL | lexicon.OFFICES | offices.TITLES
_POSSESSIVE = re.compile(r"[’']s?$")
_PARTY = re.compile(r"\b(?:which|what) (?:side|party|country|team|group|company|delegation|union)\b", re.I)
# Who does these may be many.
_SHARED = frozenset(
    map(
        stem,
        [
            "attend",
            "join",
            "meet",
            "sign",
            "say",
            "support",
            "oppose",
            "take",
            "want",
            "criticise",
            "condemn",
            "welcome",
            "speak",
            "die",
            "go",
            "come",
        ],
    )
)


# Those of two rows are never the same; those of one row may be.
_CAMPS = (
    words_of("army military troops soldiers police government ministry forces state authorities"),
    words_of("militia militias rebel rebels insurgents fighters guerrillas separatists"),
    words_of("union unions workers strikers staff employees"),
    words_of("company firm owners owner management employers employer airline bosses"),
    words_of("protesters demonstrators"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """`beside` are words of the name that tell whose somebody is: the "Velian" of "the Velian envoy"; `head`
    is that envoy."""

    names: frozenset[str]
    beside: frozenset[str] = frozenset()
    head: str = ""

    def other_than(self, other: "Named") -> bool:
        if self.names and other.names:
            return not (self.names | self.beside) & (other.names | other.beside)
        if self.names or other.names:
            return False
        if self.head == other.head:
            return bool(self.beside and other.beside) and not self.beside & other.beside
        return -1 not in (self.camp, other.camp) and self.camp != other.camp

    @property
    def camp(self) -> int:
        return next((at for at, camp in enumerate(_CAMPS) if self.head in camp), -1)


def asks_for_one(asks: Question) -> bool:
    """Whether two who are named can't both be meant."""
    deed = deed_asked(asks.text)
    who = asks.kind is Wanted.PERSON or _PARTY.search(asks.text)
    return bool(who) and not asks.several and not (deed and deed.verb in _SHARED)


def named(asks: Question, one: Candidate) -> Named | None:
    if one.would is None:
        return None
    begin, end = one.would.start - one.sentence.start, one.would.end - one.sentence.start
    deed, span = deed_asked(asks.text), one.text[begin:end]
    verbs = (w.start() for w in WORD.finditer(span) if deed and deed.sign(w[0]) and w.start())
    found = _read(span[: next(verbs, len(span))], opens=not one.text[:begin].strip(" “\"'"))
    if asks.kind is Wanted.PLACE:
        found = Named(found.names | found.beside or _only_place(one.text))
    return found if found.names or found.beside or found.camp >= 0 else None


def _only_place(text: str) -> frozenset[str]:
    """The one name that it has behind a word of place, which "a hotel by the lake" is in."""
    placed = (found["word"] for found in _PLACED.finditer(text))
    names = {word.lower() for word in placed if not _POSSESSIVE.search(word)} - _NO_NAMES
    return frozenset(names if len(names) == 1 else ())


def _read(span: str, *, opens: bool) -> Named:
    names, beside, heads = set[str](), set[str](), [""]
    found = list(_WORD.finditer(span))
    for at, each in enumerate(found):
        word = each["word"]
        bare = _POSSESSIVE.sub("", word).lower()
        if word[0].islower() or bare in lexicon.OFFICES:
            heads += [bare] if bare not in SMALL else []
        elif bare not in _NO_NAMES and not (opens and at == 0 and _is_common(bare)):
            after = found[at + 1]["word"] if at + 1 < len(found) else "A"
            belongs = each["of"] or _POSSESSIVE.search(word) or (after[0].islower() and after not in SMALL)
            (beside if belongs else names).add(bare)
    return Named(frozenset(names), frozenset(beside), heads[-1])


def _is_common(word: str) -> bool:
    """Whether a word that opens a sentence is no name, as far as one can tell."""
    return word.endswith("s") or may_speak(word)


def both_told(one: Named, other: Named, at_one: Candidate) -> bool:
    """Whether a sentence names the other too; of what may be the same under two names, its article."""
    persons = min(len(one.names), len(other.names)) > 1
    text = at_one.text if persons else at_one.passage.article.text
    return bool(other.names) and other.names <= set(plain_words(text))
