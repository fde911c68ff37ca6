"""Who said what, a row for each statement that a version reports. The next start makes the rows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "ledgers",
        sa.Column("article_id", sa.String(34), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article_versions.article_id", "article_versions.version"],
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "reported",
        sa.Column("article_id", sa.String(34), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("told_on", sa.String(10), nullable=False),
        *(sa.Column(name, sa.Text) for name in ("speaker", "who", "office", "to", "venue", "when")),
        sa.Column("day", sa.String(10)),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("strength", sa.String(16), nullable=False),
        sa.Column("unnamed", sa.Boolean, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("depth", "start", "end", "sentence_start", "sentence_end")
        ),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version"], ["ledgers.article_id", "ledgers.version"], ondelete="CASCADE"
        ),
    )
    op.create_index("reported_by_day", "reported", [sa.text("told_on DESC"), "article_id", "ordinal"])
