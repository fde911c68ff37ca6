"""`parley evals` by its exit codes and by what it prints."""

import argparse
import json
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from evals import provenance
from evals.cli import register
from evals.runner import read_results, read_run
from evals.suite import load
from tests.evals.making import DOCUMENTS, line, write_suite
from tests.evals.scripted import (
    LINES,
    Answer,
    Asked,
    Reply,
    Scripted,
    chat,
    chatting,
    endpoint,
    lying,
    quoting,
    silent,
    stopping,
)
from tests.running import PARLEY, environment, free_port

Evals = Callable[..., tuple[int, str, str]]
Answering = Callable[..., Scripted]


@pytest.fixture
def evals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Evals:
    """A command in this process: its code, output and errors. Registered here, not found by the installed
    package's entry point: what was built in a checkout before may hide that."""
    for name, value in environment(tmp_path / "mine").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(provenance, "revision", lambda: "9e7dc1c4f1aa")
    monkeypatch.chdir(tmp_path)

    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            given = parser.parse_args(["evals", *map(str, arguments)])
            code: int = given.run(given)
        except SystemExit as error:  # as argparse ends
            code = error.code if isinstance(error.code, int) else -1
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert not (tmp_path / "mine").exists()
        return code, out, err

    return call


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    def answers(answer: Answer = quoting) -> Scripted:
        target = Scripted(answer)
        monkeypatch.setattr("evals.target.InProcess", lambda *_, **__: target)
        return target

    return answers


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "harbour", LINES)


def test_a_new_suite_runs_and_parley_passes(evals: Evals, tmp_path: Path) -> None:
    """Parley itself, over a corpus of its own; the folder is named after the suite."""
    suite = tmp_path / "mine to measure"
    code, out, _ = evals("new", suite)
    assert (code, f"parley evals run {suite}" in out) == (0, True)
    code, out, err = evals("run", suite)
    assert (code, "PASS" in out) == (0, True)
    assert "mine to measure: 2 of 2 cases right" in out
    assert str(tmp_path / "eval-runs" / "mine to measure" / "report.html") in out
    assert "kinds without a case" in err  # warnings stay out of the output


def test_refused_articles_are_named_and_cases_that_need_them_not_scored(evals: Evals, tmp_path: Path) -> None:
    """One is refused as the suite is read, one only as it is ingested."""
    corpus = [
        *({"id": document.id, "text": document.text} for document in DOCUMENTS.values()),
        {"id": "scan", "text": "%PDF-1.7 \x00"},
        {"id": "half", "text": "The quay was shut.", "title": "half a pair: \ud800"},
    ]
    needing = [
        line(id="c4", evidence=[{"doc_id": "scan", "quote": "PDF"}]),
        line(id="c5", evidence=[{"doc_id": "half", "quote": "The quay was shut."}]),
    ]
    suite = write_suite(tmp_path / "harbour", [*LINES, *needing], corpus)
    code, out, _ = evals("check", suite)
    assert code == 0
    assert "Parley refuses 1 of 4 articles: scan is a binary file" in " ".join(out.split())
    code, out, _ = evals("run", suite)
    out = " ".join(out.split())
    assert code == 0
    assert "harbour: 3 of 3 cases right" in out
    assert "Parley refuses 2 of 4 articles: scan is a binary file" in out
    assert "half: 'half.txt': a fact of it is not valid Unicode" in out
    assert "Not scored, as they need one of these: 2 cases (c4, c5)." in out
    assert "A part of the suite" not in out
    folder = tmp_path / "eval-runs" / "harbour"
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert [case["case_id"] for case in summary["cases"]] == ["c1", "c2", "c3"]
    assert summary["not_scored"] == ["c4", "c5"]
    assert (folder / "junit.xml").read_text().count("<skipped") == 2
    for page in ("report.html", "summary.md"):
        assert "Not scored, as they need one of these: 2 cases" in (folder / page).read_text(encoding="utf-8")
    assert evals("report", folder)[0] == 0
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8")) == summary
    assert "Not scored" in " ".join(evals("run", suite, "--only", "retrieval")[2].split())
    assert evals("run", suite, "--filter", "id=c4")[0] == 2


