"""A page's tree, and what of it nobody sees: taken out before anything is read, and counted."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.errors import UnreadableSource

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 2048  # elements in each other, which is libxml2's bound too
_TAGS = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "canvas"),
        *("audio", "video", "textarea", "select", "datalist", "noframes", "noembed", "applet", "param"),
        *("amp-ad", "amp-embed", "amp-consent", "amp-sidebar", "amp-social-share", "amp-analytics"),
    )
)
_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?![.\d]*[1-9])|font-size:0(?![.\d]*[1-9])"
    r"|(?:left|top|right|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\((?:0|1px)"
    r"|clip-path:(?:inset\((?:50|100)%|circle\(0)|transform:scale\(0\)"
    r"|(?:max-)?(?:width|height):[01](?:px)?(?:;|$|!).{0,200}overflow:hidden"
    r"|overflow:hidden.{0,200}(?:max-)?(?:width|height):[01](?:px)?(?:;|$|!)"
)
_RULE = re.compile(r"([^{}@]{1,500})\{([^{}]{0,2000})\}")
_AT_BLOCK = re.compile(r"@[a-z-]+[^{};]{0,500}\{(?:[^{}]|\{[^{}]{0,2000}\}){0,500}\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]{0,20})?([.#][\w-]{1,80})")
_FOR_READERS = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screenreader-only", "u-hidden"}
)
_MOST_HIDDEN = 0.5  # of a page's text: a rule that hides more is undone by a script
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
    names = _hidden_by_rules(root)
    held = 0
    whole = len(_words_of(root))
    for element in list(root.iter()):
        parent = element.getparent()
        surely = _is_hidden(element)
        if parent is None or not (surely or _by_rule(element, names)):
            continue
        if not isinstance(element.tag, str):
            held += bool(_WORD.search(element.text or ""))
        else:
            if not surely and len(_words_of(element)) > whole * _MOST_HIDDEN:
                continue
            held += element.tag != "head" and bool(_WORD.search(_words_of(element)))
        element.drop_tree()
    return held


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
    if closed or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = re.sub(r"\s+", "", (element.get("style") or "")[:2000].lower())
    return bool(style and _STYLE.search(style))


def _by_rule(element: "HtmlElement", names: frozenset[str]) -> bool:
    classes = (element.get("class") or "").split()
    named = {f".{one}" for one in classes} | {f"#{element.get('id')}"}
    return bool(names & named) or bool(_FOR_READERS & set(classes))


def _hidden_by_rules(root: "HtmlElement") -> frozenset[str]:
    """The classes and ids that the page's own style sheets hide by themselves."""
    found: set[str] = set()
    for sheet in root.iter("style"):
        rules = re.sub(r"/\*.*?\*/", "", (sheet.text or "")[:500_000], flags=re.DOTALL)
        for selectors, declared in _RULE.findall(_AT_BLOCK.sub("", rules)):
            if _STYLE.search(re.sub(r"\s+", "", declared.lower())):
                matches = (_SIMPLE.fullmatch(one.strip()) for one in selectors.split(","))
                found |= {match[1] for match in matches if match}
    return frozenset(found)
