"""Whom an article doesn't know it tells nothing of."""

import pytest

from service.answering.asked import mentions, names_asked

TEXTS = [
    "Alder United sold the striker Yann Marcelin to Porto Real for 41 million.",
    "On Monday talks with Pim Aalders broke down, his club Rovers said.",
    "A bonus is wanted by Rovers, and by Aalders.",
    "The club offered Yann Marcelin four years; the rock beside the ground is called Grey Rock.",
]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How much did Porto Real pay for Aalders?", [["porto", "real"], ["aalders"]]),
        ("how much did rovers want for aalders", [["rovers"], ["aalders"]]),
        ("When did Yann Marcelin sign?", [["yann", "marcelin"]]),
    ],
)
def test_names(question: str, names: list[list[str]]) -> None:
    assert names_asked(question, TEXTS) == names


@pytest.mark.parametrize(
    "question",
    [
        "Did Aalders sign for Porto Real?",  # no is an answer that needs no name
        "where was the rock cut",  # what also stands without its capital
        "how much did porto pay",  # a single sentence has that capital
        "What happened on Monday?",
        "Confirm that Aalders signed.",
    ],
)
def test_none(question: str) -> None:
    assert names_asked(question, TEXTS) == []


def test_a_name_is_known_by_any_of_its_words_in_any_form() -> None:
    assert mentions(["halina", "drost"], "ms drost signed for the county.")
    assert mentions(["ukraine"], "the ukrainians left early.")
    assert mentions(["italy"], "the italian envoy signed.")
    assert mentions(["kalno"], "kalnans stayed at home.")
    assert mentions(["o'dell"], "ms o’dell signed for the county.")
    for country, people in (("spain", "spanish"), ("poland", "polish"), ("netherlands", "dutch")):
        assert mentions([country], f"the {people} envoy signed.")
        assert mentions([people], f"the envoy of {country} signed.")
    assert not mentions(["britain"], "the ukrainians left early.")
    assert not mentions(["eras"], "the cameras were off.")
    assert not mentions(["aalders"], "marcelin thanked his coach.")
