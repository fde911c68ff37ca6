"""What is read out of a sentence: values with their units, dates, names, operators and what they govern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.english.governing import governed
from service.english.tokens import Tag, tokenized
from tests.service.answering.drafting import texts, thorough


def keys(text: str, kind: Tag) -> list[str]:
    return [token.key for token in tokenized(text) if token.kind is kind]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3 lines", ["3"]),
        ("three lines", ["3"]),
        ("zero lines", ["0"]),
        ("nineteen and twenty", ["19", "20"]),
        ("twenty-five lines", ["25"]),
        ("ninety nine", ["99"]),
        ("ten five", ["10", "5"]),
        ("twenty-five three", ["25", "3"]),
        ("four thousand one hundred members", ["4100"]),
        ("four hundred and twelve of 430", ["412", "430"]),
        ("two million and six hundred thousand", ["2600000"]),
        ("two and three", ["2", "3"]),
        ("one hundred forty", ["140"]),
        ("a hundred and forty-eight", ["148"]),
        ("twenty twenty", ["20", "20"]),
        ("five three", ["5", "3"]),
        ("two hundred six", ["206"]),
        ("two hundred zero", ["200", "0"]),
        ("1,234.50 tons", ["1234.5"]),
        ("1.50", ["1.5"]),
        ("100", ["100"]),
        ("3.2 million", ["3200000"]),
        ("a million people", ["1000000"]),
        ("two million", ["2000000"]),
        ("dozen million 3", ["12000000", "3"]),
        ("two dozen", ["24"]),
        ("a hundred", ["100"]),
        ("hundred 5", ["5"]),
        ("a k of it", []),
        ("4 percent", ["%4"]),
        ("4 per cent", ["%4"]),
        ("4 per cent 5", ["%4", "5"]),
        ("3 dollars 5", ["$3", "5"]),
        ("4 per head", ["4"]),
        ("4%", ["%4"]),
        ("four percent", ["%4"]),
        ("$3.2m", ["$3200000"]),
        ("$3.2 million", ["$3200000"]),
        ("3 dollars", ["$3"]),
        ("three million euros", ["€3000000"]),
        ("£5", ["£5"]),
        ("$3 dollars", ["$3"]),
        ("10-3", ["10", "3"]),
        ("3. Four", ["3", "4"]),
        ("3, million", ["3", "1000000"]),
        ("%", ["%"]),
        ("5 bn", ["5000000000"]),
        ("5 mn 6k", ["5000000", "6000"]),
        ("seven trillion", ["7000000000000"]),
    ],
)
def test_numbers_are_read_as_values_with_their_unit(text: str, values: list[str]) -> None:
    assert keys(text, Tag.NUMBER) == values


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On Monday and Tuesdays", ["monday", "tuesday"]),
        ("in March", ["march"]),
        ("On 3 May", ["may"]),
        ("March 5 came", ["march"]),
        ("March came", []),
        ("we met May there", ["may"]),
        ("May I go", []),
        ("we may go", []),
        ("Sept. 9 and Jan. 4", ["september", "january"]),
        ("since 1999 or 2031", ["1999", "2031"]),
        ("1499 and 2100", []),
        ("$1999", []),
        ("today or tomorrow", ["today", "tomorrow"]),
        ("June began", ["june"]),
        ("june began", []),
        ("Mar. came", ["march"]),
    ],
)
def test_dates_are_weekdays_months_years_and_relative_days(text: str, dates: list[str]) -> None:
    assert keys(text, Tag.DATE) == dates


def test_a_capital_makes_a_name_unless_it_opens() -> None:
    assert keys("Yesterday Ilse Brandt met the EU.", Tag.NAME) == ["ilse", "brandt", "eu"]
    assert keys("Brandt left. Vasquez stayed: Roe said “Done” to Dr. Sow.", Tag.NAME) == ["dr", "sow"]
    assert keys("NATO agreed. We saw I. Roe of the U.S. here, The Mayor", Tag.NAME) == [
        "nato",
        "i",
        "roe",
        "us",
        "mayor",
    ]
    assert keys("He said “Ferries sink.”", Tag.NAME) == []
    assert keys("EU aid came.", Tag.NAME) == ["eu"]
    assert keys("On Will and No Deal", Tag.NAME) == ["deal"]


def test_a_possessive_is_its_name() -> None:
    assert keys("with Brandt’s aide", Tag.NAME) == ["brandt"]
    assert keys("with brandt's aide", Tag.WORD) == ["brandt", "aid"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("can't", [(Tag.MODAL, "can"), (Tag.NEGATION, "not")]),
        ("won’t", [(Tag.MODAL, "will"), (Tag.NEGATION, "not")]),
        ("shan't", [(Tag.MODAL, "will"), (Tag.NEGATION, "not")]),
        ("cannot", [(Tag.MODAL, "can"), (Tag.NEGATION, "not")]),
        ("n't", [(Tag.NEGATION, "not")]),
        ("isn't", [(Tag.FREE, "is"), (Tag.NEGATION, "not")]),
        ("he'll", [(Tag.FREE, "he"), (Tag.MODAL, "will")]),
        ("we've", [(Tag.FREE, "we")]),
        ("never", [(Tag.NEGATION, "not")]),
        ("allegedly", [(Tag.HEDGE, "allegedly")]),
        ("vowed", [(Tag.VERB, "promise")]),
        ("first 1st", [(Tag.WORD, "1."), (Tag.WORD, "1.")]),
        ("o'clock", [(Tag.WORD, "o'clock")]),
        ("I", [(Tag.FREE, "i")]),
    ],
)
def test_words_that_turn_a_claim_are_told_apart(text: str, kinds: list[tuple[Tag, str]]) -> None:
    assert [(token.kind, token.key) for token in tokenized(text)] == kinds


def test_an_operator_governs_the_next_words_of_its_clause() -> None:
    found = {
        each.token.text: each
        for each in governed(tokenized("It did not immediately respond late, others left."))
    }
    assert found["immediately"].first == {"not"}
    assert found["respond"].first == frozenset()
    assert found["respond"].near == found["late"].near == {"not"}
    assert found["others"].near == frozenset()
    four = governed(tokenized("not red green blue white"))
    assert [bool(each.near) for each in four] == [True, True, True, False]


def test_a_negation_just_after_counts_as_near() -> None:
    gave, details = governed(tokenized("gave no details"))
    assert not gave.first
    assert gave.near == {"not"}
    assert details.first == {"not"}
    assert governed(tokenized("gave, no details"))[0].near == frozenset()
    assert governed(tokenized("gave me the no"))[0].near == frozenset()
    assert governed(tokenized("gave me no"))[0].near == {"not"}
    assert governed(tokenized("gave could"))[0].near == frozenset()


def test_a_binding_verb_governs_and_a_saying_one_does_not() -> None:
    denied, left = governed(tokenized("denied he left"))
    assert not denied.first
    assert left.first == {"deny"}
    assert governed(tokenized("warned he left"))[1].first == frozenset()
    assert governed(tokenized("not denied he left"))[1].near == {"deny", "not"}
    assert governed(tokenized("not denied he left"))[1].first == {"deny"}


def test_several_operators_may_govern_one_word() -> None:
    (left,) = governed(tokenized("could not leave"))
    assert left.first == {"could", "not"}


def test_clauses_end_at_punctuation_and_not_at_quotation_marks() -> None:
    assert [token.clause for token in tokenized('a, b: c "d" e (f) g - h')] == [0, 1, 2, 2, 2, 3, 4, 5]


def test_values_are_sorted_by_what_they_could_be_mistaken_for() -> None:
    sorts = [token.sort for token in tokenized("5 $5 4% Monday June 1999")]
    assert sorts[3:5] == ["weekday", "month"]
    assert len(set(sorts)) == 6


def test_a_name_and_a_word_may_stand_for_each_other() -> None:
    (word,), name = tokenized("Closing"), tokenized("the Closing")[1]
    assert word.forms & name.forms
    assert not tokenized("Roe")[0].forms & tokenized("5")[0].forms


@thorough
@given(st.one_of(texts, st.text(alphabet="0123456789.,$%kmn' -’NTtn", max_size=30)))
def test_anything_can_be_read(text: str) -> None:
    tokens = tokenized(text)
    assert all(token.key for token in tokens)
    assert [token.clause for token in tokens] == sorted(token.clause for token in tokens)
    assert len(governed(tokens)) <= len(tokens)


def test_a_name_is_no_other_with_an_ending_less() -> None:
    one, other = tokenized("They met Claes.")[-1], tokenized("They met Clae.")[-1]
    assert not one.forms & other.forms
    assert one.forms & tokenized("Claes left.")[0].forms