def test_retrieval_alone(evals: Evals, suite: Path) -> None:
    code, out, _ = evals("run", suite, "--only", "retrieval")
    assert code == 0
    for word in ("2 cases with evidence", "fused", "dense", "lexical", "chance", "ndcg@10"):
        assert word in out
    code, _, err = evals("run", suite, "--only", "retrieval", "--url", "http://127.0.0.1:1")
    assert (code, "--url" in err) == (2, True)


def test_a_floor_that_is_broken_fails(evals: Evals, answering: Answering, tmp_path: Path) -> None:
    gates = {"floors": {"grounded_nugget_recall": 0.9}}
    answering(silent)
    code, out, _ = evals("run", write_suite(tmp_path / "harbour", LINES, gates=gates))
    assert code == 1
    assert "FAIL" in out
    assert "grounded_nugget_recall 0.000 is below its floor 0.900" in out


def test_a_target_that_lies_breaks_the_invariant(evals: Evals, answering: Answering, suite: Path) -> None:
    answering(lambda c, t: lying(c, t) if c.id == "c2" else quoting(c, t))
    code, out, _ = evals("run", suite)
    assert code == 1
    assert "quote_exactness must be 1 and isn't in c2" in out


def test_a_case_that_errs_fails(evals: Evals, answering: Answering, suite: Path) -> None:
    answering()
    with endpoint(chatting(lambda _: (500, {"error": "broken"}))) as url:
        code, out, _ = evals("run", suite, "--url", url)
    assert (code, "the target failed on 3 cases" in out) == (1, True)


def test_a_regression_by_case_fails_and_diff_tells_it_first(
    evals: Evals, answering: Answering, tmp_path: Path
) -> None:
    suite = write_suite(tmp_path / "harbour", LINES, gates={"regression": "case"})
    answering(lambda c, t: silent(c, t) if c.id == "c2" else quoting(c, t))
    assert evals("run", suite, "--out", "before")[0] == 0
    answering(lambda c, t: silent(c, t) if c.id == "c1" else quoting(c, t))
    code, out, _ = evals("run", suite, "--out", "after", "--baseline", "before")
    assert (code, "passed before and fails now: c1" in out) == (1, True)
    code, out, _ = evals("diff", "before", "after")
    assert code == 1
    assert out.index("passed before, fail now: 1\n  c1") < out.index("failed before, pass now: 1\n  c2")
    assert evals("diff", "after/summary.json", "after")[0] == 0
    assert evals("report", "after", "--baseline", "before")[0] == 1
    assert evals("report", "after")[0] == 0


def test_runs_without_a_case_in_common_are_not_compared(
    evals: Evals, answering: Answering, suite: Path
) -> None:
    answering()
    evals("run", suite, "--out", "before", "--filter", "id=c1")
    evals("run", suite, "--out", "after", "--filter", "id=c2")
    code, _, err = evals("diff", "before", "after")
    assert (code, "no case in common" in err) == (2, True)


def test_diff_without_a_regression_passes(evals: Evals, answering: Answering, suite: Path) -> None:
    answering(silent)
    evals("run", suite, "--out", "before")
    answering()
    evals("run", suite, "--out", "after")
    code, out, _ = evals("diff", "before", "after")
    assert (code, "failed before, pass now: 2\n  c1\n  c2\n" in out) == (0, True)


def test_trials(evals: Evals, answering: Answering, suite: Path) -> None:
    target = answering()
    assert evals("run", suite, "--trials", 3, "--out", "out")[0] == 0
    assert len(target.asked) == 9
    assert json.loads(Path("out/summary.json").read_text())["stability"]["pass_hat"] == 1


def test_one_is_told_as_one(evals: Evals, suite: Path) -> None:
    for name in ("corpus.jsonl", "cases.jsonl"):
        first, *_ = (suite / name).read_text().splitlines()
        (suite / name).write_text(first)
    assert "harbour 1: 1 case, 1 article\n" in evals("check", suite)[1]


