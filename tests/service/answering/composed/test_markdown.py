"""No words come alive in Markdown, and all of them are shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.answering.composed.markdown import escaped, inert
from tests.service.answering.drafting import thorough

SYNTAXES = [
    "![x](https://evil.example/{})",
    "[x](https://evil.example/{})",
    "<https://evil.example/{}>",
    "[x]: https://evil.example/{}",
    "<img src=https://evil.example/{}>",
    "<a href='https://evil.example/{}'>x</a>",
    "<script src='https://evil.example/{}'></script>",
    "[x][y]\n\n[y]: //evil.example/{}",
    "![x](data:image/svg+xml;{})",
    "[x](javascript:alert({}))",
    "# heading {}",
    "> quote {}",
    "- item {}",
    "1. item {}",
    "* {}",
    "```\n{}\n```",
    "    code {}",
    "| a | {} |\n|---|---|",
    "**{}**",
    "_{}_",
    "~~{}~~",
    "`{}`",
    "&#33;[x](https://evil.example/{})",
    "\\![x](https://evil.example/{})",
    "{}\n===",
    "***\n{}",
    "\t{}",
    "a  \n{}",
    "<!-- {} -->",
    "<b>{}</b>",
]


def inline(text: str) -> list[Token]:
    """Of a text that is one paragraph."""
    opens, words, closes = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text)
    assert (opens.type, closes.type) == ("paragraph_open", "paragraph_close")
    return words.children or []


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("around", ["{}", "He said {}.", "“{}”", "see {} now"])
def test_no_syntax_is_live(syntax: str, around: str) -> None:
    tokens = inline(escaped(around.format(syntax.format("secret"))))
    assert {token.type for token in tokens} <= {"text", "text_special"}


@thorough
@given(st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text)))
def test_every_word_is_shown(text: str) -> None:
    shown = "".join(token.content for token in inline(escaped(text)))
    # CommonMark shows a NUL as U+FFFD.
    assert re.sub(r"[\s\u2060]", "", shown) == re.sub(r"[\s\u2060]", "", text.replace("\0", "\ufffd"))


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x",
        "www.evil.example",
        "a@evil.example",
        "evil.example",
        "evil1.example",
        "7.example",
    ],
)
def test_no_bare_address_is_left_for_a_client_to_link(address: str) -> None:
    assert address not in escaped(address).replace("\\", "")
    assert address not in inert(f"See {address}.")


@pytest.mark.parametrize(
    "syntax", [*SYNTAXES, "\\\\<b>{}</b>", "[a\\](https://evil.example/{})", "[{}][x][x]: //evil"]
)
@pytest.mark.parametrize("around", ["{}", "He said {}.", "“{}”", "[1] {}[2]"])
def test_nothing_inert_is_a_link_an_image_or_html(syntax: str, around: str) -> None:
    parsed = MarkdownIt("commonmark").parse(inert(around.format(syntax.format("secret"))))
    found = {token.type for block in parsed for token in [block, *(block.children or [])]}
    assert not found & {"link_open", "image", "html_inline", "html_block"}


@given(st.text(min_size=1))
def test_what_is_inert_has_every_character(text: str) -> None:
    assert re.sub(r"[\s\u2060]", "", inert(text)) == re.sub(r"[\s\u2060]", "", text)
    assert not re.search(r"\]\(|<[a-z]", inert(text), re.I)
