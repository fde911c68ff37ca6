"""The text is cut without losing or moving a character."""

import pytest

from retrieval.article import Region, RegionSpan, Span
from service.web.marking import blocks, markable

TEXT = "A head\n\nA photo\nReuters\nFirst — line.\n\nSecond."


def spans(*found: tuple[Region, str]) -> list[RegionSpan]:
    return [RegionSpan(kind, TEXT.index(words), TEXT.index(words) + len(words)) for kind, words in found]


def test_a_region_takes_the_white_space_after_it() -> None:
    regions = spans((Region.HEADLINE, "A head"), (Region.CAPTION, "A photo"), (Region.CREDIT, "Reuters"))
    found = [
        (block.kind, "".join(run.text for line in block.lines for run in line.runs))
        for block in blocks(TEXT, regions, mark=None)
    ]
    assert found == [
        (Region.HEADLINE, "A head\n\n"),
        (Region.CAPTION, "A photo\n"),
        (Region.CREDIT, "Reuters"),
        (Region.BODY, "\nFirst — line.\n\nSecond."),
    ]


def test_words_between_regions_are_shown_as_body() -> None:
    regions = spans((Region.HEADLINE, "A head"), (Region.CREDIT, "Reuters"))
    assert [block.kind for block in blocks(TEXT, regions, mark=None)] == [
        Region.HEADLINE,
        Region.BODY,
        Region.CREDIT,
        Region.BODY,
    ]


def test_white_space_around_all_regions_is_kept() -> None:
    found = blocks(" \nBody\n \n", [RegionSpan(Region.BODY, 2, 6)], mark=None)
    lines = [line for block in found for line in block.lines]
    assert "".join(run.text for line in lines for run in line.runs) == " \nBody\n \n"
    assert [line.blank for line in lines] == [True, False, True]


def test_a_mark_over_several_regions_begins_once() -> None:
    mark = Span(TEXT.index("photo"), TEXT.index("First") + 5)
    regions = spans((Region.CAPTION, "A photo"), (Region.CREDIT, "Reuters"), (Region.BODY, "First — line."))
    runs = [run for block in blocks(TEXT, regions, mark=mark) for line in block.lines for run in line.runs]
    marked = [run for run in runs if run.marked]
    assert "".join(run.text for run in marked) == "photo\nReuters\nFirst"
    assert [run.first for run in marked] == [True, False, False]


@pytest.mark.parametrize("mark", [None, Span(3, 3), Span(0, len(TEXT) + 1), Span(900, 901)])
def test_what_does_not_lie_in_the_text_is_not_marked(mark: Span | None) -> None:
    assert not markable(TEXT, mark)
    runs = [run for block in blocks(TEXT, (), mark=mark) for line in block.lines for run in line.runs]
    assert not any(run.marked for run in runs)


def test_no_text_makes_no_block() -> None:
    assert blocks("", (), mark=None) == ()
