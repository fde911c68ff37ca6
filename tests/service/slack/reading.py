"""Reads blocks and notifications as Slack does, and says what would be live in them.

The rules of a parsed text are those of https://docs.slack.dev/messaging/formatting-message-text: control
sequences in angle brackets, entities, and what Slack finds by itself: addresses, mentions, emoji.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from service.slack.mrkdwn import escaped, web_url
from service.slack.rich_text import Block
from service.wire import AnswerOut, CitationOut

LIVE = {
    "control sequence": re.compile("[<>]"),
    "entity": re.compile("&(?!amp;|lt;|gt;)"),
    "address": re.compile(r"[a-z][a-z0-9+.-]*:[^\s:]", re.IGNORECASE),
    "domain": re.compile(r"\w\.\w"),
    "mention": re.compile(r"@\w|#\w"),
    "emoji": re.compile(r":[\w+-]+:"),
}
_ISOLATES = re.compile("[\u2068\u2069]")
_FIELDS = {
    "rich_text": {"elements"},
    "rich_text_section": {"elements"},
    "rich_text_quote": {"elements"},
    "text": {"text", "style"},
    "link": {"text", "style", "url"},
    "plain_text": {"text", "emoji"},
}


def live(parsed: str) -> list[str]:
    return [what for what, pattern in LIVE.items() if pattern.search(parsed)]


def link(citation: CitationOut) -> str:
    return f"https://parley.example{citation.article.link}"


def links_of(answer: AnswerOut) -> set[str]:
    """The addresses that an answer's messages may link: our pages, and the articles' own."""
    originals = {web_url(citation.article.url) for citation in answer.cited}
    return {link(citation) for citation in answer.cited} | {url for url in originals if url}


def every_part(part: Any) -> Iterator[dict[str, Any]]:
    """Each object in a block or view, the outermost first."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from every_part(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from every_part(each)


def live_parts(blocks: Iterable[Any], allowed: set[str]) -> list[str]:
    """What Slack would do something with, besides showing it: nothing, but for the links allowed."""
    found = []
    labels = ("original", *(f"[{number}]" for number in range(1, 100)))
    ours = {f"<{escaped(url)}|{label}>" for url in allowed for label in labels}
    for part in every_part(list(blocks)):
        kind = part.get("type", "")
        if kind in _FIELDS and not set(part) - {"type"} <= _FIELDS[kind]:
            found.append(f"{kind} with {sorted(part)}")
        if "url" in part and (kind != "link" or part["url"] not in allowed):
            found.append(f"link to {part['url']}")
        if kind == "plain_text" and part["emoji"] is not False:
            found.append("plain_text that turns names into emoji")
        if kind == "mrkdwn" and part["text"] in ours and part.get("verbatim"):
            continue
        if kind in {"mrkdwn", "markdown", "user", "usergroup", "channel", "broadcast", "emoji", "date"}:
            found.append(kind)
    return found


def shown(blocks: Iterable[Block]) -> str:
    """The text of the rich_text elements, joined, isolates left out."""
    parts = (part for part in every_part(list(blocks)) if part.get("type") in ("text", "link"))
    return _ISOLATES.sub("", "".join(part["text"] for part in parts))
