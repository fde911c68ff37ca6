"""Which questions say all that they ask."""

import pytest

from service.conversation.whole import leans, points, whole


@pytest.mark.parametrize(
    "question",
    [
        "What is UNESCO?",
        "what's the IMF",
        "Who is Grace Okafor?",
        "who runs the harbour authority",
        "Which shipyard said that it had shut its second dock?",
        "Which guild said its members would strike?",
        "Define arbitration.",
        "How many nurses are on strike?",
        "And what is the Hague Convention?",
        "Did Okafor sign her letter?",
        "Why did the nurses' union say it would leave?",
        "Who said that the offer was fair?",
        "Which of those who voted is from Oslo?",
        "Was Okafor's proposal accepted?",
        "Okafor's deputy said what?",
        "On Friday, what did Okafor ask for?",
        "what do we know about the ballot count",
        "Who did Okafor talk to?",
        "Where was Roe taken to?",
        "how many did the Titanic carry?",
        "Did Roe get the pension she was entitled to?",
        "Whose house did Roe move to?",
        "How many countries did Okafor fly to?",
        "Did Okafor say where she is travelling to?",
        "How many barges did Roe get?",
    ],
)
def test_whole(question: str) -> None:
    assert whole(question)
    assert not leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why?",
        "Since when?",
        "How many?",
        "which port?",
        "And on NBC?",
        "What about UNESCO?",
        "What did she say?",
        "Did Okafor sign it?",
        "Did Okafor agree?",
        "What did Okafor say to that?",
        "Who attended that summit?",
        "Why was that?",
        "Who lives there?",
        "What did the other side want?",
        "Which one won?",
        "What happened then?",
        "What do we know about it?",
        "What do we know?",
        "What was the reason?",
        "Can I get it too?",
        "Who asked Roe to?",
        "Who told the crew to?",
        "Why did Okafor refuse to?",
        "How many did Roe get?",
        "How many did Roe win in 2019?",
        "Dialog skill",
    ],
)
def test_leaning(question: str) -> None:
    assert leans(question)
    assert not whole(question)


def test_of_one_thing_that_may_be_known_already_it_cannot_be_told() -> None:
    assert not whole("On which day did the crew leave?")
    assert not leans("On which day did the crew leave?")


def test_what_points_back_is_more_than_what_names_nothing() -> None:
    assert points("What did she say about the ship?")
    assert not points("What was the reason for the result?")
