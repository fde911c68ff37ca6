"""The day on which it was said, where the article's own day settles it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.said.said_on import said_on

THURSDAY = "2025-06-12T22:30:00+02:00"


@pytest.mark.parametrize(
    ("when", "published", "expected"),
    [
        ("Thursday", THURSDAY, "2025-06-12"),
        ("Friday", THURSDAY, "2025-06-06"),
        ("early Tuesday", THURSDAY, "2025-06-10"),
        ("Monday evening", THURSDAY, "2025-06-09"),
        ("last Tuesday", THURSDAY, None),
        ("today", THURSDAY, "2025-06-12"),
        ("yesterday", "2025-03-01", "2025-02-28"),
        ("last night", "2025-01-01", "2024-12-31"),
        ("this week", THURSDAY, None),
        ("June", THURSDAY, None),
        ("June 3", THURSDAY, "2025-06-03"),
        ("3 June", THURSDAY, "2025-06-03"),
        ("Dec. 30", THURSDAY, "2024-12-30"),
        ("Tuesday, 3 June", THURSDAY, "2025-06-03"),
        ("Sunday, June 1, 2025", None, "2025-06-01"),
        ("1 May 2031", THURSDAY, "2031-05-01"),
        ("February 29", "2025-06-12", None),
        ("May 5", None, None),
        ("Monday", None, None),
        (None, THURSDAY, None),
    ],
)
def test_a_day_is_told_only_where_it_is_safe(
    when: str | None, published: str | None, expected: str | None
) -> None:
    assert said_on(when, published) == expected


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["Monday", "Wednesday", "Sunday"]))
def test_a_weekday_is_the_last_that_was(published: date, weekday: str) -> None:
    told = said_on(weekday, published.isoformat())
    assert told is not None
    assert 0 <= (published - date.fromisoformat(told)).days < 7
    assert date.fromisoformat(told).strftime("%A") == weekday
