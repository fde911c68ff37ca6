"""What a question means after what has been said, and what is searched for beside it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.conversation.understand import LONGEST, TurnText, understand
from tests.service.saying import standalone, turns

ASKED = "What did the mediator tell Radio Norway?"
TOLD = "The mediator told Radio Norway that talks would resume. [1]"


def test_a_question_without_turns_stays_as_it_is() -> None:
    for question in ("And on NBC?", " what did he say ", "What did Roe want?"):
        assert understand(question, []).standalone == question
        assert understand(question, []).context is None


def test_turns_of_nothing_but_markers_and_space_are_no_turns() -> None:
    assert understand("Why?", turns(" [1] ", "")).context is None


def test_short_history_counts_in_full_beside_a_question_that_leans_on_it() -> None:
    context = understand("And why?", turns(ASKED, TOLD)).context
    assert context is not None
    assert context.weight == 1.0
    assert context.text == f"{ASKED} The mediator told Radio Norway that talks would resume."


def test_history_counts_half_beside_a_question_that_may_or_may_not_lean_on_it() -> None:
    understood = understand("On which day did the crew leave?", turns(ASKED, TOLD))
    assert understood.standalone == understood.searched == "On which day did the crew leave?"
    assert understood.context is not None
    assert understood.context.weight == 0.5


WHOLE = (
    "Which routes across the northern fjord has the ferry strike stopped since Tuesday?",
    "What is UNESCO?",
    "who is grace okafor",
    "And what is the Hague Convention?",
    "Define arbitration.",
    "Did Okafor sign her letter?",
    "Hello! Quick question: what is UNESCO? thanks",
)


@pytest.mark.parametrize("question", WHOLE)
def test_nothing_said_before_reaches_a_whole_question(question: str) -> None:
    alone = understand(question, [])
    assert alone.context is None
    for said in (turns(ASKED, TOLD), turns("Who won?", "Amina Bello.", "When?", "In May.")):
        assert understand(question, said) == alone


def test_of_somebody_new_nothing_is_put_before_a_question() -> None:
    said = turns("On which day was the lease paid?", "The lease was paid on Monday. [1]")
    assert understand("Did the welders object?", said).standalone == "Did the welders object?"
    said = turns("What were the welders offered?", "The welders were offered shares. [1]")
    assert "offered shares" in understand("Did the welders object?", said).standalone


def test_of_long_history_the_last_exchange_counts_half_and_is_cut() -> None:
    long_answer = "The owners refused " + "again and again " * 100 + "at last. A second sentence."
    context = understand("Why?", turns("Who refused?", "Nobody.", "And then?", long_answer)).context
    assert context is not None
    assert context.weight == 0.5
    assert context.text.startswith("And then? The owners refused")
    assert len(context.text.split()) <= 30
    assert "second sentence" not in context.text


def test_two_exchanges_are_searched_for_where_they_are_short() -> None:
    context = understand("Where?", turns("Who won?", "Amina Bello.", "When?", "In May.")).context
    assert context is not None
    assert context.text == "Who won? Amina Bello. When? In May."


def test_a_question_that_still_leans_is_shown_with_what_it_leans_on() -> None:
    said = turns("Was he injured in the derby?", "In the knee.")
    understood = understand("What did they say then?", said)
    assert understood.standalone == "Was he injured in the derby – In the knee – What did they say then?"
    assert understood.searched == "What did they say then?"
    assert understand("What did they say then?", turns("Was he injured?", "Yes.")).standalone == (
        "Was he injured – What did they say then?"
    )


def test_a_short_follow_up_is_shown_without_its_and_behind_what_was_asked() -> None:
    said = turns("How many came?", "Six.")
    assert understand("And who disagreed?", said).standalone == "How many came – Six – who disagreed?"


def test_after_a_long_answer_what_was_asked_is_only_what_a_question_is_read_in() -> None:
    said = turns("Was he injured in the derby?", "He was, and " + "so on " * 20)
    understood = understand("What did they say then?", said)
    assert understood.standalone == "Was he injured in the derby: What did they say then?"


def test_a_question_made_whole_is_asked_alone() -> None:
    understood = understand("And what did he tell the Daily Post?", turns(ASKED, TOLD))
    assert understood.standalone == understood.searched == "What did the mediator tell the Daily Post?"
    assert understood.context is None


def test_small_talk_is_nothing_to_go_on_with() -> None:
    said = turns(ASKED, TOLD, "Thanks!", "You’re welcome. For example: “What did Ann Lee say?”")
    assert understand("And on NBC?", said) == understand("And on NBC?", turns(ASKED, TOLD))
    assert understand("What did they say then?", said) == understand(
        "What did they say then?", turns(ASKED, TOLD)
    )


def test_what_stood_around_a_question_before_is_not_gone_on_with() -> None:
    said = turns(f"Hi all, quick question - {ASKED} cc @roe", TOLD)
    assert understand("Why?", said).standalone == understand("Why?", turns(ASKED, TOLD)).standalone


def test_several_turns_deep() -> None:
    said = turns(
        "What did Okafor say on Sky News?",
        "“We will rebuild,” Okafor said on Sky News. [1]",
        "And on NBC?",
        "“It will cost us,” Okafor said on NBC. [1]",
        "no, I meant Lindqvist",
        "“Nothing is decided,” Lindqvist said on NBC. [1]",
    )
    assert standalone("why?", said) == "Why did Lindqvist say that on NBC?"
    assert standalone("And on Friday?", said) == "What did Lindqvist say on NBC on Friday?"
    assert standalone("What else did he say?", said) == "What else did Lindqvist say?"


def test_an_answer_before_any_question_is_no_exchange() -> None:
    assert standalone("Why?", [TurnText("assistant", "Welcome.")]) == "Why?"


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "What did Jane Roe say on NBC ? And the other one he his her they it there that summit in Oslo no , I"
        " meant Roe not why when was else about Friday the White House [1] “ ” ' . and tell",
    )
)
TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))


@settings(max_examples=100, deadline=None)
@given(TEXT, st.lists(st.builds(TurnText, st.sampled_from(["user", "assistant"]), TEXT), max_size=9))
def test_anything_may_be_said(question: str, said: list[TurnText]) -> None:
    understood = understand(question, said)
    assert len(understood.standalone) <= LONGEST
    assert understood.searched == understood.standalone or understood.context is not None
    assert understood == understand(question, said)


@settings(max_examples=100, deadline=None)
@given(TEXT, st.lists(st.builds(TurnText, st.sampled_from(["user", "assistant"]), TEXT), max_size=9))
def test_no_name_is_put_in_that_nobody_said(question: str, said: list[TurnText]) -> None:
    known = " ".join([question, *(turn.text for turn in said)]).lower()
    ours = {"why", "when", "where", "how", "what", "who", "else", "that", "did", "and", "about", "on", "in"}
    ours |= {"does", "is", "was", "has", "the", "from"}
    for word in standalone(question, said).lower().split():
        bare = word.strip("?,.!'’").removesuffix("'s").removesuffix("’s")
        assert bare in known or bare in ours


@pytest.mark.slow
@pytest.mark.parametrize("word", ["Aa and ", "the Aa of Bb ", "she ", "did Aa say on NBC ", "in Oslo ", "“"])
def test_long_turns_are_read(word: str) -> None:
    """A pattern that blows up on one of these would keep the suite from ending."""
    said = turns(*[word * 600] * 20)
    assert understand((word * 100)[:1999], said).standalone
    assert understand("what did she say there?", said).standalone


def test_a_result_that_would_be_too_long_is_not_used() -> None:
    question = "What did the mediator say about " + "very " * 391 + "long?"
    assert len(question) < LONGEST
    assert standalone("And on Friday?", turns(question)) == "And on Friday?"
    assert standalone("And on Friday?", turns(question.replace("very ", "", 9))).endswith("on Friday?")


@pytest.mark.parametrize("question", ["more details", "is that settled", "any other conditions"])
def test_what_would_be_broad_alone_goes_on_from_what_was_said(question: str) -> None:
    found = understand(question, turns(ASKED, TOLD))
    assert found.standalone.startswith(ASKED.rstrip("?"))
    assert found.standalone.endswith(question)
    assert understand(question, []).standalone == question
