"""The Slack app: `register` hangs Parley's listeners on any slack_bolt app, one of its own or another's."""

import logging
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient

from retrieval.database import Database
from service.desk import Desk
from service.slack import views
from service.slack.blocks import FEEDBACK, SHOW_SOURCES
from service.slack.clicks import Act, Clicks, told
from service.slack.deliveries import Deliveries
from service.slack.events import read_event
from service.slack.replies import Pace, Replies

_LOG = logging.getLogger(__name__)
Body = dict[str, Any]


class Registered:
    """Parley at work in a Bolt app, until it is closed."""

    def __init__(self, replies: Replies) -> None:
        self.replies = replies

    def __enter__(self) -> "Registered":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> bool:
        """Whether all that was begun has ended; what hasn't is taken up at the next start."""
        return self.replies.close()


def register(
    app: App,
    desk: Desk,
    database: Database,
    *,
    clients: Callable[[str], WebClient] | None = None,
    home: bool = True,
    bot_name: str = "Parley",
    pace: Pace | None = None,
    mentions_only: bool = False,
    channels: Collection[str] | None = None,
    left: Callable[[str], None] | None = None,
    installed_at: Callable[[str], datetime | None] | None = None,
    forget: bool = True,
) -> Registered:
    """Answer mentions, direct messages and replies in threads that Parley is in, and take up again what an
    earlier process left unanswered.

        from parley import open_service, read_settings, service_desk
        from parley.slack import register
        from slack_bolt import App

        app = App(token=..., signing_secret=...)
        service = open_service(read_settings(), command="my bot")
        parley = register(app, service_desk(service), service.corpus.record.database)
        ...                                   # your own listeners, and app.start()
        parley.close()
        service.close()

    A listener of yours that was registered before and takes an event comes first; what Parley has no use for
    goes on to those registered after. `database` keeps what was delivered and answered: the record, or a file
    of its own. `clients` gives the Web API client of a workspace, where the app is installed in several.
    `home=False` leaves the App Home to you; with `mentions_only` a reply in a thread must mention Parley too;
    `channels` are the ids of those in which alone it answers, besides direct messages. `left` is told of a
    workspace that took the app away or whose token Slack refuses; what was asked and answered there is erased
    when it takes the app away, unless `forget` is false. Slack may tell of that hours late: nothing is done
    where `installed_at` (with its time zone; None where it isn't known) gives a later time.
    An `App`, not an `AsyncApp`: Parley works on threads of its own.
    """
    deliveries = Deliveries(database)
    clients = clients or (lambda _: app.client)
    pace = pace or Pace()
    replies = Replies(desk, deliveries, clients, desk.link, pace=pace, channels=channels, left=left)
    clicks = Clicks(desk, deliveries, replies.web, desk.link, bot_name=bot_name)
    installed_at = installed_at or (lambda _: None)
    listeners = _Listeners(
        replies, clicks, mentions_only=mentions_only, installed_at=installed_at, forget=forget
    )
    for kind in ("app_mention", "message"):
        _listen(app.event(kind, middleware=[listeners.posted]))
    _listen(app.event("app_home_opened", middleware=[listeners.opened_home if home else listeners.opened]))
    _listen(app.event("assistant_thread_started", middleware=[listeners.opened_thread]))
    _listen(app.event("app_uninstalled", middleware=[listeners.taken_away]))
    _listen(app.event("tokens_revoked", middleware=[listeners.revoked]))
    _listen(app.action(FEEDBACK, middleware=[listeners.rated]))
    _listen(app.action(SHOW_SOURCES, middleware=[listeners.asked_for_sources]))
    _listen(app.action(re.compile(views.SOURCES_PAGE), middleware=[listeners.turned_page]))
    _listen(app.view(views.REASON, middleware=[listeners.gave_reason]))
    replies.resume()
    return Registered(replies)


def _listen(register_listener: Callable[..., Any]) -> None:
    """The middleware does it all: it runs before the acknowledgement, where a claim must be committed, and
    passes on what is not ours by neither answering nor calling `next`."""
    register_listener(_never)


