"""Answers and articles a second of services that run, and the CPU time that they cost."""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from urllib.parse import urlsplit

from benchmarks.busy import Cores, cores
from benchmarks.clients import Line, article, question
from benchmarks.meters import MeteredReader
from benchmarks.report import table
from retrieval.sources import Source
from service.chat import Chat
from service.wire import ChatRequest

CLIENTS = (1, 8, 32)
ADDING = 8  # clients that send articles
AIM = 0.7
_AGAIN = 25  # questions that are asked over and over: all that they need is kept
_WARM = 8
_MS = 1000
_CORES = os.cpu_count() or 1


@dataclass(slots=True)
class Stages:
    """Seconds, of questions that were put one after another; `crew` is CPU time of the reader's threads."""

    number: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    crew: float = 0.0

    @property
    def each(self) -> float:
        return self.cpu / self.number

    @property
    def path(self) -> float:
        """Of one question whose passages are read by every core at once."""
        return (self.cpu - self.crew * (1 - 1 / _CORES)) / self.number


@dataclass(slots=True)
class Stretch:
    clients: int
    seconds: float = 0.0
    answered: int = 0
    refused: int = 0
    cores: Cores = field(default_factory=Cores)

    @property
    def each(self) -> float:
        """CPU seconds an answer."""
        return self.cores.had / max(1, self.answered)

    @property
    def alone(self) -> float:
        """Answers a second if nobody else had wanted the cores."""
        return min(float(_CORES), self.cores.wanted / self.seconds) / self.each

    def allowed(self, stages: Stages) -> float:
        """Answers a second."""
        return min(self.clients / stages.path, _CORES / stages.each)


@dataclass(frozen=True, slots=True)
class Place:
    """What answers in this process, the services that are asked over HTTP, and the servers beneath both."""

    name: str
    here: Chat
    reader: MeteredReader
    urls: Sequence[str]
    services: Sequence[int]
    servers: Sequence[int]


class Questions:
    """Each new one is asked once, wherever it is asked."""

    def __init__(self, every: Sequence[str]) -> None:
        self.again, self._new = every[:_AGAIN], iter(every[_AGAIN:])

    def of(self, kind: str) -> Iterator[str]:
        return cycle(self.again) if kind == "again" else self._new


def measure(place: Place, questions: Questions, *, seconds: float, rounds: int) -> None:
    for text in [*questions.again, *islice(questions.of("new"), _WARM)]:
        place.here.ask(ChatRequest(question=text))
    for url in place.urls:
        asyncio.run(_over_http([url], iter(questions.again), clients=4, seconds=60))
    rows: list[tuple[str | float, ...]] = []
    for kind in ("new", "again"):
        stages, stretches = Stages(), [Stretch(clients) for clients in CLIENTS]
        for _ in range(rounds):
            _in_process(place, questions.of(kind), stages, seconds=seconds)
            for stretch in stretches:
                _count(place, questions.of(kind), stretch, seconds=seconds)
        rows += [_row(kind, stretch, stages) for stretch in stretches]
        print(
            f"{place.name}, {kind}: {stages.number / stages.wall:.1f} a second one after another in process"
        )
    table(
        f"THROUGHPUT  {place.name}, {rounds} of {seconds:g} s each; aim: {AIM:g} of what is allowed",
        (
            "questions", "clients", "answers/s", "alone", "allowed", "ratio", "CPU ms of the stages",
            "as served", "cores had", "wanted", "idle", "refused",
        ),
        rows,
    )  # fmt: skip


def _row(kind: str, seen: Stretch, stages: Stages) -> tuple[str | float, ...]:
    allowed = seen.allowed(stages)
    return (
        kind,
        str(seen.clients),
        seen.answered / seen.seconds,
        seen.alone,
        allowed,
        seen.alone / allowed,
        _MS * stages.each,
        _MS * seen.each,
        seen.cores.had / seen.seconds,
        seen.cores.wanted / seen.seconds,
        seen.cores.idle / seen.seconds,
        str(seen.refused),
    )


def _in_process(place: Place, asked: Iterator[str], stages: Stages, *, seconds: float) -> None:
    read, crew = place.reader.inference, place.reader.inference.cpu - place.reader.inference.thread
    pids = [os.getpid(), *place.servers]
    begun, before = time.perf_counter(), cores(pids)
    while time.perf_counter() - begun < seconds:
        place.here.ask(ChatRequest(question=next(asked)))
        stages.number += 1
    stages.wall += time.perf_counter() - begun
    stages.cpu += (cores(pids) - before).had
    stages.crew += (read.cpu - read.thread - crew) / _MS


def _count(place: Place, asked: Iterator[str], stretch: Stretch, *, seconds: float) -> None:
    pids = [*place.services, *place.servers]
    before, begun = cores(pids), time.perf_counter()
    answered, refused = asyncio.run(_over_http(place.urls, asked, clients=stretch.clients, seconds=seconds))
    spent = cores(pids) - before
    stretch.seconds += time.perf_counter() - begun
    stretch.answered += answered
    stretch.refused += refused
    stretch.cores += spent


async def _over_http(
    urls: Sequence[str], asked: Iterator[str], *, clients: int, seconds: float
) -> tuple[int, int]:
    """Answered and refused. Nobody asks any more after so many seconds, and what was asked is waited for."""
    statuses: list[int] = []
    end = time.perf_counter() + seconds

    async def one(url: str) -> None:
        host, port = _at(url)
        _, line = await asyncio.get_running_loop().create_connection(Line, host, port)
        while time.perf_counter() < end and (text := next(asked, None)) is not None:
            statuses.append(status := await line.ask(question(host, port, text)))
            assert status, f"{url} is gone"
        line.close()

    await asyncio.gather(*(one(urls[n % len(urls)]) for n in range(clients)))
    return statuses.count(200), len(statuses) - statuses.count(200)


def add(place: Place, sources: Sequence[Source]) -> tuple[str | float, ...]:
    """Articles a second, by clients who send one after another."""
    waiting, pids = iter(sources), [*place.services, *place.servers]

    async def one(url: str) -> None:
        host, port = _at(url)
        _, line = await asyncio.get_running_loop().create_connection(Line, host, port)
        for source in waiting:
            status = await line.ask(article(host, port, source.data.decode()))
            assert status in {200, 201}, status
        line.close()

    async def every() -> None:
        await asyncio.gather(*(one(place.urls[n % len(place.urls)]) for n in range(ADDING)))

    before, begun = cores(pids), time.perf_counter()
    asyncio.run(every())
    seconds, spent = time.perf_counter() - begun, cores(pids) - before
    had, wanted = spent.had / seconds, spent.wanted / seconds
    each = spent.had / len(sources)
    alone = min(float(_CORES), wanted) / each
    return place.name, len(sources) / seconds, alone, _MS * each, had, wanted, spent.idle / seconds


def _at(url: str) -> tuple[str, int]:
    found = urlsplit(url)
    assert found.hostname is not None
    assert found.port is not None
    return found.hostname, found.port
