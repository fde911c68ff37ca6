"""Our own Bolt app, from the settings; whoever has one hangs us on theirs (app.py)."""

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.error import URLError

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_sdk import WebClient

from retrieval.database import Database
from service.config import Settings
from service.desk import Desk
from service.errors import SettingsError
from service.slack.app import Registered, acknowledged, register
from service.slack.installing import Workspaces
from service.slack.replies import Pace
from service.slack.web import HonoursRetryAfter

_SECONDS = 20


def bolt_app(settings: Settings, *, say: Callable[[str], None]) -> App:
    """Asks Slack whether it knows the token. Raises SettingsError where it doesn't; where Slack can't be
    reached that is said, and asked again with the first event."""
    assert settings.slack_bot_token is not None
    client = WebClient(
        settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=_SECONDS,
        retry_handlers=[HonoursRetryAfter()],
    )
    try:
        return _app(client, verify=True)
    except BoltError as exc:
        raise SettingsError(
            f"PARLEY_SLACK_BOT_TOKEN: Slack refuses it ({_reason(exc)})",
            remedy="Copy the bot token from the app's page, under OAuth & Permissions.",
        ) from None  # the foreign message quotes what was sent
    except (URLError, OSError) as exc:
        say(f"Slack can't be reached at {settings.slack_api_url} ({exc}); it is asked again when it calls.")
        return _app(client, verify=False)


def app_of_workspaces(workspaces: Workspaces) -> App:
    """Of those that installed the app; Slack isn't asked."""

    def authorize(team_id: str | None) -> AuthorizeResult | None:
        return workspaces.authorize(team_id)

    return _app(WebClient(), verify=False, authorize=authorize)


def _app(client: WebClient, *, verify: bool, authorize: Callable[..., Any] | None = None) -> App:
    # Bolt writes whole bodies to its log, at the levels below.
    quiet = logging.getLogger("parley.slack.bolt")
    quiet.setLevel(logging.WARNING)
    return App(
        name="parley",
        logger=quiet,
        client=client,
        authorize=authorize,
        signing_secret="unused",  # noqa: S106 - signature.py verifies, before Bolt parses anything
        request_verification_enabled=False,
        token_verification_enabled=verify,
    )


def hang_on(
    app: App, desk: Desk, database: Database, settings: Settings, workspaces: Workspaces | None = None
) -> Registered:
    """Parley on an app that is all its own: what it has no use for is acknowledged too, or Slack would send
    it again and again. `workspaces`: those that installed it, where it has no token of its own."""
    pace = Pace(hands=settings.workers, most=settings.workers + settings.queue)
    registered = register(
        app,
        desk,
        database,
        pace=pace,
        mentions_only=settings.slack_thread_replies == "mentions",
        channels=settings.slack_channels or None,
        clients=None if workspaces is None else workspaces.client,
        left=None if workspaces is None else workspaces.left,
        installed_at=None if workspaces is None else workspaces.installed_at,
        forget=settings.slack_uninstalled == "erase",
    )
    anything = re.compile("")
    for register_listener in (app.event, app.action, app.view):
        register_listener(anything, middleware=[_nothing_to_do])(lambda: None)
    return registered


def _reason(exc: BoltError) -> str:
    text = str(exc)
    known = ("invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed")
    return next((reason for reason in known if reason in text), "auth.test failed")


def _nothing_to_do() -> BoltResponse:
    return acknowledged()
