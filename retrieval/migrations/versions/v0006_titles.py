"""The names that people give their conversations; and for the identity of an article that was erased what
nobody gives as another's."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "conversation_titles",
        sa.Column("principal", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(34), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
    )
    op.execute("UPDATE articles SET identity = id || ' erased' WHERE identity = id")
