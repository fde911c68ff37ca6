"""A frozen process is ended from outside; one that is stopped, slow or watched by nobody is not."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import REPOSITORY

_FREEZE = "ctypes.PyDLL(None).sleep(60)"  # a native call that keeps the interpreter to itself
_WAIT = "time.sleep({})"


@contextmanager
def process(what: str, *, seconds: int) -> Iterator["subprocess.Popen[str]"]:
    """Watched, in a process of its own; its first line says that it is."""
    code = f"""
import ctypes, time
from service.watch import watched
with watched({seconds}):
    print("watched", flush=True)
    {what}
print("done", flush=True)
"""
    begun = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert begun.stdout is not None
    # By the byte: what a buffer took in besides would be lost to `communicate`.
    out = begun.stdout.fileno()
    first = b"".join(iter(lambda: os.read(out, 1) or b"\n", b"\n"))
    assert first == b"watched"
    try:
        yield begun
    finally:
        begun.kill()
        begun.communicate()


def test_a_process_that_holds_its_interpreter_is_ended_and_says_where_it_stood() -> None:
    with process(_FREEZE, seconds=2) as frozen:
        _, said = frozen.communicate(timeout=30)
    assert frozen.returncode == signal.SIGUSR2
    assert f"process {frozen.pid} has frozen" in said
    assert "most recent call first" in said


@pytest.mark.slow
def test_a_process_that_was_stopped_goes_on_and_leaves_nobody_behind() -> None:
    with process(_WAIT.format(5), seconds=2) as stopped:
        stopped.send_signal(signal.SIGSTOP)
        time.sleep(3)
        stopped.send_signal(signal.SIGCONT)
        out, said = stopped.communicate(timeout=30)  # returns once nobody holds its output
    assert (stopped.returncode, out, said) == (0, "done\n", "")


def test_a_process_that_is_killed_takes_its_watcher_along() -> None:
    with process(_FREEZE, seconds=60) as frozen:
        frozen.kill()
        frozen.communicate(timeout=30)  # returns once nobody holds its output


def test_nobody_watches_where_the_setting_says_so() -> None:
    with process("print(bool(__import__('threading').active_count() > 1))", seconds=0) as alone:
        out, _ = alone.communicate(timeout=30)
    assert out == "False\ndone\n"
