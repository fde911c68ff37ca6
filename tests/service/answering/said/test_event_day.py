"""The day of an event, where a sentence tells one and plainly of the past."""

import pytest

from service.answering.said import event_day, tells_year

FRIDAY = "2027-03-05T10:00:00+00:00"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("On Tuesday the ferrymen walked out of the hall.", "2027-03-02"),
        ("The ferrymen walked out on Tuesday.", "2027-03-02"),
        ("The mayor told reporters Tuesday the quay was shut.", "2027-03-02"),
        ("The crews said on Tuesday that they would strike.", "2027-03-02"),
        ("“We left on Monday,” Roe said on Tuesday.", "2027-03-02"),
        ("Yesterday the quay reopened.", "2027-03-04"),
        ("On March 3 the bridge fell.", "2027-03-03"),
        ("On Friday, March 5, the two sides met.", "2027-03-05"),
        ("The depot was bombed on 3 March 2019.", "2019-03-03"),
    ],
)
def test_what_took_place_on_a_day_is_of_that_day(sentence: str, day: str) -> None:
    assert event_day(sentence, FRIDAY) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "The crews vote on the deal on Monday.",
        "On Tuesday the quay opens.",
        "The first session is set for Thursday in the customs house.",
        "Roe will resign on Monday.",
        "The crews said that they would strike on Monday.",
        "The council rejected Tuesday's offer.",
        "The offer, which was made on Monday, expired.",
        "He was in Oslo on Tuesday and in Rome on Wednesday.",
        "The crews said on Tuesday that they would strike on Friday.",
        "“We left on Monday,” Roe said.",
        "The strike was due to begin on Tuesday.",
        "They signed the deal last Tuesday.",
        "Roe rejected the offer made on Tuesday.",
        "The guild vowed to strike on 1 March.",
        "The two sides agreed to meet on Tuesday.",
        "They signed a truce starting on Tuesday.",
        "The port denied the raid on Tuesday.",
        "The court postponed the hearing on Tuesday.",
        "On 4 March, the bridge opened 20 years ago.",
        "The bridge, opened on 4 March, collapsed.",
    ],
)
def test_another_clauses_day_and_one_to_come_are_none(sentence: str) -> None:
    assert event_day(sentence, FRIDAY) is None


def test_without_a_day_of_publication_only_a_whole_date_is_one() -> None:
    assert event_day("The depot was bombed on 3 March 2019.", None) == "2019-03-03"
    assert event_day("The depot was bombed on 3 March.", None) is None
    assert tells_year("The depot was bombed on 3 March 2019.", "2019-03-03")
    assert not tells_year("The depot was bombed on 3 March.", "2019-03-03")
