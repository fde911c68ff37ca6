"""The record's tables that hold articles. Their history is in retrieval/migrations."""

import sqlalchemy as sa

metadata = sa.MetaData()

settings = sa.Table(
    "corpus_settings",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("bytes_sha256", sa.String(64), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.String(34), primary_key=True),
    sa.Column("identity", sa.Text, nullable=False, unique=True),
    # The version that is searched; null once deleted, and until the first version is visible.
    sa.Column("current_version", sa.Integer),
    sa.Column("deleted_at", sa.DateTime(timezone=True)),
    # The highest version whose text was erased; no version up to it is given out again.
    sa.Column("erased_through", sa.Integer),
    # Of the changes of it that were asked for, the latest that was made (retrieval/turns.py).
    sa.Column("turn", sa.BigInteger),
)

article_versions = sa.Table(
    "article_versions",
    metadata,
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

# Only the chunks of visible versions: a hit whose chunk is not here is dropped.
chunks = sa.Table(
    "chunks",
    metadata,
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
    sa.Index("chunks_in_order", "article_id", "version", "ordinal", unique=True),
)

# Which edition of the rules made the rows of a version. They go with the version, and its rows with them.
ledgers = sa.Table(
    "ledgers",
    metadata,
    sa.Column("article_id", sa.String(34), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.ForeignKeyConstraint(
        ["article_id", "version"],
        ["article_versions.article_id", "article_versions.version"],
        ondelete="CASCADE",
    ),
)

# Who said what, as a version reports it, in order. `told_on` is the day that lists go by, empty where none is
# known; `names` and `words` are what it is found by, each word between blanks.
reported = sa.Table(
    "reported",
    metadata,
    sa.Column("article_id", sa.String(34), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("told_on", sa.String(10), nullable=False),
    *(sa.Column(name, sa.Text) for name in ("speaker", "who", "office", "to", "venue", "when")),
    sa.Column("day", sa.String(10)),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("strength", sa.String(16), nullable=False),
    sa.Column("unnamed", sa.Boolean, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False),
    *(
        sa.Column(name, sa.Integer, nullable=False)
        for name in ("start", "end", "sentence_start", "sentence_end")
    ),
    sa.Column("names", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(
        ["article_id", "version"], ["ledgers.article_id", "ledgers.version"], ondelete="CASCADE"
    ),
    # As they are listed, so that a page is read without sorting.
    sa.Index("reported_by_day", sa.text("told_on DESC"), "article_id", "ordinal"),
)

# Of each article that is found, what its body is compared with others by (retrieval/copies.py): the hashes of
# its runs of words, and the smallest id of the articles that are near-copies of each other, null of one that
# has none. `told_at` and `first_at` order a family.
copied_texts = sa.Table(
    "copied_texts",
    metadata,
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
    sa.Index("copied_texts_by_family", "family", "told_at", "first_at"),
)

# The bands of its MinHash signature: who shares one may be a copy.
copied_bands = sa.Table(
    "copied_bands",
    metadata,
    sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.ForeignKeyConstraint(["text_id"], ["copied_texts.id"], ondelete="CASCADE"),
    sa.Index("copied_bands_by_text", "text_id"),
    sqlite_with_rowid=False,
)

# Those that are copies by the exact measure, each pair once.
copied_pairs = sa.Table(
    "copied_pairs",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("other", sa.Integer, primary_key=True, autoincrement=False),
    sa.ForeignKeyConstraint(["one"], ["copied_texts.id"], ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["other"], ["copied_texts.id"], ondelete="CASCADE"),
    sa.Index("copied_pairs_by_other", "other"),
    sqlite_with_rowid=False,
)

# What still opens versions of an article, such as an answer that cites them: as long as one is held, deleting
# the article keeps its text.
held_versions = sa.Table(
    "held_versions",
    metadata,
    sa.Column("holder", sa.String(36), primary_key=True),
    sa.Column("article_id", sa.String(34), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Index("held_by_article", "article_id", "version"),
)

ingest_jobs = sa.Table(
    "ingest_jobs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("given_id", sa.Text),
    sa.Column("bytes_sha256", sa.String(64), sa.ForeignKey("sources.bytes_sha256"), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("step", sa.String(16), nullable=False, index=True),
    sa.Column("error", sa.Text),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    # The process that is at work on it; null where none is.
    sa.Column("owner", sa.String(32)),
)
