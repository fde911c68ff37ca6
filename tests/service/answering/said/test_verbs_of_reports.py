"""Verbs that report in an ordinary day's news, and where the one who speaks stands by them."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # by verbs that judge
        ("Milo Trask blamed years of neglect.", "Milo Trask", "years of neglect"),
        ("Ines Kowal called the map outdated.", "Ines Kowal", "the map outdated"),
        ("Milo Trask considers the tax unfair.", "Milo Trask", "the tax unfair"),
        ("The Old Fleet, without whom nothing passes, insist on a vote.", "The Old Fleet", "a vote"),
        (
            "Mill owner Ines Kowal, one of the nine, is demanding at least 4m crowns.",
            "Ines Kowal",
            "at least 4m crowns",
        ),
        ("The Port Council had advised a limit of nine boats.", "The Port Council", "a limit of nine boats"),
        ("The official added that the pier was sold.", "The official", "the pier was sold"),
        # beside what they say
        ("It is not enough, in the view of harbour groups.", "harbour groups", "It is not enough"),
        ("The rule stands, as the joint statement puts it.", "the joint statement", "The rule stands"),
        ("As Milo Trask reported, the vault was empty.", "Milo Trask", "the vault was empty"),
        (
            "The lake was full on Monday, explains its keeper Milo Trask.",
            "Milo Trask",
            "The lake was full on Monday",
        ),
        (
            "“Who drew it?” shouted one uncle at the back of the hall, to applause.",
            "one uncle at the back of the hall",
            "Who drew it?",
        ),
        ("Ines Kowal was booed as she insisted the bus was late.", "Ines Kowal", "the bus was late"),
        (
            "Velmar has cut the loan, two brokers close to the bank said on Monday, ahead of a vote.",
            "two brokers close to the bank",
            "Velmar has cut the loan",
        ),
        (
            "A clerk not authorised to speak publicly said it was over.",
            "A clerk not authorised to speak publicly",
            "it was over",
        ),
        (
            "Captains fighting plans for a dam have accused the port of “greed”.",
            "Captains fighting plans for a dam",
            "the port of “greed",
        ),
    ],
)
def test_it_is_theirs(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“It is lost,” Ines Kowal said, and should be sold.", "Ines Kowal", "should be sold"),
        (
            "“We may go,” Milo Trask said, but the boats should stay.",
            "Milo Trask",
            "the boats should stay",
        ),
        ("“No,” complained one member, a wine trader.", "one member, a wine trader", "No"),
        (
            "Another, who has sailed for ten years, said it was cold.",
            "Another, who has sailed for ten years",
            "it was cold",
        ),
        ("VELMAR, May 2 (Pressline) - The loan was cut, the bank said.", "the bank", "The loan was cut"),
        (
            "It is cheap, according to papers drawn up for a meeting on 3 May.",
            "papers drawn up for a meeting on 3 May",
            "It is cheap",
        ),
        ("The growers said it was dry. “We cannot wait,” they write.", "The growers", "We cannot wait"),
    ],
)
def test_what_stands_behind_it_is_theirs_too(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "The port had refused to pay, one of the clerks said, speaking by telephone.",
            "one of the clerks",
            "The port had refused to pay",
        ),
        (
            "One who works there, and who gave no name, told the Post that it was full.",
            "One who works there",
            "it was full",
        ),
        ("During the debate the Harbour Party promised to build it.", "the Harbour Party", "to build it"),
        (
            "Growers in Old Velmar have accused the port of “greed” after clerks advised closing it.",
            "Growers in Old Velmar",
            "the port of “greed” after clerks advised closing it",
        ),
    ],
)
def test_what_stands_around_it_is_no_part_of_it(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


def test_what_the_reporter_tells_behind_it_is_not() -> None:
    for text in ("“No,” Ines Kowal said, and left.", "“No,” Ines Kowal said, and the crowd cheered."):
        assert told(text) == [("Ines Kowal", "No")]


def test_what_one_calls_another_thing_is_theirs_who_calls_it_so() -> None:
    text = "Ines Kowal said the crews had asked for nine boats, a number she called “absurd”."
    assert ("Ines Kowal", "absurd") in told(text)


def test_a_quotation_goes_on_behind_who_said_it() -> None:
    text = "A second clerk was milder. The line could move, he said, “but the pier stays.”"
    assert {("A second clerk", "The line could move"), ("A second clerk", "but the pier stays")} <= {
        *told(text)
    }


@pytest.mark.parametrize(
    "text",
    [
        "The strike began in May when Milo Trask left, saying it was over.",
        "The envoy, who had left Velmar, went home.",
        "The council called the porter early.",
        "As Milo Trask left, the vault was empty.",
    ],
)
def test_nobody_says_it(text: str) -> None:
    assert all(who is None for who, _ in told(text))


def test_what_is_thought_within_a_quotation_is_only_that() -> None:
    text = "“The line is safe, our clerk thinks it is safe, and we go on,” Ines Kowal said."
    found = told(text)
    assert found[0] == ("Ines Kowal", "The line is safe, our clerk thinks it is safe, and we go on")
