import pytest

from retrieval.embed import Embedder
from service.answering import PARLEY, Rule
from service.answering.asked import read_question
from service.answering.extractive.speakers import Casts
from service.answering.said import said_in
from tests.service.answering.making import article, passages

TIED = "Harbour Minister Ada Quill met Teo Marsh, the chief negotiator of the pilots' guild, on Monday."
LATER = "“No ship will wait,” Quill said. Marsh said the pilots had been lied to. A pilot said he was tired."


def levels(embedder: Embedder, question: str, *texts: str, rule: bool = True) -> dict[str, int]:
    """By the beginning of each sentence."""
    asks = read_question(question)
    articles = [article(text, id_=f"a_{number}") for number, text in enumerate(texts)]
    found = passages(embedder, question, *articles)
    speakers = Casts(kept=9).of(asks, found, PARLEY if rule else PARLEY.without(Rule.BEARER))
    return {
        passage.article.text[s.start : s.start + 6]: speakers.asked_for(passage, s, said_in(passage).get(s))
        for passage in found
        for s in passage.hit.chunk.sentences
    }


@pytest.mark.parametrize(
    ("question", "says", "not_"),
    [
        ("What did Quill say?", "“No sh", "Marsh "),
        ("What did the harbour minister say?", "“No sh", "Marsh "),
        ("what did the guild's negotiator say", "Marsh ", "“No sh"),
        ("What did the pilots' negotiator say?", "Marsh ", "A pilo"),
    ],
)
def test_the_one_asked_about_by_name_or_by_an_office_that_another_article_tells(
    embedder: Embedder, question: str, says: str, not_: str
) -> None:
    found = levels(embedder, question, TIED, f"Ada Quill and Teo Marsh met again. {LATER}")
    assert found[says] == 2
    assert found[not_] < 2


@pytest.mark.parametrize(
    ("question", "says", "not_"),
    [
        ("What did Ada Quill say?", "Ada Qu", "Ada Ro"),
        ("What did Ada Rook say?", "Ada Ro", "Ada Qu"),
        ("What did Ivo Petrov say?", "Ivo Pe", "Anna P"),
        ("What did the dock manager say?", "Dock m", "Deputy"),
        ("What did the deputy dock manager say?", "Deputy", "Dock m"),
    ],
)
def test_of_those_who_share_a_word_of_name_or_office_the_other_is_nobody_asked_about(
    embedder: Embedder, question: str, says: str, not_: str
) -> None:
    found = levels(
        embedder,
        question,
        "Ada Quill said it rained. Ada Rook said it snowed. Ivo Petrov said he was wet. Anna Petrova said she"
        " was dry. Dock manager Tove Lind said it was open. Deputy dock manager Per Holm said it was shut.",
    )
    assert found[says] == 2
    assert found[not_] == -1


def test_an_office_that_no_article_ties_is_nobodys(embedder: Embedder) -> None:
    found = levels(
        embedder, "What did the harbour minister say?", f"Ada Quill and Teo Marsh met again. {LATER}"
    )
    assert set(found.values()) <= {-1, 0}


def test_without_the_rule_only_the_name_that_stands_there_counts(embedder: Embedder) -> None:
    found = levels(embedder, "What did the harbour minister say?", f"{TIED} {LATER}", rule=False)
    assert found["“No sh"] == -1
