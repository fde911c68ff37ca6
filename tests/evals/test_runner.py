"""A run is kept as it goes, goes on where it stopped, and is never mixed with another."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import provenance
from evals.cases import Suite
from evals.errors import ResultsError
from evals.results import CaseResult
from evals.runner import RESULTS, RUN, read_results, read_run, run, suite_hash
from tests.evals.making import case, result
from tests.evals.scripted import Scripted, lying, quoting, stopping

EVERY = [("c1", 0), ("c2", 0), ("c3", 0)]


@pytest.fixture(autouse=True)
def _one_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits the code meanwhile."""
    monkeypatch.setattr(provenance, "revision", lambda: "9e7dc1c4f1aa")


def test_every_case_is_asked_and_kept(harbour: Suite, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    target = Scripted()
    results = run(
        harbour, harbour.cases, target, tmp_path / "new" / "out", progress=lambda *at: seen.append(at)
    )
    assert target.asked == EVERY
    assert read_results(tmp_path / "new" / "out") == results
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    made = read_run(tmp_path / "new" / "out")
    assert (made.suite, made.cases, made.trials, made.target) == ("harbour", 3, 1, {"target": "scripted"})
    assert made.suite_hash == suite_hash(harbour)


def test_trials_ask_each_case_so_many_times(harbour: Suite, tmp_path: Path) -> None:
    target = Scripted()
    results = run(harbour, harbour.cases[:2], target, tmp_path, trials=3)
    assert [(r.case_id, r.trial) for r in results] == target.asked
    assert target.asked == [(id_, trial) for trial in range(3) for id_ in ("c1", "c2")]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("out of memory")])
def test_an_interrupted_run_goes_on_where_it_stopped(
    harbour: Suite, tmp_path: Path, error: BaseException
) -> None:
    target = Scripted(stopping(2, error))
    with pytest.raises(type(error)):
        run(harbour, harbour.cases, target, tmp_path)
    assert [r.case_id for r in read_results(tmp_path)] == ["c1", "c2"]
    again = run(harbour, harbour.cases, target, tmp_path)
    assert target.asked == EVERY
    assert again == run(harbour, harbour.cases, Scripted(), tmp_path / "whole")


def test_a_finished_run_asks_nothing_again(harbour: Suite, tmp_path: Path) -> None:
    first = run(harbour, harbour.cases, Scripted(), tmp_path)
    written = (tmp_path / RESULTS).read_bytes()
    target = Scripted(lying)
    assert run(harbour, harbour.cases, target, tmp_path) == first
    assert target.asked == []
    assert (tmp_path / RESULTS).read_bytes() == written


def test_run_twice_the_results_are_equal(harbour: Suite, tmp_path: Path) -> None:
    for name in ("one", "other"):
        run(harbour, harbour.cases, Scripted(), tmp_path / name)
    assert (tmp_path / "one" / RESULTS).read_bytes() == (tmp_path / "other" / RESULTS).read_bytes()


@pytest.mark.parametrize("cut", [1, 2, 40, -1])
def test_a_last_line_cut_short_is_asked_again(harbour: Suite, tmp_path: Path, cut: int) -> None:
    """Wherever it was cut, also within a character."""

    def strange(of: object, trial: int = 0) -> CaseResult:
        return replace(quoting(of, trial), text="“Ж\u2028\N{GRINNING FACE}”")  # type: ignore[arg-type]

    first = run(harbour, harbour.cases, Scripted(strange), tmp_path)
    path = tmp_path / RESULTS
    *before, last, _ = path.read_bytes().split(b"\n")
    kept = last[: last.index("Ж".encode()) + 1] if cut == -1 else last[:-cut]
    path.write_bytes(b"".join(line + b"\n" for line in before) + kept)
    assert [r.case_id for r in read_results(tmp_path)] == ["c1", "c2"]
    assert path.read_bytes().endswith(kept)  # reading writes nothing: the run may still be going on
    target = Scripted(strange)
    assert run(harbour, harbour.cases, target, tmp_path) == first
    assert target.asked == [("c3", 0)]
    assert read_results(tmp_path) == first


