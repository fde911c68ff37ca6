"""Honest restatements break no rule for their wording; one thing changed in them, and they do."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Facts, Quote
from service.answering import Draft, DraftPart, StatementKind
from service.answering.verified import Exhibit, verify
from service.answering.verified.reading import CitedSentence, Text
from service.answering.verified.restated import Rule, restated

pytestmark = pytest.mark.slow

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
NAMES = ("Achterberg", "Brandvold", "Okoro", "Ystad")


def broken(statement: str, *sentences: str) -> Rule | None:
    return restated(statement, [CitedSentence(Text(each), None) for each in sentences])


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        ("The two boards agreed on pay.", ["Both boards agreed on pay."]),
        ("The two boards agreed on pay.", ["Lund's board and Tarnmouth's agreed on pay."]),
        ("The board was asked two times for pay.", ["The board was asked for pay twice."]),
        ("Pay rose from 4 to 5.5 per cent.", ["Pay went up from 4 per cent to 5.5 per cent."]),
        ("Dockers want five and a half per cent.", ["Dockers want 5.5 per cent."]),
        ("The port gets one point nine million.", ["The port gets 1.9 million."]),
        ("The port is safe until twenty thirty-six.", ["The port is safe until 2036."]),
        ("Under the deal the port pays dockers.", ["The port pays dockers by the deal."]),
        ("The union's leader is Roe.", ["Roe leads the union."]),
        ("Dockers from Europe met.", ["European dockers met."]),
        ("Unless the port pays, the cranes stop.", ["If the port does not pay, the cranes will stop."]),
        ("Talks on pay begin in Lund by 3 May.", ["Talks on pay begin in Lund no later than 3 May."]),
        (
            "The council gave its consent on Friday.",
            ["The council gave its consent on Friday without a count."],
        ),
        ("The port lets the dockers stay in Lund.", ["The dockers may stay in Lund."]),
        ("Clubs fear fines from the port.", ["Clubs fear fines.", "The port would not say who fines clubs."]),
        (
            "The cranes stop unless they are fixed, Roe said.",
            ["And if they are not?", "“Cranes stop,” Roe said."],
        ),
        (
            "Roe spoke as talks opened in Lund.",
            ["Pay is up, two men said, as talks opened in Lund.", "Roe spoke."],
        ),
        (
            "On 3 May dockers get a second payment.",
            ["3 May: second payment to dockers. Roe said she agreed."],
        ),
    ],
)
def test_what_is_meant_alike_breaks_no_rule(statement: str, sentences: list[str]) -> None:
    assert broken(statement, *sentences) is None


@pytest.mark.parametrize(
    ("statement", "sentence", "rule"),
    [
        ("The two boards agreed on pay.", "The three boards agreed on pay.", Rule.VALUE),
        ("Two boards agreed on pay.", "The boards of the ports agreed on pay.", Rule.VALUE),
        ("Pay rose by 4 per cent.", "Pay rose by 4 crowns.", Rule.VALUE),
        ("Dockers want six and a half per cent.", "Dockers want 5.5 per cent.", Rule.VALUE),
        ("The port is safe until twenty thirty-five.", "The port is safe until 2036.", Rule.VALUE),
        ("The deputy leader met dockers.", "Roe leads the union and met dockers.", Rule.NAME),
        ("The dockers are paid on Sundays.", "The dockers are not paid on Sundays.", Rule.LOST),
        (
            "The port will run out of cash in May.",
            "The port will run out of cash in May without pay.",
            Rule.LOST,
        ),
        ("The board would pay for nights.", "The board would pay for nights if cranes run.", Rule.LOST),
        ("The dockers stay in Lund.", "The dockers may stay in Lund.", Rule.LOST),
        ("Pay rose in Lund.", "Pay rose in Lund, two men said, as talks opened.", Rule.SPEAKER),
        (
            "A third boat will be bought.",
            "3 May: payment. Roe said a third boat would be bought.",
            Rule.SPEAKER,
        ),
    ],
)
def test_one_thing_changed_is_seen(statement: str, sentence: str, rule: Rule) -> None:
    assert broken(statement, sentence) is rule


@given(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_day_or_a_name_may_not_be_swapped(day: str, other: str, name: str, another: str) -> None:
    source = f"The board met {name} in the port on {day} to talk of pay."
    expected = Rule.VALUE if day != other else Rule.NAME if name != another else None
    assert broken(f"On {other} the board had talks on pay with {another}.", source) is expected


@given(st.integers(3, 90), st.integers(3, 90), st.booleans())
def test_nor_a_share(cited: int, said: int, ranges: bool) -> None:
    source = f"Pay rises {'from 2 per cent to' if ranges else 'by'} {cited} per cent."
    told = f"Pay rises from 2 to {said} per cent." if ranges else f"Pay is up {said} per cent."
    assert (broken(told, source) is None) == (cited == said)


@given(
    st.sampled_from(["not", "never"]),
    st.sampled_from(["sign the text", "open the port", "pay the dockers"]),
    st.sampled_from(["Roe spoke of cranes.", "The port has cranes.", ""]),
)
def test_nor_a_denial_be_left_out(denial: str, act: str, besides: str) -> None:
    sources = [each for each in (f"The board will {denial} {act} in Lund.", besides) if each]
    assert broken(f"In Lund the board will {act}.", *sources) is Rule.LOST
    assert broken(f"In Lund the board will {denial} {act}.", *sources) is None


class Yes:
    def bears_out(self, statement: str, quotations: Sequence[Exhibit]) -> bool:
        return True


def served(article: str, quotation: str, statement: str) -> bool:
    at = article.index(quotation)
    draft = Draft(
        StatementKind.PARAPHRASE, (DraftPart(statement, Quote("a_1", 1, at, at + len(quotation), quotation)),)
    )
    verified = verify([draft], lambda *_: article, lambda *_: Facts(), judge=Yes())
    return any(part.text == statement for each in verified.drafts for part in each.parts)


FAR = (
    "Tarnmouth’s port was shut. The cranes of Hallam rust. Ystad came. The offer stood. It was low."
    " It rained. The port will pay nights."
)


@pytest.mark.parametrize(
    ("name", "may"), [("Tarnmouth", True), ("Ystad", True), ("Hallam", False), ("Lund", False)]
)
def test_a_name_may_be_the_openings_or_four_sentences_old(name: str, may: bool) -> None:
    """Of whom "the port" and "he" tell; what stands further off is about others."""
    statement = f"At the port of {name} nights will be paid."
    assert served(FAR, "The port will pay nights.", statement) is may
