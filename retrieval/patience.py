"""How long Chroma is waited for: longer at a start, when the whole machine may be busy."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

START_SECONDS = 60.0
_STARTING = ContextVar("starting", default=False)


@contextmanager
def patiently() -> Iterator[None]:
    """For what this thread asks of Chroma meanwhile: a call has START_SECONDS, and one that passes them keeps
    nobody else from asking."""
    before = _STARTING.set(True)
    try:
        yield
    finally:
        _STARTING.reset(before)


def starting() -> bool:
    return _STARTING.get()


def allowed(seconds: float) -> float:
    """Those, or more at a start."""
    return max(seconds, START_SECONDS) if starting() else seconds
