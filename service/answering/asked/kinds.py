"""What kind of thing a question asks for, and whether a sentence holds one that the question doesn't.

By rule, from the question's own words. A sentence that only repeats the question's names and numbers
answers nothing, so what the question already says never counts.
"""

import re
from enum import StrEnum

from retrieval.typeset import as_read
from service.english import (
    ASKING,
    CAPITAL,
    CAPITALISED,
    DAYS,
    HAVE,
    INITIALS,
    MONTH,
    NUMBERS,
    RARE_MODALS,
    REST,
    SCALES,
    SMALL,
    UNITS,
    WHO,
    any_of,
    lazily,
    plain_words,
)


class Wanted(StrEnum):
    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    REASON = "reason"
    OUTLET = "outlet"
    OTHER = "other"


_PLACES = (
    r"(?:city|cities|town|towns|village|country|countries|state|states|county|province|region|place|location|venue"
    r"|capital|street|continent|building|island|base|district|airport|hotel|stadium)"
)
_PLACES_OF = (
    rf"(?:{_PLACES}|port|harbour|harbor|bay|gulf|strait|isle|coast|valley|outskirts|suburb"
    r"|north|south|east|west)"
)
_OUTLETS = r"(?:(?:network|channel|outlet|newspaper|broadcaster|station|programme|program|paper|show)s?)"
_MEASURES = r"(?:many|much|often|long|old|far|tall|high|big|large|deep|fast|wide)"
_AMOUNTS = (
    r"(?:percentage|percent|number|amount|share|proportion|price|cost|sum|age|length|height|rate|total"
    r"|population|score)"
)
_TIMES = r"(?:day|date|year|time|month|century|decade|season|weekday)"
_PEOPLE = (
    r"(?:person|man|woman|minister|president|actor|actress|singer|player|author|leader|politician|king|queen)"
)
# "How much is known of it?" asks for no number.
NO_AMOUNT = (
    rf"(?! (?:{any_of(HAVE)}|is|was) (?:become |been |already )*"
    r"(?:known|clear|said|told|agreed|revealed|disclosed|settled|changed|certain|decided)\b)"
)
_ASKS = (
    (Wanted.OUTLET, rf"\b(?:what|which) (?:(?:tv|television|news|radio|media|other) )*{_OUTLETS}\b"),
    (Wanted.NUMBER, rf"\bhow {_MEASURES}\b{NO_AMOUNT}|\b(?:what|which) (?:\w+ )?{_AMOUNTS}\b"),
    (Wanted.TIME, rf"\bwhen\b|\b(?:what|which) (?:\w+ )?{_TIMES}\b"),
    (Wanted.PLACE, rf"\bwhere\b|\b(?:what|which) (?:\w+ )?{_PLACES}\b"),
    (Wanted.PERSON, rf"\b(?:{any_of(WHO)})\b|\b(?:what|which) (?:\w+ )?{_PEOPLE}\b"),
    (Wanted.REASON, r"\bwhy\b|\bwhat (?:\w+ )?(?:reasons?|causes?|caused)\b|\bhow come\b"),
)
_NAMED_PLACE = lazily(rf"\b(?:what|which) (?:\w+ )?{_PLACES}\b", re.I)
_COUNTED = lazily(
    r"\bhow many (?P<things>(?:[\w’'-]+ ){1,3}?)"
    rf"(?=(?:{any_of(ASKING, RARE_MODALS)})\b)",
    re.I,
)
_COMPILED = tuple((kind, lazily(pattern, re.I)) for kind, pattern in _ASKS)
_NUMBER = lazily(
    rf"\$?\d[\d,.]*|\b(?:{any_of(NUMBERS)}|(?:{any_of(SCALES)}|dozen)s?|half|several|once|twice|both|few|couple|quarter|third|single)\b",
    re.I,
)
_HOW_LONG = lazily(r"\bhow long\b(?! ago\b)", re.I)
_PERIOD = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|century|centuries)"
# "Lasted three hours", "a two-week truce", "since 1990", "1914–1918", "for good"; or a length.
_DURATION = lazily(
    rf"\b(?:\d[\d,.]*|an?|{any_of(UNITS)}|[a-z]+teen|[a-z]+ty"
    r"|half|several|few|many|couple of|dozens of|hundreds of|thousands of|all|hundred|whole|entire)"
    rf"(?: (?:and a half|[a-z]+))?[ -]{_PERIOD}\b|\b(?:since|until|till)\b|\b[12]\d{{3}}[–-]"
    r"|\b(?:permanent|forever|indefinite)(?:ly)?\b"
    r"|\b\d[\d,.]* ?(?:metres?|meters?|m|km|kilomet\w+|miles?|feet|ft)\b",
    re.I,
)
_TIME = lazily(
    r"\b(?:1\d|20)\d\ds?\b"
    rf"|\b(?:{any_of(DAYS)})s?\b|\b(?:{MONTH})(?!\w)"
    r"|\b\d+(?:st|nd|rd|th)? (?:century|BC|AD)\b"
    r"|\b(?:ago|yesterday|tomorrow|today|tonight|century|noon|midnight)\b"
    r"|\b(?:last|this|next|later|earlier|following|previous|same) (?:\w+ )?"
    r"(?:day|night|week|month|year|spring|summer|autumn|fall|winter|season)\b"
    r"|\b\d+(?::\d\d)? ?(?:a\.m|p\.m|am|pm)\b"
)
_CAP = rf"(?:{INITIALS}|(?!{CAPITAL}(?!{REST})){CAPITALISED})"
_PLACE = lazily(
    rf"\b(?:in|at|near|outside|from|to|into|across|around|within|inside)"
    rf" (?:the |a )?(?:[a-z]+(?:ern)? |(?:[a-z]+ )?{_PLACES_OF} of )?"
    rf"(?P<name>{_CAP}(?:(?:,? (?:and |of |the |de |la )?){_CAP})*)"
    rf"|(?P<after>{_CAP}), {_CAP}"
)
_NAME = lazily(rf"{_CAP}(?:\s+(?:(?:de|van|von|der|bin|al|of|the)\s+)?{_CAP})*")
_REASON = lazily(
    r"\b(?:because|since|as|so|due to|owing to|thanks to|in order to|caused?|causes|reason|therefore|thus"
    r"|result(?:ed|s|ing)?|led to|leads to|for fear|amid|over|after|in response|meant|means|aim(?:ed|s)?"
    r"|allow(?:s|ed)?|concern(?:s|ed)?|would|to [a-z]+)\b",
    re.I,
)


