"""What Parley keeps is its user's alone: files 0600, folders 0700."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from retrieval.lock import LOCK_NAME

RECORD_NAME, INDEX_NAME = "record.sqlite", "index"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private(data_dir: Path) -> None:
    """Take away what others may do with what is there; what isn't ours to change stays as it is."""
    for path in _ours(data_dir):
        with suppress(OSError):
            mode = stat.S_IMODE(path.lstat().st_mode)
            if mode & _OTHERS and not path.is_symlink():
                path.chmod(mode & ~_OTHERS)


def make_private() -> None:
    """From here on, for the whole process: what it creates nobody else may read."""
    os.umask(_OTHERS)


def _ours(data_dir: Path) -> Iterator[Path]:
    """Only what bears a name of ours: a data directory may be a folder with other things in it."""
    yield data_dir
    yield data_dir / LOCK_NAME
    yield from data_dir.glob(f"{RECORD_NAME}*")
    yield data_dir / INDEX_NAME
    yield from (data_dir / INDEX_NAME).rglob("*")
