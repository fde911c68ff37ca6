"""`python -m benchmarks.load`: what is answered, and how soon health is, at ten times the load.

Eight clients ask one question after another: what they get is the capacity. In turn with them questions come
at ten times that rate, on time whether or not the earlier ones are answered, as from many clients who don't
know of each other. A process of its own asks `/livez` and `/readyz` meanwhile. The one that sends the
questions is niced, since it shares the cores with the service. Nothing is asserted.
"""

import argparse
import asyncio
import multiprocessing
import multiprocessing.pool
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.clients import HEALTH, NAP, PATIENCE, Line, cpu_seconds, question, watch
from benchmarks.corpus import Corpus, invented
from benchmarks.report import machine, p50, p95, p99, table
from benchmarks.server import serving
from retrieval.corpus import open_corpus
from retrieval.model_files import default_dir

_CLIENTS = 8


@dataclass(slots=True)
class Seen:
    """In one stretch, ms where it is a time."""

    statuses: Counter[int] = field(default_factory=Counter)
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    health: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in (*HEALTH, NAP)})
    seconds: float = 0.0
    cpu: float = 0.0
    silent: int = 0  # refusals that don't say when to come back

    def note(self, status: int, ms: float, *, says_when: bool = True) -> None:
        self.statuses[status] += 1
        self.silent += status != 200 and not says_when
        (self.answered if status == 200 else self.refused).append(ms)

    @property
    def goodput(self) -> float:
        return self.statuses[200] / self.seconds

    def __add__(self, other: "Seen") -> "Seen":
        health = {name: [*self.health[name], *other.health[name]] for name in self.health}
        return Seen(
            self.statuses + other.statuses,
            self.answered + other.answered,
            self.refused + other.refused,
            health,
            self.seconds + other.seconds,
            self.cpu + other.cpu,
            self.silent + other.silent,
        )


Load = Callable[[Seen], Coroutine[None, None, None]]


_TIMES: dict[str, Callable[[Seen], Sequence[float]]] = {
    "answers": lambda seen: seen.answered,
    "refusals": lambda seen: seen.refused,
    "/livez": lambda seen: seen.health["/livez"],
    "/readyz": lambda seen: seen.health["/readyz"],
    NAP: lambda seen: seen.health[NAP],
}


