"""SQLite files written anew, so that nothing of what was deleted is left in them or in their logs.

Run as a program it works beside the process that has the file open, and imports nothing of ours. It is a
process of its own because Chroma brings its own SQLite, and two in one process take each other's locks away;
and because what VACUUM sets aside must go beside the file: a container's /tmp may be too small for it.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

_BUSY_SECONDS = 60
_DEADLINE = 600.0
FULL = "database or disk is full"  # in SQLite's words
_SAID_BY_SQLITE = "sqlite3.OperationalError: "

# Chroma keeps what was added in its queue until enough has come to write the vectors out. What is gone needs
# its vector and its place there, not its text; only what the metadata segments have taken up.
_QUEUED = """
UPDATE embeddings_queue SET metadata = '{}'
WHERE id NOT IN (SELECT embedding_id FROM embeddings) AND seq_id <= (
    SELECT min(taken.seq_id) FROM max_seq_id AS taken JOIN segments ON segments.id = taken.segment_id
    WHERE segments.scope = 'METADATA')
"""
# Its full-text index keeps the trigrams of deleted passages until its segments are merged.
_TRIGRAMS = "INSERT INTO embedding_fulltext_search(embedding_fulltext_search) VALUES ('optimize')"


class RewriteFailed(Exception):
    pass


def rewrite(path: Path) -> None:
    """Readers read on meanwhile, writers wait. Chroma's log is emptied too; the record's is for its owner to
    empty, since a backup may read it for long. Raises RewriteFailed."""
    env = os.environ | {"SQLITE_TMPDIR": str(path.parent)}
    command = [sys.executable, "-I", __file__, str(path)]
    try:
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=_DEADLINE, check=False
        )
    except subprocess.TimeoutExpired as exc:
        raise RewriteFailed(f"writing it anew took longer than {_DEADLINE:.0f} s") from exc
    except OSError as exc:
        raise RewriteFailed(exc.strerror or "no process can be started to write it anew") from exc
    if done.returncode:
        raise RewriteFailed(done.stderr.strip().rpartition("\n")[2].removeprefix(_SAID_BY_SQLITE))


def _main(path: str) -> None:
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")  # without a log, readers would wait too
    chroma = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'embeddings_queue'").fetchone()
    if chroma:
        database.execute(_QUEUED)
        database.execute(_TRIGRAMS)
    database.execute("VACUUM")
    busy = chroma and database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    database.close()
    if busy:
        sys.exit("its log is in use, and can't be emptied")


if __name__ == "__main__":
    _main(sys.argv[1])
