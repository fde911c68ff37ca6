"""The Web API methods by name, and those that are not chat.*: threads, views, history."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.slack_server import chat
from tests.slack_server.checks import (
    Answer,
    Arguments,
    Refused,
    channel_of,
    need,
    need_scope,
    parsed,
)
from tests.slack_server.schema import view_errors
from tests.slack_server.state import Message, State, Workspace

Method = Callable[[State, Workspace, Arguments], Answer]


def auth_test(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    return {
        "url": "https://example.slack.com/",
        "team": "Example",
        "user": "parley",
        "team_id": workspace.team,
        "user_id": workspace.bot_user,
        "bot_id": workspace.bot_id,
        "app_id": workspace.app_id,
        "is_enterprise_install": False,
    }


def set_status(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "chat:write", "assistant:write")
    channel, thread = channel_of(workspace, arguments, "channel_id"), need(arguments, "thread_ts")
    if state.find(workspace.team, channel, thread) is None:
        raise Refused("invalid_thread_ts")
    status, rotating = arguments.get("status"), parsed(arguments, "loading_messages") or []
    if not isinstance(status, str) or not isinstance(rotating, list) or len(rotating) > 10:
        raise Refused("invalid_arguments")
    state.statuses.setdefault((workspace.team, channel, thread), []).append(status)
    return {}


def set_suggested_prompts(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "assistant:write")
    channel = channel_of(workspace, arguments, "channel_id")
    prompts, title = parsed(arguments, "prompts"), arguments.get("title")
    right = isinstance(prompts, list) and 1 <= len(prompts) <= 4 and all(map(_is_prompt, prompts))
    if not right or not isinstance(title, str | None):
        raise Refused("invalid_arguments")
    state.prompts[workspace.team, channel] = {"title": title, "prompts": prompts}
    return {}


def _is_prompt(prompt: Any) -> bool:
    return (
        isinstance(prompt, dict)
        and set(prompt) == {"title", "message"}
        and all(isinstance(text, str) and text.strip() for text in prompt.values())
    )


def set_title(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "assistant:write")
    channel, thread = channel_of(workspace, arguments, "channel_id"), need(arguments, "thread_ts")
    state.titles[workspace.team, channel, thread] = need(arguments, "title")
    return {}


def add_reaction(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    need_scope(workspace, "reactions:write")
    channel, ts = channel_of(workspace, arguments), need(arguments, "timestamp")
    if state.find(workspace.team, channel, ts) is None:
        raise Refused("message_not_found")
    reaction = (workspace.team, channel, ts, need(arguments, "name"))
    if reaction in state.reactions:
        raise Refused("already_reacted")
    state.reactions.add(reaction)
    return {}


def _checked_view(arguments: Arguments, kind: str) -> dict[str, Any]:
    view = parsed(arguments, "view")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments")
    errors = view_errors(view)
    if view.get("type") != kind:
        errors.append(f"[ERROR] must be {kind} [json-pointer:/view/type]")
    if errors:
        raise Refused("invalid_arguments", response_metadata={"messages": errors})
    if len(json.dumps(view)) > 250_000:
        raise Refused("view_too_large")
    return view


def views_open(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    if state.triggers.pop(need(arguments, "trigger_id"), None) != workspace.team:
        raise Refused("expired_trigger_id")
    return _shown(state, workspace, _checked_view(arguments, "modal"), f"V{state.number():010d}")


def views_push(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    return views_open(state, workspace, arguments)


def views_update(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    view, id_ = _checked_view(arguments, "modal"), need(arguments, "view_id")
    if id_ not in state.views:
        raise Refused("not_found")
    return _shown(state, workspace, view, id_)


def _shown(state: State, workspace: Workspace, view: dict[str, Any], id_: str) -> Answer:
    whole = {
        **view,
        "id": id_,
        "team_id": workspace.team,
        "state": {"values": {}},
        "hash": f"h{state.number()}",
    }
    state.views[id_] = whole
    return {"view": whole}


def views_publish(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    view, user = _checked_view(arguments, "home"), need(arguments, "user_id")
    state.homes[workspace.team, user] = view
    return {"view": {**view, "id": f"V{state.number():010d}"}}


_HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history"}


def replies(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    channel, root = channel_of(workspace, arguments), need(arguments, "ts")
    need_scope(workspace, _HISTORY[channel[0]])
    if state.find(workspace.team, channel, root) is None:
        raise Refused("thread_not_found")
    found = [m for m in _in(state, workspace, channel) if root in (m.ts, m.thread_ts)]
    return _page(found, arguments)


def history(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    channel = channel_of(workspace, arguments)
    need_scope(workspace, _HISTORY[channel[0]])
    found = [m for m in _in(state, workspace, channel) if m.thread_ts in (None, m.ts)]
    return _page(found[::-1], arguments)


def _in(state: State, workspace: Workspace, channel: str) -> list[Message]:
    places = [key for key in state.messages if key[:2] == (workspace.team, channel)]
    return sorted((state.messages[key] for key in places), key=lambda message: message.ts)


def _page(found: Sequence[Message], arguments: Arguments) -> Answer:
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "9" * 12)
    limit = int(arguments.get("limit") or 100)
    within = [m.wire() for m in found if float(oldest) <= float(m.ts) <= float(latest)]
    return {"messages": within[:limit], "has_more": len(within) > limit}


METHODS: dict[str, Method] = {
    "auth.test": auth_test,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.startStream": chat.start_stream,
    "chat.appendStream": chat.append_stream,
    "chat.stopStream": chat.stop_stream,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "assistant.threads.setTitle": set_title,
    "reactions.add": add_reaction,
    "views.open": views_open,
    "views.push": views_push,
    "views.update": views_update,
    "views.publish": views_publish,
    "conversations.replies": replies,
    "conversations.history": history,
}
