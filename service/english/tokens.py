"""Reads what a statement claims: its numbers, dates, names and other words, and what turns them. A reading,
not a parse: a token knows its clause, and no more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from service.english import lexicon
from service.english.closed import (
    ALSO_WORDS,
    NUMBERS,
    SCALES,
    SHORT_DAYS,
    SHORT_MONTHS,
    TENS,
    UNITS,
    any_of,
    listed,
)
from service.english.letters import CAPITAL
from service.english.words import stem

NEGATED = "not"

# The stop after these ends no clause.
_SHORT = (
    *(*SHORT_MONTHS, *SHORT_DAYS),
    *listed("Mr Mrs Ms Dr St Sen Gov Capt Cmdr Col Gen Hon Lt Maj Prof Rep Rev Sgt v vs"),
)
_ABBREVIATED = "(?:" + "|".join(rf"(?<=\b{short})" for short in _SHORT) + ")"
_TOKEN = re.compile(
    r"(?P<number>(?:(?<!\S)[-−])?[$£€]?\d+(?:,\d{3})+(?:\.\d+)?|(?:(?<!\S)[-−])?[$£€]?\d+(?:\.\d+)?)"
    r"(?P<ordinal>st|nd|rd|th)?|(?P<hour>\b[ap]\.m\.)|(?P<range>(?<=\d)[–—](?=\d))"
    rf"|(?P<initials>(?:{CAPITAL}\.){{2,}}|\b{CAPITAL}\.(?=\s+{CAPITAL}))|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)(?P<point>{_ABBREVIATED}\.)?"
    r"|(?P<percent>%)|(?P<break>[.,;:!?()\n–—…]| - )|(?P<mark>\")"
)
# "Twenty-five and a half", "one point nine", "half a million".
_PARTLY = re.compile(
    rf"\b(?:(?:(?P<tens>{any_of(TENS)})[ -])?(?P<word>{any_of(NUMBERS)})|(?P<figure>\d{{1,3}}))"
    rf" (?:and a half|point (?P<tenths>{any_of(UNITS[:9])}))\b"
    rf"|\bhalf a (?={any_of(SCALES, ('dozen',))})",
    re.I,
)
_PARTS = ("tens", "word", "tenths")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_THOUSAND = 1_000
_CURRENCIES = {"dollars": "$", "dollar": "$", "pounds": "£", "euros": "€", "euro": "€"}
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|on|of|by|since|until|early|late|mid|last|next|this|through)|\d)\s+$", re.I
)


class Tag(StrEnum):
    FREE = "free"
    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    VERB = "verb"
    NEGATION = "negation"
    MODAL = "modality"
    HEDGE = "hedge"


OPERATORS = (Tag.NEGATION, Tag.MODAL, Tag.HEDGE)
CONTENT = (Tag.WORD, Tag.NAME, Tag.NUMBER, Tag.DATE)


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is what is compared: a stem, a value with its unit, a class. `clause` counts the stretches
    between punctuation marks."""

    kind: Tag
    key: str
    text: str
    clause: int

    @property
    def forms(self) -> frozenset[str]:
        """A name may stand as an opening word elsewhere, and the other way round; but it isn't inflected:
        "Claes" is no "Clae"."""
        return frozenset((self.key, self.text.lower()) if self.kind is Tag.WORD else (self.key,))

    @property
    def sort(self) -> str:
        """Of a number or date: what it could be mistaken for."""
        if self.key in lexicon.WEEKDAYS:
            return "weekday"
        if self.key in lexicon.MONTHS:
            return "month"
        return f"{self.kind}{self.key[0] if self.key[0] in '$£€%' else ''}"

    @property
    def operator(self) -> str | None:
        """What it puts on the words it governs; None if it governs nothing."""
        binds = self.kind in OPERATORS or (self.kind is Tag.VERB and self.key in lexicon.BINDING)
        return self.key if binds else None


