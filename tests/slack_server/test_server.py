"""The fake is held to Slack's own client: what it takes, what it refuses, and with which words."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from tests.slack_server import (
    APP_TOKEN,
    SIGNING_SECRET,
    SlackServer,
    Workspace,
    event_request,
    interaction_request,
    sign,
    slack_server,
)

HERE = "C0000000001"
OTHER = Workspace(team="T0000000002", bot_token="xoxb-two", bot_user="U2", bot_id="B2")


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with slack_server(Workspace(), OTHER) as running:
        yield running


def client(slack: SlackServer, token: str = "xoxb-one") -> WebClient:
    return WebClient(token, base_url=slack.base_url, timeout=5)


def text(said: str) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [section({"type": "text", "text": said})]}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def refused(call: Any, **arguments: Any) -> SlackApiError:
    with pytest.raises(SlackApiError) as found:
        call(**arguments)
    return found.value


def test_a_posted_message_is_kept_in_its_thread_and_can_be_updated(slack: SlackServer) -> None:
    asked = slack.say("Who?")
    posted = client(slack).chat_postMessage(
        channel=HERE, thread_ts=asked.ts, text="An answer", blocks=[text("An answer")], unfurl_links=False
    )
    client(slack).chat_update(channel=HERE, ts=posted["ts"], text="Another", blocks=[text("Another")])
    (message,) = slack.messages(thread=asked.ts)
    assert (message.text, message.edits, message.unfurls) == ("Another", 1, True)
    thread = client(slack).conversations_replies(channel=HERE, ts=asked.ts)["messages"]
    assert [each["text"] for each in thread] == ["Who?", "Another"]
    assert [each["text"] for each in client(slack).conversations_history(channel=HERE)["messages"]] == [
        "Who?"
    ]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}, "less than 3001"),
        ({"type": "section", "text": {"type": "plain_text", "text": "&" * 601}}, "less than 3001"),
        ({"type": "section"}, "missing required field: text"),
        ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}, "less than 151"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "unsupported type: mrkdwn"),
        ({"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}, "no more than 10"),
        ({"type": "context", "elements": []}, "no fewer than 1"),
        ({"type": "fancy"}, "unsupported type: fancy"),
        ({"type": "divider", "text": "x"}, "invalid additional property: text"),
        ({"type": "rich_text", "elements": [section({"type": "text", "text": ""})]}, "more than 0"),
        ({"type": "rich_text", "elements": [section({"type": "link", "url": "parley"})]}, "Invalid URL"),
        (
            {"type": "rich_text", "elements": [section({"type": "text", "text": "a\x07b"})]},
            "invalid character",
        ),
        ({"type": "input", "label": {"type": "plain_text", "text": "x"}}, "unsupported type: input"),
        ("text", "unsupported type: None"),
    ],
)
def test_a_block_that_slack_would_refuse_is_refused_with_its_place(
    slack: SlackServer, block: Any, said: str
) -> None:
    error = refused(client(slack).chat_postMessage, channel=HERE, text="x", blocks=[block])
    assert error.response["error"] == "invalid_blocks"
    (told,) = error.response["response_metadata"]["messages"]
    assert said in told
    assert "/blocks/0" in told
    assert slack.messages() == []


@pytest.mark.filterwarnings("ignore:The top-level `text` argument")
def test_limits_of_a_whole_message(slack: SlackServer) -> None:
    post = client(slack).chat_postMessage
    many = [{"type": "divider"}] * 51
    assert refused(post, channel=HERE, text="x", blocks=many).response["error"] == "invalid_blocks"
    long = [text("x" * 3000)] * 4 + [text("y")]
    assert refused(post, channel=HERE, text="x", blocks=long).response["error"] == "msg_blocks_too_long"
    assert refused(post, channel=HERE, text="x" * 4001).response["error"] == "msg_too_long"
    assert refused(post, channel=HERE, text="").response["error"] == "no_text"
    assert refused(post, channel=HERE, text="x", blocks={"a": 1}).response["error"] == "invalid_blocks_format"
    twice = [{"type": "divider", "block_id": "a"}] * 2
    assert refused(post, channel=HERE, text="x", blocks=twice).response["error"] == "invalid_blocks"


@pytest.mark.filterwarnings("ignore:The top-level `text` argument")
def test_a_message_without_a_fallback_is_taken_and_noted(slack: SlackServer) -> None:
    client(slack).chat_postMessage(channel=HERE, blocks=[text("x")])
    assert slack.state.warnings == ["missing_text_fallback"]


def test_who_may_do_what(slack: SlackServer) -> None:
    ts = client(slack).chat_postMessage(channel=HERE, text="x")["ts"]
    two = client(slack, "xoxb-two")
    assert refused(two.chat_update, channel=HERE, ts=ts, text="y").response["error"] == "message_not_found"
    asked = slack.say("Mine").ts
    own = client(slack)
    assert (
        refused(own.chat_update, channel=HERE, ts=asked, text="y").response["error"] == "cant_update_message"
    )
    assert refused(client(slack, "xoxb-no").auth_test).response["error"] == "invalid_auth"
    assert refused(own.chat_postMessage, channel="C9", text="x").response["error"] == "channel_not_found"
    assert (
        refused(own.chat_postMessage, channel=HERE, text="x", thread_ts="1.2").response["error"]
        == "thread_not_found"
    )
    assert two.auth_test()["team_id"] == "T0000000002"
    assert refused(own.pins_add, channel=HERE, timestamp=ts).response["error"] == ("unknown_method")


def test_a_scope_that_was_not_granted_is_named() -> None:
    with slack_server(Workspace(scopes=("assistant:write",))) as slack:
        error = refused(client(slack).chat_postMessage, channel=HERE, text="x")
    assert (error.response["error"], error.response["needed"]) == ("missing_scope", "chat:write")


def streamed(slack: SlackServer, channel: str = HERE) -> Any:
    asked = slack.say("Who?", channel=channel)
    recipient = {"recipient_team_id": "T0000000001", "recipient_user_id": "U0000000009"}
    return client(slack).chat_stream(
        channel=channel, thread_ts=asked.ts, buffer_size=1, **(recipient if channel == HERE else {})
    )


@pytest.mark.parametrize("channel", [HERE, "D0000000001"])
def test_a_stream_keeps_text_and_blocks_in_order(slack: SlackServer, channel: str) -> None:
    stream = streamed(slack, channel)
    stream.append(markdown_text="One. ")
    stream.append(chunks=[{"type": "blocks", "blocks": [text("Two.")]}])
    (message,) = slack.messages()
    assert message.stream == "streaming"
    stream.stop(blocks=[text("Three.")])
    (message,) = slack.messages()
    assert (message.stream, message.markdown) == ("stopped", "One. ")
    assert [*message.streamed, *message.blocks] == [text("Two."), text("Three.")]


def test_what_a_stream_refuses(slack: SlackServer) -> None:
    asked, own = slack.say("Who?"), client(slack)
    begin: dict[str, Any] = {"channel": HERE, "thread_ts": asked.ts}
    assert refused(own.chat_startStream, **begin).response["error"] == "missing_recipient_team_id"
    begin |= {"recipient_team_id": "T1", "recipient_user_id": "U1"}
    stream = {"channel": HERE, "ts": own.chat_startStream(**begin)["ts"]}
    for chunks in ([{"type": "odd"}], [{"type": "markdown_text", "text": "a", "more": 1}]):
        error = refused(own.chat_appendStream, **stream, chunks=chunks)
        assert error.response["error"] == "invalid_chunks"
    assert refused(own.chat_appendStream, **stream).response["error"] == "no_text"
    long = refused(own.chat_appendStream, **stream, markdown_text="x" * 12_001)
    assert long.response["error"] == "msg_too_long"
    assert refused(own.chat_update, **stream, text="x").response["error"] == "streaming_state_conflict"
    own.chat_stopStream(**stream)
    late = refused(own.chat_appendStream, **stream, markdown_text="x")
    assert late.response["error"] == "message_not_in_streaming_state"
    own.chat_update(**stream, text="whole")
    slack.refuse_streaming()
    assert refused(own.chat_startStream, **begin).response["error"] == "not_allowed"


def test_a_stream_ends_after_as_many_appends_as_it_is_told(slack: SlackServer) -> None:
    slack.end_streams_after(1)
    stream = streamed(slack)
    stream.append(markdown_text="started")
    stream.append(markdown_text="one more")
    assert refused(stream.append, markdown_text="lost").response["error"] == "message_not_in_streaming_state"
    slack.end_streams_after(None)
    open_one = streamed(slack)
    open_one.append(markdown_text="started")
    slack.end_streams()
    assert refused(open_one.stop).response["error"] == "message_not_in_streaming_state"


def test_rates_faults_and_lost_answers(slack: SlackServer) -> None:
    own = client(slack)
    slack.limit("chat.postMessage", retry_after=7)
    error = refused(own.chat_postMessage, channel=HERE, text="x")
    assert (error.response.status_code, error.response.headers["Retry-After"]) == (429, "7")
    slack.fail("chat.postMessage", "fatal_error")
    assert refused(own.chat_postMessage, channel=HERE, text="x").response["error"] == "fatal_error"
    slack.fail("chat.postMessage", status=500)
    assert refused(own.chat_postMessage, channel=HERE, text="x").response.status_code == 500
    slack.fail("chat.postMessage", lost=True, times=2)  # the client tries again once by itself
    with pytest.raises(OSError, match=r".*"):
        own.chat_postMessage(channel=HERE, text="posted")
    assert {message.text for message in slack.messages()} == {"posted"}
    slack.enforce_rates()
    own.chat_postMessage(channel=HERE, text="first")
    error = refused(own.chat_postMessage, channel=HERE, text="second")
    assert (error.response.status_code, error.response["error"]) == (429, "ratelimited")
    own.chat_postMessage(channel="C0000000002", text="another channel")
    assert [call.ok for call in slack.calls("chat.postMessage")][-3:] == [True, False, True]


def test_statuses_prompts_and_titles(slack: SlackServer) -> None:
    asked, own = slack.say("Who?", channel="D0000000001"), client(slack)
    own.assistant_threads_setStatus(channel_id="D0000000001", thread_ts=asked.ts, status="reading")
    assert slack.status(asked) == ["reading"]
    own.chat_postMessage(channel="D0000000001", thread_ts=asked.ts, text="x")
    assert slack.status(asked) == ["reading", ""]
    prompts = [{"title": "Ask", "message": "Who?"}]
    own.assistant_threads_setSuggestedPrompts(channel_id="D0000000001", prompts=prompts)
    assert slack.state.prompts["T0000000001", "D0000000001"]["prompts"] == prompts
    own.assistant_threads_setTitle(channel_id="D0000000001", thread_ts=asked.ts, title="Who?")
    assert slack.state.titles["T0000000001", "D0000000001", asked.ts] == "Who?"
    for wrong in (prompts * 5, [{"title": "", "message": "x"}], [{"title": "x"}]):
        error = refused(own.assistant_threads_setSuggestedPrompts, channel_id="D0000000001", prompts=wrong)
        assert error.response["error"] == "invalid_arguments"


def modal(**more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Sources"},
        "blocks": [text("x")],
        **more,
    }


def test_a_modal_opens_once_for_a_trigger_and_can_be_updated(slack: SlackServer) -> None:
    own, trigger = client(slack), slack.trigger()
    view = own.views_open(trigger_id=trigger, view=modal())["view"]
    error = refused(own.views_open, trigger_id=trigger, view=modal())
    assert error.response["error"] == "expired_trigger_id"
    own.views_update(view_id=view["id"], view=modal(private_metadata="2"))
    assert slack.state.views[view["id"]]["private_metadata"] == "2"
    for wrong in (
        modal(title={"type": "plain_text", "text": "x" * 25}),
        modal(blocks=[{"type": "divider"}] * 101),
        modal(blocks=[{"type": "markdown", "text": "x"}]),
        {"type": "home", "blocks": [text("x")]},
    ):
        error = refused(own.views_open, trigger_id=slack.trigger(), view=wrong)
        assert error.response["error"] == "invalid_arguments"
    own.views_publish(user_id="U1", view={"type": "home", "blocks": [text("x")]})
    assert ("T0000000001", "U1") in slack.state.homes


def test_signatures_are_those_that_slack_makes(slack: SlackServer) -> None:
    check = SignatureVerifier(SIGNING_SECRET)
    for body, headers in (
        event_request(slack.say("Who?").mention),
        interaction_request(slack.submit(modal(), {})),
    ):
        assert check.is_valid_request(body, headers)
    assert not check.is_valid_request(b"{}", sign(b"{}", secret="another"))
    assert not check.is_valid_request(b"{}", sign(b"{}", timestamp=1))
    _, retried = event_request(slack.home_opened(), retry=2)
    assert retried["X-Slack-Retry-Num"] == "2"


@pytest.mark.slow  # Slack's client ends a connection only seconds later
def test_an_app_hears_and_acknowledges_over_socket_mode_and_reconnects(slack: SlackServer) -> None:
    app, heard, seen = App(client=client(slack)), [], threading.Event()

    @app.event("app_mention")
    def mentioned(event: dict[str, Any]) -> None:
        heard.append(event["text"])
        seen.set()

    handler: Any = SocketModeHandler(app, APP_TOKEN, ping_interval=0.5)
    handler.connect()
    try:
        slack.socket.wait_connected()
        first = slack.socket.send(slack.say("<@U0BOT000001> One?").mention)
        slack.socket.wait_ack(first)
        before = slack.socket.opened
        slack.socket.ask_to_reconnect()
        slack.socket.wait_connected(more_than=before)
        assert seen.wait(10)
        seen.clear()
        second = slack.socket.send(slack.say("<@U0BOT000001> Two?").mention, retry=1)
        assert slack.socket.wait_ack(second).at >= slack.socket.sent[second]
        assert seen.wait(10)
    finally:
        handler.close()
    assert heard == ["<@U0BOT000001> One?", "<@U0BOT000001> Two?"]


def test_a_wrong_app_token_opens_no_connection(slack: SlackServer) -> None:
    error = refused(client(slack).apps_connections_open, app_token="xapp-no")
    assert error.response["error"] == "invalid_auth"
