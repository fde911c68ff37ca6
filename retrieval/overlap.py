"""Batches of articles: one is read, the one before it embedded, and the one before that becomes visible, all
at the same time. So up to three are held, and of each up to 16 MiB and one article."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from threading import Event

from retrieval.batches import by_weight
from retrieval.errors import SourceError
from retrieval.journal import Job
from retrieval.outcome import Ingested, Outcome
from retrieval.parse import Parsed
from retrieval.pending import Pending
from retrieval.sources import Source

Read = Sequence[tuple[Source, Parsed | SourceError]]
ReadOne = Callable[[Source], Parsed | SourceError]
BATCH_ARTICLES = 32
_MOST_SMALL, _SMALL, _LARGE = 256, 128 * 1024, 16 * 1024**2  # articles in a batch, and bytes of them all


@dataclass(frozen=True, slots=True)
class Prepared:
    """`ready` are embedded, `later` wait for others of the same identity; of the rest there are results."""

    results: dict[int, Ingested]
    ready: Sequence[Pending]
    later: Sequence[tuple[Job, Parsed]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Received and prepared. `held` are its turn and its jobs, until it is visible."""

    read: Read
    jobs: Sequence[Job]
    turn: int
    prepared: Prepared
    held: ExitStack

    def let_go(self, error: BaseException) -> None:
        self.held.__exit__(type(error), error, error.__traceback__)

    def told(self, results: dict[int, Ingested]) -> list[Ingested]:
        """Of every source, in order."""
        finished = iter([results[job.id] for job in self.jobs])
        return [
            next(finished) if isinstance(p, Parsed) else Ingested(source.name, Outcome.REFUSED, error=p)
            for source, p in self.read
        ]


@dataclass(frozen=True, slots=True)
class Before:
    """The batch before, on its way to being visible."""

    batch: Batch
    done: Future[list[Ingested]]

    def make_way(self, article_ids: Collection[str]) -> None:
        """Waits for it where it has any of these too."""
        prepared = self.batch.prepared
        if prepared.later or any(pending.article.id in article_ids for pending in prepared.ready):
            self.done.exception()


def overlapped(
    batches: Iterable[Sequence[Source]],
    read: ReadOne,
    begin: Callable[[Read, Before | None], Batch],
    end: Callable[[Batch], list[Ingested]],
) -> Iterator[Ingested]:
    """What `end` gives, in order, each once the batch behind it has begun. One that has begun is ended
    whatever becomes of those behind it, save where the one before it has failed."""
    begun: Batch | None = None
    with (
        ThreadPoolExecutor(1, thread_name_prefix="publishing") as beside,
        closing(_read_ahead(batches, read)) as waiting,
    ):
        while True:
            before: Before | None = None
            try:
                batch = next(waiting, None)
                if batch is None:
                    break
                before = Before(begun, beside.submit(end, begun)) if begun is not None else None
                following = begin(batch, before)
            except BaseException:
                if begun is not None:
                    yield from before.done.result() if before else end(begun)
                raise
            if before is not None:
                try:
                    done = before.done.result()
                except BaseException as error:
                    following.let_go(error)
                    raise
                yield from _or_else(done, partial(end, following))
            begun = following
    if begun is not None:
        yield from end(begun)


def _read_ahead(batches: Iterable[Sequence[Source]], read: ReadOne) -> Generator[Read, None, None]:
    """Each is read while the one before it is dealt with. Whoever stops listening waits for no more than the
    article that is being read."""
    stop = Event()
    with ThreadPoolExecutor(1, thread_name_prefix="reading") as beside:
        try:
            yield from _one_ahead(iter(batches), lambda batch: beside.submit(_until, stop, read, batch), stop)
        finally:
            stop.set()
            beside.shutdown(wait=False, cancel_futures=True)


def _until(stop: Event, read: ReadOne, batch: Sequence[Source]) -> Read:
    return [(source, read(source)) for source in takewhile(lambda _: not stop.is_set(), batch)]


def _one_ahead(
    waiting: Iterator[Sequence[Source]], start: Callable[[Sequence[Source]], Future[Read]], stop: Event
) -> Generator[Read, None, None]:
    """They are taken where this is asked, not beside it: whoever gives them may tell of them as it goes. If
    it fails, the one taken before is kept; if it is interrupted, as much of that one as has been read."""
    coming: Future[Read] | None = None
    while True:
        try:
            batch = next(waiting, None)
        except BaseException as error:
            if not isinstance(error, Exception):
                stop.set()
            if coming is not None and (kept := coming.result()):
                yield kept
            raise
        following = start(batch) if batch is not None else None
        if coming is not None:
            yield coming.result()
        if following is None:
            return
        coming = following


def _or_else(done: Sequence[Ingested], finish: Callable[[], object]) -> Iterator[Ingested]:
    """Whoever listens may go away meanwhile."""
    try:
        yield from done
    except GeneratorExit:
        finish()
        raise


def in_batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """What a batch costs whatever is in it, small articles share among more of them."""
    bounds = {"few": BATCH_ARTICLES, "many": _MOST_SMALL, "light": _SMALL, "heavy": _LARGE}
    return by_weight(sources, lambda source: len(source.data), **bounds)
