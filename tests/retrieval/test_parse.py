"""From bytes and a name to text, regions, title and language."""

from pathlib import Path

import pytest

from retrieval import parse as parsing
from retrieval.article import Facts, Region
from retrieval.collecting import read_paths
from retrieval.errors import SourceTooLarge, UnreadableSource, UnsupportedSource
from retrieval.parse import Parsed, parse
from retrieval.sources import OURS, PLAIN, Source

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = (
    "The minister said on Sunday that the talks would go on until both sides had signed the document, and "
    "that it was not for her to end them."
)


def parsed(text: str, name: str = "a.txt") -> Parsed:
    return parse(Source(name, text.encode(), Facts(), None))


def told(text: str, name: str = "a.txt") -> Facts:
    return parsed(text, name).facts


def test_the_title_is_the_headline_above_the_body() -> None:
    assert told(f"Ministers agree on guarantees\n\n{BODY}").title == "Ministers agree on guarantees"
    assert told(f"World\n\nMinisters agree on guarantees\n\n{BODY}").title == "Ministers agree on guarantees"
    assert told(f"Peace\n\n{BODY}").title == "Peace"
    assert told(f"{BODY}\n\nWhat comes next\n\n{BODY}").title is None
    assert told(f"# Ministers agree on guarantees\n\n{BODY}", "a.md").title == "Ministers agree on guarantees"


def test_a_title_over_two_lines_is_one_line() -> None:
    wrapped = (
        "Ministers agree on guarantees for the north after\nthree long days of talks\n\n"
        "The minister said on Sunday that the talks would go on\nuntil both sides had signed the document, "
        "which had\nbeen written down at last by the counterparts. She\nadded that nothing else was left.\n"
    )
    title = "Ministers agree on guarantees for the north after three long days of talks"
    assert told(wrapped).title == title


def test_english_is_said_only_when_sure() -> None:
    assert told(BODY).language == "en"
    assert told("The talks go on.").language is None
    assert (
        told("Le ministre a déclaré dimanche que les négociations étaient très difficiles. " * 4).language
        is None
    )
    assert (
        told("De minister zei zondag dat het overleg van de leiders in Oslo is begonnen. " * 4).language
        is None
    )
    assert told("Министр заявил в воскресенье, что переговоры продолжатся. " * 4).language is None


def test_the_text_is_kept_as_written() -> None:
    assert (
        parse(Source("a.txt", b"\xef\xbb\xbf\tone \r\n\r\n two\r", Facts(), None)).text == "\tone \n\n two\n"
    )


def test_refusals() -> None:
    with pytest.raises(UnsupportedSource):
        parsed("text", "a.odt")
    with pytest.raises(UnreadableSource):
        parsed("")


def test_size_is_limited_whoever_gives_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MAX_BYTES", 4)
    assert parsed("text").text == "text"
    with pytest.raises(SourceTooLarge):
        parsed("texts")


@pytest.mark.parametrize("suffix", PLAIN)
def test_plain_text_is_read_as_it_is(suffix: str) -> None:
    assert parsed("text", f"a{suffix}").text == "text"


@pytest.mark.parametrize("suffix", OURS)
def test_every_type_that_is_taken_has_a_reader(suffix: str) -> None:
    with pytest.raises(UnreadableSource):
        parsed("", f"a{suffix}")


def test_the_seeds() -> None:
    found = {source.name: parse(source) for source in read_paths([SEEDS])}
    titles = {name: article.facts.title for name, article in found.items()}
    assert titles == {
        "cnbc-article-5-protection.txt": None,
        "envoy-russia-concessions.txt": "U.S. envoy says Russia made Ukraine concessions, Article 5-style "
        "guarantees under discussion",
    }
    assert {article.facts.language for article in found.values()} == {"en"}
    for article in found.values():
        dated = [r.kind for r in article.regions if "May 28, 2025" in article.text[r.start : r.end]]
        assert dated == [Region.CAPTION]
