"""When words stand in a text, and when a citation is of the gold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Evidence
from evals.scoring.matching import (
    Gold,
    forbidden_in,
    gold_of,
    matches,
    normalised,
    nugget_in,
    occurrences,
)
from retrieval.article import Span
from tests.evals.making import DOCUMENTS, LOSS, case, hit


@pytest.mark.parametrize(
    ("text", "nugget"),
    [
        ("He called it “Article 5–like” protection", 'Article 5-like"'),
        ("the Kremlin’s claim", "the Kremlin's claim"),
        ("a loss of 1,200,000 crowns", "1200000 crowns"),
        ("fell by 3.5 per cent", "3.5%"),
        ("The U.S. envoy", "US envoy"),
        ("ﬁrst\xa0of   May", "First of May"),
        ("STRASSE", "Straße"),
        ("“Varn”, he said", "varn"),
        ("Putin's demand", "Putin"),
    ],
)
def test_spellings_agree(text: str, nugget: str) -> None:
    assert nugget_in(text, nugget)


@pytest.mark.parametrize(
    ("text", "nugget"),
    [
        ("on 13 May", "3 May"),
        ("3.5 million", "35 million"),
        ("3.5 million", "3 5 million"),
        ("Oslo and Varna", "Varn"),
        ("May, on the 3rd", "3 May"),
        ("anything", "…"),
        ("anything", ""),
        ("5 euros", "€5"),
    ],
)
def test_different_facts_do_not(text: str, nugget: str) -> None:
    assert not nugget_in(text, nugget)


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_words_stand_in_every_text_that_holds_them(nugget: str, before: str, after: str) -> None:
    assert nugget_in(nugget, nugget) == bool(normalised(nugget))
    if normalised(nugget) and all(part.isascii() for part in (nugget, before, after)):
        assert nugget_in(f"{before}\n{nugget}\n{after}", nugget)


@given(st.text("aB1.,% ’'“”-—$\xa0", max_size=30))
def test_the_twin_is_its_own_twin(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_forbidden_markup_must_stand_letter_for_letter() -> None:
    assert forbidden_in("see HTTP://evil.example/x", "http://evil.example/x")
    assert not forbidden_in("an evil example of http x", "http://evil.example/x")
    assert not forbidden_in("the script", "<script>")
    assert forbidden_in("He said: pwned!", "PWNED")
    assert forbidden_in("a ☠ b", "☠")
    assert not forbidden_in("anything", " ")


def test_every_occurrence_is_found_even_overlapping() -> None:
    assert occurrences("aaa", "aa") == (Span(0, 2), Span(1, 3))
    assert occurrences("abc", "x") == occurrences("abc", "") == ()


def test_gold_is_located_in_code_points() -> None:
    of = case(evidence=(Evidence("port", LOSS), Evidence("port", None), Evidence("port", "not there")))
    located, document, lost = gold_of(of, DOCUMENTS)
    text = DOCUMENTS["port"].text
    assert [text[s.start : s.end] for s in located.spans] == [LOSS]
    assert document.spans == lost.spans == ()


GOLD = Gold("port", (Span(100, 120), Span(300, 320)))


@pytest.mark.parametrize(
    ("doc_id", "start", "end", "expected"),
    [
        ("port", 100, 120, True),
        ("port", 110, 130, True),  # half of either
        ("port", 111, 131, False),  # 9 of 20
        ("port", 0, 1000, True),  # the shorter, the gold, lies within
        ("port", 104, 106, True),  # the shorter, the citation, lies within
        ("port", 119, 122, False),  # 1 of 3
        ("port", 305, 400, True),  # the other occurrence
        ("port", 110, 110, False),  # nothing
        ("strike", 100, 120, False),
    ],
)
def test_a_match_is_half_of_the_shorter(doc_id: str, start: int, end: int, expected: bool) -> None:
    assert matches(hit(doc_id, start, end), GOLD) is expected


def test_a_whole_document_is_matched_by_anything_in_it() -> None:
    assert matches(hit("port", 7, 8), Gold("port", ()))
    assert not matches(hit("strike", 7, 8), Gold("port", ()))
    assert not matches(hit("port", 7, 7), Gold("port", ()))


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_matching_is_symmetric(one: int, length: int, other: int, width: int) -> None:
    forth = matches(hit("d", one, one + length), Gold("d", (Span(other, other + width),)))
    back = matches(hit("d", other, other + width), Gold("d", (Span(one, one + length),)))
    assert forth == back
