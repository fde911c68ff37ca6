"""Ellipsis, corrections and bare question words, over news of many kinds."""

import pytest

from tests.service.saying import standalone, turns

SAID = ("What did Okafor say on Sky News?", "“We will rebuild,” Grace Okafor said on Sky News. [1]")
TOLD = ("what did okafor tell the bbc?", "“We will rebuild,” Grace Okafor told the BBC. [1]")
HELD = ("Was Tom Hallam arrested?", "Yes, Hallam was arrested on Monday in Leeds. [1]")
WAGES = ("What did the union say about wages?", "The union called the offer “an insult”. [1]")
RACE = ("Who won the Malmö marathon?", "Amina Yusuf won the Malmö marathon in 2:24. [1]")
FIRE = ("How many people died in the fire?", "Nine people died in the fire in Porto, police said. [1]")
MET = ("Did Macron meet Merz in Berlin?", "Macron met Merz in Berlin on Tuesday. [1]")
BEGUN = ("When did the Lisbon summit begin?", "The Lisbon summit began on Monday. [1]")
RADIO = ("What did the mediator tell Radio Norway?", "That talks would resume.")
WON = ("Who leads the Harbour Union?", "Ann Lee leads the Harbour Union. [1]")
DEAL = ("Did Fennica buy the Turku shipyard?", "Fennica bought the Turku shipyard for 40 million euros. [1]")


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SAID, "And on NBC?", "What did Okafor say on NBC?"),
        (SAID, "and on Channel 4 News?", "What did Okafor say on Channel 4 News?"),
        (SAID, "And NBC?", "What did Okafor say on NBC?"),
        (SAID, "What about the BBC?", "What did Okafor say on the BBC?"),
        (SAID, "And on Friday?", "What did Okafor say on Sky News on Friday?"),
        (SAID, "What about Lindqvist?", "What did Lindqvist say on Sky News?"),
        (SAID, "And Per Lindqvist?", "What did Per Lindqvist say on Sky News?"),
        (SAID, "What about the budget?", "What did Okafor say on Sky News about the budget?"),
        (TOLD, "and sky news?", "What did okafor tell sky news?"),
        (HELD, "And Dora Finch?", "Was Dora Finch arrested?"),
        (WAGES, "What about pensions?", "What did the union say about pensions?"),
        (WAGES, "And the minister?", "What did the minister say about wages?"),
        (WAGES, "but what did Roe tell the Daily Post?", "What did Roe tell the Daily Post?"),
        (WAGES, "And what did Roe say on tax?", "What did Roe say on tax?"),
        (WAGES, "What did Roe say?", "What did Roe say?"),
        (MET, "And in Paris?", "Did Macron meet Merz in Paris?"),
        (MET, "And on Wednesday?", "Did Macron meet Merz in Berlin on Wednesday?"),
        (MET, "and Starmer?", "Did Starmer meet Merz in Berlin?"),
        (RADIO, "And the Daily Post?", "What did the mediator tell the Daily Post?"),
        (RADIO, "What about the owners?", "What did the owners tell Radio Norway?"),
        (RADIO, "And to Radio Sur?", "What did the mediator tell Radio Sur?"),
        (TOLD, "and to the Daily Ledger?", "What did okafor tell the Daily Ledger?"),
        (SAID, "And the mayor of Bergen?", "What did the mayor of Bergen say on Sky News?"),
        (SAID, "what about the union?", "What did the union say on Sky News?"),
        (DEAL, "And Meyer Werft?", "Did Meyer Werft buy the Turku shipyard?"),
    ],
)
def test_what_is_left_out_is_taken_from_the_question_before(
    said: tuple[str, str], question: str, meant: str
) -> None:
    assert standalone(question, turns(*said)) == meant


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SAID, "Why?", "Why did Okafor say that on Sky News?"),
        (SAID, "When was that?", "When did Okafor say that on Sky News?"),
        (SAID, "to whom?", "To whom did Okafor say that on Sky News?"),
        (TOLD, "why?", "Why did okafor tell the bbc that?"),
        (HELD, "When?", "When was Tom Hallam arrested?"),
        (HELD, "Where exactly?", "Where was Tom Hallam arrested?"),
        (HELD, "Of what crime?", "Of what crime was Tom Hallam arrested?"),
        (HELD, "And by whom?", "By whom was Tom Hallam arrested?"),
        (BEGUN, "Why?", "Why did the Lisbon summit begin?"),
        (BEGUN, "Where?", "Where did the Lisbon summit begin?"),
        (RACE, "When?", "Who won the Malmö marathon, and when?"),
        (FIRE, "And where?", "How many people died in the fire, and where?"),
        (WON, "Since when?", "Who leads the Harbour Union, and since when?"),
        (FIRE, "When was it?", "When was the fire?"),
        (DEAL, "Why?", "Why did Fennica buy the Turku shipyard?"),
        (SAID, "Anything else?", "What else did Okafor say on Sky News?"),
        (RACE, "Who else?", "Who else won the Malmö marathon?"),
    ],
)
def test_a_question_word_alone_asks_for_more_of_the_same(
    said: tuple[str, str], question: str, meant: str
) -> None:
    assert standalone(question, turns(*said)) == meant


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SAID, "no, I meant Lindqvist", "What did Lindqvist say on Sky News?"),
        (SAID, "I meant Lindqvist", "What did Lindqvist say on Sky News?"),
        (SAID, "Sorry, I mean Per Lindqvist.", "What did Per Lindqvist say on Sky News?"),
        (SAID, "No, on the BBC", "What did Okafor say on the BBC?"),
        (SAID, "no, what did Lindqvist say?", "What did Lindqvist say?"),
        (MET, "No, I meant in Paris", "Did Macron meet Merz in Paris?"),
    ],
)
def test_a_correction_is_put_in_place_of_what_was_wrong(
    said: tuple[str, str], question: str, meant: str
) -> None:
    assert standalone(question, turns(*said)) == meant


