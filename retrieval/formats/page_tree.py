"""A page's tree, and what of it nobody sees: taken out before anything is read, and counted."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.errors import UnreadableSource
from retrieval.formats.page_styles import Rules, hides, rules_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 2048  # elements in each other, which is libxml2's bound too
_TAGS = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "canvas"),
        *("audio", "video", "textarea", "select", "datalist", "noframes", "noembed", "applet", "param"),
        *("amp-ad", "amp-embed", "amp-consent", "amp-sidebar", "amp-social-share", "amp-analytics"),
        *("rp", "meter", "progress"),
    )
)
_FOR_READERS = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screenreader-only", "u-hidden"}
)
_MOST_HIDDEN = 0.5  # of what is read of a page
_LITTLE = 200  # letters: where a rule leaves no more to read, a script undoes it
_AROUND = frozenset(("a", "nav", "header", "footer", "aside", "button"))  # what is not read
_WORD = re.compile(r"\w")


def tree_of(name: str, text: str) -> "HtmlElement":
    """Raises UnreadableSource: empty, or nested past all bounds."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as exc:
        raise UnreadableSource(f"{name} is no web page: {exc}", remedy="save the page anew") from exc
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise UnreadableSource(
            f"{name} nests its elements more than {DEEPEST:,} deep", remedy="give the article as plain text"
        )
    return root


def without_hidden(root: "HtmlElement") -> int:
    """Takes out of the tree what isn't seen. How many parts of it held words."""
    rules = rules_of(root)
    held = 0
    for element in list(root.iter()):
        if element.getparent() is not None and _is_hidden(element):
            held += _dropped(element)
    return held + _without_ruled_out(root, rules)


def _without_ruled_out(root: "HtmlElement", rules: Rules) -> int:
    held, left = 0, _to_read(root)
    gone: set[HtmlElement] = set()
    for element in list(elements(root)):
        if element.getparent() is None or element in gone or not _by_rule(element, rules):
            continue
        its = 0 if any(around.tag in _AROUND for around in element.iterancestors()) else _to_read(element)
        if its <= left * _MOST_HIDDEN or left - its > _LITTLE:
            gone.update(element.iter())
            left -= its
            held += _dropped(element)
    return held


def _to_read(element: "HtmlElement") -> int:
    """Letters outside of menus and links: where a rule leaves none, a script brings the article to sight."""
    letters, waiting = 0, [element] if element.tag not in _AROUND else []
    while waiting:
        element = waiting.pop()
        shown = (element.text, *(child.tail for child in element))
        letters += sum(len("".join(text.split())) for text in shown if text)
        waiting += [each for each in element if isinstance(each.tag, str) and each.tag not in _AROUND]
    return letters


def _dropped(element: "HtmlElement") -> bool:
    """Whether it held words."""
    words = _words_of(element) if isinstance(element.tag, str) else element.text or ""
    element.drop_tree()
    return element.tag != "head" and bool(_WORD.search(words))


def tokens(element: "HtmlElement") -> str:
    """The words of its class and its other names, each between blanks, in lower case."""
    names = (
        element.get(name) or "" for name in ("class", "id", "data-component", "data-testid", "data-module")
    )
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", " ".join(names)[:1000])
    return f" {' '.join(re.findall(r'[a-z]+|[0-9]+', apart.lower()))} "


def elements(root: "HtmlElement") -> Iterator["HtmlElement"]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _words_of(element: "HtmlElement") -> str:
    return "".join(element.itertext())


def _is_hidden(element: "HtmlElement") -> bool:
    """By itself, whatever a rule says of it."""
    if not isinstance(element.tag, str) or element.tag in _TAGS:
        return True
    closed = element.tag == "dialog" and element.get("open") is None
    if closed or any(element.get(name) is not None for name in ("hidden", "popover")):
        return True
    style = element.get("style")
    return (element.get("aria-hidden") or "").strip().lower() == "true" or bool(style and hides(style))


def _by_rule(element: "HtmlElement", rules: Rules) -> bool:
    return rules.hide(element) or bool(_FOR_READERS & {*(element.get("class") or "").split()})
