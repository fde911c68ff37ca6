"""One question at a time in a conversation: a follow-up is read by the answer before it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from service.errors import RequestConflict


class OneAtATime:
    """Within this process. Waits `patience` seconds, then refuses."""

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._busy: set[tuple[str, str]] = set()
        self._free = threading.Condition()

    @contextmanager
    def turn(self, principal: str, conversation_id: str | None) -> Iterator[None]:
        """Raises RequestConflict. A conversation that has no id yet has no second turn either."""
        if conversation_id is None:
            yield
            return
        place = principal, conversation_id
        with self._free:
            if not self._free.wait_for(lambda: place not in self._busy, timeout=self._patience):
                raise RequestConflict(
                    "the question before this one in the conversation is still being answered",
                    remedy="Ask when it has been answered, or leave conversation_id out.",
                )
            self._busy.add(place)
        try:
            yield
        finally:
            with self._free:
                self._busy.remove(place)
                self._free.notify_all()
