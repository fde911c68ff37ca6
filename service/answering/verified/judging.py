"""Who is asked whether quotations bear a statement out, where rules can't tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A quotation as a judge sees it: `text` behind its outlet and day, and the speaker where it doesn't name
    them itself, "[The Post, Friday 3 May 2030] Roe: ..."; `beside` it what else its article tells of the
    saying, "said to: Radio Vell", and of whom it may be."""

    text: str
    beside: tuple[str, ...] = ()


class Judge(Protocol):
    """It sees the statement and its quotations alone."""

    def bears_out(self, statement: str, quotations: Sequence[Exhibit]) -> bool:
        """Whether they clearly bear out all of it: False where that is in doubt, or nobody could be asked."""
        ...


class Word(StrEnum):
    """A judge's on a statement; `FAILED`: there is none, and won't be."""

    YES = "yes"
    NO = "no"
    FAILED = "failed"


class Verdicts(Protocol):
    """A judge's words on the statements of one answer, which come while others are still being made."""

    def of(self, statement: str, quotations: Sequence[Exhibit]) -> Word | None:
        """None as long as there is none. What is asked for the first time is put to the judge."""
        ...

    def wait(self) -> None:
        """Until another word has come."""
        ...


class Asking:
    """A judge for one reading of a statement, by the words that have come: doubt stands for those to come.
    `asked` and `word` are of the statement that it was asked about, if it was."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self.asked: tuple[str, tuple[Exhibit, ...]] | None = None
        self.word: Word | None = None

    def bears_out(self, statement: str, quotations: Sequence[Exhibit]) -> bool:
        self.asked = statement, tuple(quotations)
        self.word = self._verdicts.of(*self.asked)
        return self.word is Word.YES
