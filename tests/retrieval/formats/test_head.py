"""The lines above a plain text that say what it is."""

import pytest

from retrieval.article import Facts, Origin, Region
from retrieval.parse import parse
from retrieval.sources import Source

BODY = "The miners of Ostrel agreed on Monday to go back to work. Their union said that it had won."
HEAD = "Title: Miners go back\nOutlet: Tarn Post\nDate: 2031-03-24\n\n"


def read(text: str) -> Source:
    return Source("a.txt", text.encode(), Facts(), "a")


def test_it_is_no_part_of_the_text_and_tells_of_it() -> None:
    parsed = parse(read(HEAD + BODY))
    assert (parsed.facts.title, parsed.facts.outlet) == ("Miners go back", "Tarn Post")
    assert (parsed.facts.published or "").startswith("2031-03-24")
    assert parsed.origins["outlet"] is Origin.FRONT_MATTER
    told = [parsed.text[r.start : r.end] for r in parsed.regions if r.kind is Region.BODY]
    assert told == [BODY]
    assert parsed.text == HEAD + BODY


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        (
            "HEADLINE: Miners go back\nBYLINE: Ana Roe\nSection: News\n\n",
            ("Miners go back", None, ("Ana Roe",)),
        ),
        ("title: Strike: day two\nsource: Tarn Post\n\n", ("Strike: day two", "Tarn Post", ())),
    ],
)
def test_other_names_of_it(head: str, facts: tuple[str, str | None, tuple[str, ...]]) -> None:
    parsed = parse(read(head + BODY))
    assert (parsed.facts.title, parsed.facts.outlet, tuple(parsed.facts.authors or ())) == facts


@pytest.mark.parametrize(
    "head",
    [
        "Title: Miners go back\n\n",  # one line may be anything
        "Update: the miners went back\nDate: Monday\n\n",
        "ROE: When?\nDOE: Now.\n\n",
        "From: ana@tarn.example\nDate: 2031-03-24\n\n",
        "Title: Miners go back\nOutlet: Tarn Post\n",  # the text follows at once
    ],
)
def test_what_is_none_is_text(head: str) -> None:
    parsed = parse(read(head + BODY))
    assert parsed.facts.outlet is None
    assert any(BODY in parsed.text[r.start : r.end] for r in parsed.regions if r.kind is Region.BODY)
