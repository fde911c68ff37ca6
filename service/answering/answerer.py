"""What answers: a question and passages in, a proposal out, its drafts handed over as they are ready."""

from collections.abc import Sequence
from typing import Protocol

from retrieval.timing import Timings
from service.answering.answer import Draft, Proposal, StatementKind
from service.answering.passage import Passage

EXTRACTIVE, GENERATIVE = "extractive", "generative"  # ours; a package's has another name


class Watch(Protocol):
    """Who waits for an answer while it is made."""

    def draft(self, draft: Draft) -> int:
        """This one is ready, and can't be taken back. Gives how many statements were told, this one's or
        those of earlier ones that waited, notices left out: none, if it didn't come through verification, or
        if it or one before it waits for a judge's word."""

    def look(self) -> int:
        """Tells what waited and needs to no more; gives how many statements. To be called now and then."""

    def settle(self) -> int:
        """The same of all that waits, however long it takes."""

    @property
    def left(self) -> bool:
        """Nobody waits any more: what costs something should stop."""


class _Unwatched:
    left = False

    def draft(self, draft: Draft) -> int:
        """It comes with the proposal, and is verified then."""
        return int(draft.kind is not StatementKind.NOTICE)

    def look(self) -> int:
        return 0

    def settle(self) -> int:
        return 0


UNWATCHED: Watch = _Unwatched()


class Answerer(Protocol):
    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        """`passages` come best first. The proposal's drafts begin with those that `watch` was handed, in
        the same order; whoever watches nobody's drafts gets them all with the proposal."""
