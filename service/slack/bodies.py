"""What Slack calls with, as far as it is read here: a body of another shape is refused before Bolt sees it,
and what nobody here reads is left out.

https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/interaction-payloads
"""

import json
import logging
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

_LOG = logging.getLogger(__name__)

# As long as the record keeps them.
Id = Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_.-]*$")]
EventId = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]*$")]
Name = Annotated[str, Field(max_length=255)]
Stamp = Annotated[str, Field(max_length=32, pattern=r"^[0-9]+\.[0-9]+$")]
_LISTENED_TO = (
    "app_home_opened", "app_mention", "app_uninstalled", "assistant_thread_started", "message",
    "tokens_revoked",
)  # fmt: skip


def _mended(value: object) -> object:
    """What no database keeps: half a surrogate pair, such as is left where an emoji is cut, and U+0000."""
    if not isinstance(value, str):
        return value
    whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")


Text = Annotated[str, BeforeValidator(_mended)]


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class Named(_Read):
    id: Id
    team_id: Id | None = None


class Thread(_Read):
    channel_id: Id
    thread_ts: Stamp


class Tokens(_Read):
    bot: list[Id] | None = None


class Event(_Read):
    """Of an event that nobody listens to only the type."""

    type: EventId
    subtype: EventId | None = None
    channel: Id | None = None
    channel_type: Id | None = None
    user: Id | None = None
    user_team: Id | None = None
    team: Id | None = None
    ts: Stamp | None = None
    thread_ts: Stamp | None = None
    text: Text | None = None
    bot_id: Id | None = None
    hidden: bool | None = None
    edited: dict[str, Any] | None = None
    tab: Id | None = None
    assistant_thread: Thread | None = None
    tokens: Tokens | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_far_as_read(cls, given: Any) -> Any:
        kind = given.get("type") if isinstance(given, Mapping) else None
        return given if not isinstance(kind, str) or kind in _LISTENED_TO else {"type": kind}

    @model_validator(mode="after")
    def _has_its_thread(self) -> "Event":
        if self.type == "assistant_thread_started" and self.assistant_thread is None:
            raise ValueError("assistant_thread is missing")
        return self


class Authorization(_Read):
    enterprise_id: Id | None = None
    team_id: Id | None = None
    user_id: Id | None = None
    is_bot: bool | None = None
    is_enterprise_install: bool | None = None


class _Call(_Read):
    api_app_id: Id | None = None
    enterprise_id: Id | None = None
    is_enterprise_install: bool | Id | None = None


class EventCallback(_Call):
    type: Literal["event_callback"]
    event_id: EventId | None = None
    event_time: Annotated[int, Field(ge=0)] | None = None
    team_id: Id | None = None
    event: Event
    authorizations: list[Authorization] | None = None


class UrlVerification(_Read):
    type: Literal["url_verification"]
    challenge: Text


class Action(_Read):
    type: EventId
    action_id: Name
    block_id: Name
    value: Text | None = None


class Option(_Read):
    value: Text


class Input(_Read):
    value: Text | None = None
    selected_option: Option | None = None


class Values(_Read):
    values: dict[str, dict[str, Input]]


class Shown(_Read):
    id: Id | None = None
    team_id: Id | None = None


class Submitted(Shown):
    type: Id
    callback_id: Name
    private_metadata: Text
    state: Values


class _Interaction(_Call):
    team: Named | None = None
    enterprise: Named | None = None
    user: Named
    trigger_id: Name | None = None


class BlockActions(_Interaction):
    type: Literal["block_actions"]
    actions: list[Action] = Field(min_length=1)
    view: Shown | None = None


class ViewSubmission(_Interaction):
    type: Literal["view_submission"]
    view: Submitted


class Other(_Read):
    """Bolt knows no listener for it."""

    type: EventId


_KINDS: Mapping[str, type[_Read]] = {
    "event_callback": EventCallback,
    "url_verification": UrlVerification,
    "block_actions": BlockActions,
    "view_submission": ViewSubmission,
}


def read_body(text: str, content_type: str) -> dict[str, Any] | None:
    """Of JSON, as a body or in the form field `payload`; or of the check of a certificate, which is a plain
    form. None where it isn't what Slack sends."""
    if content_type.partition(";")[0].strip() == "application/x-www-form-urlencoded":
        form = parse_qs(text)
        if "payload" not in form:
            return {"ssl_check": "1"} if "ssl_check" in form else None
        text = form["payload"][-1]
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    kind = given.get("type") if isinstance(given, dict) else None
    shape = _KINDS.get(kind, Other) if isinstance(kind, str) else Other
    try:
        return shape.model_validate(given).model_dump(exclude_none=True)
    except ValidationError as error:
        # Where, and not what: it holds what people wrote.
        _LOG.warning("a call of Slack's has another shape than is read: %s", error.errors()[0]["loc"])
        return None
