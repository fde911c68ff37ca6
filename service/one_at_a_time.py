"""One question at a time in a conversation: a follow-up is read by the answer before it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from retrieval.database import Database
from service.errors import RequestConflict


class OneAtATime:
    """Within this process, and among all that share the record. Waits `patience` seconds, then refuses."""

    def __init__(self, *, patience: float, database: Database | None = None) -> None:
        self._shared = database if database is not None and database.shared else None
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
                raise _still_answered()
            self._busy.add(place)
        try:
            with self._among_processes(f"{principal} {conversation_id}"):
                yield
        finally:
            with self._free:
                self._busy.remove(place)
                self._free.notify_all()

    @contextmanager
    def _among_processes(self, conversation: str) -> Iterator[None]:
        if self._shared is None:
            yield
            return
        with self._shared.only(f"conversation {conversation}", patience=self._patience) as had:
            if not had:
                raise _still_answered()
            yield


def _still_answered() -> RequestConflict:
    return RequestConflict(
        "the question before this one in the conversation is still being answered",
        remedy="Ask when it has been answered, or leave conversation_id out.",
    )