@lru_cache(maxsize=512)  # a question and what may answer it are read by one rule after another
def tokenized(text: str) -> tuple[Token, ...]:
    plain = re.sub("[‘’ʼ]", "'", re.sub("[“”«»]", '"', text))
    return tuple(_with_units(list(_tokens(_PARTLY.sub(_in_figures, plain)))))


def _in_figures(found: re.Match[str]) -> str:
    if not (found["word"] or found["figure"]):
        return "0.5 "
    tens, word, tenths = (lexicon.NUMBERS.get((found[part] or "").lower(), 0) for part in _PARTS)
    return f"{found['figure'] or tens + word}.{tenths or 5}"


def _tokens(text: str) -> Iterator[Token]:
    clause, opens = 0, True
    for found in _TOKEN.finditer(text):
        if found["break"]:
            clause += 1
            opens = opens or found["break"] in ".!?:\n"
            continue
        if found["mark"]:
            opens = True
            continue
        if found["range"]:
            continue
        for token in _of_match(text, found, clause, opens=opens):
            yield token
            opens = False


def _of_match(text: str, found: re.Match[str], clause: int, *, opens: bool) -> Iterator[Token]:
    word = found.group()
    if found["percent"]:
        yield Token(Tag.NUMBER, "%", word, clause)
    elif found["number"]:
        yield _figure(found, clause)
    elif found["hour"]:
        yield Token(Tag.WORD, word, word, clause)
    elif found["initials"]:
        yield Token(Tag.NAME, word.replace(".", "").lower(), word, clause)
    else:
        yield from _of_word(found["word"], clause, opens=opens, month=_is_month(text, found, opens=opens))


def _figure(found: re.Match[str], clause: int) -> Token:
    word = found.group()
    if found["ordinal"]:
        return Token(Tag.WORD, f"{word[:-2]}.", word, clause)
    return Token(Tag.DATE if _YEAR.fullmatch(word) else Tag.NUMBER, _value(found["number"]), word, clause)


def _value(digits: str) -> str:
    bare = digits.lstrip("-−")
    sign = bare[0] if bare[0] in "$£€" else ""
    return sign + "-" * (bare != digits) + _shown(Decimal(bare.lstrip("$£€").replace(",", "")))