@pytest.mark.parametrize("said", [SAID, HELD, WAGES, RACE, FIRE, MET])
@pytest.mark.parametrize(
    "question",
    [
        "Which ferries were cancelled in Bergen?",
        "How much did the Turku shipyard cost?",
        "thanks",
        "ok",
        "?",
        "...",
        "no",
        "And?",
        "What about it?",
        "Is it true?",
        "asdf qwer",
        "no, that is not what your article said. It said something else.",
        "wait a second. This is wrong",
        "I meant if there is any point of those elements that would start a fire",
        "Dialog skill",
    ],
)
def test_what_leaves_nothing_out_or_cannot_be_filled_in_stays_as_asked(
    said: tuple[str, str], question: str
) -> None:
    assert standalone(question, turns(*said)) == question


def test_a_day_is_not_added_to_a_question_that_asks_for_one() -> None:
    assert standalone("And on Tuesday?", turns(*BEGUN)) == "And on Tuesday?"


def test_and_before_a_whole_question_goes() -> None:
    assert standalone("And what did Lindqvist do?", turns(*SAID)) == "What did Lindqvist do?"
    assert standalone("And on which day was it?", turns(*BEGUN)) == "On which day was the Lisbon summit?"
    assert standalone("and what did she tell the BBC?", turns(*SAID)) == "What did Okafor tell the BBC?"


def test_a_long_question_says_itself_what_it_is_about() -> None:
    question = "And what did he " + "really " * 60 + "say?"
    assert standalone(question, turns(*HELD)) == question


def test_nothing_is_put_into_what_was_no_question() -> None:
    assert standalone("And on NBC?", turns("Hello there everyone", "Hello.")) == "And on NBC?"
    assert standalone("Why?", turns("ok", "Fine.")) == "Why?"
