"""The edges of the rules for single lines; the usual lines are in test_regions.py."""

import pytest

from retrieval.article import Region
from retrieval.labels import label_of, opens_tags


def test_long_lines_are_prose_whatever_they_begin_with() -> None:
    assert label_of("FILE PHOTO: " + "Minister Roe arrives. " * 30) is None
    assert label_of("By " + "Jane Doe and " * 30) is None
    assert label_of("Read more: " + "Ministers meet " * 30) is None


def test_a_year_tells_the_rights_of_a_page_from_those_of_a_photograph() -> None:
    assert label_of("© Max Moe") is Region.CREDIT
    assert label_of("© 2024 Max Moe") is Region.BOILERPLATE


def test_tags() -> None:
    assert opens_tags("Tags:")
    assert not opens_tags("Tags were put on it")


@pytest.mark.parametrize(
    "credit",
    [
        "(Photo: Jo Doe/AP)",
        "Photo by Jo Doe",
        "Jo Doe/AP",
        "(Jo Doe/Reuters)",
        "[Jo Doe/AFP]",
        "Jo Doe via Getty Images",
        "© Jo Doe",
    ],
)
def test_a_photographer_behind_the_last_full_stop_tells_a_caption(credit: str) -> None:
    assert label_of(f"Minister Ann Lee arrives in Riga on May 3, 2019. {credit}") is Region.CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "The ministers meet again on May 3. Reuters",
        "The ministers meet again on May 3. Reuters/dpa",
        "“We meet again on May 3,” she said. Jo Doe/AP",
        "The ministers meet on May 3. Both will read and/or sign it",
    ],
)
def test_an_agency_or_a_report_at_the_end_of_a_line_tells_none(line: str) -> None:
    assert label_of(line) is None
