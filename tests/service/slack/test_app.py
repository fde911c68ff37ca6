"""The Slack app as a workspace knows it: asked, answered, followed up, clicked; over real HTTP."""

import re
from threading import Event
from typing import Any

import pytest

from retrieval.errors import StorageFull
from service.bootstrap import Service
from service.feedback import FeedbackStore
from service.slack.blocks import FEEDBACK, SHOW_SOURCES
from service.slack.deliveries import Deliveries
from service.slack.views import COMMENT_BLOCK, COMMENT_TEXT, REASON, REASON_BLOCK, REASON_CHOICE
from service.wire import AnswerOut
from tests.service.slack.conftest import Talk, talking
from tests.slack_server.people import Said
from tests.slack_server.schema import text_of
from tests.slack_server.server import SlackServer
from tests.slack_server.state import Message, Workspace

QUESTION = "What did Trump say about the talks?"


def shown(message: Message) -> str:
    return text_of(message.wire()["blocks"])


def test_a_mention_is_answered_in_its_thread_as_it_is_verified(talk: Talk) -> None:
    said = talk.ask("What did Witkoff say?")
    message = talk.answer(said)
    assert message.thread_ts == said.ts
    assert "Witkoff" in shown(message)
    assert "[1]" in shown(message)
    methods = [call.method for call in talk.slack.calls() if call.method.startswith("chat.")]
    assert (methods[0], methods[-1]) == ("chat.startStream", "chat.stopStream")
    assert methods[1:-1] == ["chat.appendStream"] * len(methods[1:-1])
    assert len(methods) > 2
    start = talk.slack.calls("chat.startStream")[0].arguments
    assert (start["recipient_user_id"], start["recipient_team_id"]) == ("U0000000009", said.workspace.team)
    assert len(talk.slack.messages()) == 1


def test_whoever_asks_sees_at_once_that_it_is_worked_on_and_no_longer_when_it_is_done(talk: Talk) -> None:
    said = talk.ask(QUESTION)
    talk.answer(said)
    asked_for = [call.arguments["status"] for call in talk.slack.calls("assistant.threads.setStatus")]
    assert asked_for == ["is reading 2 articles…", ""]


def test_a_citation_opens_its_page_for_a_reader_without_a_key_and_no_other(talk: Talk) -> None:
    message = talk.answer(talk.ask(QUESTION))
    links = re.findall(r"http://127\.0\.0\.1(/articles/[^#]*token=[\w-]{43})", shown(message))
    assert links
    opened = talk.http.get(links[0])
    assert opened.status_code == 200
    assert "<mark" in opened.text
    assert talk.http.get(links[0].partition("&expires")[0]).status_code == 401
    assert talk.http.get("/articles").status_code == 401


def test_a_direct_message_is_answered_without_a_mention(talk: Talk) -> None:
    said = talk.slack.say(QUESTION, channel="D0000000001")
    talk.deliver(said.posted)
    assert "Trump" in shown(talk.answer(said))


def test_a_follow_up_in_the_thread_needs_no_mention_and_is_understood(talk: Talk) -> None:
    first = talk.ask("What did Trump say to Fox News?")
    talk.answer(first)
    second = talk.slack.say("And what did he say about the summit?", thread=first.ts)
    talk.deliver(second.posted)
    understood = shown(talk.answers(second, count=2)[-1])
    assert "Understood as: What did Trump say about the summit?" in understood


def test_a_thread_that_it_was_not_asked_in_is_none_of_its_business(talk: Talk) -> None:
    root = talk.slack.say("Lunch?")
    reply = talk.slack.say("What did Trump say?", thread=root.ts)
    for posted in (root.posted, reply.posted):
        assert talk.deliver(posted).status_code == 200
    talk.answer(talk.ask(QUESTION))
    assert {message.thread_ts for message in talk.slack.messages()}.isdisjoint({root.ts})


