"""What a sentence gives as the answer, as far as another can be held against it: a figure, a day, a name.

Read off the words that the reader takes for the answer (`Candidate.would`), and of what is counted off the
number in front of it. What is rough, or of which there are two, is held against nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.answering.asked import Question, Wanted, counted
from service.answering.extractive.scoring import Candidate
from service.english import DAYS, MONTH, Tag, Token, any_of, lexicon, stem, tokenized, words_of


class Differs(StrEnum):
    """What two articles may differ on."""

    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    TIME = "time"
    LENGTH = "length of time"
    PLACE = "place"
    WHO = "who"
    WHETHER = "whether it is so"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Value:
    """Two of one sort with no key in common differ."""

    what: Differs
    sort: str
    keys: frozenset[str]


_ROUGHLY = words_of(
    "more less fewer over under least most up nearly almost about around some roughly approximately several"
    " dozen dozens hundreds thousands between estimated few couple half or"
)
_ROUGH_DAYS = _ROUGHLY | words_of("early late by before after until since from every last next")
_DAYS_IN = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0}
_DAYS_IN |= {"month": 30.4, "year": 365.0}
_PERIODS = {stem(word): days for word, days in _DAYS_IN.items()}
_ALIKE = 0.85  # of two lengths of time, the shorter over the longer: one may be the other, rounded
_DATED = rf"(?:{MONTH}|{any_of(DAYS)}|\d{{1,2}}(?:st|nd|rd|th)?\b|\d{{4}}\b)"
_GOES_ON = re.compile(rf"(?:,? (?:of )?{_DATED})+")
_BEGAN = re.compile(rf"(?:{_DATED},? (?:of )?)+$")
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b|\b(\d{1,2}):(\d\d)\b", re.I)
_MANY = re.compile(r"\bhow many (?:[\w’'-]+ ){0,2}?([\w’'-]+s|people|men|women|children)\b", re.I)
_PIECES = re.compile(r"[;:—]|,? (?:but|while|whereas) |, and ")
_NEAR = 3  # words between a number and what it counts


def told_in(asks: Question, one: Candidate) -> str:
    """The part of the sentence in which the answer stands; of what is counted, all."""
    tokens, noun = tokenized(one.text), _noun(asks)
    if noun and any(t.kind is Tag.NUMBER and _counts(tokens, at, noun) for at, t in enumerate(tokens)):
        return one.text
    at = one.would.start - one.sentence.start if one.would else 0
    cuts = [(cut.start(), cut.end()) for cut in _PIECES.finditer(one.text)]
    begin = max((end for _, end in cuts if end <= at), default=0)
    return one.text[begin : min((start for start, _ in cuts if start > at), default=len(one.text))]


def figures(asks: Question, one: Candidate) -> Iterator[Value]:
    """Of what is asked in figures: how many, how long, when."""
    if one.would is None:
        return
    begin, end = one.would.start - one.sentence.start, one.would.end - one.sentence.start
    if asks.kind is Wanted.TIME and re.search(r"\bwhat (?:time|hour)\b", asks.text, re.I):
        yield from _clock(told_in(asks, one))
    elif asks.kind is Wanted.TIME:
        began, goes_on = _BEGAN.search(one.text[:begin]), _GOES_ON.match(one.text, end)
        before = one.text[:begin].lower().split()[-2:]
        if not _ROUGH_DAYS & {*before, *one.text[begin:end].lower().split()}:
            yield from _days(one.text[began.start() if began else begin : goes_on.end() if goes_on else end])
    elif asks.kind in (Wanted.NUMBER, Wanted.OTHER):
        yield from _figure(asks, one, one.text[begin:end])


def _clock(text: str) -> Iterator[Value]:
    found = set()
    for hour, minute, half, hours, minutes in _CLOCK.findall(text):
        later = 12 * (half.lower() == "p") if half else 0
        found.add(f"{int(hour or hours) % (12 if half else 24) + later}:{minute or minutes or '00'}")
    if len(found) == 1:
        yield Value(Differs.TIME, "clock", frozenset(found))


def _days(text: str) -> Iterator[Value]:
    tokens = tokenized(text)
    found: dict[str, set[str]] = {}
    for at, token in enumerate(tokens):
        if token.kind is Tag.DATE and token.key not in lexicon.RELATIVE_DAYS:
            found.setdefault(token.sort, set()).add(token.key)
            if token.sort == "month":
                beside = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
                days = (near.key.rstrip(".") for near in beside)
                found.setdefault("day of month", set()).update(day for day in days if day.isdigit())
    for sort, keys in found.items():
        if len(keys) == 1:
            yield Value(Differs.DAY, sort, frozenset(keys))


def _figure(asks: Question, one: Candidate, span: str) -> Iterator[Value]:
    at = one.text.find(span)
    before, after = one.text[:at].split()[-2:], one.text[at + len(span) :].split()[:1]
    length = _length(" ".join((*before, span))) or _length(" ".join((*before, span, *after)))
    if length:
        yield length
        return
    tokens, noun = tokenized(told_in(asks, one)), _noun(asks)
    number = _place(asks, tokens, {token.key for token in tokenized(span)}, noun)
    sort = None if number is None or _is_rough(tokens, number) else _sort(tokens, number, noun)
    if number is not None and sort:
        what = Differs.AMOUNT if sort in "$£€%" else Differs.NUMBER
        yield Value(what, sort, frozenset({tokens[number].key}))


def _place(asks: Question, tokens: tuple[Token, ...], in_span: set[str], noun: str | None) -> int | None:
    """Of the number that counts what is asked; else that which the reader takes; else the only one."""
    known = {token.key for token in tokenized(asks.text)}
    numbers = [at for at, t in enumerate(tokens) if t.kind is Tag.NUMBER and t.key not in known]
    counting = [at for at in numbers if noun and _counts(tokens, at, noun)]
    for places in (counting, [at for at in numbers if tokens[at].key in in_span], numbers):
        if len({tokens[at].key for at in places}) == 1:
            return places[0]
    return None


def _noun(asks: Question) -> str | None:
    many = _MANY.search(asks.text)
    return counted(asks.text) or (many[1] if many else None)


def _length(span: str) -> Value | None:
    tokens = tokenized(span)
    found = set()
    for at, token in enumerate(tokens[1:], start=1):
        before = tokens[at - 1]
        number = "1" if before.text.lower() in ("a", "an") else before.key
        if token.key in _PERIODS and number.replace(".", "", 1).isdecimal() and not _is_rough(tokens, at - 1):
            found.add(str(float(number) * _PERIODS[token.key]))
    return Value(Differs.LENGTH, "days", frozenset(found)) if len(found) == 1 else None


def _counts(tokens: tuple[Token, ...], at: int, noun: str) -> bool:
    for token in tokens[at + 1 : at + 1 + _NEAR]:
        if token.kind is Tag.NUMBER or token.clause != tokens[at].clause:
            return False
        if stem(token.text) == stem(noun):
            return True
    return False


def _is_rough(tokens: tuple[Token, ...], at: int) -> bool:
    near = {token.text.lower() for token in tokens[max(0, at - 2) : at + 1]}
    return bool(_ROUGHLY & near) or any(token.text.lower() == "or" for token in tokens[at + 1 : at + 2])


def _sort(tokens: tuple[Token, ...], at: int, noun: str | None) -> str | None:
    """What is measured: a currency, per cent, what is counted."""
    if tokens[at].key[0] in "$£€%":
        return tokens[at].key[0]
    after = tokens[at + 1 : at + 2]
    if noun is None:
        return stem(after[0].text) if after else None
    told = any(stem(token.text) == stem(noun) for token in tokens)
    ends = not after or after[0].clause != tokens[at].clause or after[0].kind is Tag.FREE
    return stem(noun) if _counts(tokens, at, noun) or (told and ends) else None


def apart(one: Value, other: Value) -> bool:
    """Whether two figures differ, and neither may be the other one rounded."""
    if one.what is not other.what or one.sort != other.sort or one.keys & other.keys:
        return False
    if one.what in (Differs.DAY, Differs.TIME):
        return True
    here, there = (next(iter(value.keys)).lstrip("$£€%") for value in (one, other))
    if not (_PLAIN.fullmatch(here) and _PLAIN.fullmatch(there)):
        return False
    if one.what is Differs.LENGTH:
        return min(float(here), float(there)) < _ALIKE * max(float(here), float(there))
    return not (_rounds(here, there) or _rounds(there, here))


_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def _rounds(one: str, other: str) -> bool:
    """3,400 rounds 3,412, and 54 is 54.2; what lies halfway is rounded up."""
    places = len(one.partition(".")[2])
    if places < len(other.partition(".")[2]) and round(float(other), places) == float(one):
        return True
    zeros = len(one) - len(one.rstrip("0"))
    return zeros > 1 and one.isdigit() and -(10**zeros) / 2 < float(one) - float(other) <= 10**zeros / 2
