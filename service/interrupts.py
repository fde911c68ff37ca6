"""An interrupt that isn't lost while Parley starts.

Where Python happens to be in a finaliser or the callback of a weak reference, of which importing runs many,
it prints a KeyboardInterrupt and goes on; a service would start, and serve, as if nobody had interrupted it
(https://docs.python.org/3/library/sys.html#sys.unraisablehook).
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Iterator[None]:
    """Raises KeyboardInterrupt where SIGINT finds it, as ever, and otherwise at the end."""
    if threading.current_thread() is not threading.main_thread():  # others get no signals
        yield
        return
    heard = False

    def hear(_: int, __: FrameType | None) -> None:
        nonlocal heard
        heard = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt
