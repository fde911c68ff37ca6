"""Suites made one: what is asked of one is searched among the articles of all."""

import json
from pathlib import Path
from typing import Any

from evals.pooled import pool
from evals.suite import load


def a_suite(folder: Path, cases: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    article = {"id": "one", "title": "Quarry talks", "text": "The quarry stays shut until May, Odell said."}
    (folder / "corpus.jsonl").write_text(json.dumps(article) + "\n")
    (folder / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    return folder


def a_case(id_: str, **more: Any) -> dict[str, Any]:
    evidence = [{"doc_id": "one", "quote": "The quarry stays shut until May"}]
    return {"id": id_, "question": "Until when is the quarry shut?", "evidence": evidence, **more}


def test_ids_that_two_suites_share_stay_two_and_evidence_keeps_its_article(tmp_path: Path) -> None:
    first, second = (a_suite(tmp_path / name, [a_case("c1")]) for name in ("north", "south"))
    assert pool(tmp_path / "both", [first, second]) == (2, 2)
    suite = load(tmp_path / "both").suite
    assert [document.id for document in suite.documents] == ["north/one", "south/one"]
    assert [(case.id, case.evidence[0].doc_id) for case in suite.cases] == [
        ("north/c1", "north/one"),
        ("south/c1", "south/one"),
    ]


def test_a_case_without_evidence_or_that_leans_on_turns_before_it_is_left_out(tmp_path: Path) -> None:
    turns = [{"role": "user", "text": "Who spoke?"}, {"role": "user", "text": "And until when?"}]
    cases = [a_case("kept"), a_case("leans", turns=turns), a_case("bare", evidence=[])]
    assert pool(tmp_path / "one", [a_suite(tmp_path / "north", cases)]) == (1, 1)
