"""A page's elements become paragraphs, in the page's order and words."""

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from retrieval.article import Region
from retrieval.formats.blocks import Block
from retrieval.formats.page_tables import is_of_data, rows_of
from retrieval.formats.page_tree import tokens
from retrieval.labels import label_of
from retrieval.lines import ends_sentence
from retrieval.posts import signature, signed_above

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
_POSTED = re.compile(
    r" (?:twitter tweet|instagram media|bluesky embed|mastodon embed|text post media|tiktok embed) "
)
_SIGNS = frozenset(("cite", "footer", "figcaption"))
_LIVE = re.compile(r" (?:live|liveblog|live post|live entry|entry live|blog post) ")
_OF_EMBEDDING = re.compile(r"\[image or embed\]|View (?:this post )?on \w+|♬ .{1,80}")
_PHOTOGRAPHS = (Region.CAPTION, Region.CREDIT)
_RIGHTS = re.compile(r"(?:[Cc]opyright )?(?:©|\([cC]\)) |Copyright (?:\d{4}|[A-Z])")
_LONGEST_RIGHTS = 400
_BOLD = frozenset(("b", "strong"))
_LONGEST_HEADING, _MOST_HEADING_WORDS = 100, 14
_MOST_ENTRIES = 50  # that are looked at
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r" ?\n ?")
_BREAK = "\x00"  # a line break of the page's own, which stands in no text


def blocks_of(main: "HtmlElement") -> list[Block]:
    """Of a tree without what is hidden and what is furniture. Struck-out words aren't in it."""
    from lxml import etree

    pages = _Pages(main)
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

    def __init__(self, main: "HtmlElement") -> None:
        self._main = main
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._kinds: list[Region | None] = [None]
        self._apart: list[HtmlElement] = []  # the elements that are paragraphs of their own
        self._items = 0  # list items that are open
        self._verbatim = 0
        self._line = _Line()
        self._links = 0  # that are open
        self._is_linked = True  # all of the paragraph so far

    def open(self, element: "HtmlElement") -> bool:
        """Whether all that is in it is read, or left out, by that."""
        if element.tag in {"del", "s", "strike"}:
            return True
        if element.tag == "br":
            self._end_line()
        if element.tag == "table" and is_of_data(element):
            self.end()
            self.blocks.extend(rows_of(element))
            return True
        if element.tag in _BLOCKS:
            self.end()
        kind = self._kind(element)
        if element.tag in _BLOCKS or kind is not self._kinds[-1]:
            self.end()
            self._apart.append(element)
            self._kinds.append(kind)
        elif kind is Region.BYLINE:
            self._add(" ")  # names and offices stand apart by their look alone
        self._items += element.tag == "li"
        self._verbatim += element.tag == "pre"
        self._line.bold += element.tag in _BOLD
        self._links += element.tag == "a"
        self._add(element.text)
        return False

    def close(self, element: "HtmlElement", *, is_main: bool) -> None:
        self._line.bold -= element.tag in _BOLD
        self._links -= element.tag == "a"
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
        self._words, linked = [], self._is_linked
        self._line.begin(0)
        self._is_linked = True
        for part in re.split(r"\n{2,}", words):
            if any(map(str.isalnum, part)):
                if self._kinds[-1] is Region.POST and _OF_EMBEDDING.fullmatch(part.strip()):
                    continue
                kind = self._told(part.strip())
                leads = linked and kind in (None, Region.BODY) and not ends_sentence(part.strip())
                self.blocks.append(Block(part.strip(), Region.BOILERPLATE if leads else kind))

    def _end_line(self) -> None:
        """A line of bold type alone is a heading, as pages have it that are made without headings."""
        line = _SPACES.sub(" ", "".join(self._words[self._line.start :])).strip()
        if self._kinds[-1] is None and self._line.is_bold and _is_heading(line):
            self._words = self._words[: self._line.start]
            self.end()
            self.blocks.append(Block(line, Region.HEADLINE))
        else:
            self._words.append(_BREAK)
        self._line.begin(len(self._words))

    def _add(self, text: str | None) -> None:
        if text:
            kept = text.replace("\n", _BREAK) if self._verbatim else _SPACES.sub(" ", text)
            before = self._words[-1] if self._words else " "
            if any(map(str.isalnum, text)):
                self._line.is_bold &= self._line.bold > 0
                self._is_linked &= self._links > 0
            self._words.append(kept.lstrip(" ") if before.endswith((" ", _BREAK)) else kept)

    def _told(self, words: str) -> Region | None:
        """A list's item is no headline, whatever its shape, and a caption may be a credit alone."""
        kind = self._kinds[-1]
        if _RIGHTS.match(words) and len(words) <= _LONGEST_RIGHTS:
            return kind or Region.BOILERPLATE
        if kind is Region.POST:
            return _told_of_post(words)
        if kind is None and self._items:
            return label_of(words) or Region.BODY
        if kind is Region.CAPTION and label_of(words) is Region.CREDIT:
            return Region.CREDIT
        return kind

    def _kind(self, element: "HtmlElement") -> Region | None:
        inherited = self._kinds[-1]
        if inherited is Region.POST or (element.tag == "blockquote" and self._is_quoted(element)):
            return Region.BYLINE if element.tag in _SIGNS else Region.POST
        if element.tag in _KINDS:
            return _KINDS[element.tag]
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
        said = is_author or (_BYLINE.search(named) and len("".join(element.itertext())) < 300)
        if not ((said or element.tag == "time") and self._is_apart()):
            return None
        if not is_live(element, self._main):
            return Region.BYLINE
        if element.tag == "time":
            return Region.HEADLINE
        return Region.BYLINE if next(element.iter("time"), None) is None else None

    def _is_quoted(self, block: "HtmlElement") -> bool:
        """Whether it is another's words: a post, signed, or what the paragraph above leads up to."""
        if _POSTED.search(tokens(block)) or next(block.iter("cite", "footer"), None) is not None:
            return True
        before = self.blocks[-1] if self.blocks else None
        return before is not None and before.kind is None and before.text.endswith(":")

    def _is_apart(self) -> bool:
        """Whether no sentence is open."""
        inside = self._apart[-1].tag if self._apart else "div"
        return inside not in {"p", "li", "td", "dd", "blockquote"} or not any(w.strip() for w in self._words)


