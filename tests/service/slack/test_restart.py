"""Each question is answered once, also where Parley is killed in the middle of it."""

from pathlib import Path

import pytest

from tests.service.slack.storm import Storm, weather
from tests.slack_server.schema import text_of
from tests.slack_server.server import SlackServer


def check_each_once(storm: Storm) -> None:
    assert storm.told() == storm.expected()
    assert all(message.stream != "streaming" for message in storm.slack.messages())
    # What ends a whole answer; a plain sentence has no thumbs.
    assert all("Not helpful" in text_of(message.wire()["blocks"]) for message in storm.slack.messages())


@pytest.mark.slow
def test_a_few_questions_across_a_kill_are_answered_once(slack: SlackServer, tmp_path: Path) -> None:
    storm = Storm(slack, posts=12)
    # Mid-stream: Slack has a message of which the record may not know.
    weather(storm, tmp_path / "data", kill_when=lambda: bool(slack.calls("chat.startStream")))
    check_each_once(storm)


@pytest.mark.slow
def test_a_thousand_deliveries_of_200_events_across_a_kill_are_answered_once_each(
    slack: SlackServer, tmp_path: Path
) -> None:
    storm = Storm(slack, posts=200)
    assert len(storm.deliveries) == 1000
    weather(storm, tmp_path / "data", kill_when=lambda: len(slack.messages()) > 20)
    check_each_once(storm)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_wherever_the_kill_falls(slack: SlackServer, tmp_path: Path, seed: int) -> None:
    storm = Storm(slack, posts=15, seed=seed)
    calls = 3 + 4 * seed
    weather(storm, tmp_path / "data", kill_when=lambda: len(slack.calls()) >= calls)
    check_each_once(storm)
