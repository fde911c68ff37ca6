"""rich_text blocks, and messages that hold no more of them than Slack takes.

The text of a rich_text element is shown as it stands: Slack looks for no mention, link, emoji or style in it
(https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). A link is an element of its own, made
here alone. So a text can't become live by what it says, whatever Slack comes to parse later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from service.slack.mrkdwn import cut, isolated, units, visible, web_url

Block = dict[str, Any]
Shape = Literal["rich_text_section", "rich_text_quote"]
# Slack gives no limit for a rich_text block; 3,000 is that of a section.
BLOCK_UNITS = 3_000
# Slack refuses a message of about 13,200 (https://github.com/slackapi/bolt-js/issues/2509), or of 51 blocks.
_MESSAGE_UNITS, _MESSAGE_BLOCKS = 11_500, 45


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a link where `url` is one that can be opened."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What a message has left."""

    units: int = _MESSAGE_UNITS
    blocks: int = _MESSAGE_BLOCKS

    def after(self, blocks: Sequence[Block]) -> "Room":
        """May be less than nothing; see `holds`."""
        return Room(self.units - sum(map(block_units, blocks)), self.blocks - len(blocks))

    def holds(self, blocks: Sequence[Block]) -> bool:
        left = self.after(blocks)
        return left.units >= 0 and left.blocks >= 0


def block_units(block: Block) -> int:
    """All text and addresses in a block."""
    return sum(units(text) for text in _texts(block))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "url") and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)


def plain_text(text: str) -> dict[str, Any]:
    """Slack parses nothing in it; `emoji` off, so that no :name: becomes a picture."""
    return {"type": "plain_text", "text": text, "emoji": False}


def rich_text(*runs: Run, shape: Shape = "rich_text_section") -> list[Block]:
    """The runs as one block, or as many as they need; none where they hold no text."""
    filled: list[list[dict[str, Any]]] = [[]]
    left = BLOCK_UNITS
    for run in runs:
        for element in _elements(run, left):
            size = block_units(element)
            if size > left:
                filled.append([])
                left = BLOCK_UNITS
            filled[-1].append(element)
            left -= size
    return [_block(elements, shape) for elements in filled if elements]


def _block(elements: list[dict[str, Any]], shape: Shape) -> Block:
    return {"type": "rich_text", "elements": [{"type": shape, "elements": elements}]}


def _elements(run: Run, left: int) -> Iterator[dict[str, Any]]:
    """The run in pieces: the first fits into what is left, where that is worth while, the others into a
    whole block each. A link's address counts with every piece of it."""
    url, text = web_url(run.url), visible(run.text)
    cost, share = units(url or ""), 1 if isolated(text) == text else 2  # isolates at most double a text
    room = max(left, BLOCK_UNITS // 2)
    while text:
        piece, text = cut(text, (room - cost) // share)
        yield _element(piece, run, url)
        room = BLOCK_UNITS


def _element(text: str, run: Run, url: str | None) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "link", "url": url} if url else {"type": "text"}
    element["text"] = isolated(text)
    style = {name: True for name in ("bold", "italic") if getattr(run, name)}
    return element | ({"style": style} if style else {})