class Bench:
    def __init__(
        self, url: str, pid: int, questions: Sequence[str], watcher: multiprocessing.pool.Pool, seconds: float
    ) -> None:
        found = urlsplit(url)
        assert found.hostname is not None
        assert found.port is not None
        self._host, self._port = found.hostname, found.port
        self._asked = cycle([question(self._host, self._port, text) for text in questions])
        self._pid, self._watcher, self._seconds = pid, watcher, seconds

    def capacity(self) -> Seen:
        return self._measured(self._in_turn)

    def load(self, rate: float) -> Seen:
        """`rate`: questions a second."""
        return self._measured(lambda seen: self._on_time(seen, rate))

    def _measured(self, load: Load) -> Seen:
        seen = Seen(seconds=self._seconds)
        watching = self._watcher.apply_async(watch, (self._host, self._port, self._seconds))

        async def both() -> None:
            await asyncio.gather(load(seen), self._count(seen))

        asyncio.run(both())
        seen.health = watching.get(timeout=4 * PATIENCE)
        return seen

    async def _count(self, seen: Seen) -> None:
        """To the end alone: what waits then is still answered, and doesn't count."""
        before = cpu_seconds(self._pid)
        await asyncio.sleep(self._seconds)
        seen.cpu = cpu_seconds(self._pid) - before

    async def _in_turn(self, seen: Seen) -> None:
        end = time.perf_counter() + self._seconds

        async def client() -> None:
            line = await self._line()
            while time.perf_counter() < end:
                await self._ask(line, seen, end)
            line.close()

        await asyncio.gather(*(client() for _ in range(_CLIENTS)))

    async def _on_time(self, seen: Seen, rate: float) -> None:
        begun = time.perf_counter()
        end = begun + self._seconds
        idle: list[Line] = []
        asking: set[asyncio.Task[None]] = set()

        async def one() -> None:
            while idle and idle[-1].closed:
                idle.pop()
            line = idle.pop() if idle else await self._line()
            await self._ask(line, seen, end)
            idle.append(line)

        for number in range(int(rate * self._seconds)):
            await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            asking.add(task := asyncio.ensure_future(one()))
            task.add_done_callback(asking.discard)
        await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0)), *asking}, timeout=PATIENCE)
        for line in idle:
            line.close()

    async def _line(self) -> Line:
        _, line = await asyncio.get_running_loop().create_connection(Line, self._host, self._port)
        return line

    async def _ask(self, line: Line, seen: Seen, end: float) -> None:
        """What is answered after the end doesn't count."""
        begun = time.perf_counter()
        status = await line.ask(next(self._asked))
        if time.perf_counter() <= end or status != 200:
            seen.note(status, 1000 * (time.perf_counter() - begun), says_when=line.says_when)


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    print(machine())
    corpus = invented(given.articles, questions=50)
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch:
        data_dir = Path(scratch) / "data"
        _fill(data_dir, corpus)
        spawn, nowhere = multiprocessing.get_context("spawn"), data_dir / "no-seeds"
        with spawn.Pool(1) as watcher, serving(data_dir, default_dir(), seeds_dir=nowhere) as there:
            os.nice(10)
            bench = Bench(there.url, there.pid, corpus.questions, watcher, given.seconds)
            rate = given.times * bench.capacity().goodput  # the first time passages are new, too
            pairs = []
            for _ in range(given.rounds):
                usual = bench.capacity()
                pairs.append((usual, bench.load(rate)))
                rate = given.times * usual.goodput
    _print(pairs, given)


def _fill(data_dir: Path, corpus: Corpus) -> None:
    with open_corpus(data_dir, model_dir=default_dir(), command="benchmark") as opened:
        for _ in opened.ingester.ingest(corpus.sources):
            pass


def _print(pairs: Sequence[tuple[Seen, Seen]], given: argparse.Namespace) -> None:
    rows = [
        ("capacity", sum((usual for usual, _ in pairs), Seen())),
        (f"{given.times:g} x", sum((loaded for _, loaded in pairs), Seen())),
    ]
    table(
        f"LOAD  POST /v1/chat, {given.rounds} rounds of {given.seconds:g} s each way, by the second",
        ("", "offered", "answered", "CPU s/s", "CPU ms an answer"),
        [
            (
                name,
                seen.statuses.total() / seen.seconds,
                seen.goodput,
                seen.cpu / seen.seconds,
                1000 * seen.cpu / max(1, seen.statuses[200]),
            )
            for name, seen in rows
        ],
    )
    for name, pick in _TIMES.items():
        table(
            f"{name} (ms)",
            ("", "p50", "p95", "p99", "longest", "number"),
            [(way, *_spread(pick(seen))) for way, seen in rows],
        )
    print()
    for name, seen in rows:
        print(f"{name}: {dict(sorted(seen.statuses.items()))} by status")
    usual, loaded = (seen.statuses[200] / seen.cpu for _, seen in rows)
    print(f"answers a CPU second at {given.times:g} x, of capacity: {loaded / usual:.2f}")
    ratios = [loaded.goodput / usual.goodput for usual, loaded in pairs]
    print(f"goodput at {given.times:g} x, of capacity: median {statistics.median(ratios):.2f} of", end=" ")
    print(", ".join(f"{ratio:.2f}" for ratio in ratios))


def _spread(times: Sequence[float]) -> tuple[float, ...]:
    return p50(times), p95(times), p99(times), max(times, default=0.0), len(times)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6, help="of each stretch")
    parser.add_argument("--articles", type=int, default=60, help="of some 15 passages each")
    parser.add_argument("--times", type=float, default=10, help="the capacity, in questions that are sent")
    return parser


if __name__ == "__main__":
    main()