@settings(deadline=None, max_examples=40)  # it writes files
@given(text=st.text())
def test_an_answer_survives_whatever_it_holds(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("run")
    of = case()
    answer = replace(result(of), text=text)
    suite = Suite("s", "1", "CC0", folder, (), (of,), None, None)  # type: ignore[arg-type]
    run(suite, [of], Scripted(lambda *_: answer), folder)
    (read,) = read_results(folder)
    assert read.text == text


@pytest.mark.parametrize("text", ["a\u2028b\u2029c\x85d\x0be\x1cf\r\ng\nh", "\ud800"])
def test_line_ends_and_half_characters_survive(harbour: Suite, tmp_path: Path, text: str) -> None:
    run(harbour, harbour.cases, Scripted(lambda c, t: replace(quoting(c, t), text=text)), tmp_path)
    assert [r.text for r in read_results(tmp_path)] == [text] * 3
    assert len((tmp_path / RESULTS).read_bytes().split(b"\n")) == 4


def test_a_folder_with_another_run_is_refused(harbour: Suite, tmp_path: Path) -> None:
    run(harbour, harbour.cases, Scripted(), tmp_path)
    written = (tmp_path / RESULTS).read_bytes()
    changed = replace(harbour, cases=(replace(harbour.cases[0], question="Why?"), *harbour.cases[1:]))
    others = [
        (changed, changed.cases, Scripted(), 1),
        (harbour, harbour.cases[:2], Scripted(), 1),
        (harbour, harbour.cases, Scripted(model="another"), 1),
        (harbour, harbour.cases, Scripted(), 2),
    ]
    for suite, cases, target, trials in others:
        with pytest.raises(ResultsError, match="another run") as refused:
            run(suite, cases, target, tmp_path, trials=trials)
        assert "--out" in refused.value.remedy
        assert target.asked == []
    assert (tmp_path / RESULTS).read_bytes() == written


def test_other_cases_of_the_same_number_are_another_run(harbour: Suite, tmp_path: Path) -> None:
    run(harbour, harbour.cases[:1], Scripted(), tmp_path)
    with pytest.raises(ResultsError, match="another run"):
        run(harbour, harbour.cases[1:2], Scripted(), tmp_path)


def test_other_code_is_another_run(harbour: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(harbour, harbour.cases, Scripted(), tmp_path)
    monkeypatch.setattr(provenance, "revision", lambda: "9e7dc1c4f1aa+12345678")
    with pytest.raises(ResultsError, match="another run"):
        run(harbour, harbour.cases, Scripted(), tmp_path)


def test_a_run_that_answered_nothing_yet_gives_way(harbour: Suite, tmp_path: Path) -> None:
    run(harbour, harbour.cases, Scripted(), tmp_path)
    (tmp_path / RESULTS).unlink()
    target = Scripted(model="another")
    run(harbour, harbour.cases, target, tmp_path)
    assert target.asked == EVERY
    assert read_run(tmp_path).target["model"] == "another"


@pytest.mark.parametrize("bad", ["not JSON", "[]", '{"suite": "harbour"}'])
def test_a_damaged_run_is_told(harbour: Suite, tmp_path: Path, bad: str) -> None:
    (tmp_path / RUN).write_text(bad)
    with pytest.raises(ResultsError, match=r"run\.json is damaged"):
        run(harbour, harbour.cases, Scripted(), tmp_path)


@pytest.mark.parametrize("bad", ["not JSON", "[]", json.dumps({"case_id": "c1"}), '"\\ud800"'])
def test_a_damaged_line_is_told_by_its_number(harbour: Suite, tmp_path: Path, bad: str) -> None:
    run(harbour, harbour.cases, Scripted(), tmp_path)
    path = tmp_path / RESULTS
    path.write_text(path.read_text() + bad + "\n")
    with pytest.raises(ResultsError, match=r"results\.jsonl, line 4 is no result"):
        read_results(tmp_path)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(ResultsError, match="holds no run"):
            read_run(folder)
    assert read_results(tmp_path / "nowhere") == []


def test_an_out_that_is_a_file_is_told(harbour: Suite, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="cannot be made a folder"):
        run(harbour, harbour.cases, Scripted(), tmp_path / "file")
