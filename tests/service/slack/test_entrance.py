"""Nobody but Slack gets in, whatever they send; and nothing that they send is a fault of ours."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from retrieval.errors import StorageFull
from service.bootstrap import Service
from service.slack.deliveries import Deliveries
from service.slack.signature import Signature
from tests.service.conftest import KEY
from tests.service.slack.conftest import Talk, talking
from tests.service.slack.test_app import QUESTION
from tests.slack_server.deliveries import SIGNING_SECRET, event_request, sign
from tests.slack_server.server import SlackServer

Request = tuple[bytes, dict[str, str]]
_STAMP, _SIGNED = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@dataclass
class Forger:
    """Takes a delivery that Slack signed, and makes of it one that Slack didn't."""

    chance: random.Random
    payload: dict[str, object]

    def requests(self, count: int) -> Iterator[Request]:
        ways = (
            self.other_secret,
            self.stale,
            self.early,
            self.mangled,
            self.changed,
            self.garbage,
            self.bare,
        )
        for number in range(count):
            yield ways[number % len(ways)]()

    def genuine(self) -> Request:
        return event_request({**self.payload, "event_id": f"Ev{self.chance.random()}"})

    def other_secret(self) -> Request:
        return event_request(self.payload, secret=SIGNING_SECRET[:-1] + self.chance.choice("abc"))

    def stale(self) -> Request:
        return event_request(self.payload, timestamp=int(time.time()) - self.chance.randint(301, 10**9))

    def early(self) -> Request:
        return event_request(self.payload, timestamp=int(time.time()) + self.chance.randint(400, 10**9))

    def mangled(self) -> Request:
        """A signature with one character changed, cut, doubled, or of another version."""
        body, headers = self.genuine()
        signature = headers[_SIGNED]
        at = self.chance.randrange(len(signature))
        other = "0" if signature[at] != "0" else "1"
        made = (
            signature[:at] + other + signature[at + 1 :],
            signature[:at],
            signature * 2,
            "v1" + signature[2:],
            signature.swapcase(),
        )
        return body, {**headers, _SIGNED: self.chance.choice(made)}

    def changed(self) -> Request:
        """A body with one byte changed, cut off, or with bytes that are no text."""
        body, headers = self.genuine()
        at = self.chance.randrange(len(body))
        made = (
            body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :],
            body[:at],
            body + b" ",
            body + b"\xff\xfe",
        )
        return self.chance.choice(made), headers

    def garbage(self) -> Request:
        """Headers that are no numbers and no signatures."""
        body, headers = self.genuine()
        values = ("", "x", "-1", "1e9", "0x10", "9" * 400, "\xe9", "v0=", "v0=\xff", "None", "1_000", "٣")
        stamp, signed = self.chance.choice(values), self.chance.choice(values)
        return body, self.chance.choice(
            (
                {**headers, _STAMP: stamp},
                {**headers, _SIGNED: signed},
                {**headers, _STAMP: stamp, _SIGNED: signed},
            )
        )

    def bare(self) -> Request:
        """A header missing, or both."""
        body, headers = self.genuine()
        gone = self.chance.choice(((_STAMP,), (_SIGNED,), (_STAMP, _SIGNED)))
        return body, {name: value for name, value in headers.items() if name not in gone}


def check_none_gets_in(talk: Talk, count: int) -> None:
    said = talk.slack.say(QUESTION, channel="D0000000001")
    forger = Forger(random.Random(11), said.posted)
    statuses = set()
    for body, headers in forger.requests(count):
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        statuses.add(talk.http.post("/slack/events", content=body, headers=raw).status_code)
    assert statuses == {401}
    assert not Deliveries(talk.service.corpus.record.database).in_conversation(
        said.workspace.team, said.message.channel, said.thread
    )
    assert talk.send(forger.genuine()).status_code == 200
    talk.answer(said)


def test_what_slack_did_not_sign_is_turned_away(talk: Talk) -> None:
    check_none_gets_in(talk, 350)


