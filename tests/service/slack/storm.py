"""Slack at its worst: at once, twice, late, out of order, in pairs, to an app that dies half-way."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.running import Running, started
from tests.service.slack.conftest import PUBLIC
from tests.slack_server.deliveries import SIGNING_SECRET, event_request
from tests.slack_server.people import Said
from tests.slack_server.server import SlackServer

_AT_ONCE = 8


@dataclass
class Storm:
    """So many posts, each delivered several times; every third a direct message, every third in a thread with
    others, where the mention and the message are both ours to answer."""

    slack: SlackServer
    posts: int
    each: int = 5
    seed: int = 7
    said: list[Said] = field(default_factory=list)
    deliveries: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        root: Said | None = None
        for number in range(self.posts):
            kind = number % 3
            text = f"<@{self.slack.workspaces[0].bot_user}> What did Trump say, for the {number}th time?"
            if kind == 0:
                said = self.slack.say(text, channel="D0000000001")
                events = [said.posted] * self.each
            else:
                within = root.ts if kind == 2 and root else None
                said = self.slack.say(text, thread=within)
                events = ([said.mention, said.posted] * self.each)[: self.each]
                root = said if number % 9 == 1 else root
            self.said.append(said)
            self.deliveries += events
        chance.shuffle(self.deliveries)

    def deliver(self, url: str, some: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that were not acknowledged, which Slack would deliver again."""
        with httpx.Client(base_url=url, trust_env=False, timeout=20) as http:

            def send(payload: dict[str, Any]) -> dict[str, Any] | None:
                body, headers = event_request(payload)
                try:
                    reply = http.post("/slack/events", content=body, headers=headers)
                except httpx.HTTPError:
                    return payload
                return None if reply.status_code == 200 else payload

            with ThreadPoolExecutor(_AT_ONCE) as senders:
                return [lost for lost in senders.map(send, some) if lost is not None]

    def expected(self) -> Counter[str]:
        """How many answers belong in each thread."""
        return Counter(said.thread for said in self.said)

    def told(self) -> Counter[str]:
        return Counter(message.thread_ts or "" for message in self.slack.messages())

    def settled(self) -> bool:
        streaming = any(message.stream == "streaming" for message in self.slack.messages())
        return not streaming and sum(self.told().values()) >= len(self.said)


@contextmanager
def parley(data_dir: Path, slack: SlackServer) -> Iterator[Running]:
    """`parley serve` that takes this Slack's events."""
    with started(
        data_dir,
        seeds=True,
        slack_bot_token=slack.workspaces[0].bot_token,
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=slack.base_url,
        public_url=PUBLIC,
        queue=1000,
    ) as running:
        yield running


def weather(storm: Storm, data_dir: Path, *, kill_when: Callable[[], bool]) -> None:
    """Half of the deliveries; kill -9 in the middle of the work; the other half and what Slack repeats."""
    half = len(storm.deliveries) // 2
    with parley(data_dir, storm.slack) as first:
        lost = storm.deliver(first.url, storm.deliveries[:half])
        storm.slack.wait_for("work to be interrupted", kill_when)
        first.process.kill()
        first.process.wait()
    with parley(data_dir, storm.slack) as second:
        lost = storm.deliver(second.url, [*lost, *storm.deliveries[half:]])
        assert lost == []
        storm.slack.wait_for("every answer", storm.settled, timeout=120)
        again = storm.deliver(second.url, storm.deliveries[:50])
        assert again == []
        second.stop()