def test_check_and_show(evals: Evals, suite: Path) -> None:
    code, out, _ = evals("check", suite)
    assert (code, "harbour 1: 3 cases, 2 articles" in out) == (0, True)
    code, out, _ = evals("show", suite, "c2", "--json")
    assert (code, json.loads(out)["case"]["id"]) == (0, "c2")
    code, _, err = evals("show", suite, "c22")
    assert (code, "Nearest: c2" in err) == (2, True)


@pytest.mark.parametrize(
    ("cases", "what"),
    [
        ([], "the suite has no case"),
        ([line(evidence=[{"doc_id": "port", "quote": "The port of Varn closed."}])], "is not in port"),
        ([line(), line(question="And when?")], "c1"),
        ([line(colour="red")], "unknown field 'colour'"),
        (["not JSON"], "not JSON"),
    ],
    ids=["empty", "quote not in its article", "duplicate id", "unknown field", "not JSON"],
)
def test_a_bad_suite_is_told_and_nothing_is_run(
    evals: Evals, answering: Answering, tmp_path: Path, cases: list[object], what: str
) -> None:
    target = answering()
    suite = write_suite(tmp_path / "bad", cases)
    for action in ("run", "check"):
        code, out, err = evals(action, suite)
        assert (code, out) == (2, "")
        assert what in err
    assert target.asked == []
    assert not (tmp_path / "eval-runs").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--filter", "kind"),
        ("--filter", "kind=poem"),
        ("--trials", "0"),
        ("--trials", "-1"),
        ("--trials", "many"),
        ("--baseline", "nowhere"),
        ("--only", "prose"),
        ("--url", "http://127.0.0.1:1", "--key-env", "NOT_SET_ANYWHERE"),
        ("--out", "harbour/suite.yaml"),
        ("--colour",),
    ],
)
def test_wrong_usage(evals: Evals, answering: Answering, suite: Path, arguments: tuple[str, ...]) -> None:
    target = answering()
    code, out, err = evals("run", suite, *arguments)
    assert (code, out, target.asked) == (2, "", [])
    assert len(err.splitlines()) >= 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "nowhere"),
        ("check", "nowhere"),
        ("report", "nowhere"),
        ("diff", "nowhere", "nowhere"),
        ("show", "nowhere", "c1"),
        ("show", "harbour", "c9"),
        ("show", "harbour"),
        (),
        ("sing",),
    ],
)
def test_what_is_not_there_is_wrong_usage(evals: Evals, suite: Path, arguments: tuple[str, ...]) -> None:
    code, _, err = evals(*arguments)
    assert suite.name == "harbour"
    assert (code, bool(err)) == (2, True)


def test_a_folder_with_another_run_is_wrong_usage(evals: Evals, answering: Answering, suite: Path) -> None:
    answering()
    assert evals("run", suite)[0] == 0
    code, _, err = evals("run", suite, "--trials", 2, "--out", Path("eval-runs") / suite.name)
    assert (code, "holds another run" in err, "--out" in err) == (2, True, True)


def test_where_no_folder_is_named_the_run_before_makes_room(
    evals: Evals, answering: Answering, suite: Path, tmp_path: Path
) -> None:
    answering()
    for trials in (1, 2, 3):
        assert evals("run", suite, "--trials", trials)[0] == 0
    runs = tmp_path / "eval-runs"
    assert (read_run(runs / "harbour").trials, read_run(runs / "harbour.previous").trials) == (3, 2)
    assert evals("diff", runs / "harbour.previous", runs / "harbour")[0] == 0


