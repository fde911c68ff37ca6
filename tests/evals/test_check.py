"""What a suite must hold besides its format."""

from pathlib import Path
from typing import Any

import pytest

from evals.cases import CaseKind
from evals.errors import SuiteError
from evals.suite import load
from tests.evals.making import LOSS, PAY, REOPENED, line, write_suite

GOLD = [{"doc_id": "port", "quote": REOPENED}]


def nugget(**given: Any) -> dict[str, Any]:
    return {"text": "3 May", "evidence": [0]} | given


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"evidence": [{"doc_id": "dock", "quote": "x"}]}, "evidence 0: there is no document 'dock'"),
        ({"evidence": [{"doc_id": "port", "quote": "It closed."}]}, "evidence 0 is not in port;"),
        (
            {"evidence": [{"doc_id": "port", "quote": '"We lost 40 million crowns."'}]},
            "evidence 0 is not in port letter for letter",
        ),
        (
            {"evidence": [{"doc_id": "port", "quote": "The port of Varn reopned on 3 May."}]},
            "evidence 0 is not in port: the nearest there is 'The port of Varn reopened on 3 May'",
        ),
        ({"nuggets": [nugget(evidence=[1])]}, "tied to evidence [1], which isn't there"),
        ({"nuggets": [nugget(evidence=[])]}, "the nugget '3 May' is tied to no evidence"),
        ({"nuggets": [nugget(any=["…"])]}, "has a spelling without a word in it"),
        ({"nuggets": []}, "is answerable without a vital nugget"),
        ({"nuggets": [nugget(vital=False)]}, "is answerable without a vital nugget"),
        ({"nuggets": [], "evidence": []}, "is answerable without evidence"),
        ({"forbidden": ["port of Varn"]}, "the forbidden 'port of Varn' stands in the evidence"),
        ({"nuggets": [nugget(any=["3 May", "spring"])], "forbidden": ["spring"]}, "stands in a right answer"),
        ({"said": [{"speaker": "Brandt", "quote": "We won"}]}, "the saying 'We won' is in no article"),
        ({"said": [{"speaker": [], "quote": LOSS}]}, "a saying has no speaker"),
        ({"said": [{"speaker": "Okafor", "quote": PAY}]}, "is in no article of the case's evidence"),
        ({"given_doc": "dock"}, "the given document 'dock' is not in the corpus"),
        ({"kind": "unanswerable"}, "is of kind unanswerable, yet answerable"),
        ({"kind": "follow_up"}, "it has no turns"),
        ({"answerable": False}, "has nuggets, yet isn't answerable"),
        ({"kind": ...}, "has no kind, as others have"),
        ({"id": "other"}, "the id is taken"),
        ({"id": ...}, "'id' is missing or empty"),
    ],
)
def test_a_case_that_cannot_be_scored_is_refused(
    tmp_path: Path, wrong: dict[str, Any], expected: str
) -> None:
    folder = write_suite(tmp_path, [line(id="other"), line(**wrong)])
    with pytest.raises(SuiteError) as caught:
        load(folder)
    assert "cases.jsonl line 2" in caught.value.message
    assert expected in caught.value.message


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"gates": {"floors": {"accuracy": 0.5}}}, "'accuracy' is not a metric"),
        ({"gates": {"invariants": ["accuracy"]}}, "'accuracy' is not a metric"),
        ({"gates": {"floors": {"mrr": 50}}}, "the floor of mrr is 50"),
        ({"gates": {"floors": {"mrr": "high"}}}, "the floor of 'mrr' is not a number"),
        ({"gates": {"regression": "never"}}, "'never' is no way to tell a regression"),
        ({"gates": {"floor": {}}}, "gates has an unknown field 'floor'"),
        ({"gates": []}, "'gates' is not an object"),
        ({"authour": "x"}, "has an unknown field 'authour'"),
        ({"version": None}, "'version' is missing or empty"),
        ({"articles": [{"id": "quay", "file": "quay.txt"}]}, "quay.txt"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(
    tmp_path: Path, header: dict[str, Any], expected: str
) -> None:
    with pytest.raises(SuiteError) as caught:
        load(write_suite(tmp_path, [line()], **header))
    assert expected in caught.value.message


def test_an_empty_suite_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="the suite has no case"):
        load(write_suite(tmp_path, []))
    with pytest.raises(SuiteError, match="the suite has no article"):
        load(write_suite(tmp_path, [line()], []))


def test_a_document_id_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"corpus.jsonl line 2 \(port\): the document id 'port' is taken"):
        load(write_suite(tmp_path, [line()], [{"id": "port", "text": REOPENED}] * 2))


def test_a_public_set_is_held_to_less(tmp_path: Path) -> None:
    bare = line(kind=..., nuggets=..., evidence=[], answers=["3 May"], surplus=1)
    assert load(write_suite(tmp_path, [bare], surplus=1)).suite.extra == {"surplus": 1}
    missing = line(kind=..., nuggets=..., evidence=[{"doc_id": "dock", "quote": None}])
    with pytest.raises(SuiteError, match="there is no document 'dock'"):
        load(write_suite(tmp_path, [missing]))


def test_what_is_out_of_balance_is_warned_of(tmp_path: Path) -> None:
    loose = nugget(text="reopening", any=["reopening"])
    cases = [line(), line(id="c2", kind="attribution", nuggets=[loose])]
    warnings = "\n".join(load(write_suite(tmp_path, cases, licence=None)).warnings)
    for expected in (
        "suite.yaml names no licence",
        "kinds without a case: multi_source",
        "kinds with fewer than 3 cases: single_fact (1), attribution (1)",
        "0 of 2 cases are kept for testing",
        "no case is unanswerable",
        "c2: no spelling of the nugget 'reopening' stands in its evidence",
        "c2: asks who said it, and has no `said`",
    ):
        assert expected in warnings


def test_a_balanced_suite_has_no_warning(tmp_path: Path) -> None:
    def of(kind: CaseKind, number: int) -> dict[str, Any]:
        given: dict[str, Any] = {"id": f"{kind}-{number}", "kind": kind, "split": "test" if number else "dev"}
        if kind is CaseKind.UNANSWERABLE:
            given |= {"answerable": False, "nuggets": [], "evidence": []}
        if kind is CaseKind.FOLLOW_UP:
            given["turns"] = [{"role": "user", "text": "Is the port open?"}]
        if kind is CaseKind.ATTRIBUTION:
            given["said"] = [{"speaker": "Brandt", "quote": LOSS}]
        return line(**given)

    cases = [of(kind, number) for kind in CaseKind for number in range(3)]
    assert load(write_suite(tmp_path, cases)).warnings == ()
