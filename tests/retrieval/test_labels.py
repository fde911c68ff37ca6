"""The edges of the rules for single lines; the usual lines are in test_regions.py."""

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
