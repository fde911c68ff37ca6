"""What answers: a question and passages in, a proposal out, its drafts handed over as they are ready."""

from collections.abc import Sequence
from typing import Protocol

from retrieval.timing import Timings
from service.answering.answer import Draft, Proposal
from service.answering.passage import Passage


class Watch(Protocol):
    """Who waits for an answer while it is made."""

    def draft(self, draft: Draft) -> None:
        """This one is ready. What has been handed over can't be taken back."""

    @property
    def left(self) -> bool:
        """Nobody waits any more: what costs something should stop."""


class _Unwatched:
    left = False

    def draft(self, draft: Draft) -> None:
        """It comes with the proposal."""


UNWATCHED: Watch = _Unwatched()


class Answerer(Protocol):
    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        """`passages` come best first. The proposal's drafts begin with those that `watch` was handed, in
        the same order; whoever watches nobody's drafts gets them all with the proposal."""
