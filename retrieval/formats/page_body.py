"""An article's text as a page says it of itself (schema.org's articleBody), for pages that show it only after
their scripts have run."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.article import Region
from retrieval.formats.blocks import Block
from retrieval.formats.page_facts import article_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST = 200  # code points
_LONGEST = 1_000_000
_SAMPLE = 40  # letters and digits


def stated_body(root: "HtmlElement") -> list[Block]:
    """With the headline; empty where none is stated, or where only those who pay may read it."""
    article, _ = article_of(root)
    body, headline = article.get("articleBody"), article.get("headline")
    if not isinstance(body, str) or not _FEWEST <= len(body) <= _LONGEST or not _is_free(article):
        return []
    paragraphs = [" ".join(html.unescape(line).split()) for line in _without_tags(body).splitlines()]
    told = [Block(words) for words in paragraphs if any(map(str.isalnum, words))]
    title = " ".join(html.unescape(headline).split()) if isinstance(headline, str) else ""
    return [Block(title, Region.HEADLINE), *told] if title else told


def stands_in(stated: Sequence[Block], shown: Sequence[Block]) -> bool:
    """Whether the page shows any of it, or more than it."""
    body, visible = _letters(stated), _letters(shown)
    middle = len(body) // 2
    samples = (body[:_SAMPLE], body[middle : middle + _SAMPLE], body[-_SAMPLE:])
    return len(visible) > len(body) or any(sample in visible for sample in samples)


def _letters(blocks: Sequence[Block]) -> str:
    """Of what isn't a heading, without signs: they are set in more than one way."""
    return "".join(c for one in blocks if one.kind is not Region.HEADLINE for c in one.text if c.isalnum())


def _without_tags(body: str) -> str:
    from lxml import html as lxml_html

    if "</" not in body:
        return body
    root = lxml_html.fragment_fromstring(body, create_parent=True)
    for block in root.iter("p", "br", "div", "li", "h2", "h3"):
        block.tail = "\n" + (block.tail or "")
    return "".join(root.itertext())


def _is_free(article: dict[str, object]) -> bool:
    return str(article.get("isAccessibleForFree", True)).lower() not in {"false", "no"}