def _shown(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _is_month(text: str, found: re.Match[str], *, opens: bool) -> str | None:
    word = found["word"].lower() + ("." if found["point"] else "")
    month = lexicon.MONTHS.get(word) or lexicon.MONTHS.get(found["word"].lower())
    if month is None or not found["word"][0].isupper():
        return None
    if month in ALSO_WORDS and not found["point"]:
        before, after = text[: found.start()], text[found.end() :]
        dated = re.match(r"\s+\d", after) or _BEFORE_MONTH.search(before)
        return month if dated or not opens else None
    return month


def _of_word(word: str, clause: int, *, opens: bool, month: str | None) -> Iterator[Token]:
    lower = word.lower()
    day = lexicon.WEEKDAYS.get(lower)
    base, _, tail = lower.partition("'")
    if month or day or lower in lexicon.RELATIVE_DAYS:
        yield Token(Tag.DATE, month or day or lower, word, clause)
    elif lower.endswith("n't") or lower == "cannot":
        yield from _contracted(lower, clause)
    elif tail in ("ll", "d", "ve", "re", "m"):
        yield from _of_word(word[: len(base)], clause, opens=opens, month=None)
        if tail == "ll":
            yield Token(Tag.MODAL, "will", word, clause)
    else:
        yield _plain(word[: len(base)] if tail == "s" else word, clause, opens=opens)


def _contracted(lower: str, clause: int) -> Iterator[Token]:
    verb = {"won't": "will", "can't": "can", "shan't": "will", "cannot": "can"}.get(lower, lower[:-3])
    if verb:
        yield _plain(verb, clause, opens=False)
    yield Token(Tag.NEGATION, NEGATED, lower, clause)


def _plain(word: str, clause: int, *, opens: bool) -> Token:
    lower = word.lower()
    name = word[0].isupper() and not opens
    if name and lower not in lexicon.FREE | lexicon.NEGATIONS and lower not in lexicon.MODALS:
        return Token(Tag.NAME, lower, word, clause)
    if word.isupper() and len(word) > 1:
        return Token(Tag.NAME, lower, word, clause)
    for kind, key in _of_lexicon(lower):
        return Token(kind, key, word, clause)
    return Token(Tag.WORD, stem(word), word, clause)


def _of_lexicon(lower: str) -> Iterator[tuple[Tag, str]]:
    if lower in lexicon.NEGATIONS:
        yield Tag.NEGATION, NEGATED
    if lower in lexicon.MODALS:
        yield Tag.MODAL, lexicon.MODALS[lower]
    if lower in lexicon.HEDGES:
        yield Tag.HEDGE, lower
    if lower in lexicon.REPORTING:
        yield Tag.VERB, lexicon.REPORTING[lower]
    if lower in lexicon.NUMBERS:
        yield Tag.NUMBER, str(lexicon.NUMBERS[lower])
    if lower in lexicon.ORDINALS:
        yield Tag.WORD, f"{lexicon.ORDINALS[lower]}."
    if lower in lexicon.FREE:
        yield Tag.FREE, lower


def _with_units(tokens: list[Token]) -> Iterator[Token]:
    """Number words made one value, with scale, percent and currency taken in: "twenty-five", "3.2 million
    dollars", "4 per cent"."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        counts = _half_counts(token) and not _figure_at(tokens, at + 1)
        if (token.kind is not Tag.NUMBER or token.key == "%") and not counts:
            yield token
            at += 1
            continue
        end, key = _measured(tokens, at)
        yield Token(Tag.NUMBER, key, token.text, token.clause)
        at = end


def _half_counts(token: Token) -> bool:
    """ "A hundred and two", "millions"."""
    return token.kind is not Tag.NUMBER and token.text.lower() in {*SCALES, "dozen"}


def _figure_at(tokens: Sequence[Token], at: int) -> bool:
    return any(token.kind is Tag.NUMBER and token.text[0].isdigit() for token in tokens[at : at + 1])


def _scale(token: Token) -> int | None:
    return lexicon.SCALES.get(token.text.lower())


def _measured(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    first, scale = tokens[at], None if tokens[at].kind is Tag.NUMBER else _scale(tokens[at])
    sign = first.key[0] if first.key[0] in "$£€" else ""
    at, value = _counted(tokens, at + 1, Decimal(scale or first.key.lstrip("$£€")), scaled=bool(scale))
    unit, at = _unit(tokens, at)
    return at, (sign or unit) + _shown(value)


def _counted(tokens: Sequence[Token], at: int, part: Decimal, *, scaled: bool) -> tuple[int, Decimal]:
    """Where the words end that count on from a number, and how far: "four thousand one hundred and two"."""
    whole = Decimal(0)
    run = list(takewhile(lambda token: token.clause == tokens[at - 1].clause, tokens[at:]))
    for place, token in enumerate(run):
        scale, more = _scale(token), lexicon.NUMBERS.get(token.text.lower())
        after = run[place + 1].text.lower() if place + 1 < len(run) else ""
        if scale and scale >= _THOUSAND:
            whole, part = whole + part * scale, Decimal(0)
        elif scale:
            part *= scale
        elif more and _counts_on(part, more):
            part += more
        elif not (scaled and token.text.lower() == "and" and lexicon.NUMBERS.get(after)):
            return at + place, whole + part
        scaled = bool(scale)
    return at + len(run), whole + part


def _counts_on(part: Decimal, more: int) -> bool:
    tens = part % 100
    return not tens or (more < 10 <= 20 <= tens and not tens % 10)


def _unit(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    words = [token.text.lower() for token in tokens[at : at + 2]]
    if words[:1] in (["%"], ["percent"]):
        return "%", at + 1
    if words == ["per", "cent"]:
        return "%", at + 2
    return (_CURRENCIES[words[0]], at + 1) if words and words[0] in _CURRENCIES else ("", at)
