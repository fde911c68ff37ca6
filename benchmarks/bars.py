"""`python -m benchmarks.bars`: what a service holds to with a language model that takes a second.

Ten times the load: how much of its capacity is still answered, how soon the rest is told to come back, how
soon health is. Two hundred who follow an answer that doesn't come: the memory that they take, and whether
others wait for them. SIGTERM amid fifty streams, half of them of a model that never ends: how each ends, and
the process. Service and model stand on this machine, over their real wires. Nothing is asserted:
tests/benchmarks/test_bars.py holds smaller ones to it.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.clients import PATIENCE, watch
from benchmarks.corpus import invented
from benchmarks.load import Bench, Seen
from benchmarks.report import machine, p50, p99
from retrieval.corpus import open_corpus
from retrieval.model_files import default_dir
from tests.fault_llm import Exchange, FaultServer
from tests.running import Running, started

SECOND = 1.0
_EVENTS = {"Accept": "text/event-stream"}
_STUCK = re.compile("zzyzx", re.I)  # in a question: its model does not end
_ARTICLES = 12


class Slow:
    """A model that says the right thing after a second, and to some questions nothing until it is let go."""

    def __init__(self, seconds: float = SECOND) -> None:
        self.seconds = seconds
        self.let_go = threading.Event()

    def __call__(self, exchange: Exchange) -> None:
        if _STUCK.search(exchange.received.user):
            self.let_go.wait(300)
        else:
            time.sleep(self.seconds)
        exchange.say()


@dataclass(frozen=True, slots=True)
class Place:
    """A service of its own, its model, and questions that its articles answer."""

    running: Running
    model: Slow
    questions: Sequence[str]

    @property
    def pid(self) -> int:
        return self.running.process.pid

    def memory(self) -> float:
        """Resident, in MiB."""
        told = Path(f"/proc/{self.pid}/statm").read_text().split()
        return int(told[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def place(**given: Any) -> Iterator[Place]:
    corpus = invented(_ARTICLES, questions=20)
    model = Slow()
    with tempfile.TemporaryDirectory(prefix="parley-bars-") as scratch:
        data_dir = Path(scratch) / "data"
        with open_corpus(data_dir, model_dir=default_dir(), command="benchmark") as opened:
            list(opened.ingester.ingest(corpus.sources))
        with FaultServer(model, says="honest") as server:
            modelled: dict[str, Any] = {
                "llm_base_url": server.url,
                "llm_model": "scripted",
                "wording": "quotes",
            }
            with started(data_dir, **modelled | given) as running:
                try:
                    yield Place(running, model, corpus.questions)
                finally:
                    model.let_go.set()


@dataclass(frozen=True, slots=True)
class Overloaded:
    usual: Seen
    loaded: Seen

    @property
    def goodput(self) -> float:
        """Of the capacity."""
        return self.loaded.goodput / self.usual.goodput


def ten_times(at: Place, *, seconds: float, times: float = 10) -> Overloaded:
    with multiprocessing.get_context("spawn").Pool(1) as watcher:
        bench = Bench(at.running.url, at.pid, at.questions, watcher, seconds)
        bench.capacity()  # passages are new, once
        usual = bench.capacity()
        return Overloaded(usual, bench.load(times * max(usual.goodput, 1.0)))


@dataclass(slots=True)
class Followed:
    """`alone` and `beside`: milliseconds to an answer without a model; `health` while all follow."""

    mib: float = 0.0
    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)


def followers(at: Place, *, count: int, seconds: float, asked: int = 10) -> Followed:
    return asyncio.run(_followers(at, count, seconds, asked))


async def _followers(at: Place, count: int, seconds: float, asked: int) -> Followed:
    seen = Followed()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    client = httpx.AsyncClient(
        base_url=at.running.url, limits=limits, timeout=120, trust_env=False, verify=False
    )
    async with client:
        seen.alone = [await _answered(client, at.questions[n % 5]) for n in range(asked)]
        began: asyncio.Queue[str] = asyncio.Queue()
        own = asyncio.create_task(_ended(client, "POST", "/v1/chat", began, question=_never(at)))
        id_ = await began.get()
        before = at.memory()
        path = f"/v1/answers/{id_}/events"
        following = [asyncio.create_task(_ended(client, "GET", path, began)) for _ in range(count)]
        for _ in following:
            await began.get()
        host, port = at.running.url.removeprefix("http://").split(":")
        with multiprocessing.get_context("spawn").Pool(1) as watcher:
            watching = watcher.apply_async(watch, (host, int(port), seconds))
            seen.beside = [await _answered(client, at.questions[n % 5]) for n in range(asked)]
            health = await asyncio.to_thread(watching.get, 4 * PATIENCE)
        seen.health, seen.mib = health["/livez"], at.memory() - before
        at.model.let_go.set()
        seen.ends = Counter(await asyncio.gather(own, *following))
    return seen


async def _answered(client: httpx.AsyncClient, question: str) -> float:
    begun = time.perf_counter()
    body = {"question": question, "answerer": "extractive"}
    (await client.post("/v1/chat", json=body)).raise_for_status()
    return 1000 * (time.perf_counter() - begun)


async def _ended(
    client: httpx.AsyncClient, method: str, path: str, began: "asyncio.Queue[str]", **body: str
) -> str:
    """How a stream ends: done, error, or something else that it must not be. `began` gets its answer's id."""
    ends, told = [], False
    sent: dict[str, Any] = {"json": body} if body else {}
    try:
        async with client.stream(method, path, headers=_EVENTS, **sent) as response:
            if response.status_code != 200:
                return f"status {response.status_code}"
            async for name, data in _events(response):
                if not told:
                    began.put_nowait(str(json.loads(data).get("answer_id", "")))
                    told = True
                ends += [name] if name in ("done", "error") else []
    except httpx.HTTPError as error:
        return f"broken off: {type(error).__name__}"
    return ends[0] if len(ends) == 1 else f"{len(ends)} ends"


