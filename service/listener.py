"""Who follows an answer while it is made."""

import threading
from collections.abc import Sequence
from typing import Protocol

from service.answering import Citation, Statement
from service.answers import QuestionTurn


class Listener(Protocol):
    """Told on the thread that answers. The statements are those that the answer will hold."""

    def begun(self, turn: QuestionTurn) -> None: ...

    def stage(self, name: str) -> None:
        """ "condense", "search", "answer"."""

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None: ...

    @property
    def left(self) -> bool: ...


class _Silent:
    def begun(self, turn: QuestionTurn) -> None: ...

    def stage(self, name: str) -> None: ...

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None: ...


class _Nobody(_Silent):
    left = False


class UntilGone(_Silent):
    """Waits for the whole answer, and may leave before it comes."""

    def __init__(self) -> None:
        self._gone = threading.Event()

    def go(self) -> None:
        self._gone.set()

    @property
    def left(self) -> bool:
        return self._gone.is_set()


NOBODY: Listener = _Nobody()
