"""The settings of Parley in Slack: a part of those in service/config.py."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode

from service.given import begins, each, given_channel, has_host, safe_for_secrets

# Where a workspace's administrator begins, and where Slack sends them back to.
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
_INSTALLED = ("slack_client_id", "slack_client_secret", "slack_store_key")


class SlackSettings(BaseSettings):
    slack_bot_token: Annotated[SecretStr, AfterValidator(begins("xoxb-"))] | None = Field(
        None,
        description="The Slack app's bot token in its one workspace; turns Slack on, together with one of "
        "the next two.",
    )
    slack_app_token: Annotated[SecretStr, AfterValidator(begins("xapp-"))] | None = Field(
        None,
        description="The Slack app's app-level token: `parley slack` connects to Slack by Socket Mode.",
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="The Slack app's signing secret: `parley serve` takes Slack's events at `/slack/events`. "
        "Needs `PARLEY_PUBLIC_URL`.",
    )
    slack_thread_replies: Literal["questions", "mentions"] = Field(
        "questions",
        description="Which replies in a thread that it is in Parley takes: `mentions` of it alone, or "
        "`questions` besides that are put to nobody else.",
    )
    slack_channels: Annotated[tuple[str, ...], NoDecode, BeforeValidator(each(given_channel))] = Field(
        (),
        description="The channels in which Parley answers, by their ids, with commas between them, as in "
        "`C0123ABCD,C0456EFGH`: at the foot of a channel's details. Unset: every channel that it was "
        "invited to. What is written to it directly it answers always.",
    )
    slack_service_url: Annotated[str, AfterValidator(has_host)] | None = Field(
        None,
        pattern=r"^https?://[^/\s]+$",
        description="The running Parley that `parley slack` asks, with `PARLEY_API_KEY`. Unset: the service "
        "that holds the data directory, if one runs, else it answers itself.",
    )
    slack_api_url: Annotated[str, AfterValidator(safe_for_secrets)] = Field(
        "https://slack.com/api/",
        pattern=r"^https?://[^/\s]+/(\S+/)?$",
        description="Slack's Web API; GovSlack has another.",
    )
    slack_client_id: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9.]+$",
        max_length=100,
        description="The Slack app's client id: workspaces install it at `/slack/install`. In place of the "
        "bot token, with the signing secret and the next two.",
    )
    slack_client_secret: SecretStr | None = Field(None, description="The Slack app's client secret.")
    slack_store_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="What the workspaces' tokens are encrypted with in the record, as `openssl rand -base64 "
        "32` makes one. With another, each workspace has to install again.",
    )
    slack_install: Literal["key", "open"] = Field(
        "key",
        description="Who may install it in a workspace: whoever has a key good for `admin`, where one is "
        "set, or anybody (`open`). All who are in such a workspace may ask.",
    )
    slack_uninstalled: Literal["erase", "keep"] = Field(
        "erase",
        description="What becomes of a workspace's questions and answers when it takes the app away.",
    )

    @property
    def slack_is_ours(self) -> bool:
        """Whether the house chose the workspaces: by its own token, or by whom it gave a key."""
        return self.slack_bot_token is not None or self.slack_install != "open"

    @model_validator(mode="after")
    def _slack_is_whole(self) -> "SlackSettings":
        installed = [name for name in _INSTALLED if getattr(self, name) is not None]
        if installed:
            self._refuse_half_installed(installed[0])
        elif self.slack_bot_token is None:
            for name, instead in (("slack_app_token", ""), ("slack_signing_secret", "or _CLIENT_ID ")):
                if getattr(self, name) is not None:
                    needs = f"PARLEY_SLACK_BOT_TOKEN {instead}too"
                    raise ValueError(f"{_variable(name)} is set, which needs a {needs}")
        return self

    def _refuse_half_installed(self, named: str) -> None:
        needed = [*_INSTALLED, "slack_signing_secret"]
        missing = [_variable(name) for name in needed if getattr(self, name) is None]
        if missing:
            told = "is set, so that workspaces install the app, which needs"
            raise ValueError(f"{_variable(named)} {told} {' and '.join(missing)} too")
        for other in ("slack_bot_token", "slack_app_token"):
            if getattr(self, other) is not None:
                raise ValueError(
                    f"{_variable(named)} and {_variable(other)} are both set: the app is installed by its "
                    "workspaces, or has the token of one"
                )


def _variable(name: str) -> str:
    return f"PARLEY_{name.upper()}"
