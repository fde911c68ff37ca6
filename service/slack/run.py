"""`parley slack`: Socket Mode, for a workspace behind a firewall."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext

import sqlalchemy as sa
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient

from retrieval.database import Database
from retrieval.lock import DataDirectoryLock
from service.config import Settings
from service.desk import RemoteDesk, open_desk
from service.errors import SettingsError
from service.logs import log_as_set
from service.slack.app import Registered
from service.slack.bolt import bolt_app, hang_on
from service.slack.web import translated
from service.watch import watched

_FOLDER = "slack"
Say = Callable[[str], None]


def run(settings: Settings, *, say: Say) -> None:
    """Blocks until SIGINT or SIGTERM. Raises SettingsError, SlackUnreachable, and what opening a data
    directory raises."""
    if settings.slack_bot_token is None or settings.slack_app_token is None:
        raise SettingsError(
            "`parley slack` needs PARLEY_SLACK_BOT_TOKEN and PARLEY_SLACK_APP_TOKEN",
            remedy="docs/slack.md says where Slack shows them.",
        )
    say, stopped = log_as_set(settings, say=say), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    app = bolt_app(settings, say=say)
    token = settings.slack_app_token.get_secret_value()
    with watched(settings.frozen_seconds), _opened(settings, app, say=say), _connected(app, token):
        say("Connected to Slack by Socket Mode. Mention the app in a channel, or write to it.")
        stopped.wait()
    say("Stopped; what is unanswered is taken up at the next start.")


@contextmanager
def _opened(settings: Settings, app: App, *, say: Say) -> Iterator[Registered]:
    url = settings.slack_service_url
    with open_desk(settings, command="parley slack", say=say, url=url) as desk:
        if desk.url:
            say(f"Answering by the service on {desk.url}.")
        record = _own_record(settings) if isinstance(desk, RemoteDesk) else nullcontext(desk.database)
        with record as database, hang_on(app, desk, database, settings) as registered:
            yield registered


@contextmanager
def _own_record(settings: Settings) -> Iterator[Database]:
    """What Slack delivered, where the record is another process's: a file beside it, held like it."""
    folder = settings.data_dir / _FOLDER
    lock = DataDirectoryLock(folder, command="parley slack")
    try:
        url = sa.URL.create("sqlite", database=str(folder / "deliveries.sqlite"))
        with closing(Database(url)) as database:
            yield database
    finally:
        lock.release()


@contextmanager
def _connected(app: App, app_token: str) -> Iterator[BaseSocketModeClient]:
    # At its lower levels the client writes down what people said.
    quiet = logging.getLogger("parley.slack.socket")
    quiet.setLevel(logging.WARNING)
    handler = SocketModeHandler(app, app_token, logger=quiet)
    with translated("apps.connections.open"):
        handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield handler.client
    finally:
        handler.close()  # type: ignore[no-untyped-call]
