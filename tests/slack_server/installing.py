"""Installing the app: the page on which a person allows it, and the token that is given for it.

https://docs.slack.dev/authentication/installing-with-oauth, /reference/methods/oauth.v2.access
"""

import base64
from html import escape
from typing import Any
from urllib.parse import urlencode

from tests.slack_server.checks import Refused
from tests.slack_server.state import State, Workspace

CLIENT_ID, CLIENT_SECRET = "111.222", "a-client-secret-of-the-tests"
_PAGE = """<!doctype html><meta charset="utf-8"><title>Install Parley</title>
<body style="font: 16px/1.5 sans-serif; max-width: 32rem; margin: 4rem auto">
<h1>Parley wants access to {team}</h1><p>It may, as a bot:</p><ul>{scopes}</ul>
<p><a href="?{allowed}">Allow</a> &nbsp; <a href="?{declined}">Cancel</a></p>"""


class Installing:
    """`workspaces[0]` is where a person is who opens the page."""

    state: State
    workspaces: tuple[Workspace, ...]

    def allow(self, workspace: Workspace) -> str:
        """Somebody allows the app in this workspace; the code that Slack sends their browser back with."""
        code = f"code-{self.state.number()}"
        self.state.installable[code] = workspace
        return code

    def revoke(self, workspace: Workspace, why: str = "token_revoked") -> None:
        self.state.workspaces.pop(workspace.bot_token)
        self.state.refused[workspace.bot_token] = why

    def authorize(self, asked: dict[str, str]) -> tuple[int, dict[str, str], str]:
        """The page; once one has chosen, back to the app."""
        chosen = asked.pop("chosen", None)
        if chosen is not None:
            code = (
                {"code": self.allow(self.workspaces[0])} if chosen == "allow" else {"error": "access_denied"}
            )
            back = f"{asked['redirect_uri']}?{urlencode({**code, 'state': asked['state']})}"
            return 302, {"Location": back}, ""
        scopes = "".join(f"<li>{escape(scope)}</li>" for scope in asked["scope"].split(","))
        links = {name: escape(urlencode({**asked, "chosen": name})) for name in ("allow", "decline")}
        page = _PAGE.format(
            team=self.workspaces[0].team, scopes=scopes, allowed=links["allow"], declined=links["decline"]
        )
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page

    def installed(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """oauth.v2.access"""
        secret = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if token != f"Basic {secret}":
            raise Refused("bad_client_secret")
        workspace = self.state.installable.pop(arguments.get("code", ""), None)
        if workspace is None:
            raise Refused("invalid_code")
        self.state.workspaces[workspace.bot_token] = workspace
        return {
            "app_id": workspace.app_id,
            "access_token": workspace.bot_token,
            "token_type": "bot",
            "scope": ",".join(workspace.scopes),
            "bot_user_id": workspace.bot_user,
            "team": {"id": workspace.team, "name": "Example"},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0000000009"},
            **workspace.installs_with,
        }
