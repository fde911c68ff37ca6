"""A few words, typed in a hurry, put where their like is in the question before; and where they have none."""

import pytest

from tests.service.saying import standalone, turns

SHIPS = ("how many barges did the police count on monday", "The police counted 40 barges. [1]")
CREWS = ("how many crews does ormby hold", "Ormby holds 300 men of the other side. [1]")
TARN = ("how many crews does ormby hold", "Ormby holds 300 men of Tarn. [1]")
JOBS = ("how many jobs are at the mill, says hartwell", "Hartwell says 120. [1]")
COST = ("what will the dyke cost, according to the county", "It will cost 3 million. [1]")
PAID = ("what did selby offer on the 4th", "Selby offered 30 pounds. [1]")
DATED = ("What did the bakers ask for on 12 May?", "They asked for flour. [1]")
WANTS = ("what does the guild want", "It wants rest days, a canteen and new boots. [1]")
HEARD = ("what did marsh say about the ferries", "Ida Marsh told Ellis that they were late. [1]")
GIST = ("What is the deal about?", "It is about pay and rest. [1]")
MAYOR = ("What did the mayor say about the ferries?", "That they were late. [1]")
LEADS = ("Who leads the Dockers Union?", "Kit Moss leads the Dockers Union. [1]")


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SHIPS, "and the league", "How many barges did the league count on monday?"),
        (SHIPS, "and the coast guard?", "How many barges did the coast guard count on monday?"),
        (SHIPS, "and the ferries", "and the ferries"),  # they count nothing
        (CREWS, "And Tarn?", "How many crews does Tarn hold?"),
        (CREWS, "Tarn?", "Tarn?"),  # nobody has named it
        (TARN, "Tarn?", "How many crews does Tarn hold?"),
        (CREWS, "Ann Lee?", "How many crews does Ann Lee hold?"),
        (CREWS, "Harbour Union?", "How many crews does Harbour Union hold?"),
        (CREWS, "Tarn", "Tarn"),
        (JOBS, "and the union?", "How many jobs are at the mill, says the union?"),
        (JOBS, "And Roe?", "How many jobs are at the mill, says Roe?"),
        (JOBS, "and the boats?", "and the boats?"),  # nobody's figure
        (COST, "what about the company", "What will the dyke cost, according to the company?"),
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
        (GIST, "just the money part", "just the money part"),  # "about" has its place already
        (HEARD, "no, i meant ellis", "What did ellis say about the ferries?"),
        (HEARD, "no, i meant pensions", "What did marsh say about pensions?"),
        (MAYOR, "no, i meant pensions", "What did the mayor say about pensions?"),
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
        ("are they open, the roads", "Are the roads open?"),
        ("that claim, is it settled?", "Is the claim settled?"),
        ("did it pass, the bill", "Did the bill pass?"),
        ("the minister, what did he want from them", "the minister, what did he want from them"),
        ("did Roe call it off, the same day", "did Roe call it off, the same day"),
        ("the ferries, when does it sail", "the ferries, when does it sail"),
    ],
)
def test_what_is_set_apart_is_put_in_place_of_its_pronoun(question: str, meant: str) -> None:
    assert standalone(question, turns("is there news", "There is. [1]")) == meant


@pytest.mark.parametrize(
    "question",
    [
        "who told him, the mayor?",
        "who opposed it, the council?",
        "who signed it, the mayor or the governor?",
        "what caused it, the storm?",
        "was it signed, the pact or the lease?",
        "why did he sign it, the fool?",
        "did he sign it, the fool?",
        "did Roe sign it, the fool?",
    ],
)
def test_a_guess_and_a_name_that_is_called_are_put_nowhere(question: str) -> None:
    assert standalone(question, turns("is there news", "There is. [1]")) == question


@pytest.mark.parametrize(
    "question",
    [
        "that aside, will it hold?",
        "that being said, did it pass?",
        "that agreed, is it settled?",
        "this monday, was it signed?",
        "these days, do they back him?",
        "these last few weeks, do they back him?",
        "this summer, is it open?",
        "the 8th of May, was it signed?",
        "the day before, was it signed?",
    ],
)
def test_what_is_said_before_a_question_of_when_and_how_is_no_thing(question: str) -> None:
    assert standalone(question, turns("is there news", "There is. [1]")) == question


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Timeline",
            "Update",
            "Overview",
            "Summary",
            "Background",
            "Parties",
            "Tldr",
            "TLDR",
            "Latest",
            "News",
        ),
        *("Pensions", "Ceasefire", "Sources", "Casualties", "Outcome", "Latest News", "Union Demands"),
    ],
)
def test_a_word_with_a_capital_is_no_name_for_that(word: str) -> None:
    for question in ("What did Roe say about the banks?", "When did Roe meet Putin?"):
        assert standalone(f"{word}?", turns(question, "On Monday. [1]")) == f"{word}?"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What does Trump want, according to the Mercury?", "What does Doe want, according to the Mercury?"),
        ("What does Trump want, according to Bloomberg?", "What does Doe want, according to Bloomberg?"),
        ("What does Trump want, according to the mayor?", "and Doe?"),  # whose place it takes isn't plain
        ("What will the dyke cost, according to Reuters?", "and Doe?"),
        ("what will the dyke cost according to plan", "and Doe?"),
        ("Is it true what Roe says about pensions?", "Is it true what Doe says about pensions?"),
        ("Why is the port shut, as Roe says it is?", "Why is the port shut, as Doe says it is?"),
        ("Was it signed, according to Roe?", "Was it signed, according to Doe?"),
    ],
)
def test_a_name_stands_for_whoever_tells_only_where_nobody_else_is_asked_about(
    asked: str, meant: str
) -> None:
    assert standalone("and Doe?", turns(asked, "Little. [1]")) == meant


@pytest.mark.parametrize(
    ("asked", "question", "meant"),
    [
        ("What did the 5th Army do on Monday?", "and on the 8th?", "What did the 5th Army do on the 8th?"),
        ("Who led the 14th round on Monday?", "and on Tuesday?", "Who led the 14th round on Tuesday?"),
        (
            "What did Roe do on her 60th birthday?",
            "and in May?",
            "What did Roe do on her 60th birthday in May?",
        ),
        ("What did the 7th District do?", "and on Tuesday?", "What did the 7th District do on Tuesday?"),
        ("What did Roe do in the first 10 March days?", "and on Tuesday?", "and on Tuesday?"),
        ("What was in the 12 May deal?", "and on Tuesday?", "and on Tuesday?"),
        ("What did Roe offer on the 4th floor?", "and on the 8th?", "and on the 8th?"),
        ("What did Roe say at Monday's meeting?", "and on Friday?", "and on Friday?"),
        ("Did the strike on Monday close it?", "and on Friday?", "Did the strike on Friday close it?"),
        ("What did Roe say on Monday, 3 May 2024?", "and on Tuesday?", "What did Roe say on Tuesday?"),
        ("What did Roe say on Monday, 3 May 2024?", "and 2023?", "What did Roe say in 2023?"),
        ("What did Roe say on the 3rd of May 2024?", "and yesterday?", "What did Roe say yesterday?"),
        ("What has Roe said since Monday?", "and Tuesday?", "What has Roe said since Tuesday?"),
    ],
)
def test_a_day_stands_for_a_day_and_all_of_it(asked: str, question: str, meant: str) -> None:
    assert standalone(question, turns(asked, "Little. [1]")) == meant
