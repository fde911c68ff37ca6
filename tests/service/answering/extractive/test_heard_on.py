"""What somebody said of one matter: what they said that names it, and nothing else of theirs or of others."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY, Status
from service.answering.asked import read_question
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.heard import heard_on
from tests.service.answering.making import article, passages

FERRY = """The line's lawyer, Hugo Marsh, said the company would pay a bonus of 60 marks a night. \
“The quay is dry,” said Marsh. The crews went back on Sunday.

Ann Roe said that the bakery would close in June. She had slept badly, Roe added. \
Ann Roe spoke of the rent with Per Holm. Holm said that the pension fund was short by a third."""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Marsh say about a bonus?", "would pay a bonus of 60 marks"),
        ("what did hugo marsh say about the quay", "The quay is dry"),
        ("What did Ann Roe say about the bakery?", "the bakery would close"),
        ("What did Holm say on the pension fund?", "short by a third"),
    ],
)
def test_what_they_said_that_names_it_answers(
    embedder: Embedder, reader: Reader, question: str, told: str
) -> None:
    found = passages(embedder, question, article(FERRY))
    answer = ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings())
    assert answer.status is Status.ANSWERED
    assert told in answer.drafts[0].parts[0].text


@pytest.mark.parametrize(
    "question",
    [
        "What did Ann Roe say about the bonus?",
        "What did Marsh say about the bakery?",
        "What did Ann Roe say about the pension fund?",
        "What did Holm say about the quay?",
    ],
)
def test_nobody_elses_words_answer_nor_are_shown_as_the_nearest(
    embedder: Embedder, reader: Reader, question: str
) -> None:
    found = passages(embedder, question, article(FERRY))
    answer = ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings())
    assert answer.status is Status.ABSTAINED
    told = "".join(part.text for draft in answer.drafts for part in draft.parts)
    assert told.startswith("I found no statement by ")
    others = {"Marsh": "said Marsh", "Ann Roe": "bakery would close", "Holm": "by a third"}
    assert not any(words in told for who, words in others.items() if who not in question)


@pytest.mark.parametrize(
    "question",
    [
        "How much did Ann Roe say the rent of the bakery was?",
        "When did Holm say the fund would be short of money?",
        "What did Ann Roe say on Monday?",
    ],
)
def test_a_word_of_the_question_alone_is_no_answer(embedder: Embedder, reader: Reader, question: str) -> None:
    found = passages(embedder, question, article(FERRY))
    asks = read_question(question)
    fits = ExtractiveAnswerer(embedder, reader).ranked(asks, found, timings=Timings())
    assert heard_on(asks, fits, PARLEY.choosing) == []
