"""An answerer that works on a question until it is told to go on."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from retrieval.timing import Timings
from service.answering import UNWATCHED, Draft, DraftPart, Passage, Proposal, StatementKind, Status, Watch
from service.bootstrap import Service
from service.chat import Chat


@dataclass
class Stuck:
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    go_on: threading.Event = field(default_factory=threading.Event)
    watch: Watch = UNWATCHED

    def left(self) -> bool:
        return self.watch.left

    def leaves(self, *, timeout: float) -> bool:
        """Whether the client is found to have left, in that many seconds."""
        until = time.monotonic() + timeout
        while not self.left() and time.monotonic() < until:
            time.sleep(0.01)
        return self.left()

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        self.watch, go_on = watch, self.go_on  # as it is now: once it has begun, a test may put another there
        self.begun.release()
        assert go_on.wait(timeout=30)
        return Proposal(Status.ABSTAINED, (Draft(StatementKind.NOTICE, (DraftPart("I found no passage."),)),))


@contextmanager
def stuck(service: Service) -> Iterator[tuple[Service, Stuck]]:
    answerer = Stuck()
    chat = Chat(service.corpus.record, service.corpus.searcher, answerer, service.answers)
    try:
        yield replace(service, chat=chat), answerer
    finally:
        answerer.go_on.set()
