"""In its thread Parley speaks when it is spoken to; what people say to each other there it leaves alone."""

import time

import pytest

from service.bootstrap import Service
from service.slack.deliveries import Deliveries
from service.slack.wording import WELCOME
from tests.service.slack.conftest import Talk, talking
from tests.service.slack.test_app import QUESTION, shown
from tests.slack_server.people import Said
from tests.slack_server.server import SlackServer
from tests.slack_server.state import SCOPES, Workspace

CHATTER = (
    "haha",
    ":clap:",
    "<@U0000000077> could the desk check this?",
    "Ines, who has the second page?",
    "shall we print it?",
    "Noted, more after the break.",
)


def in_thread(talk: Talk, first: Said, text: str) -> Said:
    said = talk.slack.say(text, thread=first.ts)
    assert talk.deliver(said.posted).status_code == 200
    return said


def test_what_people_say_to_each_other_is_acknowledged_and_kept_nowhere(talk: Talk) -> None:
    first = talk.ask(QUESTION)
    talk.answer(first)
    for text in CHATTER:
        in_thread(talk, first, text)
    asked = in_thread(talk, first, "And who else took part?")
    assert len(talk.answers(asked, count=2)) == 2
    assert len(talk.slack.messages(thread=first.ts)) == 2
    assert not talk.slack.state.reactions
    deliveries = Deliveries(talk.service.corpus.record.database)
    until = time.monotonic() + 10  # an answer stands in the thread before its delivery is done with
    while deliveries.unfinished() and time.monotonic() < until:
        time.sleep(0.05)
    assert deliveries.unfinished() == []


def test_thanks_get_one_reaction_and_no_word(talk: Talk) -> None:
    first = talk.ask(QUESTION)
    talk.answer(first)
    thanks = in_thread(talk, first, "Thanks a lot!")
    direct = talk.slack.say("thank you", channel="D0000000001")
    for payload in (thanks.posted, direct.posted, direct.posted):
        assert talk.deliver(payload, retry=1).status_code == 200
    team = first.workspace.team
    expected = {(team, said.message.channel, said.ts, WELCOME) for said in (thanks, direct)}
    talk.slack.wait_for("two hearts", lambda: talk.slack.state.reactions == expected)
    talk.slack.wait_for("four calls", lambda: len(talk.slack.calls("reactions.add")) == 4)
    assert {call.error for call in talk.slack.calls("reactions.add")} == {None, "already_reacted"}
    assert len(talk.slack.messages()) == 1


def test_without_the_scope_for_it_thanks_get_silence(with_key: Service, slack: SlackServer) -> None:
    scopes = tuple(scope for scope in SCOPES if scope != "reactions:write")
    own = Workspace(team=slack.workspaces[0].team, scopes=scopes)
    slack.state.workspaces[own.bot_token] = own
    with talking(with_key, slack) as talk:
        talk.deliver(slack.say("thanks", channel="D0000000001").posted)
        slack.wait_for("a refusal", lambda: slack.calls("reactions.add"))
        talk.answer(talk.ask(QUESTION))
    assert [call.error for call in slack.calls("reactions.add")] == ["missing_scope"]
    assert len(slack.messages()) == 1


@pytest.mark.parametrize("text", ["help", ""])
def test_help_tells_what_it_does_and_three_questions_to_try(talk: Talk, text: str) -> None:
    said = talk.ask(text)
    help_ = shown(talk.answer(said))
    questions = talk.service.chat.suggestions.questions()
    assert "Ask me a question" in help_
    assert questions
    assert all(question in help_ for question in questions)
    assert talk.deliver(said.posted).status_code == 200  # the other event of the same post
    talk.answer(talk.ask(QUESTION))
    assert len(talk.slack.messages(thread=said.ts)) == 1


def test_help_in_a_thread_needs_no_mention(talk: Talk) -> None:
    first = talk.ask(QUESTION)
    talk.answer(first)
    assert "Ask me a question" in shown(talk.answers(in_thread(talk, first, "help!"), count=2)[-1])


def test_who_said_it_is_told_from_the_answer_in_the_thread(talk: Talk) -> None:
    first = talk.ask(QUESTION)
    talk.answer(first)
    asked = in_thread(talk, first, "says who?")
    told = shown(talk.answers(asked, count=2)[-1])
    assert f"Understood as: {QUESTION.rstrip('?')}: says who?" in told
    assert "Donald Trump: " in told or "Trump: " in told


def test_by_a_setting_replies_must_mention_it(with_key: Service, slack: SlackServer) -> None:
    with talking(with_key, slack, slack_thread_replies="mentions") as talk:
        first = talk.ask(QUESTION)
        talk.answer(first)
        in_thread(talk, first, "Who else took part?")
        asked = talk.ask("Who else took part?", thread=first.ts)
        assert len(talk.answers(asked, count=2)) == 2
