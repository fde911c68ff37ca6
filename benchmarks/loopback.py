"""POST /v1/chat over loopback against the same question asked inside a process."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import httpx

from benchmarks.report import p50, p95, table
from benchmarks.server import serving
from service.bootstrap import Service, open_service
from service.config import Settings
from service.wire import ChatRequest

AT_ONCE = 8
_DEADLINE = 60.0


def measure(served: Path, copied: Path, model_dir: Path, questions: Sequence[str], *, requests: int) -> None:
    """`served` and `copied` hold the same; one client first, its requests in turn with the in-process
    ones, then eight. All questions have been asked before, so passages are kept on both sides."""
    nowhere = served / "no-seeds"
    here = open_service(
        Settings(data_dir=copied, model_dir=model_dir, seeds_dir=nowhere), command="benchmark"
    )
    try:
        with serving(served, model_dir, seeds_dir=nowhere) as there, _client(there.url) as client:
            for question in questions:
                _inside(here, question)
                _over_http(client, question)
            pairs = [
                (_inside(here, question), _over_http(client, question))
                for question in islice(cycle(questions), requests)
            ]
            begun = time.perf_counter()
            crowd = _crowd(there.url, list(islice(cycle(questions), requests)))
            seconds = time.perf_counter() - begun
    finally:
        here.close()
    _print([a for a, _ in pairs], [b for _, b in pairs], crowd, seconds)


def _crowd(url: str, questions: Sequence[str]) -> list[float]:
    """Each client asks its share, one after another."""

    def ask(share: Sequence[str]) -> list[float]:
        with _client(url) as client:
            return [_over_http(client, question) for question in share]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [
            ms for times in pool.map(ask, [questions[n::AT_ONCE] for n in range(AT_ONCE)]) for ms in times
        ]


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=_DEADLINE, trust_env=False)


def _inside(service: Service, question: str) -> float:
    begun = time.perf_counter()
    service.chat.ask(ChatRequest(question=question))
    return 1000 * (time.perf_counter() - begun)


def _over_http(client: httpx.Client, question: str) -> float:
    begun = time.perf_counter()
    client.post("/v1/chat", json={"question": question}).raise_for_status()
    return 1000 * (time.perf_counter() - begun)


def _print(inside: Sequence[float], alone: Sequence[float], crowd: Sequence[float], seconds: float) -> None:
    table(
        f"HTTP  POST /v1/chat over loopback, ms, {len(alone)} requests each, passages kept",
        ("", "p50", "p95", "requests/s"),
        [
            ("in process", p50(inside), p95(inside), 1000 / (sum(inside) / len(inside))),
            ("1 client", p50(alone), p95(alone), 1000 / (sum(alone) / len(alone))),
            (f"{AT_ONCE} clients", p50(crowd), p95(crowd), len(crowd) / seconds),
        ],
    )
    cost = p50(b - a for a, b in zip(inside, alone, strict=True))
    print(f"  HTTP costs {cost:.1f} ms (median of the differences, question by question)")
