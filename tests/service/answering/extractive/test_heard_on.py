"""What somebody said of one matter: what they said that names it, and nothing else of theirs or of others."""

from dataclasses import replace

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY, Status
from service.answering.asked import read_question
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.heard import heard_on, on_matter
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


TRAMS = """The council approved the tram line on Monday, and its cost is put at 40 million marks. \
Mayor Ida Brill called it a gift to the suburbs. Brill said that the schools would get new roofs. \
Lars Moen, who runs the depot, said that the tram line would take his yard. \
Moen told reporters that his drivers hadn't been paid since May."""
PORT = """Negotiators signed the harbour deal at dawn. "It is more than I hoped for," Eva Strand said. \
Strand said that she would rest her voice. The fishermen's leader, Ole Vik, said that the harbour deal was \
paid for with their quay. The rail strike goes on, said Vik."""


@pytest.mark.parametrize(
    ("text", "question", "left", "gone"),
    [
        (TRAMS, "What did Brill say about the tram line?", "a gift to the suburbs", "new roofs"),
        (TRAMS, "what did moen say about the tram line", "take his yard", ""),
        (PORT, "What did Strand say about the harbour deal?", "more than I hoped for", "rest her voice"),
        (PORT, "what did vik say on the harbour deal", "paid for with their quay", ""),
    ],
)
def test_what_is_on_the_matter_names_it_or_stands_behind_what_does(
    embedder: Embedder, reader: Reader, text: str, question: str, left: str, gone: str
) -> None:
    asks = read_question(question)
    order = [
        replace(one, read=-1.0)
        for one in ExtractiveAnswerer(embedder, reader).ranked(
            asks, passages(embedder, question, article(text)), timings=Timings()
        )
    ]
    kept = " ".join(one.text for one in on_matter(asks, [c for c in order if c.speaker > 0], order))
    assert left in kept
    assert not gone or gone not in kept


@pytest.mark.parametrize(
    "question",
    ["What did Brill say about the airport?", "What did Moen say?", "What will Strand do about the deal?"],
)
def test_what_nobody_speaks_of_by_that_name_is_left_to_the_reader(
    embedder: Embedder, reader: Reader, question: str
) -> None:
    asks = read_question(question)
    found = passages(embedder, question, article(f"{TRAMS}\n\n{PORT}"))
    order = ExtractiveAnswerer(embedder, reader).ranked(asks, found, timings=Timings())
    assert on_matter(asks, order, order) == order
