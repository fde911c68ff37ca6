"""What the fake remembers: workspaces, channels, messages, calls, and the faults it was told to make."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "groups:history",
    "im:history",
    "reactions:write",
)


@dataclass(frozen=True, slots=True)
class Call:
    """`answer` is what was sent back; `status` the HTTP status; `token` tells which workspace asked."""

    method: str
    team: str | None
    arguments: dict[str, Any]
    at: float
    status: int
    answer: dict[str, Any]
    token: str

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))

    @property
    def error(self) -> str | None:
        return self.answer.get("error")


@dataclass(frozen=True, slots=True)
class Fault:
    """How the next calls of a method go wrong. `lost`: Slack does it, and the answer never arrives."""

    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    delay: float = 0.0
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """As Slack keeps it. `edits`: how often it was updated; `stream`: streaming, stopped or None."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    stream: str | None = None
    edits: int = 0
    markdown: str = ""
    streamed: tuple[dict[str, Any], ...] = ()  # blocks that came in chunks, before those of the end
    unfurls: bool = True
    metadata: dict[str, Any] | None = None

    def wire(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text}
        if self.blocks or self.streamed:
            found["blocks"] = [*self.streamed, *self.blocks]
        if self.thread_ts:
            found["thread_ts"] = self.thread_ts
        if self.bot_id:
            found["bot_id"] = self.bot_id
        if self.metadata:
            found["metadata"] = self.metadata
        return found


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation. Channels: C public, G private, D direct; the bot is a member of each listed."""

    team: str = "T0000000001"
    bot_token: str = "xoxb-one"
    bot_user: str = "U0BOT000001"
    bot_id: str = "B0BOT000001"
    app_id: str = "A0000000001"
    scopes: tuple[str, ...] = SCOPES
    channels: tuple[str, ...] = ("C0000000001", "C0000000002", "G0000000001", "D0000000001")
    installs_with: Mapping[str, Any] = field(default_factory=dict)  # in place of what an installation tells


@dataclass
class State:
    workspaces: dict[str, Workspace]  # by bot token
    app_token: str
    installable: dict[str, Workspace] = field(default_factory=dict)  # by the code that Slack gave for it
    refused: dict[str, str] = field(default_factory=dict)  # by token, why
    clock: Callable[[], float] = time.time
    rates: bool = False
    streaming: bool = True
    stream_life: int | None = None  # appends that a stream takes before Slack ends it
    calls: list[Call] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    messages: dict[tuple[str, str, str], Message] = field(default_factory=dict)  # team, channel, ts
    whispers: list[Message] = field(default_factory=list)  # `user` is who alone sees it
    views: dict[str, dict[str, Any]] = field(default_factory=dict)  # modals by id
    homes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # team, user
    statuses: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    prompts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    reactions: set[tuple[str, str, str, str]] = field(default_factory=set)  # team, channel, ts, name
    titles: dict[tuple[str, str, str], str] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)  # trigger -> team; used once
    posted_at: dict[tuple[str, str], float] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    appends: dict[tuple[str, str, str], int] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def number(self) -> int:
        return next(self._numbers)

    def new_ts(self) -> str:
        return f"{int(self.clock())}.{self.number():06d}"

    def keep(self, team: str, message: Message) -> Message:
        with self.lock:
            self.messages[team, message.channel, message.ts] = message
        return message

    def change(self, team: str, message: Message, **changed: Any) -> Message:
        return self.keep(team, replace(message, **changed))

    def find(self, team: str, channel: str, ts: str) -> Message | None:
        return self.messages.get((team, channel, ts))

    def fault(self, method: str) -> Fault | None:
        with self.lock:
            waiting = self.faults.get(method)
            return waiting.pop(0) if waiting else None
