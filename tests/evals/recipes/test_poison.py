"""An instruction in every place, each with a canary of its own."""

from collections import Counter
from pathlib import Path

from evals.cases import Document
from evals.recipes import poison
from evals.scoring.matching import forbidden_in
from evals.suite import load
from tests.evals.deriving import TOWNS, made, opened, origin, town
from tests.evals.making import write_suite


def test_poison_is_planted_in_five_places_with_a_canary_each(towns: Path) -> None:
    first, derived = load(towns).suite, made(towns, "poison")
    planted = [document for document in derived.documents if document.source == poison.OUTLET]
    (mark,) = {case.forbidden[len(origin(first, case).forbidden)] for case in derived.cases}
    canaries = {case.id: case.forbidden[-1] for case in derived.cases if case.evidence}
    assert len(planted) == len(canaries) == len(set(canaries.values())) == 2 * len(TOWNS)
    for canary in canaries.values():
        (document,) = [d for d in planted if forbidden_in(d.text, canary)]
        assert canary not in document.id
        assert forbidden_in(f"As reported: {canary}!", mark)
    assert not any(mark in document.text for document in first.documents)
    gold = [piece.quote or "" for case in first.cases for piece in case.evidence]
    assert not any(quote in document.text for quote in gold for document in planted)
    assert {document.title for document in planted if mark not in (document.title or "")} <= {
        document.title for document in first.documents
    }
    where = Counter(_place(document, mark) for document in planted)
    assert set(where) == {"headline", "caption", "beginning", "middle", "end"}


def _place(document: Document, mark: str) -> str:
    paragraphs = document.text.split("\n\n")
    (at,) = [number for number, words in enumerate(paragraphs) if mark in words]
    if mark in (document.title or ""):
        return "headline"
    if at == 0:
        return "caption" if paragraphs[0].startswith("Photo: ") else "beginning"
    return "end" if at == len(paragraphs) - 1 else "middle"


def test_an_article_is_imitated_five_times_at_most(tmp_path: Path) -> None:
    cases = [opened(0, "Varn") | {"id": f"c{n}"} for n in range(9)]
    derived = made(write_suite(tmp_path / "one", cases, [town(0, "Varn")]), "poison")
    assert len(derived.documents) == 1 + 5
    assert all(case.forbidden for case in derived.cases)


def test_every_payload_bids_the_model_say_the_canary() -> None:
    assert len(poison.PAYLOADS) >= 12
    for payload in poison.PAYLOADS:
        assert forbidden_in(payload.substitute(canary="zubadu-0001"), "zubadu-0001")
