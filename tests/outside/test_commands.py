"""The installed package by the real commands, in processes of their own."""

from pathlib import Path

from tests.evals.making import line, write_suite
from tests.running import environment, run

TALK = """The quay at Orrin stays shut
Orrin Herald, 2031-03-04

Harbour master Ana Lind said the quay at Orrin would stay shut until the cranes were mended.
"""


def test_its_files_are_ingested_and_quoted(hearing: Path, tmp_path: Path) -> None:
    env = environment(tmp_path / "data") | {"PYTHONPATH": str(hearing)}
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "quay.transcript").write_text(TALK, "utf-8")
    (tmp_path / "articles" / "other.transcript").write_text("No head here.", "utf-8")
    done = run("ingest", str(tmp_path / "articles"), env=env)
    assert "quay.transcript: added as a_" in done.stdout
    assert "other.transcript: refused: other.transcript has no head. begin with its title" in done.stderr
    asked = " ".join(run("ask", "How long will the quay at Orrin stay shut?", env=env).stdout.split())
    assert "until the cranes were mended" in asked
    assert "[1] Orrin Herald, " in asked


def test_its_scorer_stands_in_the_report_and_in_the_comparison(hearing: Path, tmp_path: Path) -> None:
    env = environment(tmp_path / "mine") | {"PYTHONPATH": str(hearing), "COLUMNS": "160"}
    suite, out = write_suite(tmp_path / "suite", [line()]), tmp_path / "out"
    done = run("evals", "run", str(suite), "--out", str(out), env=env)
    assert "brevity.in_40_words" in done.stdout
    for page in ("report.html", "summary.md"):
        assert "in_40_words" in (out / page).read_text("utf-8").replace("\\_", "_")
    assert "brevity.in_40_words" in run("evals", "diff", str(out), str(out), env=env).stdout
