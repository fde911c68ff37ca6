"""The second process of `service/watch.py`, run by its path: it counts, and needs nothing but the standard
library. Its input is the pipe of the process that it watches."""

import os
import select
import signal
import sys
from pathlib import Path

_ENDING_SECONDS = 5


def watch(pid: int, seconds: int) -> None:
    """Seconds are counted here, one by one, so that none counts in which both processes were suspended; nor
    does one in which the other was stopped, or stood in a debugger."""
    silent = 0
    while silent < seconds:
        if _heard():
            silent = 0
        elif not _halted(pid):
            silent += 1
    sys.stderr.write(
        f"parley: process {pid} has frozen: no sign of life for {seconds} s, as native code can cause on a "
        "full disk.\n        It ends now; start it again, unless its supervisor does. What was acknowledged "
        "is stored.\n        This is where it stood:\n"
    )
    sys.stderr.flush()
    os.kill(pid, signal.SIGUSR2)
    for _ in range(_ENDING_SECONDS):
        _heard()
    os.kill(pid, signal.SIGKILL)


def _heard() -> bool:
    """Within a second. Ends this process with the one that it watches."""
    if not select.select([0], [], [], 1)[0]:
        return False
    if not os.read(0, 1024):
        raise SystemExit
    return True


def _halted(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:  # no /proc here
        return False
    return told.rpartition(")")[2].split()[0] in {"T", "t"}


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)  # sent to the whole group, and meant for the other
    watch(int(sys.argv[1]), int(sys.argv[2]))
