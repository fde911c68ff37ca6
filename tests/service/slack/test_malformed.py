"""Whatever stands in a call that Slack signed, it is taken, left alone or refused: never a fault of ours."""

import json
import random
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.slack.bodies import read_body
from service.slack.views import REASON
from tests.service.slack.conftest import Talk
from tests.slack_server.deliveries import sign

FINE = (200, 400, 404)
TS = "1755590400.000100"
_EVENT = {"channel": "D0000000001", "user": "U0000000009", "ts": TS, "event_ts": TS, "team": "T1"}
_THREAD = {"user_id": "U0000000009", "channel_id": "D0000000001", "thread_ts": TS, "context": {}}
EVENTS: tuple[dict[str, Any], ...] = (
    {**_EVENT, "type": "message", "channel_type": "im", "text": "Who was there?"},
    {**_EVENT, "type": "message", "channel_type": "channel", "text": "Who?", "thread_ts": "1.000001"},
    {**_EVENT, "type": "app_mention", "text": "<@U0BOT000001> help", "edited": None, "bot_id": None},
    {**_EVENT, "type": "app_home_opened", "tab": "home"},
    {**_EVENT, "type": "app_home_opened", "tab": "messages"},
    {"type": "assistant_thread_started", "assistant_thread": _THREAD},
    {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT000001"]}},
    {"type": "app_uninstalled"},
)
_ACTION = {"type": "button", "action_id": "parley_feedback", "block_id": "b", "value": "good:ans_1"}
_CLICK = {"team": {"id": "T1"}, "user": {"id": "U1"}, "api_app_id": "A1", "token": "t", "trigger_id": "1.2"}
INTERACTIONS: tuple[dict[str, Any], ...] = (
    {**_CLICK, "type": "block_actions", "actions": [_ACTION], "channel": {"id": "D0000000001"}},
    {**_CLICK, "type": "block_actions", "actions": [{**_ACTION, "action_id": "parley_show_sources"}]},
    {
        **_CLICK,
        "type": "view_submission",
        "view": {
            "type": "modal",
            "callback_id": REASON,
            "private_metadata": "ans_1",
            "state": {"values": {}},
        },
    },
)
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", " ", "x", "\ud83d", "\x00", "a" * 100_000, [], {}, [None], [[]],
    {"": ""}, {"id": {}}, {"id": None}, [{"id": "T"}], ["\udead"],
)  # fmt: skip


def envelope_of(event: Any, number: int) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A0000000001",
        "event_id": f"Ev{number}",
        "event": event,
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT000001", "is_bot": True}],
    }


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if at:
        yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in pairs:
        yield from places(each, (*at, name))


def changed(value: Any, at: tuple[Any, ...], junk: Any) -> Any:
    """With `junk` at a place; without the place, where that is `...`."""
    if not at:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(at) == 1 and junk is ...:
        del copy[at[0]]
    else:
        copy[at[0]] = changed(copy[at[0]], at[1:], junk)
    return copy


def signed(payload: Any, *, form: bool) -> tuple[bytes, dict[str, str]]:
    text = json.dumps(payload)
    body = urlencode({"payload": text}).encode() if form else text.encode()
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    return body, {"Content-Type": kind, **sign(body)}


WHOLE = [
    *((envelope_of(event, at), False) for at, event in enumerate(EVENTS)),
    *((each, True) for each in INTERACTIONS),
]
MALFORMED = [
    (changed(payload, place, junk), form)
    for payload, form in WHOLE
    for place in places(payload)
    for junk in (..., *JUNK)
]


def check(talk: Talk, calls: Iterable[tuple[Any, bool]]) -> None:
    """Each is taken or refused; and then a person is answered still."""
    faults = [
        payload for payload, form in calls if talk.send(signed(payload, form=form)).status_code not in FINE
    ]
    assert faults == []
    talk.answer(talk.ask("Who took part?"))


def test_what_is_whole_is_taken(talk: Talk) -> None:
    for payload, form in WHOLE:
        assert talk.send(signed(payload, form=form)).status_code == 200, payload


def test_some_fields_of_some_kinds_or_none(talk: Talk) -> None:
    check(talk, random.Random(7).sample(MALFORMED, 150))


@pytest.mark.slow
def test_any_field_of_any_kind_or_none(talk: Talk) -> None:
    check(talk, MALFORMED)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(JUNK),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_a_body_is_read_as_its_shape_says_or_not_at_all(data: st.DataObject) -> None:
    payload, form = data.draw(st.sampled_from(WHOLE))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places(payload)) or [()]))
        payload = changed(payload, place, data.draw(json_values))
    body, headers = signed(payload, form=form)
    read = read_body(body.decode(), headers["Content-Type"])
    if read is not None:  # it can be kept: its strings are text, and it is read again as it was
        again = json.dumps(read, ensure_ascii=False).encode()
        assert b"\\u0000" not in again
        assert read_body(again.decode(), "application/json") == read


def test_depth_size_and_numbers_of_any_length_are_no_fault_of_ours(talk: Talk) -> None:
    event = json.dumps(envelope_of(EVENTS[0], 1))
    for text in (
        event.replace('"Who was there?"', "[" * 900 + "]" * 900),
        event.replace('"Who was there?"', "[" * 50_000 + "]" * 50_000),
        event.replace('"Who was there?"', "9" * 5_000),
        event.replace('"team"', '"more": ' + "[" * 20_000 + "]" * 20_000 + ', "team"'),
        event.replace("Who was there?", "\\u0000" * 1_000),
        event.replace("Who was there?", "why " * 200_000),
        event[:-1] + ', "event": 1}',
    ):
        body = text.encode()
        reply = talk.send((body, {"Content-Type": "application/json", **sign(body)}))
        assert reply.status_code in FINE, text[:80]


def test_a_question_that_slack_cut_within_an_emoji_is_answered(talk: Talk) -> None:
    said = talk.slack.say("Who took part? \ud83d", channel="D0000000001")
    assert talk.deliver(said.posted).status_code == 200
    assert talk.answer(said).blocks
