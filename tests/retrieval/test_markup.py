"""A text that was exported with its markup, as its reader sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Facts, Region
from retrieval.markup import plain, unescaped
from retrieval.parse import parse
from retrieval.sources import Source

BODY = "The minister said on Sunday that the talks would go on until both sides had signed the document."


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ('The [envoy *Jane* Roe](https://a.example/roe "Roe") left.', "The envoy Jane Roe left."),
        ("**Roe** and ***Doe*** _left_, __both__.", "Roe and Doe left, both."),
        ("**a *b* c**", "a b c"),
        ("snake_case_name and 2 * 3 * 4 stay", "snake_case_name and 2 * 3 * 4 stay"),
        ("~~Roe~~ Doe, `said` Moe[^1].", "Doe, said Moe."),
        ("\\*not so\\* \\[this\\]", "*not so* [this]"),
        ("[Roe][r] spoke.\n\n[r]: https://a.example/roe", "Roe spoke.\n\n"),
        ("> “Yes,” Roe said.\n>\n> “No.”", "“Yes,” Roe said.\n\n“No.”"),
        ("A<!-- ask\nRoe -->B", "A\nB"),
        ("{{< box >}}\n{% include x %}\nYes", "\n\nYes"),
        ("| A | B |\n|---|--:|\n| 1 | 2 |", "A | B\n1 | 2"),
        ("![a man](x.jpg)[![logo](y.svg)](z)", ""),
        ("Tea &amp;amp; &frac12; <b>cup</b><br>", "Tea &amp; ½ cup"),
        ("```\n*raw*\n```", "*raw*"),
        ("[not a link] stays", "[not a link] stays"),
    ],
)
def test_markdown_is_read_as_it_is_shown(markdown: str, shown: str) -> None:
    assert plain(markdown).text == shown


def test_what_the_markup_tells_of_a_line() -> None:
    text = (
        f"---\ntitle: Roe left\n---\n[Home](/) [News](/news)\n\n# Roe left [#](#roe)\n\n![gate](g.jpg)\n"
        f"*Roe in 2011*\n\n{BODY}\n\n- [Doe stays](/doe)\n\n[^1]: Nine of them."
    )
    read = parse(Source("a.md", text.encode(), Facts(), None))
    assert [(r.kind, read.text[r.start : r.end]) for r in read.regions] == [
        (Region.BOILERPLATE, "---"),
        (Region.BOILERPLATE, "title: Roe left"),
        (Region.BOILERPLATE, "---"),
        (Region.BOILERPLATE, "Home News"),
        (Region.BOILERPLATE, "#"),
        (Region.HEADLINE, "Roe left"),
        (Region.CAPTION, "Roe in 2011"),
        (Region.BODY, BODY),
        (Region.BOILERPLATE, "- Doe stays"),
        (Region.NOTE, "[^1]: Nine of them."),
    ]
    assert read.facts.title == "Roe left"


WRAPPED = (
    "The pilots of Vellinge said on Monday that they would go to sea again\n"
    "in May, once the harbour board had signed the paper that both sides had\n"
    "agreed on in the night before the vote, and that the ferries would run."
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("---\ntitle: Ferries\n---\n", ""),
        ("---\n\n", f"\n\n---\n\n{BODY}"),
        ("+++\ntitle = 'Ferries'\n+++\n", ""),
    ],
)
def test_a_text_below_what_is_told_of_it_or_a_line_is_body(above: str, below: str) -> None:
    """Also where it is broken at a margin."""
    read = parse(Source("a.md", f"{above}{WRAPPED}\n\n{WRAPPED}{below}".encode(), Facts(), None))
    body = [read.text[r.start : r.end] for r in read.regions if r.kind is Region.BODY]
    assert body[0] == f"{WRAPPED}\n\n{WRAPPED}"
    assert body[1:] == [BODY] * bool(below)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&ldquo;No&rdquo; &mdash; caf&eacute; &#8364;5 &#x2019;", "“No” — café €5 ’"),
        ("AT&T; R&D, &nothing; &#0; &#xD800;", "AT&T; R&D, &nothing; &#0; &#xD800;"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_names_of_characters_are_read_once(written: str, shown: str) -> None:
    assert unescaped(written) == shown


@given(st.text("a*_[]()!`~\\\n<>-|#&; ^:", max_size=60))
def test_whatever_is_marked_tells_of_lines_that_are_there(markdown: str) -> None:
    read = plain(markdown)
    assert all(read.text[at : at + 1].strip() and read.text[at - 1 : at] in "\n \t" for at in read.told)
