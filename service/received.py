"""Where the record keeps what Slack delivered, and where the app is installed. Not Slack's own: whoever
deletes a conversation, also in a process without Slack, takes away what was asked in it and isn't answered
yet."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

metadata = sa.MetaData()
_PRINCIPAL = "slack:"


class State(StrEnum):
    """`telling`: Slack may have a message of ours already. Those after it are final."""

    WAITING = "waiting"
    TELLING = "telling"
    DONE = "done"
    FAILED = "failed"
    OVERLOADED = "overloaded"
    LAPSED = "lapsed"


def _place() -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.String(32), nullable=False) for name in ("team", "channel", "thread"))


threads = sa.Table(
    "slack_threads",
    metadata,
    *_place(),
    sa.Column("conversation_id", sa.String(34), nullable=False),
    sa.PrimaryKeyConstraint("team", "channel", "thread"),
)

deliveries = sa.Table(
    "slack_deliveries",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    *_place(),
    sa.Column("event_id", sa.String(64), nullable=False),
    sa.Column("ts", sa.String(32), nullable=False),
    sa.Column("user", sa.String(32), nullable=False),
    sa.Column("user_team", sa.String(32), nullable=False),
    # Kept until it is answered; from then on the turn has it.
    sa.Column("question", sa.Text),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("message_ts", sa.String(32)),
    sa.Column("answer_id", sa.String(36), index=True),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    # The process that sees to it.
    sa.Column("owner", sa.String(32)),
    sa.Index("slack_event_once", "team", "event_id", unique=True),
    sa.Index("slack_post_once", "team", "channel", "ts", unique=True),
)

# By workspace, where it is installed by OAuth. `token` is encrypted.
installations = sa.Table(
    "slack_installations",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("app_id", sa.String(32), nullable=False),
    sa.Column("bot_user", sa.String(32), nullable=False),
    sa.Column("bot_id", sa.String(32), nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
)

# Browsers that are on their way through Slack's page, each by a digest of what it comes back with.
install_states = sa.Table(
    "slack_install_states",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
)

_STOPPED = {"state": State.FAILED.value, "question": None}


def slack_principal(team: str) -> str:
    """Whose the conversations of a workspace are."""
    return _PRINCIPAL + team


def of_slack(principal: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether it is a workspace."""
    return principal.startswith(_PRINCIPAL)


def forget_questions(connection: sa.Connection, conversation_ids: Sequence[str], principal: str) -> None:
    """Those of the principal's conversations that are deleted; what wasn't answered yet isn't any more."""
    if not principal.startswith(_PRINCIPAL):
        return
    of = deliveries.c
    there = sa.exists().where(
        threads.c.team == of.team,
        threads.c.channel == of.channel,
        threads.c.thread == of.thread,
        threads.c.team == principal.removeprefix(_PRINCIPAL),
        threads.c.conversation_id.in_(conversation_ids),
    )
    connection.execute(deliveries.update().where(there, of.question.is_not(None)).values(_STOPPED))


def forget_older(connection: sa.Connection, than: datetime) -> int:
    """Those received before then; how many."""
    old = deliveries.c.received_at < than, deliveries.c.question.is_not(None)
    return connection.execute(deliveries.update().where(*old).values(_STOPPED)).rowcount
