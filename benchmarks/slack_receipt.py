"""`python -m benchmarks.slack_receipt`: how soon Slack is acknowledged while no question is answered.

Signed deliveries over loopback, eight at once, each a question of its own; the answerer waits for ever, so
that all workers are taken and the queue overflows. Slack gives an app three seconds.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np

from retrieval.model_files import default_dir
from service.bootstrap import Service, open_service
from service.config import read_settings
from tests.conftest import serving
from tests.service.http.stuck import stuck
from tests.slack_server.deliveries import SIGNING_SECRET, event_request
from tests.slack_server.server import SlackServer, slack_server

_AT_ONCE = 8


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch, slack_server() as slack:
        service = _open(Path(scratch), slack)
        try:
            with stuck(service) as (stalled, _):
                times = _deliver(stalled, slack, given.deliveries)
        finally:
            service.close()
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    load = os.getloadavg()[0]
    print(f"{len(times)} deliveries, {_AT_ONCE} at once, load {load:.1f}: acknowledged after")
    print(f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, at most {max(times):.1f} ms")


def _open(scratch: Path, slack: SlackServer) -> Service:
    settings = read_settings(
        data_dir=scratch / "data",
        seeds_dir=scratch / "no-seeds",
        model_dir=default_dir(),
        slack_bot_token=slack.workspaces[0].bot_token,
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=slack.base_url,
        public_url="http://127.0.0.1",
    )
    return open_service(settings, command="benchmark")


def _deliver(service: Service, slack: SlackServer, count: int) -> list[float]:
    payloads = [slack.say(f"<@U0BOT000001> Question {number}?").mention for number in range(count)]
    with serving(service) as http:

        def send(payload: dict[str, object]) -> float:
            body, headers = event_request(payload)
            begun = time.perf_counter()
            reply = http.post("/slack/events", content=body, headers=headers)
            took = 1000 * (time.perf_counter() - begun)
            return took if reply.status_code == httpx.codes.OK else float("inf")

        with ThreadPoolExecutor(_AT_ONCE) as senders:
            return list(senders.map(send, payloads))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slack_receipt", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=1_000)
    return parser


if __name__ == "__main__":
    main()
