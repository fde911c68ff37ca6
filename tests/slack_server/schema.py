"""Slack's rules for blocks and views, of the types that Parley uses: an unknown type or field is refused.

Sources: https://docs.slack.dev/reference/block-kit and, for the length of a whole message, what Slack was
seen to refuse (https://github.com/slackapi/bolt-js/issues/2509). Lengths are counted in UTF-16 units of the
escaped text, the largest of the ways in which Slack may count, so that nothing passes here and fails there.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT = 12_000
Check = Callable[[Any, str], Iterator[str]]


def units(text: str) -> int:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return len(escaped.encode("utf-16-le", "surrogatepass")) // 2


def string(most: int | None = None, *, least: int = 1) -> Check:
    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"[ERROR] must be a string [json-pointer:{at}]"
            return
        if len(value) < least:
            yield f"[ERROR] must be more than {least - 1} characters [json-pointer:{at}]"
        if most is not None and units(value) > most:
            yield f"[ERROR] must be less than {most + 1} characters [json-pointer:{at}]"
        if re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", value):
            yield f"[ERROR] invalid character [json-pointer:{at}]"

    return check


def url(value: Any, at: str) -> Iterator[str]:
    yield from string(3_000)(value, at)
    if isinstance(value, str) and not re.fullmatch(r"https?://[^\s|<>\"]+", value):
        yield f"[ERROR] Invalid URL [json-pointer:{at}]"


def boolean(value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"[ERROR] must be a boolean [json-pointer:{at}]"


def integer(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000:
        yield f"[ERROR] must be an integer [json-pointer:{at}]"


def one_of(*allowed: str) -> Check:
    def check(value: Any, at: str) -> Iterator[str]:
        if value not in allowed:
            yield f"[ERROR] must be one of {', '.join(allowed)} [json-pointer:{at}]"

    return check


def array(of: Check, most: int | None = None, *, least: int = 1) -> Check:
    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"[ERROR] must be an array [json-pointer:{at}]"
            return
        if len(value) < least:
            yield f"[ERROR] no fewer than {least} items allowed [json-pointer:{at}]"
        if most is not None and len(value) > most:
            yield f"[ERROR] no more than {most} items allowed [json-pointer:{at}]"
        for number, item in enumerate(value):
            yield from of(item, f"{at}/{number}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    fields = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"[ERROR] must be an object [json-pointer:{at}]"
            return
        for name in required:
            if name not in value:
                yield f"[ERROR] missing required field: {name} [json-pointer:{at}]"
        for name, item in value.items():
            if name not in fields:
                yield f"[ERROR] invalid additional property: {name} [json-pointer:{at}]"
            else:
                yield from fields[name](item, f"{at}/{name}")

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object told apart by its `type`, which its own check then need not name."""

    def check(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield f"[ERROR] unsupported type: {kind} [json-pointer:{at}/type]"
            return
        yield from kinds[kind]({name: item for name, item in value.items() if name != "type"}, at)

    return check


def plain_text(most: int = 3_000) -> Check:
    return typed({"plain_text": record({"text": string(most)}, {"emoji": boolean})})


def any_text(most: int = 3_000) -> Check:
    return typed(
        {
            "plain_text": record({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": record({"text": string(most)}, {"verbatim": boolean}),
        }
    )


_STYLE = {"style": record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))}
_NAMED = {"action_id": string(255)}
_RICH_INLINE = typed(
    {
        "text": record({"text": string()}, _STYLE),
        "link": record({"url": url}, {"text": string(), **_STYLE}),
        "emoji": record({"name": string(100)}, _STYLE),
        "user": record({"user_id": string(20)}, _STYLE),
        "usergroup": record({"usergroup_id": string(20)}, _STYLE),
        "channel": record({"channel_id": string(20)}, _STYLE),
        "broadcast": record({"range": one_of("here", "channel", "everyone")}, _STYLE),
    }
)
_INLINES = {"elements": array(_RICH_INLINE)}
_RICH_SECTION = record(_INLINES)
_RICH = typed(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_quote": record(_INLINES, {"border": integer}),
        "rich_text_preformatted": record(_INLINES, {"border": integer}),
        "rich_text_list": record(
            {
                "elements": array(typed({"rich_text_section": _RICH_SECTION})),
                "style": one_of("bullet", "ordered"),
            },
            {"indent": integer, "offset": integer, "border": integer},
        ),
    }
)
_RICH_TEXT = record({"elements": array(_RICH)}, {"block_id": string(255)})
_OPTION = record({"text": any_text(75), "value": string(150)}, {"description": any_text(75), "url": url})
_BUTTON = record(
    {"text": plain_text(75), **_NAMED},
    {
        "url": url,
        "value": string(2_000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
_FEEDBACK_BUTTON = record(
    {"text": plain_text(75), "value": string(2_000)}, {"accessibility_label": string(75)}
)
_FEEDBACK = record({"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON, **_NAMED})
_RADIO = record(
    {"options": array(_OPTION, 10), **_NAMED}, {"initial_option": _OPTION, "focus_on_load": boolean}
)
_INPUT_TEXT = record(
    _NAMED,
    {
        "initial_value": string(3_000),
        "multiline": boolean,
        "min_length": integer,
        "max_length": integer,
        "placeholder": plain_text(150),
        "focus_on_load": boolean,
    },
)
_ID = {"block_id": string(255)}
_SECTION = record(
    {},
    {
        "text": any_text(3_000),
        "fields": array(any_text(2_000), 10),
        "accessory": typed({"button": _BUTTON}),
        "expand": boolean,
        **_ID,
    },
)


def _section(value: Any, at: str) -> Iterator[str]:
    if "text" not in value and "fields" not in value:
        yield f"[ERROR] missing required field: text [json-pointer:{at}]"
    yield from _SECTION(value, at)


_ANYWHERE: dict[str, Check] = {
    "rich_text": _RICH_TEXT,
    "section": _section,
    "header": record({"text": plain_text(150)}, _ID),
    "divider": record({}, _ID),
    "context": record({"elements": array(any_text(), 10)}, _ID),
    "actions": record({"elements": array(typed({"button": _BUTTON}), 25)}, _ID),
}
_MESSAGE = typed(
    {
        **_ANYWHERE,
        "markdown": record({"text": string(12_000)}, _ID),
        "context_actions": record({"elements": array(typed({"feedback_buttons": _FEEDBACK}), 5)}, _ID),
    }
)
_VIEW = typed(
    {
        **_ANYWHERE,
        "input": record(
            {
                "label": plain_text(2_000),
                "element": typed({"radio_buttons": _RADIO, "plain_text_input": _INPUT_TEXT}),
            },
            {"hint": plain_text(2_000), "optional": boolean, "dispatch_action": boolean, **_ID},
        ),
    }
)
_VIEW_FIELDS = {"callback_id": string(255), "private_metadata": string(3_000), "external_id": string(255)}
_MODAL = {
    "notify_on_close": boolean,
    "clear_on_close": boolean,
    "close": plain_text(24),
    "submit": plain_text(24),
}
_SURFACES = typed(
    {
        "modal": record(
            {"title": plain_text(24), "blocks": array(_VIEW, VIEW_BLOCKS)}, {**_VIEW_FIELDS, **_MODAL}
        ),
        "home": record({"blocks": array(_VIEW, VIEW_BLOCKS)}, _VIEW_FIELDS),
    }
)


def block_errors(blocks: Any, *, at: str = "/blocks") -> list[str]:
    """What Slack would say of a message's blocks; empty where it would take them."""
    return [*array(_MESSAGE, MESSAGE_BLOCKS, least=0)(blocks, at), *_repeated(blocks, at)]


def view_errors(view: Any) -> list[str]:
    found = list(_SURFACES(view, "/view"))
    blocks = view.get("blocks") if isinstance(view, dict) else None
    inputs = [block for block in blocks or [] if isinstance(block, dict) and block.get("type") == "input"]
    if inputs and "submit" not in view:
        found.append("[ERROR] missing required field: submit [json-pointer:/view]")
    return [*found, *_repeated(blocks, "/view/blocks")]


def _repeated(blocks: Any, at: str) -> Iterator[str]:
    """Each block_id, and each action_id of one block, once."""
    listed = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    ids = Counter(block["block_id"] for block in listed if isinstance(block.get("block_id"), str))
    for number, block in enumerate(listed):
        elements = block.get("elements")
        ids.update(
            (number, element["action_id"])
            for element in (elements if isinstance(elements, list) else [])
            if isinstance(element, dict) and "action_id" in element
        )
    for name, times in ids.items():
        if times > 1:
            yield f"[ERROR] duplicate id: {name} [json-pointer:{at}]"


def text_of(item: Any) -> str:
    """All text that a reader sees of a block, a view or a part of one, in order."""
    if isinstance(item, list):
        return "".join(text_of(each) for each in item)
    if not isinstance(item, dict):
        return ""
    return "".join(
        value if name in ("text", "url") and isinstance(value, str) else text_of(value)
        for name, value in item.items()
    )