def test_a_missing_model_is_not_a_failed_gate(
    evals: Evals, suite: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PARLEY_MODEL_DIR", str(tmp_path / "no-model"))
    code, _, err = evals("run", suite)
    assert (code, "fetch-model" in err) == (2, True)


def test_where_nothing_listens(evals: Evals, suite: Path, tmp_path: Path) -> None:
    code, out, err = evals("run", suite, "--url", f"http://127.0.0.1:{free_port()}")
    assert (code, out) == (3, "")
    assert "does not answer" in err
    assert not (tmp_path / "eval-runs").exists()


def test_a_service_that_dies_half_way(evals: Evals, suite: Path) -> None:
    replies = iter([chat("On 3 May."), None])
    with endpoint(chatting(lambda _: next(replies))) as url:
        code, _, err = evals("run", suite, "--url", url, "--out", "out")
    assert (code, "What was done is kept" in err) == (3, True)
    assert [result.case_id for result in read_results(Path("out"))] == ["c1"]


def test_interrupted_it_keeps_what_is_done_and_goes_on(
    evals: Evals, answering: Answering, suite: Path
) -> None:
    target = answering(stopping(2, KeyboardInterrupt()))
    code, _, err = evals("run", suite, "--out", "out")
    assert code == 130
    assert err.splitlines()[-2:] == [
        "parley evals: interrupted",
        "  A run that is started again goes on where it stopped.",
    ]
    assert len(read_results(Path("out"))) == 2
    assert evals("run", suite, "--out", "out")[0] == 0
    assert target.asked == [("c1", 0), ("c2", 0), ("c3", 0)]


@pytest.mark.slow
def test_ctrl_c_in_a_process_of_its_own(suite: Path, tmp_path: Path) -> None:
    """While the service is busy with the second case. Outside the checkout, as it is installed."""
    busy, let_go = threading.Event(), threading.Event()

    def reply(asked: Asked) -> Reply:
        if asked.body["messages"][-1]["content"] != "How far had pay fallen?":
            return chat("On 3 May.")
        busy.set()
        let_go.wait(60)
        return None

    with endpoint(chatting(reply)) as url:
        process = subprocess.Popen(
            [*PARLEY, "evals", "run", str(suite), "--url", url, "--out", str(tmp_path / "out")],
            env=environment(tmp_path / "mine"),
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert busy.wait(30)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        finally:
            let_go.set()
            process.kill()
            process.wait()
    assert (process.returncode, out) == (130, "")
    assert "parley evals: interrupted" in err
    assert "Traceback" not in err
    assert [result.case_id for result in read_results(tmp_path / "out")] == ["c1"]


def test_a_message_with_control_characters_is_made_harmless(evals: Evals, tmp_path: Path) -> None:
    code, _, err = evals("check", write_suite(tmp_path / "bad", [line(id="\x1b[2J", colour="red")]))
    assert code == 2
    assert "\x1b" not in err


def test_without_gates_a_run_that_is_all_wrong_does_not_pass(
    evals: Evals, suite: Path, tmp_path: Path, answering: Answering
) -> None:
    answering(silent)
    code, out, _ = evals("run", suite, "--filter", "id=c1")
    assert code == 0
    assert "harbour: 0 of 1 cases right" in out
    assert "NO GATES SET" in out
    assert "PASS" not in out
    folder = tmp_path / "eval-runs" / "harbour"
    assert (folder / "summary.md").read_text().startswith("# harbour: no gates set")
    page = (folder / "report.html").read_text()
    assert "<title>No gates set: harbour" in page
    assert "The gates hold" not in page


def test_a_new_suite_is_the_same_as_a_table(evals: Evals, tmp_path: Path) -> None:
    for name, options in (("lines", ()), ("table", ("--csv",))):
        assert evals("new", tmp_path / name, *options)[0] == 0
    one, other = (load(tmp_path / name).suite for name in ("lines", "table"))
    assert one.cases == other.cases
    assert (tmp_path / "table" / "cases.csv").exists()
    assert not (tmp_path / "table" / "cases.jsonl").exists()


def test_nothing_is_written_over(evals: Evals, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    code, _, err = evals("new", tmp_path / "full")
    assert (code, "is there already, and not empty" in err) == (2, True)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]
    code, _, err = evals("new", tmp_path / "full" / "notes.txt" / "below")
    assert (code, "cannot be written" in err) == (2, True)