def test_mention_and_message_of_one_post_and_every_repetition_are_answered_once(talk: Talk) -> None:
    first = talk.ask(QUESTION)
    talk.answer(first)
    second = talk.slack.say(f"<@{talk.slack.workspaces[0].bot_user}> {QUESTION}", thread=first.ts)
    for payload in (second.posted, second.mention, second.mention, second.posted, first.mention):
        assert talk.deliver(payload, retry=1).status_code == 200
    talk.answers(second, count=2)
    talk.answer(talk.ask("Who else took part?"))
    assert len(talk.slack.messages(thread=first.ts)) == 2


IGNORED: list[dict[str, Any]] = [
    {"bot_id": "B0000000077", "subtype": "bot_message", "user": None},
    {"bot_id": "B0000000077"},
    {"user": "U0BOT000001"},
    {"subtype": "message_changed"},
    {"subtype": "message_deleted", "hidden": True},
    {"subtype": "channel_join"},
    {"edited": {"user": "U0000000009", "ts": "1.0"}},
]


def test_bots_edits_and_deletions_are_acknowledged_and_left_alone(talk: Talk) -> None:
    for change in IGNORED:
        said = talk.slack.say(QUESTION, channel="D0000000001")
        event = {**said.posted["event"], **change}
        assert talk.deliver({**said.posted, "event": event}).status_code == 200
    asked = talk.ask(QUESTION)
    talk.answer(asked)
    assert {message.thread_ts for message in talk.slack.messages()} == {asked.ts}


def test_a_mention_without_a_question_is_told_how_to_ask(talk: Talk) -> None:
    assert "Ask me a question" in shown(talk.answer(talk.ask("")))


def test_a_question_that_is_too_long_is_told_so(talk: Talk) -> None:
    assert "2,000 characters" in shown(talk.answer(talk.ask("why " * 600)))


def test_what_is_written_in_a_private_channel_becomes_no_article(talk: Talk) -> None:
    before = talk.service.corpus.record.article_count()
    said = talk.ask("Our secret is that we will offer 40 million. What did Trump say?", channel="G0000000001")
    talk.answer(said)
    assert talk.service.corpus.record.article_count() == before
    other = talk.ask("Who will offer 40 million?")
    assert "secret" not in shown(talk.answer(other))


# -- clicks


def click(talk: Talk, said: Said, action_id: str, value: str, **at: Any) -> None:
    message = talk.answer(said)
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    reply = talk.interact(talk.slack.click(message, action, **at))
    assert (reply.status_code, reply.text) == (200, "")


def answer_id(talk: Talk, said: Said) -> str:
    found = re.search(r"ans_[0-9a-f]{32}", str(talk.answer(said).wire()["blocks"]))
    assert found
    return found.group()


def wait_for_view(talk: Talk) -> dict[str, Any]:
    talk.slack.wait_for("a modal", lambda: talk.slack.state.views)
    return list(talk.slack.state.views.values())[-1]


def unfavourable(talk: Talk, id_: str) -> list[tuple[str, str | None, str | None]]:
    found = FeedbackStore(talk.service.corpus.record.database).unfavourable()
    return [(each.author, each.reason, each.comment) for each in found if each.answer_id == id_]


def test_a_thumb_down_is_stored_at_once_and_its_reason_with_it(talk: Talk) -> None:
    said = talk.ask(QUESTION)
    id_ = answer_id(talk, said)
    click(talk, said, FEEDBACK, f"bad:{id_}")
    view = wait_for_view(talk)
    talk.slack.wait_for("the rating", lambda: unfavourable(talk, id_) == [("U0000000009", None, None)])
    values = {
        REASON_BLOCK: {REASON_CHOICE: {"type": "radio_buttons", "selected_option": {"value": "outdated"}}},
        COMMENT_BLOCK: {COMMENT_TEXT: {"type": "plain_text_input", "value": "It is <over>."}},
    }
    assert view["callback_id"] == REASON
    assert talk.interact(talk.slack.submit(view, values)).text == ""
    talk.slack.wait_for(
        "the reason", lambda: unfavourable(talk, id_) == [("U0000000009", "outdated", "It is <over>.")]
    )
    click(talk, said, FEEDBACK, f"good:{id_}")
    talk.slack.wait_for("a change of mind", lambda: unfavourable(talk, id_) == [])


