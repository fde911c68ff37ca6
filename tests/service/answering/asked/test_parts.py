"""Parts of a question, read by themselves."""

from service.answering.asked.kinds import Wanted
from service.answering.asked.parts import asks_for_outlets, completed
from service.answering.asked.question import read_question


def test_a_part_takes_its_noun_from_another() -> None:
    whole = "Which channels did Doe speak on, and which did Roe speak on?"
    part = completed("which did Roe speak on", whole)
    assert part.text == "which channels did Roe speak on"
    assert part.kind is Wanted.OUTLET


def test_outlets_alone_are_asked_for() -> None:
    assert asks_for_outlets(read_question("Which channels did Doe speak on, and which did Roe speak on?"))
    assert not asks_for_outlets(read_question("On which channel did Doe speak about the dam?"))
    assert not asks_for_outlets(read_question("Which towns did Doe visit?"))


def test_a_question_word_alone_is_a_part() -> None:
    question = read_question("Where and on what day did they meet, and for how long?")
    assert len(question.parts) == 3
