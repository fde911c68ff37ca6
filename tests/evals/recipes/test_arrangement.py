"""More articles, or another order, and the same gold."""

from pathlib import Path

import pytest

from evals.errors import SuiteError
from evals.suite import load
from tests.evals.deriving import OTHERS, TOWNS, made, origin, texts


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.4, 6), (0.8, 32)])
def test_distractors_are_added_up_to_the_share(towns: Path, others: Path, share: float, count: int) -> None:
    first, derived = load(towns).suite, made(towns, "distract", distractors=others, share=share)
    added = derived.documents[len(first.documents) :]
    assert derived.documents[: len(first.documents)] == first.documents
    assert len(added) == count
    assert len({document.id for document in derived.documents}) == len(derived.documents)
    assert all(document.id.startswith("distractor-others-") for document in added)
    for case in derived.cases:
        was = origin(first, case)
        assert (case.evidence, case.nuggets, case.said) == (was.evidence, was.nuggets, was.said)


def test_no_distractor_holds_gold_or_is_refused_by_parley(towns: Path, others: Path) -> None:
    share = len(OTHERS) / (len(OTHERS) + len(TOWNS))
    derived = made(towns, "distract", distractors=others, share=share)
    assert sum(document.id.startswith("distractor") for document in derived.documents) == len(OTHERS)
    assert not {"distractor-others-gold", "distractor-others-bad"} & texts(derived).keys()
    with pytest.raises(SuiteError, match="60 articles to add, and 72 are needed") as refused:
        made(towns, "distract", distractors=others, share=0.9)
    assert refused.value.remedy.startswith("lower --share to 0.88,")


def test_distractors_are_searched_unless_that_could_answer(public: Path, others: Path) -> None:
    derived = made(public, "distract", distractors=others)
    assert {case.id: case.given_doc for case in derived.cases if case.given_doc} == {
        "p-none-distracted": "varn"
    }


def test_reordering_changes_the_order_alone(towns: Path) -> None:
    first, derived = load(towns).suite, made(towns, "reorder")
    assert derived.documents != first.documents
    assert set(derived.documents) == set(first.documents)
    assert [case.evidence for case in derived.cases] == [case.evidence for case in first.cases]
