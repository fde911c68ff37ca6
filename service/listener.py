"""Who follows an answer while it is made."""

from collections.abc import Sequence
from typing import Protocol

from service.answering.answer import Citation, Statement
from service.answers import Turn


class Listener(Protocol):
    """Told on the thread that answers. The statements are those that the answer will hold."""

    def begun(self, turn: Turn) -> None: ...

    def stage(self, name: str) -> None:
        """ "condense", "search", "answer"."""

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None: ...

    @property
    def left(self) -> bool: ...


class _Nobody:
    left = False

    def begun(self, turn: Turn) -> None: ...

    def stage(self, name: str) -> None: ...

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None: ...


NOBODY: Listener = _Nobody()
