"""The yardstick of statements in other words runs, and can tell a judge from none."""

import json
import subprocess
import sys
from pathlib import Path

TEXT = "The board sold two boats, Ann Roe said on Friday. The crew stays ashore."


def scored(folder: Path, *options: str) -> str:
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}), encoding="utf-8")
    pair = {"quotes": [TEXT[:49]], "class": "number"}
    pairs = [
        {**pair, "text": "Roe said the board had two boats sold.", "true": True},
        {**pair, "text": "Roe said the board had nine boats sold.", "true": False},
        {**pair, "text": "Roe said boats had been bought by the board.", "true": False},
    ]
    (folder / "pairs.jsonl").write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    files = ["--articles", str(folder / "articles.jsonl"), "--pairs", str(folder / "pairs.jsonl")]
    command = [sys.executable, "-m", "benchmarks.paraphrases", *files, *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_the_rules_alone_let_through(tmp_path: Path) -> None:
    out = scored(tmp_path, "--judge", "yes")
    assert "true served    1/1" in out
    assert "false served    1/2" in out
    assert "value_not_in_quote 1" in out


def test_what_a_recorded_judge_lets_through(tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    scored(tmp_path, "--ask", str(asked))
    rows = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]
    verdicts = tmp_path / "verdicts.jsonl"
    said = [{**row, "verdict": "yes" if "two" in row["statement"] else "no"} for row in rows]
    verdicts.write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    out = scored(tmp_path, "--verdicts", str(verdicts))
    assert len(rows) == 3
    assert "true served    1/1" in out
    assert "false served    0/2" in out


def test_it_sees_a_rule_vanish(tmp_path: Path) -> None:
    out = scored(tmp_path, "--judge", "yes", "--without")
    assert "without value_not_in_quote           false +  1" in out