@pytest.mark.slow
def test_ten_thousand_forgeries_are_turned_away(talk: Talk) -> None:
    check_none_gets_in(talk, 10_000)


def test_a_delivery_that_somebody_recorded_and_sends_again_is_answered_once(talk: Talk) -> None:
    said = talk.slack.say(QUESTION, channel="D0000000001")
    request = event_request(said.posted)
    for _ in range(3):
        assert talk.send(request).status_code == 200
    talk.answer(said)
    talk.answer(talk.ask("Who took part?"))
    assert len(talk.slack.messages(thread=said.ts)) == 1


SIGNED_NONSENSE = [
    (b"", "application/json"),
    (b"[]", "application/json"),
    (b"{", "application/json"),
    (b'"text"', "application/json"),
    (b"[" * 50_000, "application/json"),
    (b"payload=%7B", "application/x-www-form-urlencoded"),
    (b"payload=[]", "application/x-www-form-urlencoded"),
    (b"a=b", "application/x-www-form-urlencoded"),
]


def test_nonsense_with_a_right_signature_is_a_bad_request(talk: Talk) -> None:
    for body, kind in SIGNED_NONSENSE:
        assert talk.send((body, {"Content-Type": kind, **sign(body)})).status_code == 400, body[:20]


def test_an_event_that_lacks_everything_is_no_fault_of_ours(talk: Talk) -> None:
    for body in (b"{}", b'{"type":"event_callback"}', b'{"type":"event_callback","event":{}}'):
        assert talk.send((body, {"Content-Type": "application/json", **sign(body)})).status_code < 500, body


def test_a_body_without_end_is_refused_before_it_is_read(talk: Talk) -> None:
    body = b"x" * (1024 * 1024 + 1)
    assert talk.send((body, {"Content-Type": "application/json", **sign(body)})).status_code == 413


def test_a_foreign_host_is_refused_here_too(talk: Talk) -> None:
    body, headers = event_request(talk.slack.say(QUESTION).mention)
    reply = talk.http.post("/slack/events", content=body, headers={**headers, "Host": "evil.example"})
    assert reply.status_code == 403


def test_its_calls_are_not_counted_as_a_keys(with_key: Service, slack: SlackServer) -> None:
    with talking(with_key, slack, requests_per_minute=1) as talk:
        headers = {"Authorization": f"Bearer {KEY}"}
        assert [talk.http.get("/v1/about", headers=headers).status_code for _ in range(2)] == [200, 429]
        body = b'{"type":"url_verification","challenge":"c"}'
        for _ in range(5):
            signed = {"Content-Type": "application/json", **sign(body)}
            assert talk.send((body, signed)).status_code == 200


def test_only_post_is_open_and_only_there(talk: Talk) -> None:
    assert talk.http.get("/slack/events").status_code == 405
    body, headers = event_request(talk.slack.say(QUESTION).mention)
    for path in ("/slack/events/", "/slack/events/x", "/slack", "/v1/chat"):
        assert talk.http.post(path, content=body, headers=headers).status_code == 401


def test_a_claim_that_cannot_be_written_is_not_acknowledged(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack delivers it again, and then it is answered."""
    said = talk.slack.say(QUESTION, channel="D0000000001")
    with monkeypatch.context() as broken:
        broken.setattr(Deliveries, "claim", _full)
        assert talk.deliver(said.posted).status_code == 500
    assert talk.deliver(said.posted, retry=1).status_code == 200
    talk.answer(said)


def _full(*_: object) -> None:
    raise StorageFull("the disk is full", remedy="Free some.")


def test_a_signature_holds_for_five_minutes() -> None:
    body = b"{}"
    headers = sign(body, timestamp=1_000)
    for now, genuine in ((1_000, True), (1_300, True), (1_301, False), (699, False), (700, True)):
        signature = Signature(SIGNING_SECRET, clock=partial(float, now))
        given = signature.is_slacks(body, timestamp=headers[_STAMP], signature=headers[_SIGNED])
        assert given is genuine
