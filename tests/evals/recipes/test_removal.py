"""What is removed is gone, and what other cases need is there."""

from pathlib import Path

import pytest

from evals.cases import CaseKind
from evals.scoring.matching import any_in
from evals.suite import load
from tests.evals.deriving import TOWNS, made, opened, origin, texts, town
from tests.evals.making import write_suite


@pytest.mark.parametrize(("how", "least"), [("remove-gold", 3), ("remove-evidence", 6)])
@pytest.mark.parametrize("seed", range(3))
def test_removed_gold_is_gone_and_other_gold_is_there(towns: Path, how: str, least: int, seed: int) -> None:
    first, derived = load(towns).suite, made(towns, how, seed=seed)
    everything = " ".join(texts(derived).values())
    robbed = [case for case in derived.cases if origin(first, case).answerable and not case.answerable]
    kept = [case for case in derived.cases if case.answerable]
    assert len(robbed) >= least
    assert len(kept) >= least
    for case in robbed:
        was = origin(first, case)
        assert case.kind is CaseKind.UNANSWERABLE
        assert (case.nuggets, case.evidence, case.said, case.answers) == ((), (), (), ())
        assert not any(piece.quote and piece.quote in everything for piece in was.evidence)
        assert not any(any_in(everything, nugget.any) for nugget in was.nuggets)
    for case in kept:
        assert case.evidence == origin(first, case).evidence
    assert sum(not origin(first, case).answerable for case in derived.cases) == 2


def test_removed_sentences_leave_the_rest_of_the_article(towns: Path) -> None:
    before, after = texts(load(towns).suite), texts(made(towns, "remove-evidence"))
    assert after.keys() == before.keys()
    assert after != before
    for id_, text in after.items():
        assert "Ships are back in the north." in text
        assert "The weather was fine." in text
        assert set(text.split()) <= set(before[id_].split())
        assert "\n\n" in text


def test_a_case_that_other_articles_answer_keeps_its_evidence(tmp_path: Path) -> None:
    again = {"id": "again", "text": "We hear that the port of Varn did reopen; it was 3 May 1990, they say."}
    cases = [opened(*pair) for pair in enumerate(TOWNS)]
    suite = write_suite(tmp_path / "told", cases, [*(town(*pair) for pair in enumerate(TOWNS)), again])
    for how in ("remove-gold", "remove-evidence"):
        for seed in range(4):
            assert not any(
                case.id.startswith("open-Varn") and not case.answerable
                for case in made(suite, how, seed=seed).cases
            )


def test_a_removed_given_document_is_given_no_longer(public: Path) -> None:
    derived = made(public, "remove-gold")
    robbed = [case for case in derived.cases if case.id.endswith("robbed")]
    assert robbed
    assert all(case.given_doc is None and case.kind is None for case in robbed)
