"""What can tell how many or how much."""

import pytest

from service.answering.asked import amount_of, tells_amount


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many cranes would be hired?", "cranes"),
        ("how much damage was done to the quay", "damage"),
        ("How much salt water did the pumps lift?", "water"),
        ("How much public money would go into the film?", None),
        ("How much more does the union want?", None),
        ("How much did the striker cost?", None),
    ],
)
def test_of_what(question: str, noun: str | None) -> None:
    assert amount_of(question) == noun


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much tax money would go into it?", "The mayor promised that no tax money would go into it."),
        ("How many nurses were dismissed?", "Strand said that not one nurse was dismissed."),
        ("How much damage was done?", "The flood left the sluice without any damage, she said."),
        ("How many patients were moved?", "The clinic would not say."),
        ("How many tickets did the club sell?", "The club declined to give a figure."),
        ("How many were hurt?", "Police did not say how many sailors were hurt."),
        ("How many were hurt?", "The death toll is unknown."),
        ("How much water is lost?", "The report on the leak has not been published."),
        ("How many boats joined?", "Forty boats joined."),
    ],
)
def test_told(question: str, text: str) -> None:
    assert tells_amount(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much tax money would go into it?", "The mayor made no promise about tax money."),
        ("How many nurses were dismissed?", "No clinic was closed, and the nurses came back."),
        ("How many ships were sunk?", "Roe did not know Doe."),
        ("How many ships were sunk?", "The crew has not given up."),
        ("How many patients were moved?", "The clinic said that patients were moved by bus."),
    ],
)
def test_not_told(question: str, text: str) -> None:
    assert not tells_amount(question, text)
