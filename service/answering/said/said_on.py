"""The calendar day of a day that is told as news tells it, by the day on which the article was published."""

import re
from datetime import date, timedelta

from service.english import DAYS, MONTH, MONTHS, any_of

_WEEKDAY = re.compile(rf"(?:(?:on|early|late|this) )*({any_of(DAYS)})\b(?! *(?:, *)?(?:{MONTH}|\d))", re.I)
_DATE = re.compile(
    rf"\b(?:(?P<month>{MONTH}) (?P<number>\d{{1,2}})|(?P<day>\d{{1,2}}) (?P<its>{MONTH}))\b"
    r"(?:,? (?P<year>\d{4}))?",
    re.I,
)
_NEAR = {"today": 0, "tonight": 0, "yesterday": 1, "last night": 1}


def said_on(when: str | None, published: str | None) -> str | None:
    """ISO, where it is safe: a weekday is the last one that was, a date without its year lies in the year
    before publication. "Last Friday" may be either of two, and "this week" is no day."""
    known = date.fromisoformat(published[:10]) if published else None
    if when is None:
        return None
    dated = _DATE.search(when)
    if dated:
        return _dated(dated, known)
    if known is None:
        return None
    if when.lower() in _NEAR:
        return str(known - timedelta(days=_NEAR[when.lower()]))
    weekday = _WEEKDAY.match(when)
    if weekday is None:
        return None
    back = (known.weekday() - DAYS.index(weekday[1].capitalize())) % 7
    return str(known - timedelta(days=back))


def _dated(found: re.Match[str], published: date | None) -> str | None:
    month = next(
        n
        for n, name in enumerate(MONTHS, 1)
        if name.startswith((found["month"] or found["its"])[:3].capitalize())
    )
    day = int(found["number"] or found["day"])
    if found["year"]:
        return _day(int(found["year"]), month, day)
    if published is None:
        return None
    told = _day(published.year, month, day)
    return told if told is None or told <= str(published) else _day(published.year - 1, month, day)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return str(date(year, month, day))
    except ValueError:
        return None