async def _events(response: httpx.Response) -> AsyncIterator[tuple[str, str]]:
    name = ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, line.removeprefix("data: ")


def _never(at: Place) -> str:
    return f"{at.questions[0].rstrip('?')} at Zzyzx?"


@dataclass(frozen=True, slots=True)
class Stopped:
    ends: Counter[str]
    seconds: float
    code: int


def stopping(at: Place, *, streams: int) -> Stopped:
    """Half of a model that answers, half of one that never does."""
    return asyncio.run(_stopping(at, streams))


async def _stopping(at: Place, streams: int) -> Stopped:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    client = httpx.AsyncClient(
        base_url=at.running.url, limits=limits, timeout=120, trust_env=False, verify=False
    )
    async with client:
        began: asyncio.Queue[str] = asyncio.Queue()
        asked = [_never(at) if n % 2 else at.questions[n % 10] for n in range(streams)]
        telling = [
            asyncio.create_task(_ended(client, "POST", "/v1/chat", began, question=question))
            for question in asked
        ]
        for _ in telling:
            await began.get()
        begun = time.perf_counter()
        at.running.process.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(at.running.process.wait, 120)
        seconds = time.perf_counter() - begun
        return Stopped(Counter(await asyncio.gather(*telling)), seconds, code)


WIDE = {"workers": 64, "llm_idle_seconds": 300, "llm_seconds": 300}


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    print(machine())
    os.nice(5)
    with place() as at:
        _print_load(ten_times(at, seconds=given.seconds, times=given.times), given.times)
    with place(llm_idle_seconds=300, llm_seconds=300) as at:
        seen = followers(at, count=given.followers, seconds=given.seconds)
        print(f"\nFOLLOWERS  {given.followers}: {seen.mib:.0f} MiB more, ends {dict(seen.ends)}")
        print(f"an answer without a model: {p50(seen.alone):.0f} ms alone, {p50(seen.beside):.0f} ms beside")
        print(f"/livez beside: p50 {p50(seen.health):.1f} ms, p99 {p99(seen.health):.1f} ms")
    with place(**WIDE) as at:
        ended = stopping(at, streams=given.streams)
        print(
            f"\nSTOP  {given.streams} streams: {dict(ended.ends)}, exit {ended.code} in {ended.seconds:.1f} s"
        )


def _print_load(seen: Overloaded, times: float) -> None:
    usual, loaded = seen.usual, seen.loaded
    print(f"\nLOAD  capacity {usual.goodput:.2f} a second, answered in {p50(usual.answered):.0f} ms")
    print(
        f"at {times:g} x: goodput {seen.goodput:.0%} of it; statuses {dict(sorted(loaded.statuses.items()))}"
    )
    print(
        f"refused in p50 {p50(loaded.refused):.0f}, at the longest {max(loaded.refused, default=0):.0f} ms;",
        end=" ",
    )
    print(f"{loaded.silent} without Retry-After")
    for name, one in (("alone", usual), ("loaded", loaded)):
        print(
            f"/livez {name}: p50 {p50(one.health['/livez']):.1f} ms, p99 {p99(one.health['/livez']):.1f} ms"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bars", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="of each stretch")
    parser.add_argument("--times", type=float, default=10, help="the capacity, in questions that are sent")
    parser.add_argument("--followers", type=int, default=200)
    parser.add_argument("--streams", type=int, default=50)
    return parser


if __name__ == "__main__":
    main()
