"""A page's elements become paragraphs, in the page's order and words."""

import re
from typing import TYPE_CHECKING

from retrieval.article import Region
from retrieval.formats.blocks import Block
from retrieval.formats.page_tables import is_of_data, rows_of
from retrieval.formats.page_tree import tokens
from retrieval.labels import label_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "div",
            "dl",
        ),
        *("dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
        *(
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
        ),
        *("tr", "ul", "cite"),
    )
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Region.HEADLINE),
    "figcaption": Region.CAPTION,
}
_CAPTION = re.compile(r" (?:caption|captions|figcaption|wp caption text|image caption|photo caption) ")
_CREDIT = re.compile(r" (?:credits?|copyright|photographer|image source|photo source|attribution) ")
_BYLINE = re.compile(
    r" (?:bylines?|byl|authors?|entry meta|post meta|article meta|posted on|dateline date|timestamp|pubdate"
    r"|publish(?:ed)? date|date published|published|contributors?) "
)
_LABEL = re.compile(r" (?:kicker|eyebrow|overline|section label|category|pullquote|pull quote) ")
_LIVE = re.compile(r" (?:live|liveblog|live post|live entry|entry live|blog post) ")
_PHOTOGRAPHS = (Region.CAPTION, Region.CREDIT)
_RIGHTS = re.compile(r"(?:[Cc]opyright )?(?:©|\([cC]\)) |Copyright (?:\d{4}|[A-Z])")
_LONGEST_RIGHTS = 400
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r" ?\n ?")
_BREAK = "\x00"  # a line break of the page's own, which stands in no text


def blocks_of(main: "HtmlElement") -> list[Block]:
    """Of a tree without what is hidden and what is furniture. Struck-out words aren't in it."""
    from lxml import etree

    pages = _Pages()
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            pages.close(element, is_main=element is main)
        elif pages.open(element):
            walk.skip_subtree()
    pages.end()
    return pages.blocks


class _Pages:
    """What is being read: `blocks` so far, and the words of the one that is open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._kinds: list[Region | None] = [None]
        self._apart: list[HtmlElement] = []  # the elements that are paragraphs of their own
        self._items = 0  # list items that are open
        self._verbatim = 0

    def open(self, element: "HtmlElement") -> bool:
        """Whether all that is in it is read, or left out, by that."""
        if element.tag in {"del", "s", "strike"}:
            return True
        if element.tag == "br":
            self._words.append(_BREAK)
        if element.tag == "table" and is_of_data(element):
            self.end()
            self.blocks.extend(rows_of(element))
            return True
        kind = self._kind(element)
        if element.tag in _BLOCKS or kind is not self._kinds[-1]:
            self.end()
            self._apart.append(element)
            self._kinds.append(kind)
        elif kind is Region.BYLINE:
            self._add(" ")  # names and offices stand apart by their look alone
        self._items += element.tag == "li"
        self._verbatim += element.tag == "pre"
        self._add(element.text)
        return False

    def close(self, element: "HtmlElement", *, is_main: bool) -> None:
        if self._apart and self._apart[-1] is element:
            self.end()
            self._apart.pop()
            self._kinds.pop()
            self._items -= element.tag == "li"
            self._verbatim -= element.tag == "pre"
        if not is_main:
            self._add(element.tail)

    def end(self) -> None:
        """The paragraph that is open; two line breaks in a row part paragraphs."""
        words = _BREAKS.sub("\n", "".join(self._words).replace(_BREAK, "\n"))
        self._words = []
        for part in re.split(r"\n{2,}", words):
            if any(map(str.isalnum, part)):
                self.blocks.append(Block(part.strip(), self._told(part.strip())))

    def _add(self, text: str | None) -> None:
        if text:
            kept = text.replace("\n", _BREAK) if self._verbatim else _SPACES.sub(" ", text)
            before = self._words[-1] if self._words else " "
            self._words.append(kept.lstrip(" ") if before.endswith((" ", _BREAK)) else kept)

    def _told(self, words: str) -> Region | None:
        """A list's item is no headline, whatever its shape, and a caption may be a credit alone."""
        kind = self._kinds[-1]
        if _RIGHTS.match(words) and len(words) <= _LONGEST_RIGHTS:
            return kind or Region.BOILERPLATE
        if kind is None and self._items:
            return label_of(words) or Region.BODY
        if kind is Region.CAPTION and label_of(words) is Region.CREDIT:
            return Region.CREDIT
        return kind

    def _kind(self, element: "HtmlElement") -> Region | None:
        if element.tag in _KINDS:
            return _KINDS[element.tag]
        inherited = self._kinds[-1]
        named = tokens(element)
        if inherited in _PHOTOGRAPHS or element.tag == "figure":
            return Region.CREDIT if _CREDIT.search(named) else inherited
        if inherited is not None:
            return inherited
        if _CAPTION.search(named):
            return Region.CAPTION
        if _CREDIT.search(named) and self._is_apart():
            return Region.CREDIT
        if _LABEL.search(named):
            return Region.BOILERPLATE
        is_author = element.get("rel") == "author" or element.get("itemprop") in {"author", "datePublished"}
        is_time = element.tag == "time" and self._is_apart() and not _is_live(element)
        said = is_author or (_BYLINE.search(named) and len("".join(element.itertext())) < 300)
        if is_time or (said and self._is_apart() and not _is_live(element)):
            return Region.BYLINE
        return None

    def _is_apart(self) -> bool:
        """Whether no sentence is open."""
        inside = self._apart[-1].tag if self._apart else "div"
        return inside not in {"p", "li", "td", "dd", "blockquote"} or not any(w.strip() for w in self._words)


def _is_live(element: "HtmlElement") -> bool:
    """An entry's time in a live blog is its own."""
    return any(
        one.get("itemprop") == "liveBlogUpdate" or _LIVE.search(tokens(one))
        for one in [element, *element.iterancestors("article", "div", "section", "li")]
    )
