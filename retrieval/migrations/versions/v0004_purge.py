"""Which versions answers hold, and how far an article's text was erased."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_AT_ONCE = 500


def upgrade() -> None:
    op.add_column("articles", sa.Column("erased_through", sa.Integer))
    held = op.create_table(
        "held_versions",
        sa.Column("holder", sa.String(36), primary_key=True),
        sa.Column("article_id", sa.String(34), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
    )
    op.create_index("held_by_article", "held_versions", ["article_id", "version"])
    _hold_what_is_cited(held)
    _have_it_erased()


def _hold_what_is_cited(held: sa.Table) -> None:
    turns = sa.table("turns", sa.column("id", sa.String), sa.column("body", sa.Text))
    connection = op.get_bind()
    answered = sa.select(turns).where(turns.c.body.is_not(None))
    for some in connection.execute(answered).partitions(_AT_ONCE):
        rows = [
            {"holder": id_, "article_id": article, "version": version}
            for id_, body in some
            for article, version in sorted(_cited(body))
        ]
        if rows:
            connection.execute(held.insert(), rows)


def _cited(body: str) -> set[tuple[str, int]]:
    articles = [citation["article"] for citation in json.loads(body).get("citations", ())]
    return {(article["id"], article["version"]) for article in articles}


def _have_it_erased() -> None:
    """What was deleted before may still be in the files: the next start rewrites them."""
    articles = sa.table("articles", sa.column("id", sa.String))
    settings = sa.table("corpus_settings", sa.column("key", sa.String), sa.column("value", sa.Text))
    connection = op.get_bind()
    if connection.scalar(sa.select(articles.c.id).limit(1)) is not None:
        rows = [{"key": key, "value": "upgraded"} for key in ("erase_record", "erase_index")]
        connection.execute(settings.insert(), rows)
