"""The installed package by the real commands, in processes of their own."""

import json
from pathlib import Path

import pytest

from tests.evals.making import line, write_suite
from tests.running import environment, run

pytestmark = pytest.mark.slow  # five processes; the other files here try what they do in this one

TALK = """The quay at Orrin stays shut
Orrin Herald, 2031-03-04

Harbour master Ana Lind said the quay at Orrin would stay shut until the cranes were mended.
"""


def test_its_files_are_ingested_and_its_answerer_quotes_them(hearing: Path, tmp_path: Path) -> None:
    env = environment(tmp_path / "data", answerer="nearest") | {"PYTHONPATH": str(hearing)}
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "quay.transcript").write_text(TALK, "utf-8")
    (tmp_path / "articles" / "other.transcript").write_text("No head here.", "utf-8")
    done = run("ingest", str(tmp_path / "articles"), env=env)
    assert "quay.transcript: added as a_" in done.stdout
    assert "other.transcript: refused: other.transcript has no head. Begin with its title" in done.stderr
    answer = json.loads(run("ask", "How long will the quay at Orrin stay shut?", "--json", env=env).stdout)
    assert answer["produced_by"]["answerer"] == "nearest"
    (citation,) = answer["citations"]
    assert citation["quote"]["text"] == TALK.splitlines()[-1]
    assert (citation["article"]["outlet"], citation["article"]["published"]) == ("Orrin Herald", "2031-03-04")


def test_its_answerer_is_measured_by_its_scorer(hearing: Path, tmp_path: Path) -> None:
    env = environment(tmp_path / "mine") | {"PYTHONPATH": str(hearing), "COLUMNS": "160"}
    suite, out = write_suite(tmp_path / "suite", [line()]), tmp_path / "out"
    done = run("evals", "run", str(suite), "--out", str(out), "--answerer", "nearest", env=env)
    assert "brevity.in_40_words" in done.stdout
    for page in ("report.html", "summary.md"):
        assert "in_40_words" in (out / page).read_text("utf-8").replace("\\_", "_")
    asked = json.loads((out / "run.json").read_text("utf-8"))["target"]
    assert (asked["answerer"], asked["package"]) == ("nearest", "hearing 0.1")
    assert "brevity.in_40_words" in run("evals", "diff", str(out), str(out), env=env).stdout
