"""What people do in the fake: write, click, submit. Nothing is delivered; the deliveries are made."""

from dataclasses import dataclass
from typing import Any

from tests.slack_server.deliveries import envelope
from tests.slack_server.state import Message, State, Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """What a person wrote, and the events that Slack makes of it."""

    workspace: Workspace
    message: Message
    mention: dict[str, Any]  # the delivery of `app_mention`
    posted: dict[str, Any]  # the delivery of `message`

    @property
    def ts(self) -> str:
        return self.message.ts

    @property
    def thread(self) -> str:
        return self.message.thread_ts or self.message.ts


class People:
    """`workspaces[0]` is meant where none is named."""

    state: State
    workspaces: tuple[Workspace, ...]
    base_url: str

    def say(
        self,
        text: str,
        *,
        workspace: Workspace | None = None,
        channel: str = "C0000000001",
        user: str = "U0000000009",
        thread: str | None = None,
        ts: str | None = None,
    ) -> Said:
        """A person writes in a channel or direct message. Nothing is delivered; the deliveries are made."""
        at = workspace or self.workspaces[0]
        message = Message(ts or self.state.new_ts(), channel, user, text, thread_ts=thread)
        self.state.keep(at.team, message)
        fields = {
            "user": user,
            "text": text,
            "ts": message.ts,
            "team": at.team,
            "channel": channel,
            "event_ts": message.ts,
            "client_msg_id": f"msg-{self.state.number()}",
            **({"thread_ts": thread} if thread else {}),
        }
        kinds = {"C": "channel", "G": "group", "D": "im"}
        posted = {"type": "message", "channel_type": kinds[channel[0]], **fields}
        return Said(at, message, self.event({"type": "app_mention", **fields}, at), self.event(posted, at))

    def event(self, event: dict[str, Any], workspace: Workspace | None = None) -> dict[str, Any]:
        """A delivery of any event, with an id of its own."""
        at, id_ = workspace or self.workspaces[0], f"Ev{self.state.number():010d}"
        return envelope(at.team, event, event_id=id_, app_id=at.app_id, bot_user=at.bot_user)

    def home_opened(
        self, *, tab: str = "home", workspace: Workspace | None = None, user: str = "U0000000009"
    ) -> dict[str, Any]:
        ts = self.state.new_ts()
        event = {
            "type": "app_home_opened",
            "user": user,
            "channel": "D0000000001",
            "tab": tab,
            "event_ts": ts,
        }
        return self.event(event, workspace)

    def click(
        self,
        message: Message,
        action: dict[str, Any],
        *,
        workspace: Workspace | None = None,
        user: str = "U0000000009",
    ) -> dict[str, Any]:
        """The payload of a click: `action` as Slack sends it, with type, action_id, block_id and value."""
        at = workspace or self.workspaces[0]
        return {
            "type": "block_actions",
            "team": {"id": at.team, "domain": "example"},
            "user": {"id": user, "username": "reader", "team_id": at.team},
            "api_app_id": at.app_id,
            "token": "verification-token",
            "trigger_id": self.trigger(at),
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "thread_ts": message.thread_ts,
                "is_ephemeral": False,
            },
            "channel": {"id": message.channel, "name": "general"},
            "message": message.wire(),
            "response_url": f"{self.base_url}response",
            "actions": [{"action_ts": self.state.new_ts(), **action}],
        }

    def click_in_view(
        self,
        view: dict[str, Any],
        action: dict[str, Any],
        *,
        workspace: Workspace | None = None,
        user: str = "U0000000009",
    ) -> dict[str, Any]:
        at = workspace or self.workspaces[0]
        return {
            "type": "block_actions",
            "team": {"id": at.team, "domain": "example"},
            "user": {"id": user, "username": "reader", "team_id": at.team},
            "api_app_id": at.app_id,
            "token": "verification-token",
            "trigger_id": self.trigger(at),
            "container": {"type": "view", "view_id": view.get("id", "V0000000000")},
            "view": view,
            "actions": [{"action_ts": self.state.new_ts(), **action}],
        }

    def submit(
        self,
        view: dict[str, Any],
        values: dict[str, Any],
        *,
        workspace: Workspace | None = None,
        user: str = "U0000000009",
    ) -> dict[str, Any]:
        """The payload of a submitted modal; `values` by block_id and action_id."""
        at = workspace or self.workspaces[0]
        return {
            "type": "view_submission",
            "team": {"id": at.team, "domain": "example"},
            "user": {"id": user, "username": "reader", "team_id": at.team},
            "api_app_id": at.app_id,
            "token": "verification-token",
            "trigger_id": self.trigger(at),
            "view": {**view, "state": {"values": values}},
        }

    def trigger(self, workspace: Workspace | None = None) -> str:
        """A trigger_id, good for opening one modal."""
        id_ = f"{self.state.number()}.trigger"
        self.state.triggers[id_] = (workspace or self.workspaces[0]).team
        return id_
