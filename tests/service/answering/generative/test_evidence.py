"""A model's words become quotations only where the passage it names has them."""

from collections import Counter

import pytest

from retrieval.article import Chunk, Hit, Region
from service.answering.answer import Draft
from service.answering.generative.evidence import (
    NO_EVIDENCE,
    NO_SUCH_PASSAGE,
    NOT_IN_PASSAGE,
    TOO_LONG,
    drafted,
    keyed,
)
from service.answering.generative.streamed import Evidence, Stated
from service.answering.passage import Passage
from service.answering.verified.verify import stands
from tests.service.answering.making import article, body

TEXT = "Nothing here.\nShe said “it’s over” — twice. 😀 He left.\nOutside the passage."
START, END = TEXT.index("She"), TEXT.index("\nOutside")
ARTICLE = article(TEXT)
CHUNK = Chunk("c", ARTICLE.id, 1, START, END, Region.BODY, (), "", TEXT[START:END])
PASSAGES = keyed([Passage(Hit(CHUNK, None, None, 1.0), ARTICLE, ())])


def draft(*evidence: tuple[str, str]) -> tuple[Draft | None, Counter[str]]:
    refused = Counter[str]()
    return drafted(Stated("It.", tuple(Evidence(*each) for each in evidence)), PASSAGES, refused), refused


def test_found_words_are_the_articles_own() -> None:
    made, refused = draft(("P1", 'said "it\'s over" - twice'), ("P1", "He left."))
    assert made is not None
    assert "".join(part.text for part in made.parts) == "It."
    assert [(part.quote.text, part.check) for part in made.parts if part.quote] == [
        ("said “it’s over” — twice", "normalised"),
        ("He left.", "exact"),
    ]
    assert all(part.quote and stands(part.quote, lambda *_: TEXT) for part in made.parts)
    assert not refused


@pytest.mark.parametrize(
    ("key", "words", "reason"),
    [
        ("P2", "He left.", NO_SUCH_PASSAGE),
        ("1", "He left.", NO_SUCH_PASSAGE),
        ("P1", "She left.", NOT_IN_PASSAGE),
        ("P1", "She said ... He left.", NOT_IN_PASSAGE),
        ("P1", "Outside the passage.", NOT_IN_PASSAGE),
        ("P1", "“", NOT_IN_PASSAGE),
    ],
)
def test_what_the_passage_lacks_is_refused_and_counted(key: str, words: str, reason: str) -> None:
    assert draft((key, words)) == (None, {reason: 1, NO_EVIDENCE: 1})
    made, refused = draft((key, words), ("P1", "He left."))
    assert made is not None
    assert [part.quote.text for part in made.parts if part.quote] == ["He left."]
    assert refused == {reason: 1}


def test_what_is_too_long_to_be_one_fact_is_refused() -> None:
    text = "One left. Two left. Three left. Four left."
    one = article(text)
    chunk = Chunk("c", one.id, 1, 0, len(text), Region.BODY, body(text), "", text)
    passages = keyed([Passage(Hit(chunk, None, None, 1.0), one, ())])
    refused = Counter[str]()
    whole = Stated("All left.", (Evidence("P1", text),))
    assert drafted(whole, passages, refused) is None
    assert drafted(Stated("All left. " * 61, (Evidence("P1", "One left."),)), passages, refused) is None
    assert refused == {TOO_LONG: 2, NO_EVIDENCE: 1}
    made = drafted(Stated("They left.", (Evidence("P1", "left. Two"),) * 9), passages, refused)
    assert made is not None
    assert len(made.parts) == 6
    assert made.parts[0].quote is not None
    assert made.parts[0].quote.text == "One left. Two left."
