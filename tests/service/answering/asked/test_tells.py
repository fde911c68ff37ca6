"""Whether a sentence has what a question asks for at all: somebody, a time."""

import pytest

from service.answering.asked import tells


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("when was the pier sold", "The pier was sold on Tuesday."),
        ("When must the cranes be gone?", "The cranes must be gone within nine days."),
        ("when will they sign", "They will sign once both boards have voted."),
        ("On what day did Roe resign?", "Roe resigned on 4 May."),
        ("who sold the pier?", "A judge ordered the sale."),
        ("Who sold the pier?", "The pier was sold by Ada Holt."),
        ("who stopped the sale", "The ministry stopped the sale."),
        ("Who will pay?", "The two governments will pay."),
        ("who came", "Nobody came."),
    ],
)
def test_what_tells_one_may_answer(question: str, text: str) -> None:
    answers = tells(question)
    assert answers is not None
    assert answers(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("when was the pier sold", "The pier was sold to a stranger."),
        ("When did Roe threaten to go?", "Roe, who had threatened to go, stayed away."),
        ("who telephoned Roe", "Roe thanked a friend for the call."),
    ],
)
def test_what_only_says_again_what_is_asked_does_not(question: str, text: str) -> None:
    answers = tells(question)
    assert answers is not None
    assert not answers(text)


def test_a_clause_of_when_asks_for_no_time() -> None:
    assert tells("What did they talk about when they met?") is None
    assert tells("How many ships were there when it began?") is None
