"""The day on which what a sentence tells took place, where it tells one day and plainly of the past."""

import re

from service.answering.said.said_on import said_on
from service.english import DAYS, MONTH, PASTS, RARE_MODALS, any_of, closed, masked, quoted_spans, words_of

_WEEKDAY = rf"(?:{any_of(DAYS)})\b(?![’'-])"
_DATE = rf"(?:(?:{MONTH}) \d{{1,2}}|\d{{1,2}} (?:{MONTH}))(?:,? \d{{4}})?\b"
# "The vote on Tuesday next week", "Tuesday's offer" and "the Tuesday meeting" are none.
_TOLD = re.compile(
    rf"\b(?:(?P<on>[Oo]n|late|early) )?(?P<day>{_WEEKDAY}(?:,? {_DATE})?|{_DATE}|[Yy]esterday\b)"
    r"(?! (?:next|week|fortnight)\b)(?=[ ,.;:]|$)"
)
_NAMES_DAY = re.compile(rf"\b(?:{_WEEKDAY}|{any_of(DAYS)}[’']|{_DATE}|yesterday|today|tomorrow)\b", re.I)
# What is to come, or is told in a clause of its own, whose day may be another than the event's.
_OTHER = re.compile(
    rf"\b(?:{any_of(closed.MODALS, RARE_MODALS, closed.QUESTION_WORDS)}|that|after|before|since|because|as"
    r"|if|unless|until|till|by|due|expected|scheduled|planned|set|next|to be|plans?|hopes?|intends?|aims?)\b",
    re.I,
)
# In front of the day: what is meant, moved or only spoken of ("vowed to strike on Tuesday", "denied the raid
# on Tuesday"), and a clause put in ("the bridge, opened on Tuesday, fell").
_SPOKEN_OF = re.compile(
    r"\b(?:to|denied|denies|delayed|postponed|cancelled|canceled|called|announced|marked|praised|vowed|promised"
    r"|threatened|offered|proposed|agreed)\b|ing\s*$|,\s+[a-z]+\s*$",
    re.I,
)
_APART = re.compile(r"\b(?:ago|earlier|later)\b", re.I)
_NO_ADVERB = words_of(
    *(closed.DETERMINERS, closed.DEMONSTRATIVES, closed.BE),
    "last this every each any of to from for between and or in at with about than like another",
)
_WORD = re.compile(r"[\w’'-]+")


def event_day(sentence: str, published: str | None) -> str | None:
    """ISO, by the day of publication where the sentence doesn't tell the year."""
    bare = masked(sentence, quoted_spans(sentence), start=0, end=len(sentence))
    told = list(_TOLD.finditer(bare))
    others = _NAMES_DAY.search(_TOLD.sub(" ", bare))
    if len(told) != 1 or others or not _is_of_the_past(bare, told[0]):
        return None
    day = said_on(told[0]["day"], published)
    return day if day and (published is None or day <= published[:10]) else None


def tells_year(sentence: str, day: str) -> bool:
    """Whether the sentence itself tells all of an ISO day, so that nothing was worked out."""
    return re.search(rf"\b{day[:4]}\b", sentence) is not None


def _is_of_the_past(bare: str, told: re.Match[str]) -> bool:
    """By the verb right before the day ("said on Tuesday that it would"), else by the only one before or the
    first behind it."""
    before, behind = _WORD.findall(bare[: told.start()]), bare[told.end() :]
    if _SPOKEN_OF.search(bare[: told.start()]) or _APART.search(bare):
        return False
    if _OTHER.search(bare[: told.start()]) or not (told["on"] or _is_adverb(told["day"], before)):
        return False
    verbs = [_is_past(word) for word in before]
    apart = sum(verb and not (at and verbs[at - 1]) for at, verb in enumerate(verbs))
    if apart == 1 and verbs[-1]:
        return True
    opens = not before and any(map(_is_past, _WORD.findall(behind)))
    return (apart == 1 or opens) and not _OTHER.search(behind)


def _is_adverb(day: str, before: list[str]) -> bool:
    """Also without "on": "told reporters Tuesday"."""
    return day.lower() == "yesterday" or "," in day or bool(before and before[-1].lower() not in _NO_ADVERB)


def _is_past(word: str) -> bool:
    return word.lower() in PASTS or (len(word) > 4 and word.islower() and word.endswith("ed"))
