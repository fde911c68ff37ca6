"""What stands around an article's text, and how its parts are told apart."""

from retrieval.article import Region, RegionSpan, Span
from tests.service.web.test_pages import make_article, show

_TEXT = "Ferry stops\nBoth sides wait\nBy Ada Finn\nThe ferry stopped.\nCorrection: it had slowed.\nAn aside."
_KINDS = ("HEADLINE", "HEADLINE", "BYLINE", "BODY", "NOTE", "NOTE")


def _parts() -> tuple[RegionSpan, ...]:
    spans, at = [], 0
    for kind, line in zip(_KINDS, _TEXT.splitlines(), strict=True):
        spans.append(RegionSpan(Region[kind], at, at + len(line)))
        at += len(line) + 1
    return tuple(spans)


def test_a_standfirst_is_no_second_heading() -> None:
    page = show(make_article(_TEXT, regions=_parts()), title="Ferry stops")
    assert page.named("title").text == "Ferry stops\n"
    assert [one.text for one in page.elements if one.attributes.get("role") == "heading"] == ["Ferry stops\n"]


def test_a_correction_is_told_above_the_text_and_leads_there() -> None:
    page = show(make_article(_TEXT, regions=_parts()))
    assert page.named("note").text == "Correction: it had slowed.\n"
    assert [a.text for a in page.tagged("a") if a.attributes.get("href") == "#note"] == ["a note below"]
    assert not show(make_article()).has("noted")


def test_what_is_ours_to_say_stands_below_the_headline() -> None:
    page = show(make_article(_TEXT, regions=_parts()), title="Ferry stops", latest=2, mark=Span(0, 5))
    ids = [one.attributes.get("id") for one in page.elements]
    assert sorted(ids.index(name) for name in ("newer", "noted", "marked", "ask-about")) > [
        ids.index("title")
    ]
    assert page.whole("text") == _TEXT


def test_a_line_that_dates_the_article_is_not_called_a_byline() -> None:
    page = show(make_article("12 May 2031", regions=(RegionSpan(Region.BYLINE, 0, 11),)))
    (line,) = [one for one in page.elements if one.attributes.get("data-region") == "byline"]
    assert line.attributes["aria-label"] == "Who wrote it, or when"
