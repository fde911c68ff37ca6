"""Who is asked whether quotations bear a statement out, where rules can't tell."""

from collections.abc import Sequence
from typing import Protocol


class Judge(Protocol):
    """It sees the statement and its quotations alone. A quotation whose speaker stands elsewhere in its
    article has them in front: "Roe: ..."."""

    def bears_out(self, statement: str, quotations: Sequence[str]) -> bool:
        """Whether they clearly bear out all of it: False where that is in doubt, or nobody could be asked."""
        ...
