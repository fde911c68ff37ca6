"""What Slack's events mean to us: which of them a person asked something with, and in what words.

https://docs.slack.dev/reference/events/message
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from service.slack.addressed import Act, How, act_on
from service.slack.bodies import Event

# Of a message's subtypes only these are a person speaking; the others are edits, deletions, joins, bots.
_SPOKEN = (None, "file_share", "thread_broadcast")
_TOKEN = re.compile(r"<([^<>]*)>")
_BOLD_OR_SLANTED = re.compile(r"(?<![\w*_~])([*_~])(?=[^\s*_~])([^*_~\n]+)(?<=\S)\1(?![\w*_~])")


@dataclass(frozen=True, slots=True)
class Post:
    """What a person wrote to us. `thread` is where it is answered: its own `ts` where it begins one.
    `user_team` is the workspace of the person, another than `team` in a channel that two share."""

    team: str
    event_id: str
    channel: str
    ts: str
    thread: str
    user: str
    user_team: str
    text: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """`reply`: said in a thread, perhaps without mentioning us; ours only where we are in the conversation.
    A post that wants help has no text."""

    post: Post
    how: How
    act: Act


def read_event(
    body: Mapping[str, Any], *, team: str | None, bot_user: str | None, mentions_only: bool = False
) -> Incoming | None:
    """None for whatever no person has asked: other events, bots (ourselves among them), edits, deletions, and
    what people say to each other."""
    try:
        event = Event.model_validate(body.get("event"))
    except ValidationError:
        return None
    how = _how(event)
    if not team or how is None or not event.channel or not event.ts or not _spoken(event, bot_user):
        return None
    text = event.text or ""
    act = act_on(text, how=how, bot_user=bot_user, mentions_only=mentions_only)
    if act is Act.SILENT:
        return None
    post = Post(
        team=team,
        event_id=str(body.get("event_id") or event.ts),
        channel=event.channel,
        ts=event.ts,
        thread=event.thread_ts or event.ts,
        user=event.user or "",
        user_team=event.user_team or event.team or team,
        text="" if act is Act.HELP else as_read(text, bot_user=bot_user),
    )
    return Incoming(post, how, act)


def _how(event: Event) -> How | None:
    if event.type == "app_mention":
        return "mention"
    if event.type != "message":
        return None
    if event.channel_type == "im":
        return "direct"
    return "reply" if event.thread_ts and event.thread_ts != event.ts else None


def _spoken(event: Event, bot_user: str | None) -> bool:
    by_person = event.user and not event.bot_id and event.user != bot_user
    return bool(by_person and event.subtype in _SPOKEN and not event.edited and not event.hidden)


def as_read(text: str, *, bot_user: str | None) -> str:
    """Slack's markup as its reader sees it, mentions left out."""
    shown = _TOKEN.sub(lambda token: _shown(token.group(1), bot_user), _BOLD_OR_SLANTED.sub(r"\2", text))
    return " ".join(_unescaped(shown).split())


def _shown(inside: str, bot_user: str | None) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return f" {label} " if label and target[1:] != bot_user else " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    if target.startswith("!"):
        return label if target.startswith("!date") else " "
    return label or target.removeprefix("mailto:")


def _unescaped(text: str) -> str:
    """The three that Slack escapes, and no other: somebody may ask about `&eacute;`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
