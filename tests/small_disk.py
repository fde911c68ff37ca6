"""A command on a small disk of its own: a file system in memory that only it sees, and that goes with it."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_MOUNT = 'mount -t tmpfs -o size="$1",mode=700 tmpfs "$2" && shift 2 && exec "$@"'


def on_small_disk(folder: Path, command: Sequence[str], *, megabytes: int) -> list[str]:
    """`command` with a disk of so many megabytes at `folder`. Skips the test where none can be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = ["unshare", "-rm", "sh", "-c", _MOUNT, "sh", f"{megabytes}m", str(folder)]
    try:
        subprocess.run([*whole, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as exc:
        pytest.skip(f"NOT TESTED, for no small disk can be mounted here (`unshare -rm`, Linux): {exc}")
    return [*whole, *command]


def inside(pid: int, folder: Path) -> Path:
    """The folder as the process sees it."""
    return Path(f"/proc/{pid}/root{folder}")
