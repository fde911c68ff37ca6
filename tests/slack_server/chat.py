"""chat.*: messages posted, updated and streamed.

A stream that is open refuses chat.update; one that has ended refuses more of itself and takes an update.
"""

from dataclasses import replace
from typing import Any

from tests.slack_server.checks import (
    Answer,
    Arguments,
    Refused,
    channel_of,
    checked_blocks,
    flag,
    need,
    need_scope,
    parsed,
)
from tests.slack_server.schema import MESSAGE_BLOCKS, MESSAGE_TEXT, text_of, units
from tests.slack_server.state import Message, State, Workspace

_RATE_SECONDS = 1.0
# Slack cuts a posted text at 40,000 and refuses an update above 4,000; a fallback has no need of more.
_LONGEST_TEXT = 4_000


def _content(state: State, arguments: Arguments) -> tuple[str, tuple[dict[str, Any], ...]]:
    text, blocks = arguments.get("text") or "", checked_blocks(parsed(arguments, "blocks"))
    if not text and not blocks:
        raise Refused("no_text")
    if units(text) > _LONGEST_TEXT:
        raise Refused("msg_too_long")
    if not text:
        state.warnings.append("missing_text_fallback")
    return text, blocks


def post_message(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "chat:write")
    channel = channel_of(workspace, arguments)
    text, blocks = _content(state, arguments)
    thread = arguments.get("thread_ts")
    if thread is not None and state.find(workspace.team, channel, thread) is None:
        raise Refused("thread_not_found")
    _pace(state, workspace, channel)
    message = Message(
        state.new_ts(),
        channel,
        workspace.bot_user,
        text,
        blocks,
        thread,
        workspace.bot_id,
        unfurls=any(flag(arguments, f"unfurl_{what}", default=True) for what in ("links", "media")),
        metadata=parsed(arguments, "metadata"),
    )
    state.keep(workspace.team, message)
    _clear_status(state, workspace, message)
    return {"channel": channel, "ts": message.ts, "message": message.wire()}


def post_ephemeral(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral: seen by one person, and in no history."""
    need_scope(workspace, "chat:write")
    channel = channel_of(workspace, arguments)
    text, blocks = _content(state, arguments)
    ts = state.new_ts()
    state.whispers.append(
        Message(ts, channel, need(arguments, "user"), text, blocks, arguments.get("thread_ts"))
    )
    return {"message_ts": ts}


def _pace(state: State, workspace: Workspace, channel: str) -> None:
    """About one message a second a channel (https://docs.slack.dev/apis/web-api/rate-limits)."""
    if not state.rates:
        return
    now, place = state.clock(), (workspace.team, channel)
    if now - state.posted_at.get(place, float("-inf")) < _RATE_SECONDS:
        raise Refused("ratelimited", retry_after=1)
    state.posted_at[place] = now


def update(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "chat:write")
    message = _own(state, workspace, arguments, missing="message_not_found", foreign="cant_update_message")
    if message.stream == "streaming":
        raise Refused("streaming_state_conflict")
    given = parsed(arguments, "blocks")
    text, blocks = _content(state, arguments)
    message = state.change(
        workspace.team,
        message,
        text=text or message.text,
        blocks=message.blocks if given is None else blocks,
        streamed=message.streamed if given is None else (),
        markdown=message.markdown if given is None else "",
        edits=message.edits + 1,
    )
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.wire()}


def _own(state: State, workspace: Workspace, arguments: Arguments, *, missing: str, foreign: str) -> Message:
    channel = channel_of(workspace, arguments)
    message = state.find(workspace.team, channel, need(arguments, "ts"))
    if message is None:
        raise Refused(missing)
    if message.bot_id != workspace.bot_id:
        raise Refused(foreign)
    return message


def start_stream(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "chat:write")
    channel = channel_of(workspace, arguments)
    if not state.streaming:
        raise Refused("not_allowed")
    thread = need(arguments, "thread_ts")
    if state.find(workspace.team, channel, thread) is None:
        raise Refused("thread_not_found")
    if not channel.startswith("D"):
        for name in ("recipient_team_id", "recipient_user_id"):
            if not arguments.get(name):
                raise Refused(f"missing_{name}")
    _pace(state, workspace, channel)
    message = Message(
        state.new_ts(), channel, workspace.bot_user, "", (), thread, workspace.bot_id, "streaming"
    )
    message = _streamed(message, arguments)
    state.keep(workspace.team, message)
    state.appends[workspace.team, channel, message.ts] = 0
    _clear_status(state, workspace, message)
    return {"channel": channel, "ts": message.ts}


def _streamed(message: Message, arguments: Arguments) -> Message:
    """The message with one call's chunks at its end."""
    added, blocks = arguments.get("markdown_text") or "", list(message.streamed)
    chunks = parsed(arguments, "chunks") or []
    if not isinstance(chunks, list):
        raise Refused("invalid_chunks")
    for chunk in chunks:
        match chunk:
            case {"type": "markdown_text", "text": str(text)} if set(chunk) == {"type", "text"}:
                added += text
            case {"type": "blocks", "blocks": list(some)} if set(chunk) == {"type", "blocks"}:
                blocks += checked_blocks(some)
            case _:
                raise Refused("invalid_chunks")
    if len(blocks) > MESSAGE_BLOCKS:
        raise Refused("invalid_blocks", errors=["no more than 50 items allowed"])
    if units(added) > MESSAGE_TEXT or units(message.markdown + added + text_of(blocks)) > MESSAGE_TEXT:
        raise Refused("msg_too_long")
    return replace(message, markdown=message.markdown + added, streamed=tuple(blocks))


def _live(state: State, workspace: Workspace, arguments: Arguments) -> Message:
    message = _own(
        state, workspace, arguments, missing="message_not_found", foreign="message_not_owned_by_app"
    )
    if message.stream != "streaming":
        raise Refused("message_not_in_streaming_state")
    return message


def append_stream(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "chat:write")
    message, key = _live(state, workspace, arguments), (workspace.team, arguments["channel"], arguments["ts"])
    if state.stream_life is not None and state.appends[key] >= state.stream_life:
        state.change(workspace.team, message, stream="stopped")
        raise Refused("message_not_in_streaming_state")
    if not arguments.get("markdown_text") and not arguments.get("chunks"):
        raise Refused("no_text")
    state.keep(workspace.team, _streamed(message, arguments))
    state.appends[key] += 1
    return {"channel": message.channel, "ts": message.ts}


def stop_stream(state: State, workspace: Workspace, arguments: Arguments) -> Answer:
    need_scope(workspace, "chat:write")
    message = _streamed(_live(state, workspace, arguments), arguments)
    blocks = checked_blocks(parsed(arguments, "blocks"))
    if units(message.markdown + text_of([*message.streamed, *blocks])) > MESSAGE_TEXT:
        raise Refused("msg_too_long")
    message = state.change(
        workspace.team,
        message,
        stream="stopped",
        blocks=blocks,
        metadata=parsed(arguments, "metadata"),
    )
    return {"channel": message.channel, "ts": message.ts, "message": message.wire()}


def _clear_status(state: State, workspace: Workspace, message: Message) -> None:
    """Slack takes the status away as soon as the app posts in the thread."""
    shown = state.statuses.get((workspace.team, message.channel, message.thread_ts or ""))
    if shown and shown[-1]:
        shown.append("")