def wanted(question: str) -> Wanted:
    """The kind that the earliest asking word calls for."""
    found = [(match.start(), kind) for kind, asks in _COMPILED if (match := asks.search(question))]
    return min(found)[1] if found else Wanted.OTHER


def names_kind(question: str) -> bool:
    """Whether it names the sort of place: "which city", not "where"."""
    return bool(_NAMED_PLACE.search(question))


def counted(question: str) -> str | None:
    """What is to be counted: "soldiers" in "how many American soldiers would be deployed"."""
    asked = _COUNTED.search(question)
    nouns = [w for w in plain_words(asked.group("things")) if w not in SMALL] if asked else []
    return nouns[-1] if nouns else None


def has_number(text: str) -> bool:
    return bool(_NUMBER.search(as_read(text)))


def holds(kind: Wanted, sentence: str, question: str) -> bool:
    """Whether a sentence holds something of the kind beside what the question says."""
    known, sentence = set(plain_words(question)), as_read(sentence)
    if kind is Wanted.NUMBER and _HOW_LONG.search(question):
        return bool(_DURATION.search(sentence))
    if kind is Wanted.NUMBER:
        return any(n.lower() not in known for n in _NUMBER.findall(sentence))
    if kind is Wanted.TIME:
        return any(t.lower() not in known for t in _TIME.findall(sentence))
    if kind is Wanted.PLACE:
        return any(
            _news(match.group("name") or match.group("after"), known) for match in _PLACE.finditer(sentence)
        )
    if kind is Wanted.PERSON:
        return any(_news(name, known) for name in _NAME.findall(sentence))
    if kind is Wanted.REASON:
        return bool(_REASON.search(sentence))
    return True


def _news(name: str, known: set[str]) -> bool:
    return any(word not in known and word not in SMALL for word in plain_words(name))
