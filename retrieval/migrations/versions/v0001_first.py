"""Articles, their chunks, the ingest journal and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "corpus_settings",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("bytes_sha256", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    _articles()
    _chunks()
    _journal()
    op.create_table(
        "answers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation_id", sa.String(34), nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(34), primary_key=True),
        sa.Column("identity", sa.Text, nullable=False, unique=True),
        sa.Column("current_version", sa.Integer),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.String(34), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False, index=True),
        sa.Column("bytes_sha256", sa.String(64), sa.ForeignKey("sources.bytes_sha256"), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("regions", sa.JSON, nullable=False),
        sa.Column("retrieved_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def _chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("article_id", sa.String(34), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("region", sa.String(16), nullable=False),
        sa.Column("sentences", sa.JSON, nullable=False),
        sa.Column("embedded_text", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version"], ["article_versions.article_id", "article_versions.version"]
        ),
    )
    op.create_index("chunks_in_order", "chunks", ["article_id", "version", "ordinal"], unique=True)


def _journal() -> None:
    op.create_table(
        "ingest_jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("given_id", sa.Text),
        sa.Column("bytes_sha256", sa.String(64), sa.ForeignKey("sources.bytes_sha256"), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("step", sa.String(16), nullable=False, index=True),
        sa.Column("error", sa.Text),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
