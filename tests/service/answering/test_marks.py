"""What is an article's is told from what is ours in an answer's text, whatever the article says."""

import re

from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Quote
from service.answering.answer import Draft, DraftPart, Origin, StatementKind
from service.answering.composed.compose import Composer, quote_path
from service.answering.marks import has_marker, marks_for
from service.answering.verified.lead_ins import claims_nothing, fits, sounds_like_ours
from tests.service.answering.drafting import Shelf, article

NOTICE = "I found no passage that answers this."
_CLOSES = {"“": "”", "«": "»"}
pieces = st.sampled_from(
    [
        "“",
        "”",
        "«",
        "»",
        "⟦",
        "⟧",
        "⟦⟦",
        "⟧⟧",
        " ",
        "\n",
        "[1]",
        " [2]",
        '"',
        "[",
        "]",
        NOTICE,
        "It rained",
        ".",
        "’",
    ]
)
sentences = st.lists(pieces, min_size=1, max_size=12).map("".join).filter(str.strip)


def read_back(text: str) -> tuple[str, list[str]]:
    """What is ours in a text, and what the marks hold: by the marks alone."""
    ours, held, at = "", [], 0
    while at < len(text):
        fence = re.match("⟦+ ", text[at:])
        if not fence and text[at] not in _CLOSES:
            ours += text[at]
            at += 1
            continue
        opening = fence.group() if fence else text[at]
        closing = " " + "⟧" * (len(opening) - 1) if fence else _CLOSES[opening]
        end = text.index(closing, at + len(opening))
        held.append(text[at + len(opening) : end])
        at = end + len(closing)
    return ours, held


@given(st.lists(sentences, min_size=1, max_size=4))
def test_nothing_in_an_article_ends_its_quotation(said: list[str]) -> None:
    shelf = Shelf({(f"a_{at}", 1): article(text, id_=f"a_{at}") for at, text in enumerate(said)})
    quotes = [Quote(f"a_{at}", 1, 0, len(text), text) for at, text in enumerate(said)]
    drafts = [
        *(Draft(StatementKind.QUOTE, (DraftPart("Roe: "), DraftPart(quote.text, quote))) for quote in quotes),
        Draft(
            StatementKind.NOTICE, (DraftPart(f"{NOTICE} The nearest says: "), DraftPart(said[0], quotes[0]))
        ),
    ]
    answer = Composer(shelf.article_of, quote_path).compose(drafts)
    ours, held = read_back(answer.text)
    numbers = [f"[{number + 1}]" for number in range(len(said))]
    assert held == [*said, said[0]]
    assert ours == "\n".join([*(f"Roe:  {number}" for number in numbers), f"{NOTICE} The nearest says:  [1]"])
    for statement in answer.statements:
        assert answer.text[statement.start : statement.end] == statement.text
        assert "".join(part.text for part in statement.parts) == statement.text
        articles = [part for part in statement.parts if part.origin is Origin.ARTICLE]
        assert all(part.text == answer.citations[(part.citation or 0) - 1].quote.text for part in articles)


def test_the_marks_are_the_first_that_the_text_does_not_hold() -> None:
    assert marks_for('It rained, "so" they\'re in. [1]') == ("“", "”")
    assert marks_for("“It rained,” she said.") == ("«", "»")
    assert marks_for("“It «rained»,” she said.") == ("⟦ ", " ⟧")
    assert marks_for("”» ⟧⟧⟦") == ("⟦⟦⟦ ", " ⟧⟧⟧")


def test_no_number_of_an_article_gets_into_words_of_ours() -> None:
    assert has_marker("Ann Roe [ 12 ]")
    assert not fits("Ann Roe [1]: ", said=None, near="Ann Roe [1] said it.", quote="It rained.")
    assert fits("Ann Roe: ", said=None, near="Ann Roe [1] said it.", quote="It rained.")
    assert not claims_nothing("Whom do you mean: Ann Roe [1] or Zorn?")
    assert claims_nothing("Whom do you mean: Ann Roe or Zorn?")


def test_a_statement_that_reads_like_a_notice_of_ours_is_known() -> None:
    for text in (
        NOTICE,
        "It rained. The articles don’t say why.",
        "The sources say nothing.",
        "No article does.",
    ):
        assert sounds_like_ours(text), text
    for text in ("Roe found no boat.", "The articles of the treaty bind both.", "The article does."):
        assert not sounds_like_ours(text), text
