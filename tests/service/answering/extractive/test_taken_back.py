"""What an article reports and takes back in its next sentence is told with that."""

import pytest

from retrieval.regions import regions
from retrieval.segment import sentences
from service.answering.extractive import taken_back_by


def taken_back(text: str) -> str | None:
    every = sentences(text, regions(text))
    wrong = taken_back_by(every[0], every, text)
    return text[wrong.start : wrong.end] if wrong else None


@pytest.mark.parametrize(
    "text",
    [
        "On Friday we reported that the mill had been sold. That was wrong.",
        "An earlier version of this article said that Adler had left. Neither is true: he is still there.",
        "Our report named Pim Adler as the owner. The name was incorrect.",
        "The article gave the toll as 40. This is not correct: it was 14.",
    ],
)
def test_what_was_reported_wrongly(text: str) -> None:
    assert taken_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the dam was safe. That was wrong, the union said.",
        "We reported that the mill had been sold. The price was two million.",
        "We reported that the mill had been sold.",
        "Adler wrote a letter. It was not an error.",
    ],
)
def test_what_stands(text: str) -> None:
    assert taken_back(text) is None