def test_all_sources_are_shown_to_the_workspace_that_asked_and_to_no_other(talk: Talk) -> None:
    said = talk.ask(QUESTION)
    id_ = answer_id(talk, said)
    elsewhere = Workspace(team="T9999999999")
    click(talk, said, SHOW_SOURCES, id_, workspace=elsewhere)
    click(talk, said, FEEDBACK, f"bad:{id_}", workspace=elsewhere)
    click(talk, said, SHOW_SOURCES, id_)
    assert "Trump" in text_of(wait_for_view(talk)["blocks"])
    assert len(talk.slack.calls("views.open")) == 1
    assert unfavourable(talk, id_) == []


def test_without_a_page_to_open_the_button_shows_the_passage_with_the_quotation_marked(
    with_key: Service, slack: SlackServer
) -> None:
    with talking(with_key, slack, public_url=None) as talk:
        said = talk.ask(QUESTION)
        message = talk.answer(said)
        assert "Show the passages" in shown(message)
        assert "characters" not in shown(message)
        id_ = answer_id(talk, said)
        click(talk, said, SHOW_SOURCES, id_)
        view = wait_for_view(talk)
        (quotation, *_) = with_key.answers.get(id_, principal=f"slack:{said.workspace.team}").cited
        passage = view["blocks"][1]["elements"][0]["elements"]
        bold = [part["text"] for part in passage if part.get("style") == {"bold": True}]
        assert bold == [quotation.quote.text]
        text = with_key.corpus.record.article(quotation.article.id).text
        assert "".join(part["text"] for part in passage).strip("… ") in text


def test_the_home_says_what_it_knows_and_how_to_ask(talk: Talk) -> None:
    assert talk.deliver(talk.slack.home_opened()).status_code == 200
    talk.slack.wait_for("the home", lambda: talk.slack.state.homes)
    (home,) = talk.slack.state.homes.values()
    assert "2 articles" in text_of(home["blocks"])


