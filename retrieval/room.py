"""Room on the disk, asked for before anything writes to the index, or writes a database anew.

A disk that fills up while Chroma writes can freeze the whole process: it fails inside its native code with
the interpreter held. So Chroma is asked to write only where what it may need is free.
"""

import shutil
from pathlib import Path

from retrieval.errors import StorageFull

# Measured with chunks of 110 different words: Chroma grows by 15 kB each, most of it for its full-text index,
# the words by 1 kB; twice that, because a journal of the pages that change stands beside them meanwhile.
_EACH_CHUNK = 40_000
# The vectors are written out anew now and then, and the words merged: 2 kB and .5 kB for each chunk there is.
_EACH_KNOWN = 3_000
# For what else is written at the same time: the record's log, answers, other programs.
SPARE = 8_000_000


def make_sure(directory: Path, *, chunks: int, known: int = 0) -> None:
    """That `chunks` more fit beside `known`. Raises StorageFull where they may not."""
    _check(directory, SPARE + chunks * _EACH_CHUNK + known * _EACH_KNOWN, what="the index")


def make_sure_to_rewrite(database: Path) -> None:
    """That SQLite can write it anew: once beside it, and once more into its log. Raises StorageFull where it
    may not."""
    size = sum(path.stat().st_size for path in (database, _log(database)) if path.exists())
    _check(database.parent, SPARE + 2 * size, what=f"writing {database.name} anew")


def _check(directory: Path, needed: int, *, what: str) -> None:
    free = shutil.disk_usage(directory).free
    if free < needed:
        raise full(f"{_megabytes(free)} are free, and {what} may need {_megabytes(needed)}", directory)


def _log(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def full(what: str, directory: Path) -> StorageFull:
    return StorageFull(
        f"the disk of {directory} is full: {what}",
        remedy="Free some disk space, then try again; what is stored can still be read.",
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
