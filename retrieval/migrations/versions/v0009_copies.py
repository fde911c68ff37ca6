"""Which articles are near-copies of which. The next start makes the rows."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "copied_texts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.String(34), nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.Column("runs", sa.LargeBinary, nullable=False),
        sa.Column("family", sa.String(34)),
        sa.Column("told_at", sa.String(32), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article_versions.article_id", "article_versions.version"],
            ondelete="CASCADE",
        ),
    )
    op.create_index("copied_texts_by_family", "copied_texts", ["family", "told_at", "first_at"])
    op.create_table(
        "copied_bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("text_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(["text_id"], ["copied_texts.id"], ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("copied_bands_by_text", "copied_bands", ["text_id"])
    op.create_table(
        "copied_pairs",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("other", sa.Integer, primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(["one"], ["copied_texts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["copied_texts.id"], ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("copied_pairs_by_other", "copied_pairs", ["other"])
