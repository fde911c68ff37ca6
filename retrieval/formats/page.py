"""A web page: what its reader sees of the article, in the page's own words and order."""

from typing import TYPE_CHECKING

from retrieval.article import Origin, Region
from retrieval.formats.blocks import Block, assembled
from retrieval.formats.charset import decoded
from retrieval.formats.found import Told, first_of
from retrieval.formats.page_blocks import blocks_of, is_live
from retrieval.formats.page_body import stands_in, stated_body
from retrieval.formats.page_facts import facts_of
from retrieval.formats.page_main import main_of, without_furniture
from retrieval.formats.page_tree import elements, tokens, tree_of, without_hidden
from retrieval.formats.told import told
from retrieval.lines import ends_sentence
from retrieval.parsed import Parsed, with_words
from retrieval.sources import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_PROSE = 100  # code points
_NOT_SHOWN = "the page shows no article: its text is taken from what the page says of itself (articleBody)"


def read_page(source: Source) -> Parsed:
    """Raises UnreadableSource."""
    return page_of(source.name, decoded(source.name, source.data))


def page_of(name: str, markup: str) -> Parsed:
    """Of a page that is decoded. Raises UnreadableSource."""
    root = tree_of(name, markup)
    said, stated = facts_of(root, None), stated_body(root)
    hidden = without_hidden(root)
    main = main_of(root, next((str(one.value) for one in said if one.name == "title" and one.value), None))
    times = _times(main)
    without_furniture(main)
    blocks = blocks_of(main)
    notes = (f"hidden parts left out: {hidden}",) if hidden else ()
    if stated and not stands_in(stated, blocks):
        blocks, times, notes = stated, [], (*notes, _NOT_SHOWN)
    text, regions = assembled(blocks)
    headline = Told("title", _headline(blocks), Origin.HEADLINE)
    facts = first_of([headline, *said, *told(text, regions).told(), *times])
    return Parsed(with_words(name, text), regions, facts.facts, facts.origins, notes)


def _headline(blocks: list[Block]) -> str | None:
    """The first heading, where it stands above the text."""
    for block in blocks:
        if block.kind is Region.HEADLINE:
            return " ".join(block.text.split())
        if block.kind is Region.BODY or (block.kind is None and _is_prose(block.text)):
            return None
    return None


def _is_prose(words: str) -> bool:
    return len(words) > _PROSE and (ends_sentence(words) or len(words) > 2 * _PROSE)


def _times(main: "HtmlElement") -> list[Told]:
    """The first time that the page marks as one, if it isn't of a photograph, of an entry or of a change."""
    for element in elements(main):
        if element.tag != "time" or not element.get("datetime"):
            continue
        around = " ".join(tokens(one) for one in [element, *element.iterancestors()][:4])
        inside = {above.tag for above in element.iterancestors()} & {"figure", "aside", "li", "blockquote"}
        if (
            not inside
            and not is_live(element, main)
            and " updated " not in around
            and " modified " not in around
        ):
            return [Told("published", element.get("datetime"), Origin.PUBLISHED_LINE)]
    return []
