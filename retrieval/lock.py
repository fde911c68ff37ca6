"""One process per data directory.

Two processes on one embedded Chroma directory lose data in silence, so the directory is held by an
operating-system lock, which dies with its process, also after kill -9. The lock file says who holds it.
A forked child would keep the lock beyond its holder's life: children are spawned, never forked.
"""

import errno
import fcntl
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from retrieval import room
from retrieval.errors import DataDirectoryError, DataDirectoryLocked, Holder

LOCK_NAME = "parley.lock"


class DataDirectoryLock:
    """Holds `directory` until `release`. Raises DataDirectoryLocked, naming the holder, if it is held."""

    def __init__(self, directory: Path, *, command: str) -> None:
        self._path = directory / LOCK_NAME
        self._command = command
        make_directory(directory)
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as exc:
            raise unusable(directory, exc) from exc
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            os.close(self._file)
            raise _held(directory) from exc
        try:
            self.announce(url=None)
        except DataDirectoryError:
            os.close(self._file)
            raise

    def announce(self, *, url: str | None) -> None:
        """Write down who holds the directory and, once it serves, where. Raises DataDirectoryError."""
        holder = Holder(pid=os.getpid(), command=self._command, url=url)
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, json.dumps(asdict(holder)).encode(), 0)
        except OSError as exc:
            raise unusable(self._path.parent, exc) from exc

    def release(self) -> None:
        with suppress(OSError):  # what it says of a holder counts while it is held only
            os.ftruncate(self._file, 0)
        os.close(self._file)


def make_directory(directory: Path) -> None:
    """Create `directory` if need be, and make sure that it can be written to."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise unusable(directory, exc) from exc
    if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        raise unusable(directory, PermissionError("not writable"))


def make_sure_writable(places: Iterable[Path]) -> None:
    """Each file of `places`, and in their folders. Raises DataDirectoryError, naming the file."""
    for place in places:
        beside = place.parent.glob(f"{place.name}-*")  # of a database: its log
        for path in [place, *beside, *place.rglob("*")]:
            if path.exists() and not os.access(path, os.R_OK | os.W_OK):
                raise DataDirectoryError(
                    f"{path} cannot be used: not writable",
                    remedy=f"Let {_user()} read and write it, as by `chmod u+rw`, or set PARLEY_DATA_DIR to "
                    "another folder.",
                )


def holder_of(directory: Path) -> Holder | None:
    """Who holds the directory now, or None. Leaves it as it was."""
    try:
        file = os.open(directory / LOCK_NAME, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # Shared: two that ask at once must not take each other for the holder.
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _read_holder(directory / LOCK_NAME)
    finally:
        os.close(file)
    return None


def _read_holder(path: Path) -> Holder:
    try:
        return Holder(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return Holder(pid=0, command="another process", url=None)


def _held(directory: Path) -> DataDirectoryLocked:
    holder = _read_holder(directory / LOCK_NAME)
    where = f", serving on {holder.url}" if holder.url else ""
    return DataDirectoryLocked(
        f"the data directory {directory} is held by `{holder.command}` (process {holder.pid}{where})",
        remedy="Wait until that process is done or serves, or stop it, or set another PARLEY_DATA_DIR.",
        holder=holder,
    )


def unusable(directory: Path, exc: OSError) -> DataDirectoryError:
    reason = exc.strerror or str(exc)
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return room.full(reason, directory)
    return DataDirectoryError(
        f"the data directory {directory} cannot be used: {reason}",
        remedy=f"Make it a folder that {_user()} may write to, or set PARLEY_DATA_DIR to another.",
    )


def _user() -> str:
    return f"user {os.getuid()}" if sys.platform != "win32" else "this user"
