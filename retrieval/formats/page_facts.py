"""What a page says of its article: meta tags, JSON-LD (schema.org's NewsArticle and kin), its own address."""

import html
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from retrieval.article import Origin
from retrieval.formats.found import Told, names_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = {
    "outlet": ("og:site_name", "publisher", "dc.publisher", "application-name"),
    "published": (
        *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date"),
        *("dc.date.issued", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date"),
        *("publication_date", "publishdate", "article.published"),
    ),
    "url": ("og:url",),
    "authors": ("author", "byl", "article:author", "parsely-author", "sailthru.author", "dc.creator"),
    "title": ("og:title", "twitter:title", "dc.title"),
}
_BETWEEN = (" | ", " - ", " – ", " — ", " · ", " :: ")  # a title and the outlet behind it
_LONGEST_JSON = 1_000_000  # code points
_MOST_NODES = 5_000


def facts_of(root: "HtmlElement", headline: str | None) -> list[Told]:
    """The likeliest first: the headline as shown, JSON-LD, meta tags."""
    metas = _metas(root)
    article, nodes = article_of(root)
    told = [Told("title", headline, Origin.HEADLINE), *_of_json(article, nodes)]
    for name, keys in _META.items():
        for key in keys:
            values = metas.get(key, [])
            listed = [one for value in values for one in names_in(value)] if name == "authors" else None
            told.extend(Told(name, value, Origin.META) for value in ([listed] if listed else values))
    links = [one.get("href") for one in root.iter("link") if (one.get("rel") or "").lower() == "canonical"]
    urls = [Told("url", link, Origin.META) for link in links]
    title = Told("title", " ".join((root.findtext(".//title") or "").split()), Origin.META)
    language = Told("language", root.get("lang") or root.get("xml:lang"), Origin.META)
    return _without_outlet([*urls, *told, title, language])


def _metas(root: "HtmlElement") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key and (value := (meta.get("content") or "").strip()):
            found.setdefault(key, []).append(value)
    return found


def _without_outlet(told: list[Told]) -> list[Told]:
    """A title without the outlet's name behind it."""
    outlet = next((str(one.value) for one in told if one.name == "outlet" and one.value), None)
    ends = [between + outlet for between in _BETWEEN] if outlet else []
    return [
        one._replace(value=_cut(str(one.value), ends)) if one.name == "title" and one.value else one
        for one in told
    ]


def _cut(title: str, ends: list[str]) -> str:
    return next((title.removesuffix(end) for end in ends if title.endswith(end)), title)


def article_of(root: "HtmlElement") -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The first node that is an article, and every node by its id."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    return next((node for node in nodes if _is_article(node)), {}), by_id


def _nodes(script: "HtmlElement") -> list[dict[str, Any]]:
    if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
        return []
    try:
        left: list[Any] = [json.loads(script.text[:_LONGEST_JSON], strict=False)]
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    while left and len(found) < _MOST_NODES:
        node = left.pop(0)
        if isinstance(node, list):
            left = node[:_MOST_NODES] + left
        elif isinstance(node, dict):
            found.append(node)
            graph = node.get("@graph")
            left = (graph[:_MOST_NODES] if isinstance(graph, list) else []) + left
    return found


def _is_article(node: dict[str, Any]) -> bool:
    return any(
        isinstance(one, str) and (one.endswith(("Article", "BlogPosting")) or one == "Report")
        for one in _list(node.get("@type"))
    )


def _of_json(article: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[Told]:
    values = {
        "title": _text(article.get("headline")),
        "outlet": next(_named(article.get("publisher"), nodes), None),
        "published": _text(article.get("datePublished")),
        "url": _text(article.get("url")),
        "language": _text(article.get("inLanguage")),
        "authors": list(_named(article.get("author"), nodes)),
    }
    return (Told(name, value, Origin.JSON_LD) for name, value in values.items())


def _named(value: Any, nodes: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The names of people or organisations: text, nodes, or references to nodes."""
    for one in _list(value):
        node = nodes.get(str(one.get("@id")), one) if isinstance(one, dict) and "name" not in one else one
        name = _text(node.get("name")) if isinstance(node, dict) else _text(node)
        if name:
            yield name


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    return html.unescape(value).strip() if isinstance(value, str) else None
