"""One process per data directory, by a lock that dies with its process."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retrieval.errors import DataDirectoryError, DataDirectoryLocked, Holder, StorageFull
from retrieval.lock import LOCK_NAME, DataDirectoryLock, holder_of

_NOBODY = 65534
_HOLD = """
import sys
from pathlib import Path
from retrieval.lock import DataDirectoryLock
lock = DataDirectoryLock(Path(sys.argv[1]), command="parley serve")
lock.announce(url="http://127.0.0.1:8123")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Holds the directory."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(directory)], stdin=-1, stdout=-1, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_by_name_until_the_first_is_killed(tmp_path: Path) -> None:
    with another_process(tmp_path) as first:
        with pytest.raises(DataDirectoryLocked) as refused:
            DataDirectoryLock(tmp_path, command="parley ingest")
        assert refused.value.holder == Holder(first.pid, "parley serve", "http://127.0.0.1:8123")
        for part in (str(first.pid), "parley serve", "http://127.0.0.1:8123", str(tmp_path)):
            assert part in refused.value.message
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert holder_of(tmp_path) is None
        DataDirectoryLock(tmp_path, command="parley ingest").release()


def test_a_spawned_child_does_not_hold_it(tmp_path: Path) -> None:
    lock = DataDirectoryLock(tmp_path, command="the parent")
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=-1) as child:
        lock.release()
        assert child.poll() is None
        DataDirectoryLock(tmp_path, command="the next").release()
        child.kill()


def test_the_holder_is_told_and_nothing_changes(tmp_path: Path) -> None:
    lock = DataDirectoryLock(tmp_path, command="parley serve")
    before = (tmp_path / LOCK_NAME).read_bytes()
    assert holder_of(tmp_path) == Holder(os.getpid(), "parley serve", None)
    assert (tmp_path / LOCK_NAME).read_bytes() == before
    lock.announce(url="http://[::1]:9")
    assert holder_of(tmp_path) == Holder(os.getpid(), "parley serve", "http://[::1]:9")
    lock.release()
    assert holder_of(tmp_path) is None


def test_asking_makes_no_directory(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "absent") is None
    assert not (tmp_path / "absent").exists()


def test_two_that_ask_do_not_take_each_other_for_the_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    DataDirectoryLock(tmp_path, command="gone").release()
    seen = []
    real = os.close

    def asking_meanwhile(file: int) -> None:
        monkeypatch.setattr(os, "close", real)
        seen.append(holder_of(tmp_path))
        real(file)

    monkeypatch.setattr(os, "close", asking_meanwhile)
    assert holder_of(tmp_path) is None
    assert seen == [None]


def test_an_unreadable_lock_file_still_refuses(tmp_path: Path) -> None:
    lock = DataDirectoryLock(tmp_path, command="parley serve")
    (tmp_path / LOCK_NAME).write_text("{")
    with pytest.raises(DataDirectoryLocked, match="another process"):
        DataDirectoryLock(tmp_path, command="parley ingest")
    lock.release()


def test_the_directory_is_made_with_its_parents(tmp_path: Path) -> None:
    DataDirectoryLock(tmp_path / "a" / "b", command="x").release()
    assert (tmp_path / "a" / "b" / LOCK_NAME).is_file()


@pytest.mark.parametrize("below", [".", "data", "data/deeper"])
def test_a_path_at_or_below_a_file_is_refused_with_a_remedy(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    with pytest.raises(DataDirectoryError, match="cannot be used") as refused:
        DataDirectoryLock(file / below, command="x")
    assert str(file) in refused.value.message
    assert "PARLEY_DATA_DIR" in refused.value.remedy


def test_a_lock_file_that_cannot_be_opened_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).mkdir()
    with pytest.raises(DataDirectoryError, match="cannot be used"):
        DataDirectoryLock(tmp_path, command="x")


def test_a_directory_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with _as_anybody(), pytest.raises(DataDirectoryError, match="cannot be used"):
        DataDirectoryLock(tmp_path, command="x")
    tmp_path.chmod(0o700)


@contextmanager
def _as_anybody() -> Iterator[None]:
    """Root may write everywhere, so the test gives that up for a moment."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_disk_without_room_for_the_holder_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.lock.os.pwrite", full)
        with pytest.raises(StorageFull, match="is full"):
            DataDirectoryLock(tmp_path, command="a test")
    DataDirectoryLock(tmp_path, command="another").release()
