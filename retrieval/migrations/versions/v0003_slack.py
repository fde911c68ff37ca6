"""What people think of answers, and what Slack delivered, with the threads it belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("principal", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("rating", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("comment", sa.Text),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("feedback_once", "feedback", ["answer_id", "principal", "author"], unique=True)
    _slack()


def _slack() -> None:
    place = [
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread", sa.String(32), nullable=False),
    ]
    op.create_table(
        "slack_threads",
        *(column.copy() for column in place),
        sa.Column("conversation_id", sa.String(34), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "thread"),
    )
    op.create_table(
        "slack_deliveries",
        sa.Column("number", sa.Integer, primary_key=True),
        *place,
        sa.Column("event_id", sa.String(64), nullable=False),
        sa.Column("ts", sa.String(32), nullable=False),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("user_team", sa.String(32), nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("message_ts", sa.String(32)),
        sa.Column("answer_id", sa.String(36), index=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("slack_event_once", "slack_deliveries", ["team", "event_id"], unique=True)
    op.create_index("slack_post_once", "slack_deliveries", ["team", "channel", "ts"], unique=True)
