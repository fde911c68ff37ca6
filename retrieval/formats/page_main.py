"""Where in a page the article stands, and what around and inside it isn't the article's."""

import re
from typing import TYPE_CHECKING

from retrieval.article import Region
from retrieval.formats.page_tree import elements, tokens
from retrieval.labels import label_of
from retrieval.lines import ends_sentence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HOLDS_TEXT = ("p", "li", "blockquote", "td", "dd", "pre", "h2", "h3")
_CONTAINERS = frozenset(
    {"body", "div", "main", "article", "section", "table", "tbody", "tr", "td", "form", "center"}
)
_MOSTLY = 0.8  # of the article's text: the child that holds so much is where it stands
_UNSURE = 0.2  # what a paragraph counts that trafilatura leaves out
_FURNITURE_TAGS = frozenset(
    {"nav", "footer", "form", "button", "menu", "dialog", "input", "label", "fieldset"}
)
_FURNITURE_ROLES = frozenset(
    {
        "navigation",
        "contentinfo",
        "dialog",
        "alertdialog",
        "search",
        "form",
        "menu",
        "menubar",
        "toolbar",
        "alert",
    }
)
_FURNITURE = re.compile(
    r" (?:nav|navbar|navigation|menu|breadcrumbs?|share|sharing|sharedaddy|social|addthis|related\w*"
    r"|recommend(?:ed|ations?)|recirc(?:ulation)?|newsletters?|signup|sign up|subscribe|subscription|promos?"
    r"|promotion|advert(?:s|isements?|ising)?|ads?|adslot|dfp|sponsor(?:ed|ship)?|taboola|outbrain|comments?"
    r"|disqus|cookies?|consent|cmp|gdpr|paywall|sidebar|widgets?|polls?|quiz|trending|popular|toolbar|skip"
    r"|pagination|pager|most (?:read|popular|viewed)|read (?:more|next|also)|more on|up next|next up"
    r"|topics?(?: list| links)?|tags?(?: list| links| cloud)|tags|links block|link list"
    r"|(?:about )?author (?:box|bio|info|card)|about author|authorbox|key events|see also|also read"
    r"|back to top|table of contents|toc|masthead|wp embedded content) "
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_OF_OTHERS = frozenset(
    {"reader comment", "reader comments", "readers’ comments", "about the author", "recent posts"}
)
_BEFORE_HEADING = 12  # code points: an entry's time
_MOST_OF_MAIN = 0.5  # what holds more of the text is no furniture, whatever its class says
_LINKED = 0.8  # of a list's text: it leads elsewhere
_LINKED_ASIDE = 0.5
_SHORTEST_TITLE = 8
_LONGEST_MENU = 600  # code points
_MOST_BESIDE_LINKS = 2  # words: a menu's own, such as the paper's name


def main_of(root: "HtmlElement", title: str | None = None) -> "HtmlElement":
    """The innermost element that holds nearly all of the text that trafilatura takes for the article's, and
    the headline with it: in a page without an h1 what says the page's `title`."""
    body = root.find("body")
    main = body if body is not None else root
    weights, headline = _weights(main, _kept(root)), _headline(main)
    headline = headline if headline is not None else _titled(main, title or "")
    while True:
        heaviest = max(main, key=lambda child: weights.get(child, 0.0), default=None)
        if heaviest is None or heaviest.tag not in _CONTAINERS:
            return main
        if weights.get(heaviest, 0.0) < weights.get(main, 0.0) * _MOSTLY or not weights.get(main):
            return main
        if headline is not None and _holds(main, headline) and not _holds(heaviest, headline):
            return main
        main = heaviest


def without_furniture(main: "HtmlElement") -> None:
    """Takes out menus, sharing, pointers elsewhere, advertising, forms and what readers wrote."""
    whole = _length(main)
    headline = _headline(main)
    for element in list(elements(main)):
        if element is main or element.getparent() is None or not _is_furniture(element):
            continue
        if _length(element) <= whole * _MOST_OF_MAIN and not (
            headline is not None and _holds(element, headline)
        ):
            element.drop_tree()


def _kept(root: "HtmlElement") -> str:
    """The text that trafilatura keeps, without white space; empty where it finds none."""
    import trafilatura
    from lxml import etree

    page = etree.tostring(root, encoding="unicode", method="html")
    found = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    return "".join((found or "").split())


def _weights(main: "HtmlElement", kept: str) -> dict["HtmlElement", float]:
    """Of each element the text in it, in code points."""
    weights: dict[HtmlElement, float] = {}
    for element in main.iter(*_HOLDS_TEXT, "div"):
        every = ("".join(one.split()) for one in _own(element))
        weight = sum(len(words) * (1.0 if words[:60] in kept else _UNSURE) for words in every)
        for above in [element, *element.iterancestors()]:
            weights[above] = weights.get(above, 0.0) + weight
            if above is main:
                break
    return weights


def _own(element: "HtmlElement") -> list[str]:
    """All of a paragraph; of a div what stands in it bare, between line breaks for instance."""
    if element.tag != "div":
        return ["".join(element.itertext())]
    return [element.text or "", *(child.tail or "" for child in element)]


def _headline(main: "HtmlElement") -> "HtmlElement | None":
    """The h1 that says it is the headline, else the longest: a page's name may be one too."""
    found = [one for one in main.iter("h1") if _length(one)]
    said = next((one for one in found if one.get("itemprop") == "headline"), None)
    return said if said is not None else max(found, key=_length, default=None)


def _titled(main: "HtmlElement", title: str) -> "HtmlElement | None":
    for element in main.iter("b", "strong", "font", "span", "h2", "h3", "td"):
        words = " ".join((element.text or "").split())
        if len(words) >= _SHORTEST_TITLE and title.startswith(words):
            return element
    return None


def _is_furniture(element: "HtmlElement") -> bool:
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return not (element.tag == "footer" and _is_in(element, ("blockquote",)))
    if element.tag in {"body", "html"}:
        return False
    if _FURNITURE.search(tokens(element)):
        return True
    if element.tag == "header":
        return element.find(".//nav") is not None or (
            element.find(".//h1") is None and _linked(element) > _LINKED_ASIDE
        )
    if element.tag == "aside" or element.get("role") == "complementary":
        return _linked(element) > _LINKED_ASIDE or _is_headed(element)
    if element.tag in {"ul", "ol", "div", "section", "article"}:
        links = len(element.findall(".//a")) > 1
        return (links and (_linked(element) > _LINKED or _is_menu(element))) or _is_headed(element)
    return element.tag == "p" and len(element.findall(".//a")) > 1 and _is_menu(element)


def _is_menu(element: "HtmlElement") -> bool:
    """Whether it is links and hardly a word beside them, and ends no sentence."""
    words = beside = "".join(element.itertext())
    if len(words) > _LONGEST_MENU:
        return False
    for link in element.iter("a"):
        beside = beside.replace("".join(link.itertext()) or "\n", " ", 1)
    few = sum(any(map(str.isalpha, word)) for word in beside.split()) <= _MOST_BESIDE_LINKS
    return few and element.find(".//h1") is None and not ends_sentence(words.strip())


def _is_headed(element: "HtmlElement") -> bool:
    """Whether its first words are a heading such as "Related" or "Read more"."""
    first = next((one for one in element.iter(*_HEADINGS) if _length(one)), None)
    if first is None:
        return False
    words = " ".join("".join(first.itertext()).split())
    begins = words in " ".join("".join(element.itertext()).split())[: len(words) + _BEFORE_HEADING]
    return begins and (label_of(words) is Region.BOILERPLATE or words.lower() in _OF_OTHERS)


def _linked(element: "HtmlElement") -> float:
    """How much of its text, headings aside, is links."""
    length = _length(element) - sum(map(_length, element.iter(*_HEADINGS)))
    headed = sum(_length(one) for heading in element.iter(*_HEADINGS) for one in heading.iter("a"))
    return (sum(map(_length, element.iter("a"))) - headed) / length if length > 0 else 0.0


def _length(element: "HtmlElement") -> int:
    return len("".join("".join(element.itertext()).split()))


def _holds(element: "HtmlElement", inner: "HtmlElement") -> bool:
    return element is inner or any(above is element for above in inner.iterancestors())


def _is_in(element: "HtmlElement", tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None
