"""Slack's calls over HTTP: verified over the raw body, then handed to the Bolt app, off the event loop."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltRequest

from service.bootstrap import Service
from service.desk import service_desk
from service.slack.app import Registered
from service.slack.bodies import read_body
from service.slack.bolt import app_of_workspaces, bolt_app, hang_on
from service.slack.installations import Installations
from service.slack.installing import Installing, Page, Reply, Workspaces, open_installing
from service.slack.signature import Signature

Step = Callable[[str, Mapping[str, str]], Reply]
_HANDS = 8  # a claim is one write to the record


class Entrance:
    """`installing` is None where the app has the token of one workspace."""

    def __init__(
        self,
        app: App,
        registered: Registered,
        signature: Signature,
        installing: Installing | None = None,
    ) -> None:
        self.installing = installing
        self._app = app
        self._registered = registered
        self._signature = signature
        self._pool = ThreadPoolExecutor(max_workers=_HANDS, thread_name_prefix="slack-receipt")

    async def enter(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        """401 for what Slack didn't sign. Anything but 200 has Slack deliver again."""
        genuine = self._signature.is_slacks(
            body,
            timestamp=headers.get("x-slack-request-timestamp"),
            signature=headers.get("x-slack-signature"),
        )
        if not genuine:
            return Reply(401, "not signed by Slack")
        text = body.decode()  # the signature was made over this text
        read = read_body(text, headers.get("content-type", ""))
        if read is None:
            return Reply(400, "not what Slack sends")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._dispatch, read)

    async def install(self, step: Step, query: str, headers: Mapping[str, str]) -> Reply:
        """One of `installing`, off the event loop: Slack is asked."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, step, query, headers)

    def close(self) -> bool:
        """Whether all that was begun has ended."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        return self._registered.close()

    def _dispatch(self, body: dict[str, Any]) -> Reply:
        headers: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
        response = self._app.dispatch(BoltRequest(body=json.dumps(body), headers=headers))
        kind = response.first_headers().get("content-type", "text/plain; charset=utf-8")
        return Reply(response.status, response.body or "", kind)


def open_entrance(service: Service, *, page: Page, say: Callable[[str], None]) -> Entrance | None:
    """For `/slack/events` of a running service; None where its settings don't ask for it. `page` shows
    whoever installs the app how it went. Raises SettingsError where Slack refuses the token."""
    settings = service.settings
    if settings.slack_signing_secret is None:
        return None
    signature = Signature(settings.slack_signing_secret.get_secret_value())
    desk, database = service_desk(service), service.corpus.record.database
    if settings.slack_store_key is None:
        app = bolt_app(settings, say=say)
        return Entrance(app, hang_on(app, desk, database, settings), signature)
    installed = Installations(database, settings.slack_store_key.get_secret_value())
    workspaces = Workspaces(settings, installed)
    app = app_of_workspaces(workspaces)
    registered = hang_on(app, desk, database, settings, workspaces)
    return Entrance(app, registered, signature, open_installing(settings, database, installed, page=page))
