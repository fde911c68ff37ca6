"""Where the record keeps what was asked and answered, and what people think of it."""

from enum import StrEnum

import sqlalchemy as sa

from service.config import KEY_PRINCIPAL
from service.errors import Unauthorized

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
    # The process that answers it; null for those of before there were several.
    sa.Column("owner", sa.String(32)),
    # Whether it may have read what was withdrawn since, and is to be kept as it was asked.
    sa.Column("as_asked", sa.Boolean),
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

# Whom the service lets in (service/keys.py).
access_keys = sa.Table(
    "access_keys",
    metadata,
    sa.Column("id", sa.String(14), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("scopes", sa.String(64), nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("expires_at", sa.DateTime(timezone=True)),
    sa.Column("revoked_at", sa.DateTime(timezone=True)),
)

# Browsers that signed out (service/sessions.py).
ended_sessions = sa.Table(
    "ended_sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
)


def refuse_revoked(connection: sa.Connection, principal: str) -> None:
    """Raises Unauthorized for a key's principal whose key is no more."""
    if not principal.startswith(KEY_PRINCIPAL):
        return
    its = access_keys.c.id == principal.removeprefix(KEY_PRINCIPAL), access_keys.c.revoked_at.is_(None)
    if connection.scalar(sa.select(access_keys.c.id).where(*its)) is None:
        raise Unauthorized("this key was taken back", remedy="Ask whoever runs the service for another.")
