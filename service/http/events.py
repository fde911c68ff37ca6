"""An answer as server-sent events, while it is made and afterwards.

The events of an answer follow from the answer alone, so that a stream that is taken up again, or asked for
later, is the one that was sent: status, status, status, a statement each, done.
https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import json
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from service.answering import Citation, Statement
from service.answers import QuestionTurn
from service.wire import AnswerOut, CitationOut, Cited, Problem, StatementOut

STAGES = ("condense", "search", "answer")
HEARTBEAT_SECONDS = 10.0
KEPT = 256  # failures
MEDIA_TYPE = "text/event-stream"
# For people: the name of each, its data, and when it comes.
TOLD = (
    ("status", '{"stage", "answer_id", "conversation_id"}', "a stage begins: condense, search, then answer"),
    (
        "statement",
        '{"statement", "citations"}',
        "verified, and final; with the citations not told yet",
    ),
    ("done", '{"answer"}', "the whole answer, last"),
    ("error", "a problem", "instead of done, last"),
)
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    data: str

    def frame(self, id_: int) -> str:
        return f"id: {id_}\nevent: {self.name}\ndata: {self.data}\n\n"


def events_of(answer: AnswerOut) -> list[Event]:
    """What was told while it was made, and the whole of it."""
    events = [_status(stage, answer.id, answer.conversation_id) for stage in STAGES]
    known: set[int] = set()
    for statement in answer.statements:
        new = [c for c in answer.citations if c.id in statement.citations and c.id not in known]
        known |= {citation.id for citation in new}
        events.append(_statement(statement, new))
    return [*events, Event("done", f'{{"answer":{answer.model_dump_json()}}}')]


def _status(stage: str, answer_id: str, conversation_id: str) -> Event:
    return Event(
        "status", _json({"stage": stage, "answer_id": answer_id, "conversation_id": conversation_id})
    )


def _statement(statement: StatementOut, citations: Sequence[Cited]) -> Event:
    told = {"statement": statement.model_dump(), "citations": [c.model_dump() for c in citations]}
    return Event("statement", _json(told))


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


class Live:
    """The events of one answer as they come: told by the thread that answers, followed by any number of
    readers on the loop. Nobody following means that whoever asked has left."""

    def __init__(self, registry: "Streams", principal: str) -> None:
        self._registry = registry
        self._loop = asyncio.get_running_loop()
        self._events: list[Event] = []
        self._changed = asyncio.Event()
        self._followers = 0
        self._left = threading.Event()
        self._turn: QuestionTurn | None = None
        self._told = False
        self._ended = False
        self.principal = principal

    # -- on the thread that answers ------------------------------------------------------------------------
    def begun(self, turn: QuestionTurn) -> None:
        self._turn = turn
        self._registry.add(turn.id, self)

    def stage(self, name: str) -> None:
        assert self._turn is not None
        self._put(_status(name, self._turn.id, self._turn.conversation_id))

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None:
        self._put(
            _statement(
                StatementOut.model_validate(statement), [CitationOut.model_validate(c) for c in citations]
            )
        )

    @property
    def left(self) -> bool:
        return self._left.is_set()

    def _put(self, event: Event) -> None:
        self._loop.call_soon_threadsafe(self._append, event)

    # -- on the loop ---------------------------------------------------------------------------------------
    def finish(self, answer: AnswerOut) -> None:
        """What was told already is how the answer's events begin; of one stored before, that is nothing."""
        self._end(events_of(answer)[len(self._events) :])
        self._registry.forget(answer.id)  # the record has it now, and may be told to delete it

    def fail(self, problem: Problem) -> None:
        self._end([Event("error", problem.model_dump_json())])
        if self._turn is not None:
            self._registry.keep(self._turn.id)

    async def begins(self) -> bool:
        """Wait for the first event. False where it ended before anything was told."""
        while not self._told and not self._ended:
            await self._changed.wait()
        return self._told

    async def follow(
        self, after: int, *, heartbeat: float, frame: Callable[[Event, int], str] = Event.frame
    ) -> AsyncIterator[str]:
        """Frames from the event `after`, as they come, to the last. `frame` may give none of an event."""
        self._followers += 1
        try:
            while True:
                changed, ended = self._changed, self._ended
                for number, event in enumerate(self._events[after:], start=after + 1):
                    if framed := frame(event, number):
                        yield framed
                    after = number
                if ended:
                    return
                try:
                    async with asyncio.timeout(heartbeat):
                        await changed.wait()
                except TimeoutError:
                    yield ":\n\n"
        finally:
            self._followers -= 1
            if not self._followers and not self._ended:
                self._left.set()

    def _append(self, event: Event) -> None:
        self._events.append(event)
        self._told = True
        self._wake()

    def _end(self, events: Sequence[Event]) -> None:
        self._events.extend(events)
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


class Streams:
    """The answers in the making, and the last that failed, by id."""

    def __init__(self, *, heartbeat: float = HEARTBEAT_SECONDS) -> None:
        self._heartbeat = heartbeat
        self._live: dict[str, Live] = {}
        self._failed: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Future[None]] = set()
        self._lock = threading.Lock()

    def open(self, principal: str) -> Live:
        return Live(self, principal)

    def add(self, id_: str, live: Live) -> None:
        with self._lock:
            self._live[id_] = live
            self._failed.pop(id_, None)

    def forget(self, id_: str) -> None:
        with self._lock:
            self._live.pop(id_, None)

    def keep(self, id_: str) -> None:
        """A failure, for whoever takes its stream up again."""
        with self._lock:
            self._failed[id_] = None
            while len(self._failed) > KEPT:
                self._live.pop(self._failed.popitem(last=False)[0], None)

    def hold(self, task: "asyncio.Future[None]") -> None:
        """The loop itself keeps no task from being collected."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def find(self, id_: str, principal: str) -> Live | None:
        with self._lock:
            live = self._live.get(id_)
        return live if live is not None and live.principal == principal else None

    def follow(
        self, live: Live, after: int = 0, *, frame: Callable[[Event, int], str] = Event.frame
    ) -> AsyncIterator[str]:
        return live.follow(after, heartbeat=self._heartbeat, frame=frame)


async def replay(answer: AnswerOut, after: int) -> AsyncIterator[str]:
    for number, event in enumerate(events_of(answer), start=1):
        if number > after:
            yield event.frame(number)
