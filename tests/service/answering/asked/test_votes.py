from time import process_time

import pytest

from service.answering.asked import counts_votes, votes_asked


@pytest.mark.parametrize(
    "text",
    [
        "The senate passed the bill by 51 votes to 38.",
        "Nine of the twelve directors backed the merger.",
        "Turnout was high: 204 for the contract, 77 against.",
        "The crew voted 19 to four to sail.",
        "The panel was unanimous.",
        "Six members of the Harbour List abstained.",
        "Some 61 per cent were in favour.",
        "The council approved the harbour plan 9-4.",
        "The vote to strike was 812 to 88.",
        "Of 900 members, 812 said yes.",
        "The house passed the grain bill 141-88 on Monday.",
        "The plan was backed by the board, nine to four.",
        "The plan passed in a 9-4 vote.",
        "It was adopted by a vote of twenty-nine to four.",
        "The motion was carried, 1,163 to 141, and the house rose.",
        "Nine stayed away.",
        "It fell by a majority of 12.",
        "The motion was lost by one vote.",
    ],
)
def test_what_counts_votes(text: str) -> None:
    assert counts_votes(text)


@pytest.mark.parametrize(
    "text",
    [
        "The 9,000 members vote until 4 June on a rise of 3.2 per cent.",
        "The directors will vote on the merger on Monday.",
        "The fund has 40 nurses for the new ward.",
        "The treasurer was outvoted by her board.",
        "The crew voted against the contract.",
        "The members, aged 18-25 years, will vote in two to three weeks.",
        "The council will vote on a toll that rises from 3 to 5 in May.",
        "The board will vote on the budget of 2031-32.",
        "The ballot is open from 9:30-10:30.",
    ],
)
def test_what_tells_of_a_vote_and_counts_none(text: str) -> None:
    assert not counts_votes(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "how many nurses voted for the contract",
            "The nurses' ballot is in: 204 for the contract, 77 against.",
        ),
        ("How many senators voted against the bill?", "Senators passed the bill by 51 votes to 38."),
        (
            "how many of the sailors have voted for the deal",
            "19 sailors voted for the deal, and four didn't.",
        ),
    ],
)
def test_the_votes_of_those_asked_about_on_what_is_asked(question: str, text: str) -> None:
    vote = votes_asked(question)
    assert vote is not None
    assert vote.is_on_it(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how many nurses voted for the contract", "The board backed the contract by nine votes to two."),
        (
            "how many nurses voted for the contract",
            "The board backed the contract by nine votes to two, and the nurses will be asked in May.",
        ),
        ("How many senators voted against the bill?", "Senators passed the treaty by 51 votes to 38."),
        ("how many nurses voted", "The nurses' ballot is in: 204 for the contract, 77 against."),
    ],
)
def test_others_votes_or_on_something_else(question: str, text: str) -> None:
    vote = votes_asked(question)
    assert vote is not None
    assert not vote.is_on_it(text)


@pytest.mark.parametrize(
    "question", ["By how many votes did she win?", "When do they vote?", "How many nurses?"]
)
def test_no_number_of_votes_is_asked_for(question: str) -> None:
    assert votes_asked(question) is None


@pytest.mark.parametrize("text", ["nine to ", "9-4-", "nine-four-", "nine stayed "])
def test_a_long_row_of_counts_is_read_in_time_that_grows_with_it_alone(text: str) -> None:
    began = process_time()
    counts_votes(text * 5_000)
    once = process_time() - began
    counts_votes(text * 20_000)
    assert process_time() - began - once < 10 * once + 0.1
