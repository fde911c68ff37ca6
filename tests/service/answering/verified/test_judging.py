"""A judge can only say that a statement is borne out, and only of what no rule forbids."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Facts, Quote
from service.answering import Draft, DraftPart, Said, StatementKind
from service.answering.verified import Asking, Word, verify
from service.answering.verified.instead import telling, whose
from tests.service.answering.verified.restated.test_restated import ARTICLE, INSULT, NIGHTS, OFFER, TALKS

SENTENCES = [OFFER, NIGHTS, INSULT, TALKS]
QUOTES = [Quote("a_1", 1, at, at + len(s), s) for s in SENTENCES for at in [ARTICLE.index(s)]]
OTHERS = ("not", "5", "per", "Roe", "Friday", "refused", "“yes”", "https://evil.example", "[1]", "\u202e")
WORDS = [*sorted({word for sentence in SENTENCES for word in sentence.split()}), *OTHERS]
statements = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join) | st.text(max_size=60)
cited = st.lists(st.sampled_from(QUOTES), min_size=1, max_size=4, unique=True)


class Always:
    def __init__(self, word: Word | None) -> None:
        self._word = word

    def of(self, *_: object) -> Word | None:
        return self._word

    def wait(self) -> None: ...


def drafted(statement: str, quotes: list[Quote]) -> list[Draft]:
    parts = tuple(DraftPart("" if at else statement, quote) for at, quote in enumerate(quotes))
    return [Draft(StatementKind.PARAPHRASE, parts)]


@settings(max_examples=60, deadline=None)
@given(statements, cited, st.sampled_from([Word.NO, Word.FAILED, None]))
def test_without_a_yes_nothing_is_told_that_is_not_told_without_a_judge(
    statement: str, quotes: list[Quote], word: Word | None
) -> None:
    made = drafted(statement, quotes)
    judged = verify(made, lambda *_: ARTICLE, judge=Asking(Always(word)))
    assert judged.drafts == verify(made, lambda *_: ARTICLE).drafts


@settings(max_examples=60, deadline=None)
@given(statements, cited)
def test_whatever_it_says_what_is_told_is_the_statement_or_its_quotations(
    statement: str, quotes: list[Quote]
) -> None:
    for draft in verify(
        drafted(statement, quotes), lambda *_: ARTICLE, judge=Asking(Always(Word.YES))
    ).drafts:
        told = [part for part in draft.parts if part.quote]
        assert all(ARTICLE[p.quote.start : p.quote.end] == p.quote.text for p in told if p.quote)
        if draft.kind is StatementKind.PARAPHRASE:
            assert "".join(part.text for part in draft.parts) == statement
            for word in ("5", "Roe", "Friday", "https", "[1]", "\u202e", "“yes”"):
                assert word not in statement.split()
        else:
            assert all(part.text == part.quote.text for part in told if part.quote)


@pytest.mark.parametrize("count", range(1, 5))
def test_at_most_three_sentences_take_a_statements_place_in_their_order(count: int) -> None:
    told = telling("Nobody knows.", QUOTES[:count])
    assert told == QUOTES[: min(3, count)]


def test_a_sentence_that_adds_nothing_of_a_statement_isnt_told_in_its_place() -> None:
    assert telling("Talks go on in Lund.", QUOTES) == [QUOTES[3]]
    assert telling("Talks go on in Lund, and dockers were offered 4 per cent.", QUOTES) == [
        QUOTES[0],
        QUOTES[3],
    ]


def test_a_quotation_that_names_its_speaker_needs_no_lead_in() -> None:
    assert whose(OFFER, Said("Ilse Brandvold"), Facts(outlet="The Post")) is None
    assert whose(NIGHTS, Said("Ilse Brandvold"), Facts(outlet="The Post")) == "Ilse Brandvold: "
    assert whose(TALKS, None, Facts(outlet="The Post")) == "The Post: "
    assert whose(TALKS, None, Facts(title="Talks")) == "“Talks”: "
    assert whose(TALKS, None, Facts()) is None
