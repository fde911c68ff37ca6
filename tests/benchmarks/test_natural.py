import json
from pathlib import Path

import pytest

from benchmarks.natural import GRADES, main

SUITE = "evals/natural/corpora/ceasefire"


def test_what_is_told_is_written_for_who_grades(tmp_path: Path) -> None:
    asked = [
        {"id": "1", "type": "when", "question": "When does the ceasefire lapse?", "good": "23 April"},
        {"id": "2", "type": "follow-up", "turns": ["Who is Brigid Nore?"], "question": "What did she say?"},
    ]
    (tmp_path / "asked.jsonl").write_text("".join(json.dumps(case) + "\n" for case in asked))
    main([SUITE, "--questions", str(tmp_path / "asked.jsonl"), "--out", str(tmp_path / "told.jsonl")])
    told = [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]
    assert [case["id"] for case in told] == ["1", "2"]
    assert told[0]["good"] == "23 April"
    assert any("23 April" in line for line in told[0]["told"])
    assert any("Nore" in line for line in told[1]["told"])


def test_grades_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "port.jsonl"
    file.write_text("".join(json.dumps({"grade": grade}) + "\n" for grade in ("right", *GRADES)))
    main(["--grades", str(file)])
    assert capsys.readouterr().out.split()[-7:] == ["port", "2", "1", "1", "1", "1", "6"]


def test_another_grade_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"grade": "good"}\n')
    with pytest.raises(SystemExit, match="no grade is called 'good'"):
        main(["--grades", str(tmp_path / "a.jsonl")])


BEGAN = (
    "SABREC (HWS) - A ceasefire between Tarvenian forces and Lirne and Kesmari units came into effect at"
    " 06:00 on Monday, hours after the head of the breakaway region's council dropped his objection to it."
)


def test_a_model_is_stood_in_for_by_what_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, told = tmp_path / "asked.jsonl", tmp_path / "told.jsonl"
    question = "When did the ceasefire begin?"
    said = {"text": "It began at 06:00 on Monday.", "cites": [BEGAN]}
    asked.write_text(json.dumps({"id": "1", "question": question}) + "\n")
    replies = tmp_path / "replies.jsonl"
    replies.write_text(json.dumps({"question": question, "statements": [said]}) + "\n")
    main([SUITE, "--questions", str(asked), "--replies", str(replies), "--out", str(told)])
    counts = capsys.readouterr().err
    assert all(count in counts for count in ("asked 1", "cited 1", "not_in_the_window 0"))
    assert [BEGAN in line for line in json.loads(told.read_text())["told"]] == [True]


def test_verdicts_without_replies_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([SUITE, "--verdicts", str(tmp_path / "verdicts.jsonl")])
    assert "give both" in capsys.readouterr().err
