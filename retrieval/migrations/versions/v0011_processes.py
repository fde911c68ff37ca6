"""Which process works on what, for several over one record; in PostgreSQL the words of passages too."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for table in ("turns", "ingest_jobs", "slack_deliveries"):
        op.add_column(table, sa.Column("owner", sa.String(32)))
    op.add_column("turns", sa.Column("as_asked", sa.Boolean))
    op.add_column("articles", sa.Column("turn", sa.BigInteger))
    if op.get_bind().dialect.name == "postgresql":
        _words()


def _words() -> None:
    op.create_table(
        "passage_words",
        sa.Column("generation", sa.String(32), primary_key=True),
        sa.Column("chunk_id", sa.String(32), primary_key=True),
        sa.Column("article_id", sa.String(34), nullable=False),
        sa.Column("words", postgresql.TSVECTOR, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
    )
    op.create_index("passages_by_word", "passage_words", ["words"], postgresql_using="gin")
    op.create_index("passages_by_article", "passage_words", ["article_id"])
    # An article's id is a digest of its identity, which may be longer than PostgreSQL indexes.
    op.drop_constraint("articles_identity_key", "articles")
