"""Days and times as news writes them: "3 May 2025, 10:15 GMT", "Tue March 18, 2025", "2025-05-03 10:15".

What isn't told isn't guessed: without a year there is no day, 04/05/2025 may be two days and is none, and a
time without a zone that is sure leaves the day alone.
"""

import re
from datetime import date

from retrieval.sources import is_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{_MONTH}),? (?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    r"|(?P<a>\d{1,2})(?P<sign>[/.])(?P<b>\d{1,2})(?P=sign)(?P<y4>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:.+-])(?P<h>\d{1,2}):(?P<min>\d\d)(?::(?P<s>\d\d)(?:\.\d{1,9})?)? ?(?P<half>[ap]\.?m\b\.?)?"
    r" ?\(?(?P<zone>Z\b|GMT\b|UTC\b|CEST\b|CET\b|EEST\b|EET\b|EDT\b|EST\b|PDT\b|PST\b)?"
    r"(?P<offset>[+-]\d{1,2}(?::?\d\d)?)?(?![\d:])",
    re.IGNORECASE,
)
# Abbreviations that mean one offset wherever they are used. BST and CST don't.
_ZONES = {"cet": 1, "cest": 2, "eet": 2, "eest": 3, "edt": -4, "est": -5, "pdt": -7, "pst": -8}
_YEARS = range(1700, 2200)  # others are what programs write for "unknown"
_NO_TIME = "1970-01-01"


def moment(text: str) -> str | None:
    """The first day in the text, with its time where its zone is told: RFC 3339 or YYYY-MM-DD."""
    text = " ".join(text.split())[:200]
    if is_date(text):
        return text if int(text[:4]) in _YEARS and not text.startswith(_NO_TIME) else None
    found = DAY.search(text)
    day = _day(found) if found else None
    if found is None or day is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    time = _TIME.search(after.removeprefix("T").removeprefix("t")) or _TIME.search(before)
    whole = f"{day}T{told}" if time and (told := _time(time)) else day
    return whole if is_date(whole) else day


def _day(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    if part["a"]:
        return _of_numbers(int(part["a"]), int(part["b"]), int(part["y4"]), dotted=part["sign"] == ".")
    year = int(part["y1"] or part["y2"] or part["y3"])
    month = part["m1"] or part["m2"] or part["m3"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return _date(year, number, int(part["d1"] or part["d2"] or part["d3"]))


def _of_numbers(first: int, second: int, year: int, *, dotted: bool) -> str | None:
    """Dots part a day from its month; a slash parts them either way."""
    if dotted or first > 12:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 or first == second else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if year in _YEARS and found.isoformat() != _NO_TIME else None


def _time(found: re.Match[str]) -> str | None:
    hour, zone = int(found["h"]), (found["zone"] or "").lower()
    if found["half"]:
        hour = hour % 12 + 12 * found["half"].lower().startswith("p")
    if zone in _ZONES and not found["offset"]:
        offset = f"{_ZONES[zone]:+03d}:00"
    elif zone in {"", "z", "gmt", "utc"} and (zone or found["offset"]):
        offset = _offset(found["offset"] or "+00")
    else:
        return None
    return f"{hour:02d}:{found['min']}:{found['s'] or '00'}{offset}"


def _offset(told: str) -> str:
    sign, digits = told[0], told[1:].replace(":", "")
    hours, minutes = (digits, "00") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return f"{sign}{int(hours):02d}:{minutes}"
