"""The name and nothing but the name of one whom an office, an age or a relative clause stands beside."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import Status
from service.answering.extractive import ExtractiveAnswerer
from service.answering.said import people
from tests.service.answering.making import article, passages
from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "The host, former Ostrel trade minister Ines Kowal, told the hall that it was over.",
            "Ines Kowal",
            "it was over",
        ),
        ("The envoy, ex-minister Milo Trask of Velmar, said it was late.", "Milo Trask", "it was late"),
        (
            "The chair, former Deputy Prime Minister Ines Kowal, insisted it was fair.",
            "Ines Kowal",
            "it was fair",
        ),
        (
            "The old treasurer, Milo Trask-Holm, whose books were lost, warned that it was late.",
            "Milo Trask-Holm",
            "it was late",
        ),
        ("Skipper Milo Trask, 61, whose boat employs four, said it was cold.", "Milo Trask", "it was cold"),
        ("Their vicar, the Rev Milo Trask, said it was old.", "Milo Trask", "it was old"),
        ("Coun Ines Kowal said it was dear.", "Ines Kowal", "it was dear"),
        ("Trustee Ines Kowal said it was dear.", "Ines Kowal", "it was dear"),
        (
            "The Union of Road and Harbour Crews said it would strike.",
            "The Union of Road and Harbour Crews",
            "it would strike",
        ),
        ("It was quiet until nurses said the ward would shut.", "nurses", "the ward would shut"),
    ],
)
def test_it_is_named(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "Their clerk, Milena Kowal, refused the offer. “I have a plan,” she said.",
            "Milena Kowal",
            "I have a plan",
        ),
        (
            "The club's chairman, Jan Trask, denied the report. “I was asleep,” he said.",
            "Jan Trask",
            "I was asleep",
        ),
        (
            "Milo Trask was there. Ivo Maran is mayor of Ostrel, and he says the tax is dead.",
            "Ivo Maran",
            "the tax is dead",
        ),
        (
            "A leaked note from the owners warns of losses. Smaller boats could sink, it says.",
            "A leaked note from the owners",
            "Smaller boats could sink",
        ),
        (
            "The Bureau of Port Waters has said only that it waits. It has also warned that it may act.",
            "The Bureau of Port Waters",
            "it may act",
        ),
        (
            "The chemist Milo Trask of the House of Sankt Ivo fears a slide. The rock, he says, is soft.",
            "Milo Trask",
            "The rock, he says, is soft",
        ),
    ],
)
def test_a_pronoun_means_them(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


def test_nobody_who_is_not_named_there() -> None:
    text = "The envoy, near the harbour of Old Velmar, said it was late."
    assert all(who != "Old Velmar" for who, _ in told(text))


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The mediator, former harbour judge Tove Lind, told reporters no.", {"mediator", "judge"}),
        ("The envoy, former Foreign Minister Tove Lind of Maresia, left.", {"envoy", "minister"}),
        ("Their chair, nurse Tove Lind, said no.", {"chairman", "nurse"}),
        # a list
        ("Pilots met the mediator, harbour judge Tove Lind and others.", {"judge"}),
        ("On Friday, harbour judge Tove Lind, who was late, left.", {"judge"}),
    ],
)
def test_whoever_is_called_by_two_offices_holds_both(text: str, roles: set[str]) -> None:
    lind = next(one for one in people(article(f"{text} Lind has left.")) if one.name == "Tove Lind")
    assert {tie.role for tie in lind.ties if tie.role} == roles


def test_asked_by_the_office_that_stands_first_it_is_theirs(embedder: Embedder, reader: Reader) -> None:
    text = "The mediator, former harbour judge Tove Lind, told the hall that a second round would open."
    question = "What did the mediator say?"
    found = passages(embedder, question, article(text))
    answer = ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings())
    assert answer.status is Status.ANSWERED
