"""In a channel that isn't named, who asks is told so once, and nobody else hears of it."""

import pytest
from pydantic import ValidationError

from service.bootstrap import Service
from service.config import Settings
from service.slack.addressed import Act, How
from service.slack.elsewhere import Elsewhere
from service.slack.events import Incoming, Post
from tests.service.slack.conftest import talking
from tests.slack_server.schema import text_of
from tests.slack_server.server import SlackServer

NAMED, OTHER = "C0000000001", "C0000000002"


def test_where_parley_is_not_to_answer_each_asker_is_told_once_in_private(
    with_key: Service, slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    with talking(with_key, slack, slack_channels=(NAMED,)) as talk:
        first = talk.ask("Who knows of the zeppelin?", channel=OTHER)
        talk.deliver(first.posted)
        talk.deliver(first.mention, retry=1)
        second = talk.ask("Who else does?", channel=OTHER)
        talk.ask("And who else?", channel=OTHER, user="U0000000008", thread=second.ts)
        slack.wait_for("two whispers", lambda: len(slack.state.whispers) == 2)
    told = {(each.user, each.channel, each.thread_ts) for each in slack.state.whispers}
    assert told == {("U0000000009", OTHER, None), ("U0000000008", OTHER, second.ts)}
    assert "not to answer in this channel" in text_of(list(slack.state.whispers[0].blocks))
    assert slack.messages() == []
    assert caplog.text.count(f"asked in channel {OTHER}") == 2
    assert "zeppelin" not in caplog.text


@pytest.mark.parametrize(
    ("channels", "channel", "how", "allowed"),
    [
        (None, OTHER, "mention", True),
        ([NAMED], NAMED, "mention", True),
        ([NAMED], NAMED, "reply", True),
        ([NAMED], OTHER, "mention", False),
        ([NAMED], OTHER, "reply", False),
        ([NAMED], "D0000000001", "direct", True),
    ],
)
def test_where_it_answers(channels: list[str] | None, channel: str, how: How, allowed: bool) -> None:
    post = Post("T1", "E1", channel, "1.1", "1.1", "U1", "T1", "Who?")
    assert Elsewhere(channels).allows(Incoming(post, how, Act.ANSWER)) is allowed


def test_channels_are_named_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SLACK_CHANNELS", "C0123ABCD, G0456EFGH")
    assert Settings().slack_channels == ("C0123ABCD", "G0456EFGH")
    monkeypatch.setenv("PARLEY_SLACK_CHANNELS", "#general")
    with pytest.raises(ValidationError, match="no channel's id, as C0123ABCD is"):
        Settings()
