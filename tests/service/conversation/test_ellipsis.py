"""A few words, typed in a hurry, put where their like is in the question before; and where they have none."""

import pytest

from tests.service.saying import standalone, turns

SHIPS = ("how many barges did the police count on monday", "The police counted 40 barges. [1]")
CREWS = ("how many crews does ormby hold", "Ormby holds 300 men of the other side. [1]")
JOBS = ("how many jobs are at the mill says hartwell", "Hartwell says 120. [1]")
COST = ("what will the dyke cost according to the county", "It will cost 3 million. [1]")
PAID = ("what did selby offer on the 4th", "Selby offered 30 pounds. [1]")
DATED = ("What did the bakers ask for on 12 May?", "They asked for flour. [1]")
WANTS = ("what does the guild want", "It wants rest days, a canteen and new boots. [1]")
HEARD = ("what did marsh say about the ferries", "Ida Marsh said that they were late. [1]")
LEADS = ("Who leads the Dockers Union?", "Kit Moss leads the Dockers Union. [1]")


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SHIPS, "and the league", "How many barges did the league count on monday?"),
        (SHIPS, "and the coast guard?", "How many barges did the coast guard count on monday?"),
        (SHIPS, "and the ferries", "and the ferries"),  # they count nothing
        (CREWS, "And Tarn?", "How many crews does Tarn hold?"),
        (CREWS, "Tarn?", "How many crews does Tarn hold?"),
        (CREWS, "Tarn", "Tarn"),
        (JOBS, "and the union?", "How many jobs are at the mill says the union?"),
        (JOBS, "And Roe?", "How many jobs are at the mill says Roe?"),
        (JOBS, "and the boats?", "and the boats?"),  # nobody's figure
        (COST, "what about the company", "What will the dyke cost according to the company?"),
        (LEADS, "And Ann Lee?", "And Ann Lee?"),  # no person stands for a union
        (PAID, "and on the 8th?", "What did selby offer on the 8th?"),
        (PAID, "and in may?", "What did selby offer in may?"),
        (DATED, "and on 14 May?", "What did the bakers ask for on 14 May?"),
        (DATED, "and on May 20?", "What did the bakers ask for on May 20?"),
        (WANTS, "just the canteen part", "What does the guild want about the canteen?"),
        (WANTS, "the boots bit", "What does the guild want about the boots?"),
        (WANTS, "only the new boots side", "What does the guild want about the new boots?"),
        (WANTS, "just the boots", "just the boots"),
        (SHIPS, "just the barges part", "just the barges part"),  # a number has no parts
        (HEARD, "no, i meant ellis", "What did ellis say about the ferries?"),
        (HEARD, "no, the trains", "What did marsh say about the trains?"),
    ],
)
def test_put_where_its_like_is(said: tuple[str, str], question: str, meant: str) -> None:
    assert standalone(question, turns(*said)) == meant


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (("How many ships has Norr diverted?", "Ten."), "where to?", "To where has Norr diverted the ships?"),
        (("How many seats did Ann Lee win?", "Six."), "why?", "Why did Ann Lee win so many seats?"),
        (("how much did the guild pay", "30."), "when?", "When did the guild pay that?"),
        (("How many people are on strike?", "90."), "since when?", "Since when are the people on strike?"),
        (("What did Roe do on Monday?", "Roe closed it."), "how come", "Why did Roe do that on Monday?"),
        (("Did Roe meet Lee?", "Roe met Lee."), "how come?", "Why did Roe meet Lee?"),
        (("Did Roe meet Lee?", "Roe did not come."), "how come?", "how come?"),  # they didn't
        (("Did the court accept the bid?", "It rejected it."), "why?", "why?"),
        (("Did the court accept the bid?", "It did."), "why?", "Why did the court accept the bid?"),
        (
            ("Did the court reject the bid?", "The court rejected it, because it was not signed."),
            "why?",
            "Why did the court reject the bid?",
        ),
        (("What did the court decide?", "It closed the road."), "then what", "then what"),
        (("What did the court decide?", "It closed the road."), "who?", "who?"),
        (("Was anybody hurt?", "A man was hurt."), "who?", "Was anybody hurt, and who?"),
        (("What did Roe say?", "Little."), "anyone else?", "anyone else?"),
        (("Who spoke?", "Roe spoke at noon."), "anyone else?", "Who else spoke?"),
        (("how many seats did Ann Lee want", "Six."), "how many did Roe get?", "How many seats did Roe get?"),
        (("how many came", "Six."), "how many did Roe get?", "how many did Roe get?"),
        (
            ("How many seats did Lee win?", "Six."),
            "how many did the flood kill?",
            "how many did the flood kill?",
        ),
        (("How many seats did Lee win?", "Six."), "how many have died?", "how many have died?"),
        (("How many ships did Lee hire?", "Six."), "how many will vote?", "how many will vote?"),
        (("How many ships did he hire?", "Six."), "how many did they hire?", "How many ships did they hire?"),
    ],
)
def test_another_question_word(said: tuple[str, str], question: str, meant: str) -> None:
    assert standalone(question, turns(*said)) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("and the people in the hills, do they back him", "Do the people in the hills back him?"),
        ("the ferry, when does it sail", "When does the ferry sail?"),
        ("what was in it, the letter", "What was in the letter?"),
        ("that claim, is it settled?", "Is the claim settled?"),
        ("did they sign it, the owners", "Did the owners sign it?"),
        ("the minister, what did he want from them", "the minister, what did he want from them"),
        ("did Roe call it off, the same day", "did Roe call it off, the same day"),
        ("the ferries, when does it sail", "the ferries, when does it sail"),
    ],
)
def test_what_is_set_apart_is_put_in_place_of_its_pronoun(question: str, meant: str) -> None:
    assert standalone(question, turns("is there news", "There is. [1]")) == meant
