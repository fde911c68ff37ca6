"""Which days a sentence tells that lie ahead of its article."""

import pytest

from service.answering.said import dates_ahead, days_ahead

_PUBLISHED = "2031-11-20T08:00:00+00:00"  # a Thursday


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("By 3 December: the ferries are to sail again.", ["2031-12-03"]),
        ("The levy ends on January 9.", ["2032-01-09"]),
        ("It was signed on 2 October and ends on 2 March 2032.", ["2032-03-02"]),
        ("The harbour was mined on 4 July.", []),
        ("The pact of 20 November holds.", []),
        ("A hearing is set for February 29, 2032, and one for 31 April.", ["2032-02-29"]),
    ],
)
def test_dates_to_come(sentence: str, dates: list[str]) -> None:
    assert dates_ahead(sentence, _PUBLISHED) == dates


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The council votes tomorrow.", ["2031-11-21"]),
        ("They meet again on Saturday, or on Thursday.", ["2031-11-22", "2031-11-27"]),
        ("That is all for today.", ["2031-11-20"]),
        ("They meet on Saturday 6 December, not on Friday's boat.", ["2031-12-06", "2031-11-22"]),
    ],
)
def test_days_to_come(sentence: str, days: list[str]) -> None:
    assert days_ahead(sentence, _PUBLISHED) == days
