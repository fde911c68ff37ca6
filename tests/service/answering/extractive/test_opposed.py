"""What an article has another say of a figure, a claim, a reason; beside each what only looks so."""

import pytest

from service.answering.extractive.opposed import (
    another_account,
    another_figure,
    another_toll,
    are_at_odds,
    is_denied,
    taken_back,
)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("The ferry line says 320 sailors work for it.", "The seafarers' league says it is 410."),
        (
            "Some 900 people marched to the weir, police said.",
            "Organisers, who had come by bus, said there were 2,000.",
        ),
        (
            "The state holds 75 fishermen, their families say.",
            "The harbour ministry in Tolde puts the number at 51.",
        ),
        (
            "Repairs would cost 30 million crowns, the owner told the court.",
            "The city's engineers put the bill at 44 million.",
        ),
        ("The fire destroyed 60 homes, the mayor said.", "But the insurers' own count is 38."),
        ("The raid left 14 wounded, according to the army.", "The clinic there says twenty."),
        (
            "On 31 days the limit was broken, the council says.",
            "The smelter speaks of 12, because it leaves out Sundays.",
        ),
        ("The ministry raised its count of the missing from 40 to 52.", "The Red Lantern counted 70."),
    ],
)
def test_another_figure_of_the_same(before: str, behind: str) -> None:
    assert another_figure(before, behind)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Police arrested 40 people.", "The mayor said 12 of them were students."),
        ("Police arrested 40 people.", "The mayor said 12 shops were looted."),
        ("The dockers want 9 per cent.", "The port says it is 4 per cent."),
        ("The cooks asked for 12 free days.", "The hotel says it is 8."),
        ("The league says 320 sailors are idle.", "The league says it is 410."),
        ("The league said 320 sailors were idle.", "It says it is 410."),
        ("The league said 320 sailors were idle.", "The ministry now says it is 410."),
        ("The league said 320 sailors were idle.", "By Friday the ministry said it was 410."),
        ("The ferry line says 320 sailors work for it.", "The league also said it was 300."),
        ("The mill employs about 400.", "The owner says it is 390."),
        ("More than 400 came.", "Police said there were 450."),
        ("The plant has 3,412 workers.", "The union says it is 3,400."),
        ("The talks began with 30 delegates.", "Roe said it would cost 40 million."),
        ("The ferry line says 320 sailors work for it.", "The league says that it is tired."),
        ("The post rotates after two years, Roe said.", "Doe's people say three years is the earliest."),
        ("The deal runs for three years.", "The union says it is four years too long."),
        ("The line was cut after the owner said it was 40.", "Because the owner said it was 50."),
    ],
)
def test_no_other_figure(before: str, behind: str) -> None:
    assert not another_figure(before, behind)


def test_of_several_figures_the_one_that_answers() -> None:
    before, behind = "The storm killed 12 and hurt 80, the mayor said.", "The hospital says nine."
    assert not another_figure(before, behind)
    assert another_figure(before, behind, span="killed 12")
    assert not another_figure(before, behind, span="at the mayor's")


def test_the_dead_are_told_by_themselves() -> None:
    before = "Eleven miners were killed at Orsa, the union said."
    assert another_toll(before, "In a note on Friday the company put the dead at eight.")
    assert not another_toll(before, "On Sunday the union put the dead at eight.")
    assert not another_toll(before, "The company put the damage at eight million.")
    assert not another_toll(before, "The company later put the dead at thirteen.")
    assert not another_toll("Eleven miners went on strike.", "The company put the dead at eight.")


@pytest.mark.parametrize(
    ("before", "behind", "denied"),
    [
        ("Two aides said the minister had met the rebels.", "Ruud Aalbers denied it.", True),
        ("A driver said the brakes had failed.", "The bus company says otherwise.", True),
        (
            "Roe claims that Doe threatened her.",
            "Mr Doe's office says that no such meeting took place.",
            True,
        ),
        ("A clerk said the letter was burnt.", "The ministry called the report nonsense.", True),
        ("The clerks asked for a day off.", "The ministry denied the request.", False),
        ("Roe said the bridge was safe.", "Roe denied it.", False),
        ("Two aides said the minister had met the rebels.", "He denied it.", False),
        ("Two aides said the minister had met the rebels.", "Falk neither confirmed nor denied it.", False),
        (
            "A driver said the brakes had failed.",
            "The bus company denied it a year ago in another case.",
            False,
        ),
    ],
)
def test_what_is_denied(before: str, behind: str, denied: bool) -> None:
    assert is_denied(before, behind) is denied


@pytest.mark.parametrize(
    ("before", "behind", "taken"),
    [
        ("Halden has said that there was no leak.", "Halden now says that the pipe was cracked.", True),
        ("The port had denied that a ship was there.", "The port later admitted that two were.", True),
        ("The bank first said it knew of nothing.", "The bank has since confirmed the loan.", True),
        ("Halden has said that there was no leak.", "The council now says that the pipe was cracked.", False),
        ("Halden has said that there was no leak.", "Halden says that the pipe is new.", False),
        ("Halden sold its pipes.", "Halden now says that the pipe was cracked.", False),
        ("Roe had said he would sign.", "Roe has since said he likes tea.", False),
        ("Roe had said he would sign.", "Roe has since said he would rather fish.", False),
        ("Roe had said he would sign.", "Roe has since said he won't sign.", True),
        ("Roe had said the pipe was new.", "Roe now admits that the pipe was old.", True),
    ],
)
def test_who_takes_it_back(before: str, behind: str, taken: bool) -> None:
    assert taken_back(before, behind) is taken


@pytest.mark.parametrize(
    ("before", "behind", "other"),
    [
        ("The army says that three of the pilots refused to fly.", "The rebels say they were too ill.", True),
        ("By the owner's account the boiler burst.", "By the crew's account it was left open.", True),
        ("The mill says the gate was jammed.", "The union says it was locked.", True),
        ("The mill says the gate was jammed.", "The mill says it was old.", False),
        ("The mill says the gate was jammed.", "The union says it will strike.", False),
        ("The mill says the gate was jammed.", "The union says it was not consulted.", False),
        ("The mill says the gate was jammed.", "The union agrees and says it was jammed.", False),
        ("The gate was jammed.", "The union says it was locked.", False),
    ],
)
def test_another_account_of_the_same(before: str, behind: str, other: bool) -> None:
    assert another_account(before, behind) is other


def test_that_accounts_differ_is_told() -> None:
    assert are_at_odds("The two sides cannot agree on what happened.")
    assert are_at_odds("Witnesses gave conflicting accounts of it.")
    assert are_at_odds("They disagree about who began.")
    assert not are_at_odds("Both sides agree that the road was icy.")
    assert not are_at_odds("The sides met in the old mill.")
