"""A program: rewrite Chroma's database at a path, so that nothing of what was deleted is left in it.

Chroma keeps what was added in its queue until enough has come to write the vectors out, and its SQLite leaves
deleted rows where they stood. Works beside the process that has Chroma open, and imports nothing of ours.
"""

import sqlite3
import sys

_BUSY_SECONDS = 60

# A queued addition whose passage is gone needs its vector and its place, not its text. Only what the
# metadata segments have taken up already.
_QUEUED = """
UPDATE embeddings_queue SET metadata = '{}'
WHERE id NOT IN (SELECT embedding_id FROM embeddings) AND seq_id <= (
    SELECT min(taken.seq_id) FROM max_seq_id AS taken JOIN segments ON segments.id = taken.segment_id
    WHERE segments.scope = 'METADATA')
"""
# The full-text index keeps the trigrams of deleted passages until its segments are merged.
_TRIGRAMS = "INSERT INTO embedding_fulltext_search(embedding_fulltext_search) VALUES ('optimize')"


def rewrite(path: str) -> None:
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")  # readers go on while the file is rewritten
    database.execute(_QUEUED)
    database.execute(_TRIGRAMS)
    database.execute("VACUUM")
    busy, *_ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    database.close()
    if busy:
        sys.exit("its log is in use, and can't be emptied")


if __name__ == "__main__":
    rewrite(sys.argv[1])
