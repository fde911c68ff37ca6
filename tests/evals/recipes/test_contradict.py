"""Two articles that say different things, and a case that wants both."""

from pathlib import Path

import pytest

from evals.cases import CaseKind
from evals.recipes import contradict
from evals.scoring.matching import any_in, occurrences
from evals.suite import load
from tests.evals.deriving import TOWNS, made, origin, texts


@pytest.mark.parametrize("seed", range(4))
def test_a_contradiction_has_two_sides_that_differ_in_the_answer(towns: Path, seed: int) -> None:
    first, derived = load(towns).suite, made(towns, "contradict", seed=seed)
    assert len(derived.cases) == 2 * len(TOWNS)
    outlets = {document.id: document.source for document in derived.documents}
    known = texts(derived)
    for case in derived.cases:
        ours, theirs = case.nuggets
        assert case.kind is CaseKind.CONFLICT
        assert (ours.evidence, theirs.evidence) == ((0,), (1,))
        assert case.evidence[0] in origin(first, case).evidence
        assert (outlets[case.evidence[0].doc_id], outlets[case.evidence[1].doc_id]) == (
            "Radio Nord",
            contradict.OUTLET,
        )
        quotes = [piece.quote or "" for piece in case.evidence]
        assert all(occurrences(known[piece.doc_id], piece.quote or "") for piece in case.evidence)
        told = [(any_in(quote, ours.any), any_in(quote, theirs.any)) for quote in quotes]
        assert told == [(True, False), (False, True)]
        differing = [
            pair for pair in zip(quotes[0].split(), quotes[1].split(), strict=True) if len(set(pair)) > 1
        ]
        assert len(differing) == 1


def test_a_public_suite_is_contradicted_where_one_sentence_answers(public: Path) -> None:
    derived = made(public, "contradict")
    assert len(derived.cases) == len(TOWNS)
    assert "bad" not in texts(derived)  # a suite whose cases have kinds may not hold it
    assert all(case.given_doc is None for case in derived.cases)
    assert all("reopened on 3" in (case.evidence[0].quote or "") for case in derived.cases)
