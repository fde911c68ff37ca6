"""Questions are written down before they are answered, with who asked and under which key."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_AT_ONCE = 500


def upgrade() -> None:
    turns = op.create_table(
        "turns",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("principal", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(34), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("idempotency_key", sa.String(255)),
        sa.Column("request_sha256", sa.String(64)),
    )
    op.create_index("turns_of_conversation", "turns", ["principal", "conversation_id", "number"])
    op.create_index("turns_by_key", "turns", ["principal", "idempotency_key"], unique=True)
    _move_answers(turns)
    op.drop_table("answers")


def _move_answers(turns: sa.Table) -> None:
    answers = sa.table(
        "answers",
        sa.column("id", sa.String),
        sa.column("conversation_id", sa.String),
        sa.column("body", sa.Text),
        sa.column("asked_at", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    found = connection.execute(sa.select(answers).order_by(answers.c.asked_at)).mappings()
    for some in found.partitions(_AT_ONCE):
        moved = [
            {
                **row,
                "principal": "owner",
                "question": json.loads(row["body"])["question"],
                "state": "answered",
            }
            for row in some
        ]
        connection.execute(turns.insert(), moved)
