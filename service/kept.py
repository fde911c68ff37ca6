"""Where the record keeps what was asked and answered, and what people think of it."""

from enum import StrEnum

import sqlalchemy as sa

metadata = sa.MetaData()


class State(StrEnum):
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    INTERRUPTED = "interrupted"


turns = sa.Table(
    "turns",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),  # their order; clocks may go back
    sa.Column("id", sa.String(36), nullable=False, unique=True),
    sa.Column("principal", sa.String(64), nullable=False),
    sa.Column("conversation_id", sa.String(34), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("idempotency_key", sa.String(255)),
    sa.Column("request_sha256", sa.String(64)),
    sa.Index("turns_of_conversation", "principal", "conversation_id", "number"),
    sa.Index("turns_by_key", "principal", "idempotency_key", unique=True),
)

# What people think of answers, which goes with them.
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("answer_id", sa.String(36), nullable=False),
    sa.Column("principal", sa.String(64), nullable=False),
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("rating", sa.String(8), nullable=False),
    sa.Column("reason", sa.String(16)),
    sa.Column("comment", sa.Text),
    sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("feedback_once", "answer_id", "principal", "author", unique=True),
)