def _told_of_post(words: str) -> Region:
    signed = signature(words)
    return Region.BYLINE if signed_above(words) or (signed and not signed.words) else Region.POST


class _Line:
    """The line that is open: where its words begin, and whether they are all in bold type."""

    def __init__(self) -> None:
        self.bold = 0  # elements of bold type that are open
        self.begin(0)

    def begin(self, start: int) -> None:
        self.start = start
        self.is_bold = True


def _is_heading(line: str) -> bool:
    short = 0 < len(line) <= _LONGEST_HEADING and len(line.split()) <= _MOST_HEADING_WORDS
    closed = ends_sentence(line) or line[-1:] in ",;:"
    return short and not closed and not line[0].islower() and label_of(line) is None


def is_live(element: "HtmlElement", main: "HtmlElement") -> bool:
    """Whether it stands in an entry of a live blog: its time is the entry's. Entries are called so, or stand
    beside each other, each with a time."""
    inside = takewhile(lambda above: above is not main, element.iterancestors())
    entry = next((one for one in inside if one.tag in {"article", "li"}), None)
    parent = entry.getparent() if entry is not None else None
    if entry is not None and parent is not None:
        beside = islice(parent.iterchildren(entry.tag), _MOST_ENTRIES)
        if sum(next(one.iter("time"), None) is not None for one in beside) > 1:
            return True
    return any(
        one.get("itemprop") == "liveBlogUpdate" or _LIVE.search(tokens(one))
        for one in [element, *element.iterancestors("article", "div", "section", "li")]
    )