def test_the_messages_tab_suggests_questions_from_the_articles(talk: Talk) -> None:
    talk.deliver(talk.slack.home_opened(tab="messages"))
    talk.slack.wait_for("prompts", lambda: talk.slack.state.prompts)
    (call,) = talk.slack.calls("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call.arguments
    assert call.arguments["prompts"][0]["message"].startswith("What did ")


def test_an_assistant_thread_gets_the_same_prompts(talk: Talk) -> None:
    root = talk.slack.say("New conversation", channel="D0000000001")
    thread = {"user_id": "U0000000009", "channel_id": "D0000000001", "thread_ts": root.ts, "context": {}}
    event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": root.ts}
    assert talk.deliver(talk.slack.event(event)).status_code == 200
    talk.slack.wait_for("prompts", lambda: talk.slack.state.prompts)
    assert talk.slack.calls("assistant.threads.setSuggestedPrompts")[0].arguments["thread_ts"] == root.ts


def test_a_workspace_that_takes_the_app_away_is_forgotten(talk: Talk) -> None:
    said = talk.ask(QUESTION)
    id_ = answer_id(talk, said)
    principal = f"slack:{said.workspace.team}"
    conversation = talk.service.answers.get(id_, principal=principal).conversation_id
    gone = talk.slack.event({"type": "app_uninstalled", "event_ts": "1.0"})
    assert talk.deliver(gone).status_code == 200

    def forgotten() -> bool:
        return not Deliveries(talk.service.corpus.record.database).conversations(said.workspace.team)

    talk.slack.wait_for("forgetting", forgotten)
    assert talk.service.answers.turns(conversation, principal=principal) == []
    click(talk, said, SHOW_SOURCES, id_)
    talk.deliver(talk.slack.say("And then?", thread=said.ts).posted)
    talk.answer(talk.ask(QUESTION))
    assert len(talk.slack.messages(thread=said.ts)) == 1


@pytest.mark.parametrize("late", [False, True])
def test_a_question_that_is_answered_as_its_workspace_leaves_is_kept_nowhere(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """Once its conversations were listed, and `late` where even its delivery is gone by then."""
    begun, go_on, store = Event(), Event(), Deliveries(talk.service.corpus.record.database)
    ask, forget, done = talk.service.chat.ask, Deliveries.forget, list[str]()

    def asking(*given: Any, **more: Any) -> AnswerOut:
        begun.set()
        assert go_on.wait(20)
        return ask(*given, **more)

    def forgetting(deliveries: Deliveries, team: str) -> None:
        if not late:
            go_on.set()
            talk.answer(said)
        forget(deliveries, team)
        done.append(team)

    monkeypatch.setattr(talk.service.chat, "ask", asking)
    monkeypatch.setattr(Deliveries, "forget", forgetting)
    said = talk.ask(QUESTION)
    assert begun.wait(20)
    ((conversation,), team) = store.conversations(said.workspace.team), said.workspace.team
    talk.deliver(talk.slack.event({"type": "app_uninstalled", "event_ts": "1.0"}))
    talk.slack.wait_for("forgetting", lambda: done)
    go_on.set()
    talk.answer(said)
    talk.slack.wait_for(
        "erasing", lambda: talk.service.answers.turns(conversation, principal=f"slack:{team}") == []
    )


@pytest.mark.parametrize("place", ["service.slack.deliveries.rewrite_record", "service.answers.let_go"])
def test_what_fails_as_a_workspace_leaves_keeps_no_answers_or_says_whose_they_are(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    said = talk.ask(QUESTION)
    answer = talk.service.answers.get(answer_id(talk, said), principal=f"slack:{said.workspace.team}")
    team, store = said.workspace.team, Deliveries(talk.service.corpus.record.database)
    failed: list[object] = []

    def failing(*given: object) -> None:
        failed.append(given)
        raise StorageFull("the record cannot be written", remedy="Free some disk space.")

    monkeypatch.setattr(place, failing)
    talk.deliver(talk.slack.event({"type": "app_uninstalled", "event_ts": "1.0"}))
    talk.slack.wait_for("the failure", lambda: failed)
    left = talk.service.answers.turns(answer.conversation_id, principal=f"slack:{team}")
    assert store.conversations(team) == ([answer.conversation_id] if left else [])


def test_whatever_else_slack_sends_is_acknowledged(talk: Talk) -> None:
    for event in ({"type": "app_context_changed"}, {"type": "team_join"}, {"type": "tokens_revoked"}):
        assert talk.deliver(talk.slack.event({**event, "event_ts": "1.0"})).status_code == 200
    challenge = talk.deliver({"type": "url_verification", "challenge": "c-1", "token": "t"})
    assert "c-1" in challenge.text


def test_a_workspace_whose_token_was_revoked_is_answered_no_more(talk: Talk) -> None:
    """What it asked stays its own, should the app come back."""
    said = talk.ask(QUESTION)
    id_ = answer_id(talk, said)
    revoked = {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT000001"]}, "event_ts": "1.0"}
    assert talk.deliver(talk.slack.event(revoked)).status_code == 200
    assert talk.service.answers.get(id_, principal=f"slack:{said.workspace.team}").id == id_


def test_long_lists_of_sources_are_turned_page_by_page(talk: Talk) -> None:
    said = talk.ask(QUESTION)
    id_ = answer_id(talk, said)
    click(talk, said, SHOW_SOURCES, id_)
    view = wait_for_view(talk)
    for value in (f"0:{id_}", f"7:{id_}", f"x:{id_}", "0:ans_0"):
        action = {"type": "button", "action_id": "parley_sources_page_later", "block_id": "b", "value": value}
        assert talk.interact(talk.slack.click_in_view(view, action)).status_code == 200
    talk.slack.wait_for("two pages", lambda: len(talk.slack.calls("views.update")) == 2)


def test_a_thumb_that_slack_never_offered_is_left_alone(talk: Talk) -> None:
    said = talk.ask(QUESTION)
    id_ = answer_id(talk, said)
    click(talk, said, FEEDBACK, f"excellent:{id_}")
    values = {REASON_BLOCK: {REASON_CHOICE: {"selected_option": {"value": "boring"}}}}
    view = {"callback_id": REASON, "private_metadata": id_, "type": "modal", "blocks": []}
    assert talk.interact(talk.slack.submit(view, values)).status_code == 200
    talk.answer(talk.ask(QUESTION))
    assert unfavourable(talk, id_) == []
