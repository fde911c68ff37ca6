"""Days that a sentence tells as they lie ahead of its article: of what is to come, and of what was to come
and is past by a later article."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from service.english import DAYS, MONTH, MONTHS, any_of

_DATE = re.compile(
    rf"\b(?:(?P<month>{MONTH}) (?P<number>\d{{1,2}})|(?P<day>\d{{1,2}}) (?P<its>{MONTH}))\b(?!\w)"
    r"(?:,? (?P<year>\d{4}))?"
)
_NEAR = re.compile(rf"\b(?:(?P<weekday>{any_of(DAYS)})|tomorrow|today|tonight)\b(?![’'-])")
_HALF_A_YEAR = timedelta(days=182)


def dates_ahead(sentence: str, published: str) -> list[str]:
    """ISO, of the dates behind the day of publication; one without its year is the nearest such."""
    day = date.fromisoformat(published[:10])
    dates = (_nearest(found, day) for found in _DATE.finditer(sentence))
    return [str(told) for told in dates if told and told > day]


def days_ahead(sentence: str, published: str) -> list[str]:
    """Those, and what "tomorrow" and a day of the week are, if they are to come."""
    day = date.fromisoformat(published[:10])
    near = (str(day + on) for on in _near(_DATE.sub(" ", sentence), day))
    return [*dates_ahead(sentence, published), *near]


def _near(sentence: str, day: date) -> Iterator[timedelta]:
    for found in _NEAR.finditer(sentence):
        if found["weekday"]:
            yield timedelta(days=(DAYS.index(found["weekday"]) - day.weekday() - 1) % 7 + 1)
        else:
            yield timedelta(days=found.group() == "tomorrow")


def _nearest(found: re.Match[str], day: date) -> date | None:
    named = (found["month"] or found["its"])[:3].capitalize()
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(named))
    number = int(found["number"] or found["day"])
    years = (int(found["year"]),) if found["year"] else (day.year - 1, day.year, day.year + 1)
    on = [told for year in years if (told := _day(year, month, number))]
    told = min(on, key=lambda each: abs(each - day), default=None)
    return told if told and (found["year"] or abs(told - day) < _HALF_A_YEAR) else None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
