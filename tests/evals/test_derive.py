"""Suites made from suites: each reads without an error, and tells what it is."""

import re
from collections import Counter
from pathlib import Path

import pytest

from evals.commands import OWN_SUITES
from evals.derive import RECIPES, derive
from evals.errors import SuiteError
from evals.suite import load
from tests.evals.deriving import (
    made,
    origin,
    recipe,
    write_public,
    write_towns,
)
from tests.evals.making import write_suite


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    return write_towns(tmp_path)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return write_public(tmp_path)


@pytest.mark.parametrize("how", sorted(RECIPES))
def test_what_every_recipe_keeps(towns: Path, how: str) -> None:
    first, derived = load(towns).suite, made(towns, how)
    for case in derived.cases:
        was = origin(first, case)
        assert case.id.startswith(f"{was.id}-")
        assert (case.split, case.turns) == (was.split, was.turns)
        assert how == "paraphrase" or case.question == was.question
    assert len({case.id for case in derived.cases}) == len(derived.cases)
    assert derived.name == f"{first.name}-{how}"
    assert derived.extra["origin"] == f"{first.name}, version 1"
    assert derived.extra["notes"]["recipe"] == how
    assert derived.extra["notes"]["seed"] == 1
    assert derived.gates.floors == {}
    assert derived.baseline is None


@pytest.mark.parametrize("how", sorted(RECIPES))
def test_a_seed_decides_and_nothing_else(towns: Path, tmp_path: Path, how: str) -> None:
    said = [
        derive(str(towns), tmp_path / name, recipe(how, seed=seed))
        for name, seed in [("a", 7), ("b", 7), ("c", 8)]
    ]
    assert said[0].replace(str(tmp_path / "a"), "") == said[1].replace(str(tmp_path / "b"), "")
    files = [
        [(tmp_path / name / file).read_bytes() for file in ("cases.jsonl", "corpus.jsonl")] for name in "abc"
    ]
    assert files[0] == files[1]
    assert files[0] != files[2]


@pytest.mark.parametrize("how", sorted(RECIPES))
def test_a_public_suite_and_our_own_are_derived_from_too(public: Path, tmp_path: Path, how: str) -> None:
    assert made(public, how).cases
    derive("seeds", tmp_path / "seeds", recipe(how))
    documents = load(tmp_path / "seeds").suite.documents
    assert all(document.text.strip() for document in documents)
    assert load(OWN_SUITES / "seeds").suite.cases


def test_what_is_made_is_said(towns: Path, tmp_path: Path) -> None:
    said = derive(str(towns), tmp_path / "out", recipe("contradict"))
    left = Counter(re.findall(r"left out (\d+): (.*)", said))
    count = int(re.findall(r": (\d+) cases over", said)[0])
    assert count + sum(int(number) for number, _ in left) == len(load(towns).suite.cases)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"how": "improve"}, "no recipe 'improve'"),
        ({"how": "distract"}, "needs articles"),
        ({"how": "reorder", "distractors": Path("x")}, "takes no articles"),
        ({"how": "poison", "share": 1.0}, "--share is 1"),
        ({"how": "poison", "share": float("nan")}, "--share is nan"),
    ],
)
def test_what_cannot_be_is_refused(more: dict[str, object], words: str) -> None:
    with pytest.raises(SuiteError, match=re.escape(words)):
        recipe(**more)  # type: ignore[arg-type]


def test_a_recipe_that_fits_no_case_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    prose = (
        "It reopened because the strike was over and everybody wanted to be back at work before the summer."
    )
    corpus = [{"id": "a", "text": prose}]
    case = {"id": "1", "question": "Why?", "answers": [prose], "evidence": [{"doc_id": "a", "quote": prose}]}
    suite = write_suite(tmp_path / "one", [case], corpus)
    for how in ("contradict", "remove-gold", "remove-evidence"):
        with pytest.raises(SuiteError, match="makes no suite"):
            derive(str(suite), tmp_path / "out", recipe(how))
    assert not (tmp_path / "out").exists()
