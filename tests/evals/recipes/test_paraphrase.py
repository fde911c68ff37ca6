"""Other words, the same question."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import Split
from evals.recipes import paraphrase
from evals.suite import load
from tests.evals.deriving import made, origin


def test_a_paraphrase_changes_the_question_alone(towns: Path) -> None:
    first, derived = load(towns).suite, made(towns, "paraphrase")
    for case in derived.cases:
        was = origin(first, case)
        assert case.question != was.question
        assert (case.evidence, case.nuggets, case.said, case.kind) == (
            was.evidence,
            was.nuggets,
            was.said,
            was.kind,
        )
    assert {case.split for case in derived.cases} == set(Split)
    assert not any(case.id.startswith("none-1") for case in derived.cases)  # "so": no rule fits


@pytest.mark.parametrize(
    ("rule", "question", "changed"),
    [
        ("lower case", "Who is Ann?", "who is ann?"),
        ("lower case", "Did the US agree?", "Did the US agree?"),
        ("lower case", "What does U.S. law say?", "What does U.S. law say?"),
        ("no question mark", "Who is Ann? ", "Who is Ann"),
        ("no question mark", "Who is Ann", "Who is Ann"),
        ("no question mark", "?", "?"),
        ("contraction", "What is the date?", "What's the date?"),
        ("contraction", "Did it not, or has not it?", "Did it not, or hasn't it?"),
        ("contraction", "What's the date?", "What is the date?"),
        ("contraction", "Why can’t they?", "Why cannot they?"),
        ("contraction", "Who said “that is not it”?", "Who said “that is not it”?"),
        ("preposition last", "On which day did they meet?", "Which day did they meet on?"),
        ("preposition last", "From whom do we have it?", "Who do we have it from?"),
        ("preposition last", "from which town is he", "from which town is he"),
        ("preposition last", "In what year did he say that it was?", "In what year did he say that it was?"),
        ("polite", "Name the mayor.", "Name the mayor."),
        ("typo", "Who is in “Marked Quotation”?", "Who is in “Marked Quotation”?"),
        ("typo", "Where would they?", "Where would they?"),
    ],
)
def test_rules_of_paraphrase(rule: str, question: str, changed: str) -> None:
    assert paraphrase.RULES[rule](question, Random(1)) == changed


@settings(deadline=None)
@given(
    question=st.text(max_size=60) | st.from_regex(r"[a-z“” ]{0,40}\??", fullmatch=True),
    seed=st.integers(0, 99),
)
def test_a_typo_swaps_two_letters_of_a_word_and_a_request_keeps_the_question(
    question: str, seed: int
) -> None:
    typo = paraphrase.with_typo(question, Random(seed))
    assert sorted(typo) == sorted(question)
    assert [len(word) for word in typo.split()] == [len(word) for word in question.split()]
    assert sum(a != b for a, b in zip(typo, question, strict=True)) in {0, 2}
    assert paraphrase.politely(question, Random(seed)).endswith(question)
    assert paraphrase.without_mark(question, Random(seed)).strip() != "" or not question.strip()
