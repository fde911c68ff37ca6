"""What every method checks of its arguments. A Refused carries Slack's own code."""

import json
from typing import Any

from tests.slack_server.schema import MESSAGE_TEXT, block_errors, text_of, units
from tests.slack_server.state import Workspace

Arguments = dict[str, Any]
Answer = dict[str, Any]


class Refused(Exception):
    def __init__(self, error: str, *, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error, self.retry_after, self.more = error, retry_after, more


def parsed(arguments: Arguments, name: str) -> Any:
    """A structure, sent as JSON or as a string that holds JSON."""
    value = arguments.get(name)
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def need(arguments: Arguments, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing {name}"]})
    return value


def need_scope(workspace: Workspace, *any_of: str) -> None:
    if not set(any_of) & set(workspace.scopes):
        raise Refused("missing_scope", needed=any_of[0], provided=",".join(workspace.scopes))


def channel_of(workspace: Workspace, arguments: Arguments, name: str = "channel") -> str:
    channel = need(arguments, name)
    if channel not in workspace.channels:
        raise Refused("channel_not_found")
    return channel


def flag(arguments: Arguments, name: str, *, default: bool) -> bool:
    value = arguments.get(name, default)
    return value if isinstance(value, bool) else str(value).lower() in ("1", "true")


def checked_blocks(blocks: Any) -> tuple[dict[str, Any], ...]:
    if blocks is None:
        return ()
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    errors = block_errors(blocks)
    if errors:
        raise Refused("invalid_blocks", errors=errors, response_metadata={"messages": errors})
    if units(text_of(blocks)) > MESSAGE_TEXT:
        raise Refused("msg_blocks_too_long")
    return tuple(blocks)
