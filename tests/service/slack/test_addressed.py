"""What is put to Parley in a thread, and what people say to each other there."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.slack.addressed import Act, act_on

US = "U0BOT000001"
ANSWER, HELP, REACT, SILENT = Act.ANSWER, Act.HELP, Act.REACT, Act.SILENT

OVERHEARD = [
    # Asked, and of nobody else.
    ("Who walked out of the fishing talks?", ANSWER),
    ("when do the ferries sail again", ANSWER),
    ("who signed it", ANSWER),
    ("did Halloran accept the offer", ANSWER),
    ("how many boats", ANSWER),
    ("what about the quota", ANSWER),
    ("Halloran too?", ANSWER),
    ("great. And where was that? :anchor:", ANSWER),
    ("> the fleet stays in port\nsays who exactly?", ANSWER),
    ("thanks! which outlet had that?", ANSWER),
    ("_What does Brisk want?_", ANSWER),
    ('Who told reporters "we leave tomorrow if you insist"?', ANSWER),
    ("What did the U.S. offer, and what did the US want?", ANSWER),
    ("What was signed in Basel, Switzerland?", ANSWER),
    ("Yesterday, who spoke first?", ANSWER),
    ("did they agree on Monday, too?", ANSWER),
    ("Do we know when Halloran flew home?", ANSWER),
    ("parley, what was agreed?", ANSWER),
    ("Что ответил посол？", ANSWER),
    # Put to somebody else.
    ("<@U0000000077> when is it due?", SILENT),
    ("when is it due, <@U0000000077|Ines>?", SILENT),
    ("<!channel> who was there?", SILENT),
    ("<!subteam^S0000000001|@desk> which outlet?", SILENT),
    ("@ines who was there?", SILENT),
    ("Ines, who was there?", SILENT),
    ("ines, was it signed?", SILENT),
    ("Ines — was it signed?", SILENT),
    ("Ines: was it signed?", SILENT),
    ("Ines and Paul, was it signed?", SILENT),
    ("hi Ines, was it signed?", SILENT),
    ("ok Ines, was it signed?", SILENT),
    ("was it signed, Ines?", SILENT),
    ("could you ring the embassy?", SILENT),
    ("should we wait for the second edition?", SILENT),
    ("may I take the afternoon off?", SILENT),
    ("anyone around?", SILENT),
    ("has anybody called the embassy?", SILENT),
    ("who's driving?", SILENT),
    ("pizza?", SILENT),
    ("any objections?", SILENT),
    ("is it ok to wait?", SILENT),
    # Nothing is asked.
    ("seriously?!", SILENT),
    ("how brave is that", SILENT),
    ("isn't that odd?", SILENT),
    ("so what?", SILENT),
    ("haha", SILENT),
    ("+1", SILENT),
    (":tada: :tada:", SILENT),
    ("👏🏽", SILENT),
    ("", SILENT),
    ("I doubt it.", SILENT),
    ("What a week.", SILENT),
    ("Where Halloran goes the others follow.", SILENT),
    ("`select ?`", SILENT),
    ("```\nwhere?\n```", SILENT),
    ("&gt; who was there?", SILENT),
    ("https://example.org/?q=who", SILENT),
    ("<https://example.org|Who was there?>", SILENT),
    ("no thanks", SILENT),
    ("thanks to Halloran the talks go on", SILENT),
    ("Thanks Ines!", SILENT),
    ("thanks so much, all", SILENT),
    ("thank you <@U0000000077>", SILENT),
    ("thanks, can you send it on?", SILENT),
    # Thanks, and help.
    ("thanks!", REACT),
    ("Thank you so much.", REACT),
    ("ok thx :+1:", REACT),
    ("That helps, thanks again", REACT),
    ("cheers, all clear now", REACT),
    ("help", HELP),
    ("Please help!", HELP),
    ("help <@U0000000077>", SILENT),
]


@pytest.mark.parametrize(("text", "act"), OVERHEARD)
def test_a_reply_that_mentions_nobody_or_another(text: str, act: Act) -> None:
    assert act_on(text, how="reply", bot_user=US) is act


PUT_TO_US = [
    ("the fishing talks", ANSWER),
    ("can you tell me who was there?", ANSWER),
    ("ask <@U0000000077> who was there", ANSWER),
    ("```who was there```", ANSWER),
    ("<https://example.org/news>", ANSWER),
    ("Halloran", ANSWER),
    ("thanks, and who else?", ANSWER),
    ("thanks Ines", REACT),
    ("ty!", REACT),
    ("nice one", REACT),
    (":heart:", REACT),
    ("help", HELP),
    ("what can you do?", HELP),
    ("how does this work?", HELP),
    ("?", HELP),
    ("", HELP),
]


@pytest.mark.parametrize(("text", "act"), PUT_TO_US)
def test_a_direct_message_and_a_mention_are_always_put_to_us(text: str, act: Act) -> None:
    assert act_on(text, how="direct", bot_user=US) is act
    for mention in (f"<@{US}> {text}", f"{text} <@{US}|parley>"):
        assert act_on(mention, how="mention", bot_user=US) is act
        assert act_on(mention, how="reply", bot_user=US, mentions_only=True) is act


@pytest.mark.parametrize("text", ["Who was there?", "thanks!", "help", "parley, who was there?"])
def test_by_a_setting_a_reply_has_to_mention_us(text: str) -> None:
    assert act_on(text, how="reply", bot_user=US, mentions_only=True) is SILENT
    assert act_on(text, how="direct", bot_user=US, mentions_only=True) is not SILENT


@given(st.text(), st.sampled_from(["mention", "direct", "reply"]))
def test_any_text_is_decided_upon(text: str, how: str) -> None:
    act = act_on(text, how=how, bot_user=US)  # type: ignore[arg-type]
    assert act is not SILENT or how == "reply"


def test_a_mention_of_somebody_else_is_none_of_us_while_we_do_not_know_who_we_are() -> None:
    assert act_on("<@U0000000077> who was there?", how="reply", bot_user=None) is SILENT


def test_a_hundred_messages_of_a_thread() -> None:
    """By somebody who didn't know the code. All that is put to Parley is heard; three times it speaks to
    people who talk to each other ("where's the style guide?")."""
    lines = Path(__file__).with_name("thread.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    wrong = [
        case["text"]
        for case in cases
        if act_on(case["text"], how="reply", bot_user="U0PARLEY") != Act(case["should"])
    ]
    assert len(cases) == 100
    assert len(wrong) <= 3, wrong
    assert not [case for case in cases if case["text"] in wrong and case["should"] != "silent"]
