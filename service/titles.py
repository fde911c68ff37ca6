"""Where the record keeps the names that people give their conversations; they go with them."""

import sqlalchemy as sa

titles = sa.Table(
    "conversation_titles",
    sa.MetaData(),
    sa.Column("principal", sa.String(64), primary_key=True),
    sa.Column("conversation_id", sa.String(34), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
)