def _never() -> None:
    raise AssertionError("Parley's middleware answers, or passes on")


def acknowledged() -> BoltResponse:
    return BoltResponse(status=200, body="")


class _Listeners:
    """Each answers at once; what takes time is done by the crews."""

    def __init__(
        self,
        replies: Replies,
        clicks: Clicks,
        *,
        mentions_only: bool,
        installed_at: Callable[[str], datetime | None],
        forget: bool,
    ) -> None:
        self._replies = replies
        self._clicks = clicks
        self._mentions_only = mentions_only
        self._installed_at = installed_at
        self._forget = forget

    def posted(self, body: Body, context: BoltContext) -> BoltResponse | None:
        incoming = read_event(
            body, team=_team(context), bot_user=context.bot_user_id, mentions_only=self._mentions_only
        )
        if incoming is None or not self._replies.receive(incoming):
            return None
        return acknowledged()

    def opened_home(self, event: Body, context: BoltContext) -> BoltResponse | None:
        team, user = _team(context), str(event.get("user"))
        if event.get("tab") == "home":
            return self._later(lambda: self._clicks.home(team, user))
        return self.opened(event, context)

    def opened(self, event: Body, context: BoltContext) -> BoltResponse | None:
        """The Messages tab, where the agent's prompts are shown without a thread."""
        if event.get("tab") != "messages":
            return None
        team, channel = _team(context), str(event.get("channel"))
        return self._later(lambda: self._clicks.suggest(team, channel, None))

    def opened_thread(self, event: Body, context: BoltContext) -> BoltResponse:
        """Of the assistant view, which agents have replaced."""
        team, thread = _team(context), event["assistant_thread"]
        return self._later(lambda: self._clicks.suggest(team, thread["channel_id"], thread["thread_ts"]))

    def taken_away(self, body: Body, context: BoltContext) -> None:
        """Others may have cleaning to do too: it goes on to them."""
        team = _team(context)
        if self._installed_since(team, body):
            return
        self._replies.end(team)
        if self._forget:
            self._later(lambda: self._clicks.leave(team))

    def revoked(self, body: Body, event: Body, context: BoltContext) -> None:
        team = _team(context)
        if event.get("tokens", {}).get("bot") and not self._installed_since(team, body):
            self._replies.end(team)

    def _installed_since(self, team: str, body: Body) -> bool:
        """Slack delivers again for hours what it couldn't: the app may have come back since. Its times are
        whole seconds."""
        happened, installed = body.get("event_time"), self._installed_at(team)
        return isinstance(happened, int) and installed is not None and int(installed.timestamp()) > happened

    def rated(self, body: Body, action: Body, context: BoltContext) -> BoltResponse:
        team, user, trigger = _team(context), str(context.user_id), str(body.get("trigger_id"))
        return self._later(lambda: self._clicks.rate(team, user, str(action.get("value")), trigger))

    def asked_for_sources(self, body: Body, action: Body, context: BoltContext) -> BoltResponse:
        team, trigger = _team(context), str(body.get("trigger_id"))
        return self._later(lambda: self._clicks.show_sources(team, str(action.get("value")), trigger))

    def turned_page(self, body: Body, action: Body, context: BoltContext) -> BoltResponse:
        team, view = _team(context), str((body.get("view") or {}).get("id"))
        return self._later(lambda: self._clicks.turn_page(team, str(action.get("value")), view))

    def gave_reason(self, view: Body, context: BoltContext) -> BoltResponse:
        team, user = _team(context), str(context.user_id)
        return self._later(lambda: self._clicks.reason(team, user, view))

    def _later(self, act: Act) -> BoltResponse:
        self._replies.errands.take(object(), told(act, _LOG.warning))
        return acknowledged()


def _team(context: Mapping[str, Any] | BoltContext) -> str:
    """An app that a whole organisation installed may have no team: the organisation is its workspace."""
    return str(context.get("team_id") or context.get("enterprise_id") or "")
