"""What is asked of the reports themselves is asked of what they report."""

import pytest

from service.answering.asked import asked_of_reports


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Do the reports differ on how many were seized?", "how many were seized?"),
        ("do the articles agree about when it was signed", "when it was signed?"),
        ("Is there any contradiction between the two articles on who signed?", "who signed?"),
        ("How do the newspapers differ over the number of ships?", "what is the number of ships?"),
        ("Who disputes that the mine agreed?", "the mine agreed?"),
    ],
)
def test_what_they_may_differ_on(question: str, what: str) -> None:
    assert asked_of_reports(question) == what


@pytest.mark.parametrize(
    "question",
    [
        "Did the sides agree on the border?",
        "Do the reports say how many were seized?",
        "Who denied the report?",
        "How many were seized?",
    ],
)
def test_what_is_asked_of_something_else(question: str) -> None:
    assert asked_of_reports(question) is None
