"""What is no question, and what only looks like none."""

import pytest

from service.conversation.smalltalk import SmallTalk, small_talk


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("hello", SmallTalk.HELLO),
        ("Hi Parley!", SmallTalk.HELLO),
        ("good evening, everyone", SmallTalk.HELLO),
        ("\N{WAVING HAND SIGN}", SmallTalk.HELLO),
        ("thanks!", SmallTalk.THANKS),
        ("ok great, thank you so much \N{SMILING FACE WITH OPEN MOUTH}", SmallTalk.THANKS),
        (":pray:", SmallTalk.THANKS),
        ("bye for now", SmallTalk.BYE),
        ("ok", SmallTalk.FINE),
        ("That’s very helpful.", SmallTalk.FINE),
        ("good bot", SmallTalk.FINE),
        ("What can you do?", SmallTalk.ABILITIES),
        ("Hello, who are you?", SmallTalk.ABILITIES),
        ("help", SmallTalk.ABILITIES),
        ("are you an AI?", SmallTalk.ABILITIES),
        ("how do I use this bot", SmallTalk.ABILITIES),
        ("What do you know?", SmallTalk.KNOWLEDGE),
        ("which sources do you use?", SmallTalk.KNOWLEDGE),
        ("hi, how many articles do you have?", SmallTalk.KNOWLEDGE),
    ],
)
def test_small_talk(typed: str, kind: SmallTalk) -> None:
    assert small_talk(typed, first=True) is kind
    assert small_talk(typed, first=False) is kind


@pytest.mark.parametrize(
    "question",
    [
        "What can the union do?",
        "What do you know about Roe?",
        "Who thanked the mediator?",
        "Thanks to whom did the strike end?",
        "thanks, and what did Roe say?",
        "hello, when did the strike begin?",
        "Which sources does the report use?",
        "Did the bank offer help?",
        "How does the trial work?",
        "Why?",
        "no, Roe",
        "Is it true?",
        "What is this about?",
        "more",
        "?",
        "Hi-Fi",
        "ok " * 60,
    ],
)
def test_whatever_may_be_a_question_is_one(question: str) -> None:
    assert small_talk(question, first=True) is None
    assert small_talk(question, first=False) is None


@pytest.mark.parametrize("typed", ["how does this work?", "what articles are there?", "what is this?"])
def test_after_a_question_this_may_be_what_was_talked_about(typed: str) -> None:
    assert small_talk(typed, first=True) is not None
    assert small_talk(typed, first=False) is None
