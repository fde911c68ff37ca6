"""What a person asked, and in which words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.slack.events import as_read, read_event

BOT = "U0BOT000001"
EVENT: dict[str, Any] = {
    "type": "message",
    "channel_type": "channel",
    "channel": "C1",
    "user": "U1",
    "ts": "1.000002",
    "thread_ts": "1.000001",
    "text": "Why?",
}


def body(**changed: Any) -> dict[str, Any]:
    event = {name: value for name, value in {**EVENT, **changed}.items() if value is not None}
    return {"type": "event_callback", "event_id": "Ev1", "event": event}


WORDS = [
    (f"<@{BOT}> What was offered?", "What was offered?"),
    (f"What was offered, <@{BOT}|parley>?", "What was offered, ?"),
    ("What did <@U0777|Marta> say?", "What did Marta say?"),
    ("What did <@U0777> say?", "What did say?"),
    ("in <#C01|talks>", "in #talks"),
    ("in <#C01>", "in"),
    ("<!here> <!subteam^S01|@team> who won?", "who won?"),
    ("on <!date^1392734382^{date}|18 February>?", "on 18 February?"),
    ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
    ("see <https://example.org|the page>", "see the page"),
    ("write <mailto:a@example.org|a@example.org>", "write a@example.org"),
    ("is 3 &lt; 4 &amp;&amp; 5 &gt; 4?", "is 3 < 4 && 5 > 4?"),
    ("what is &amp;lt; and &eacute;?", "what is &lt; and &eacute;?"),
    ("two\n\nlines\u00a0here", "two lines here"),
    (f"<@{BOT}>", ""),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_markup_is_read_as_its_reader_sees_it(text: str, words: str) -> None:
    assert as_read(text, bot_user=BOT) == words


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read = as_read(text, bot_user=BOT)
    assert read == " ".join(read.split())


KINDS: list[tuple[dict[str, Any], str | None]] = [
    ({}, "reply"),
    ({"type": "app_mention"}, "mention"),
    ({"type": "app_mention", "thread_ts": None}, "mention"),
    ({"channel_type": "im"}, "direct"),
    ({"channel_type": "im", "thread_ts": None}, "direct"),
    ({"subtype": "file_share"}, "reply"),
    ({"subtype": "thread_broadcast"}, "reply"),
    ({"thread_ts": None}, None),
    ({"thread_ts": "1.000002"}, None),
    ({"type": "reaction_added"}, None),
    ({"bot_id": "B1"}, None),
    ({"user": BOT}, None),
    ({"user": None}, None),
    ({"subtype": "message_changed"}, None),
    ({"subtype": "message_deleted"}, None),
    ({"subtype": "bot_message"}, None),
    ({"hidden": True}, None),
    ({"edited": {"ts": "1"}}, None),
    ({"channel": None}, None),
    ({"ts": None}, None),
]


@pytest.mark.parametrize(("changed", "how"), KINDS)
def test_which_events_a_person_asks_something_with(changed: dict[str, Any], how: str | None) -> None:
    found = read_event(body(**changed), team="T1", bot_user=BOT)
    assert (None if found is None else found.how) == how


def test_a_post_knows_its_thread_and_whose_workspace_it_comes_from() -> None:
    found = read_event(body(team="T2"), team="T1", bot_user=BOT)
    assert found is not None
    post = found.post
    assert (post.team, post.user_team, post.thread, post.event_id) == ("T1", "T2", "1.000001", "Ev1")
    root = read_event(body(thread_ts=None, channel_type="im"), team="T1", bot_user=BOT)
    assert root is not None
    assert (root.post.thread, root.post.user_team) == (root.post.ts, "T1")


def test_without_a_workspace_nothing_is_asked() -> None:
    assert read_event(body(), team="", bot_user=BOT) is None
    assert read_event({}, team="T1", bot_user=BOT) is None
