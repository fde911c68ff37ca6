"""Ends this process when it has frozen, so that whatever supervises it starts it again.

Native code that holds the interpreter can stop every thread for good, also the one that would take a signal
to stop. So a second, small process waits for signs of life, and its signal is handled without the
interpreter: by faulthandler, which writes down where every thread stands, and then by `_exit`. (A timer of
this process, such as faulthandler's own, would end it too when it was only suspended for a while.)
"""

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_BEAT_SECONDS = 0.5
_STDERR = 2


@contextmanager
def watched(seconds: int) -> Iterator[None]:
    """For as long as it is open. `seconds` without a sign of life end the process; 0: it isn't watched."""
    if not seconds:
        yield
        return
    _end_without_the_interpreter()
    watcher = subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-S",
            str(Path(__file__).with_name("watcher.py")),
            str(os.getpid()),
            str(seconds),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    assert watcher.stdin is not None
    beating = threading.Event()
    heart = threading.Thread(target=_beat, args=(watcher.stdin.fileno(), beating), daemon=True, name="heart")
    heart.start()
    try:
        yield
    finally:
        beating.set()
        heart.join()
        watcher.stdin.close()
        watcher.wait()
        faulthandler.unregister(signal.SIGUSR2)
        signal.signal(signal.SIGUSR2, signal.SIG_DFL)


def _end_without_the_interpreter() -> None:
    """By `_exit` as the handler itself, because no signal ends a container's first process by default."""
    libc = ctypes.CDLL(None)
    libc.signal.argtypes, libc.signal.restype = [ctypes.c_int, ctypes.c_void_p], ctypes.c_void_p
    libc.signal(signal.SIGUSR2, ctypes.cast(libc._exit, ctypes.c_void_p))
    faulthandler.register(signal.SIGUSR2, file=_STDERR, all_threads=True, chain=True)


def _beat(pipe: int, ended: threading.Event) -> None:
    os.set_blocking(pipe, False)  # a watcher that is stopped must not stop this
    with suppress(BrokenPipeError):
        while not ended.wait(_BEAT_SECONDS):
            with suppress(BlockingIOError):
                os.write(pipe, b".")
