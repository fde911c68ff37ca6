"""Whom a pronoun means, and when it can't be told."""

import pytest

from tests.service.saying import standalone, turns

SAID = ("What did Okafor say on Sky News?", "“We will rebuild,” Grace Okafor said on Sky News. [1]")
HELD = ("Was Tom Hallam arrested?", "Yes, Hallam was arrested on Monday in Leeds. [1]")
RACE = ("Who won the Malmö marathon?", "Amina Yusuf won the Malmö marathon in 2:24. [1]")
MET = ("Did Macron meet Merz in Berlin?", "Emmanuel Macron met Friedrich Merz in Berlin on Tuesday. [1]")
UNION = ("What did the union say about wages?", "The union called the offer “an insult”. [1]")
SUMMIT = ("When did the Lisbon summit begin?", "The Lisbon summit began on Monday. [1]")
FIRE = ("How many people died in the fire?", "Nine people died in the fire in Porto, police said. [1]")


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SAID, "What is her plan?", "What is Okafor's plan?"),
        (SAID, "Who is she?", "Who is Okafor?"),
        (SAID, "Did the minister thank her?", "Did the minister thank Okafor?"),
        (SAID, "Did Lindqvist answer her?", "Did Lindqvist answer Okafor?"),
        (HELD, "Where does he live?", "Where does Tom Hallam live?"),
        (HELD, "Did his wife know?", "Did Tom Hallam's wife know?"),
        (HELD, "Why did he say he was innocent?", "Why did Tom Hallam say he was innocent?"),
        (RACE, "How old is she?", "How old is Amina Yusuf?"),
        (RACE, "What did her coach say?", "What did Amina Yusuf's coach say?"),
        (MET, "What did he say?", "What did Macron say?"),
        (UNION, "What did they demand?", "What did the union demand?"),
        (UNION, "Did it call a strike?", "Did the union call a strike?"),
        (UNION, "was it dissolved?", "Was the union dissolved?"),
        (
            ("Why did the owners leave?", "The owners left over a debt."),
            "Where are they?",
            "Where are the owners?",
        ),
        (
            ("Did the White House reply?", "It did not."),
            "What did they want?",
            "What did the White House want?",
        ),
        (("What is his name?", "Xu Wen."), "How old is he?", "How old is Xu Wen?"),
        (("What did Mrs Larsen sell?", "Mrs Larsen sold a mill."), "Is she rich?", "Is Mrs Larsen rich?"),
    ],
)
def test_a_pronoun_is_the_one_it_can_mean(said: tuple[str, str], question: str, meant: str) -> None:
    assert standalone(question, turns(*said)) == meant


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (SAID, "What did he reply?"),  # Grace is a woman's name
        (HELD, "What did she say?"),
        (MET, "What did she say?"),
        (HELD, "Did Lindqvist sell his house?"),  # his own
        (HELD, "What awards has the actor received for his films?"),
        (SAID, "What did they say?"),
        (UNION, "was it enough?"),  # what was told
        (FIRE, "What did he say?"),
        (("Who was her husband?", "Arsene Taylor,"), "Where did she live?"),  # whoever was meant before
        (("Where is he from?", "North Carolina"), "Did he vote for it?"),
        (("What show was he in?", "Breaking Bad"), "What was his business?"),
        (("Who met?", "Ann Lee met Amy Fox."), "Is it true that there are talks?"),
        (("Does the album have a title?", "no"), "What was her previous song?"),
        (
            ("What did Brightwater Logistics offer?", "They offered shares."),
            "Why did he quit?",
        ),
        (("What did Brightwater offer?", "Brightwater raised its bonus twice."), "Why did he quit?"),
    ],
)
def test_where_nobody_or_anybody_fits_it_stays_as_asked(said: tuple[str, str], question: str) -> None:
    assert standalone(question, turns(*said)) == question


def test_of_two_people_the_one_of_that_sex() -> None:
    said = turns("Who spoke?", "Carla Mendes and then Pieter Vos spoke.")
    assert standalone("What did she say?", said) == "What did Carla Mendes say?"


def test_of_two_unknown_people_neither() -> None:
    said = turns("Which envoys spoke?", "Chen Wei and Dara Sok spoke at noon.", "Where?", "In Geneva.")
    assert standalone("Did he or she sign?", said) == "Did he or she sign?"
    assert standalone("What did he say?", said) == "What did he say?"
    assert standalone("What did he say?", said[:2]) == "What did he say?"


def test_of_the_one_in_a_sentence_before_it() -> None:
    question = "Your article said something else. It said that she left?"
    assert standalone(question, turns(*SAID)) == question
    assert standalone("Thanks. What did she want?", turns(*SAID)) == "What did Okafor want?"


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (SUMMIT, "How long did it last?", "How long did the Lisbon summit last?"),
        (SUMMIT, "Where was it held?", "Where was the Lisbon summit held?"),
    ],
)
def test_it_is_the_one_event_that_was_named(said: tuple[str, str], question: str, meant: str) -> None:
    assert standalone(question, turns(*said)) == meant


def test_a_verb_agrees_with_the_one_body_put_in_for_they() -> None:
    said = turns("Where is the Harbour Court?", "It is in Bergen.")
    assert standalone("Do they sit on Mondays?", said) == "Does the Harbour Court sit on Mondays?"


def test_it_is_no_event_of_which_a_word_only_tells_the_kind() -> None:
    for told in (
        "Roe sent the islands a protest note.",
        "The strike fund is full.",
        "The summit hall is old.",
    ):
        assert standalone("What was in it?", turns("What happened?", told)) == "What was in it?"
    assert (
        standalone("When was it?", turns("What happened?", "The protest ended.")) == "When was the protest?"
    )


def test_her_own_paper_is_no_town_s() -> None:
    said = turns("what did ormby put up", "Ormby put up a dyke.")
    assert standalone("what does lund say about her paper", said) == "what does lund say about her paper"


def test_no_one_merely_named_where_another_is_of_that_sex_for_certain() -> None:
    said = ("What did Ms Brook ask for?", "Ms Brook asked for rest.", "What is the Bureau?")
    led = turns(*said, "It is a watchdog led by Paavo Ono.")
    assert standalone("What did she want then?", led) == "What did she want then?"
    mary = turns(*said, "It is a watchdog led by Mary Ono.")
    assert standalone("What did she want?", mary) == "What did Mary Ono want?"


def test_a_league_is_they() -> None:
    said = turns("what did the league demand", "It demanded fifteen cents.")
    assert standalone("how many members do they have", said) == "How many members does the league have?"
