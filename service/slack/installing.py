"""Installing the app in a workspace: `/slack/install` shows a browser the way to Slack, which sends it
back to `/slack/oauth_redirect`, by Bolt's own flow. https://docs.slack.dev/authentication/installing-with-oauth
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient

from retrieval.database import Database
from service.config import Settings
from service.errors import NotInstalled, SlackUnreachable
from service.slack.installations import STATE_SECONDS, Installations, States, Unfit
from service.slack.web import HonoursRetryAfter, translated
from service.slack_settings import INSTALL, REDIRECT

_SECONDS = 20
_LOG = logging.getLogger(__name__)
_AGAIN = "Begin again at /slack/install, in this browser, and don't take more than ten minutes."
_WHY = {
    "access_denied": ("You didn't allow it", "Nothing was changed. Begin again at /slack/install."),
    "invalid_browser": ("This browser didn't begin it, or takes no cookies", _AGAIN),
    "invalid_state": ("It took too long, or was done already", _AGAIN),
    "invalid_code": ("Slack gave no token for it", _AGAIN),
}
# A page for whoever installs: its title, what happened, what to do, and the link that does it.
Page = Callable[[str, str, str, str | None], str]
_ASKED = "Slack asks you in which workspace, and shows what Parley may do there."


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered to Slack, or to a browser."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Workspaces:
    """Those that installed the app, each with a token of its own."""

    def __init__(self, settings: Settings, installed: Installations) -> None:
        self._url = settings.slack_api_url
        self._installed = installed

    def client(self, team: str) -> WebClient:
        """Raises NotInstalled."""
        found = self._installed.of(team)
        if found is None:
            raise NotInstalled(team)
        return WebClient(found.token, base_url=self._url, timeout=_SECONDS)

    def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """Bolt's question whose event it is. Slack isn't asked: an acknowledgement can't wait for that."""
        found = None if team_id is None else self._installed.of(team_id)
        if found is None:
            return None
        its = {"bot_user_id": found.bot_user, "bot_id": found.bot_id, "bot_token": found.token}
        return AuthorizeResult(enterprise_id=None, team_id=found.team, **its)

    def installed_at(self, team: str) -> datetime | None:
        return self._installed.installed_at(team)

    def left(self, team: str) -> None:
        self._installed.remove(team)


class Installing:
    def __init__(self, flow: OAuthFlow, *, page: Page) -> None:
        self._flow = flow
        self._page = page
        flow.success_handler, flow.failure_handler = self._succeeded, self._failed
        # Not a redirect: behind the sign-in's form, a browser follows none to another site (form-action).
        flow.build_install_page_html = self._asks  # type: ignore[method-assign]

    def begin(self, query: str, headers: Mapping[str, str]) -> Reply:
        return _reply(self._flow.handle_installation(_request(query, headers)))

    def end(self, query: str, headers: Mapping[str, str]) -> Reply:
        try:
            with translated("oauth.v2.access"):
                return _reply(self._flow.handle_callback(_request(query, headers)))
        except SlackUnreachable as error:
            _LOG.error("the app could not be installed: %s", error.message)
            return _reply(self._shown(502, "Not installed", "Slack could not be reached", _AGAIN))

    def _asks(self, url: str, request: BoltRequest) -> str:
        return self._page("Add Parley to Slack", _ASKED, "All who are in that workspace may ask Parley.", url)

    def _succeeded(self, args: SuccessArgs) -> BoltResponse:
        _LOG.info("the Slack app was installed in workspace %s", args.installation.team_id)
        asking = "Invite it to a channel with /invite, mention it there, or write to it directly."
        return self._shown(200, "Installed", "Parley is in your workspace now", asking)

    def _failed(self, args: FailureArgs) -> BoltResponse:
        _LOG.warning("the Slack app was not installed: %s", args.reason if args.reason in _WHY else "refused")
        what, then = _WHY.get(args.reason, ("Slack didn't go through with it", _AGAIN))
        if isinstance(args.error, Unfit):
            what, then = str(args.error), "Nothing was stored."
        return self._shown(args.suggested_status_code, "Not installed", what, then)

    def _shown(self, status: int, title: str, what: str, then: str) -> BoltResponse:
        utils = self._flow.settings.state_utils
        headers: dict[str, str | Sequence[str]] = {
            "Content-Type": "text/html; charset=utf-8",
            "Set-Cookie": utils.build_set_cookie_for_deletion(),
        }
        return BoltResponse(status=status, body=self._page(title, what, then, None), headers=headers)


def open_installing(
    settings: Settings, database: Database, installed: Installations, *, page: Page
) -> Installing:
    assert settings.slack_client_id is not None
    assert settings.slack_client_secret is not None
    # It would write down the code that a token is given for.
    quiet = logging.getLogger("parley.slack.oauth")
    quiet.setLevel(logging.CRITICAL)
    api = settings.slack_api_url
    client = WebClient(base_url=api, timeout=_SECONDS, retry_handlers=[HonoursRetryAfter()], logger=quiet)
    its = OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=_scopes(),
        user_scopes=[],
        redirect_uri=f"{settings.public_url}{REDIRECT}",
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        callback_options=CallbackOptions(success=_unset, failure=_unset),
        authorization_url=api.removesuffix("api/") + "oauth/v2/authorize",
        installation_store=installed,
        installation_store_bot_only=True,
        state_store=States(database),
        state_expiration_seconds=STATE_SECONDS,
        logger=quiet,
    )
    return Installing(OAuthFlow(client=client, logger=quiet, settings=its), page=page)


def _unset(_: object) -> BoltResponse:
    raise AssertionError("Installing sets both")


def _scopes() -> list[str]:
    manifest = json.loads((files("service.slack") / "manifest.json").read_text())
    scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    return scopes


def _request(query: str, headers: Mapping[str, str]) -> BoltRequest:
    return BoltRequest(body="", query=query, headers={"cookie": headers.get("cookie", "")})


def _reply(response: BoltResponse) -> Reply:
    headers = {name: values[0] for name, values in response.headers.items()}
    kind = headers.pop("content-type", "text/html; charset=utf-8")
    return Reply(response.status, response.body or "", kind, headers)
