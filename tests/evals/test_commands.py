"""What the actions do: the files that a run leaves, scoring again without asking, and the terminal."""

import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals import commands, provenance
from evals.cases import Suite
from evals.commands import find_suite, report_again, run_suite, select
from evals.compare import read_measured
from evals.errors import ResultsError, SuiteError
from evals.plan import Plan
from evals.runner import RESULTS, read_results
from tests.evals.making import REOPENED, line, write_suite
from tests.evals.scripted import (
    LINES,
    Answer,
    Scripted,
    chat,
    chatting,
    endpoint,
    lying,
    quoting,
    silent,
    stopping,
)

Answering = Callable[..., Scripted]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """In place of Parley in this process: a target that answers as told."""
    monkeypatch.setattr(provenance, "revision", lambda: "9e7dc1c4f1aa")
    monkeypatch.setenv("COLUMNS", "160")

    def answers(answer: Answer = quoting) -> Scripted:
        target = Scripted(answer)
        monkeypatch.setattr("evals.target.InProcess", lambda *_, **__: target)
        return target

    return answers


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "suite", LINES, gates={"invariants": ["quote_exactness"]})


@pytest.fixture
def nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def broken(*_: object, **__: object) -> None:
        raise AssertionError("something was asked")

    def forbid() -> None:
        monkeypatch.setattr("evals.target.InProcess", broken)
        monkeypatch.setattr(commands, "run", broken)

    return forbid


class Links(HTMLParser):
    """What a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.elements = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        self.found += [f"{tag} {value}" for name, value in attrs if name == "src" or tag == "link"]


def test_a_run_leaves_valid_files(suite: Path, tmp_path: Path, answering: Answering) -> None:
    target = answering()
    assert run_suite(Plan(str(suite), tmp_path / "out"))
    assert target.closed
    out = tmp_path / "out"
    summary = json.loads((out / "summary.json").read_text())
    assert [case["passed"] for case in summary["cases"]] == [True] * 3
    assert summary["run"]["revision"] == "9e7dc1c4f1aa"
    assert len((out / "results.jsonl").read_text().splitlines()) == 3
    (group,) = ElementTree.parse(out / "junit.xml").getroot()
    assert (group.get("tests"), group.get("failures"), group.get("errors")) == ("3", "0", "0")
    assert (out / "summary.md").read_text().startswith("# harbour: pass")
    links = Links()
    links.feed((out / "report.html").read_text())
    assert links.elements > 20
    assert links.found == []


def test_run_twice_the_summaries_are_equal(suite: Path, tmp_path: Path, answering: Answering) -> None:
    """But for when they were made."""
    read = []
    for name in ("one", "other"):
        answering()
        run_suite(Plan(str(suite), tmp_path / name))
        summary = json.loads((tmp_path / name / "summary.json").read_text())
        read.append(summary | {"run": summary["run"] | {"started": ""}})
    assert read[0] == read[1]


def test_a_report_is_scored_again_without_asking(
    suite: Path, tmp_path: Path, answering: Answering, nobody_is_asked: Callable[[], None]
) -> None:
    answering(lying)
    plan = Plan(str(suite), tmp_path / "out")
    assert not run_suite(plan)
    names = ("summary.json", "report.html", "summary.md", "junit.xml")
    before = [(plan.out / name).read_text() for name in names]
    for name in names:
        (plan.out / name).unlink()
    nobody_is_asked()
    assert not report_again(plan.out, suite=None, baseline=None)
    assert [(plan.out / name).read_text() for name in names] == before


def test_mended_gold_is_scored_by_the_answers_at_hand(
    suite: Path, tmp_path: Path, answering: Answering, nobody_is_asked: Callable[[], None]
) -> None:
    answering()
    (suite / "cases.jsonl").write_text(json.dumps(LINES[0] | {"forbidden": ["Varn"], "evidence": []}))
    bad = [LINES[0] | {"nuggets": [LINES[0]["nuggets"][0] | {"any": ["4 May"]}]}, *LINES[1:]]
    write_suite(suite, bad)
    assert run_suite(Plan(str(suite), tmp_path / "out"))  # no floor: it passes, and one case is wrong
    assert [c.passed for c in read_measured(tmp_path / "out").cases.values()] == [False, True, True]
    write_suite(suite, LINES)
    nobody_is_asked()
    report_again(tmp_path / "out", suite=None, baseline=None)
    assert [c.passed for c in read_measured(tmp_path / "out").cases.values()] == [True] * 3


def test_results_of_cases_that_are_gone_are_left_out(
    suite: Path, tmp_path: Path, answering: Answering
) -> None:
    answering()
    run_suite(Plan(str(suite), tmp_path / "out"))
    write_suite(suite, LINES[:2])
    assert report_again(tmp_path / "out", suite=None, baseline=None)
    assert list(read_measured(tmp_path / "out").cases) == ["c1", "c2"]


def test_a_suite_that_moved_can_be_named(suite: Path, tmp_path: Path, answering: Answering) -> None:
    answering()
    run_suite(Plan(str(suite), tmp_path / "out"))
    suite.rename(tmp_path / "moved")
    with pytest.raises(SuiteError, match="neither a folder"):
        report_again(tmp_path / "out", suite=None, baseline=None)
    assert report_again(tmp_path / "out", suite=str(tmp_path / "moved"), baseline=None)


def test_a_report_of_an_interrupted_run_tells_that_it_is_a_part(
    suite: Path, tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(stopping(2, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        run_suite(Plan(str(suite), tmp_path / "out"))
    report_again(tmp_path / "out", suite=None, baseline=None)
    assert "A part of the suite was asked." in capsys.readouterr().out
    answering()
    run_suite(Plan(str(suite), tmp_path / "out"))
    assert "A part of the suite" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ((), ["c1", "c2", "c3"]),
        (("kind=numeric",), ["c2"]),
        (("split=dev",), ["c1", "c2", "c3"]),
        (("split=dev", "id=c3"), ["c3"]),
    ],
)
def test_filters_are_all_to_fit(harbour: Suite, filters: tuple[str, ...], ids: list[str]) -> None:
    assert [case.id for case in select(harbour, filters)] == ids


@pytest.mark.parametrize("bad", ["kind", "kind=", "=numeric", "colour=red", "kind=poem", "id=c9"])
def test_a_filter_that_fits_nothing_is_told(harbour: Suite, bad: str) -> None:
    with pytest.raises(SuiteError) as told:
        select(harbour, [bad])
    assert told.value.remedy


def test_a_part_is_told_to_be_one(
    suite: Path, tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    target = answering()
    assert run_suite(Plan(str(suite), tmp_path / "out", filters=("kind=numeric",)))
    assert target.asked == [("c2", 0)]
    assert "A part of the suite was asked." in capsys.readouterr().out


def test_trials_give_stability(suite: Path, tmp_path: Path, answering: Answering) -> None:
    """c1 fails in the second trial of three."""
    target = answering(lambda c, t: lying(c, t) if (c.id, t) == ("c1", 1) else quoting(c, t))
    assert not run_suite(Plan(str(suite), tmp_path / "out", trials=3))
    assert len(target.asked) == 9
    stability = json.loads((tmp_path / "out" / "summary.json").read_text())["stability"]
    assert stability == {
        "trials": 3,
        "pass_hat": pytest.approx(2 / 3),
        "flip_rate": pytest.approx(1 / 3),
    }
    assert report_again(tmp_path / "out", suite=None, baseline=None) is False


def test_a_committed_baseline_is_compared_with_unless_another_is_named(
    tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = write_suite(
        tmp_path / "suite", LINES, baseline="baseline.json", gates={"regression": "case", "invariants": []}
    )
    answering()
    assert run_suite(Plan(str(suite), tmp_path / "good"))  # without a baseline yet
    (tmp_path / "good" / "summary.json").rename(suite / "baseline.json")
    answering(lambda c, t: silent(c, t) if c.id == "c1" else quoting(c, t))
    capsys.readouterr()
    assert not run_suite(Plan(str(suite), tmp_path / "worse"))
    assert "passed before and fails now: c1" in capsys.readouterr().out
    answering(lambda c, t: silent(c, t) if c.id == "c1" else quoting(c, t))
    assert run_suite(Plan(str(suite), tmp_path / "again", baseline=tmp_path / "worse"))


def test_a_baseline_that_is_not_there_is_told_before_anything_is_asked(
    suite: Path, tmp_path: Path, answering: Answering
) -> None:
    target = answering()
    with pytest.raises(ResultsError, match="cannot be read"):
        run_suite(Plan(str(suite), tmp_path / "out", baseline=tmp_path / "nowhere"))
    assert target.asked == []


def test_the_terminal_says_why_a_chat_endpoint_has_no_citations(
    suite: Path, tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    answering()
    with endpoint(chatting(lambda _: chat("On 3 May."))) as url:
        assert run_suite(Plan(str(suite), tmp_path / "out", url=url))
    assert "no citations" in capsys.readouterr().out
    assert "no citations" in (tmp_path / "out" / "report.html").read_text()
    assert read_results(tmp_path / "out")[0].text == "On 3 May."


def test_a_key_is_taken_from_the_variable_named(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(str(suite), tmp_path / "out", url="http://127.0.0.1:1/v1", key_env="THEIR_KEY")
    with pytest.raises(SuiteError, match="THEIR_KEY"):
        run_suite(plan)
    monkeypatch.setenv("THEIR_KEY", "secret-of-theirs")
    seen: list[str | None] = []

    def keyed(asked: object) -> tuple[int, object] | None:
        seen.append(asked.headers.get("Authorization"))  # type: ignore[attr-defined]
        return chat("On 3 May.")

    with endpoint(chatting(keyed)) as url:
        run_suite(replace(plan, url=url))
    assert seen == ["Bearer secret-of-theirs"] * 3
    written = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "secret-of-theirs" not in written


@pytest.mark.parametrize("name", ["[red]", "[/red]", "a [b] c"])
def test_what_looks_like_markup_is_printed_as_it_is(
    tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    nugget = {"text": name, "vital": True, "any": ["never said [/b]"], "evidence": [0]}
    suite = write_suite(tmp_path / "suite", [line(nuggets=[nugget]), *LINES[1:]], name=name)
    answering()
    (tmp_path / "[b]").mkdir()
    run_suite(Plan(str(suite), tmp_path / "[b]" / "out"))
    commands.check(str(suite))
    out, err = capsys.readouterr()
    assert f"{name}: 2 of 3 cases right" in out
    assert f"{name} 1: 3 cases, 2 articles" in out
    assert str(tmp_path / "[b]" / "out" / "report.html") in out
    assert f"no spelling of the nugget '{name}'" in err


def test_parleys_own_suites_go_by_name(tmp_path: Path) -> None:
    assert find_suite("seeds").name == "seeds"
    with pytest.raises(SuiteError) as told:
        find_suite(str(tmp_path))
    assert "seeds" in told.value.remedy


def test_a_result_is_shown_beside_its_case(
    suite: Path, tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    answering()
    run_suite(Plan(str(suite), tmp_path / "out"))
    capsys.readouterr()
    commands.show(str(tmp_path / "out"), "c1", as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["case"]["question"] == "When did the port reopen?"
    assert [one["citations"][0]["quote"] for one in shown["results"]] == [REOPENED]
    commands.show(str(suite), "c2", as_json=True)
    assert json.loads(capsys.readouterr().out)["results"] == []
    commands.show(str(tmp_path / "out"), "c1")
    lines = capsys.readouterr().out.splitlines()
    assert f"{REOPENED} [1]" in lines
    assert lines[-1] == f"  cited: port: {REOPENED}"
    commands.show(str(suite), "c1")
    assert capsys.readouterr().out.splitlines()[-1] == f"  gold: port: {REOPENED}"
    with pytest.raises(SuiteError, match="no case c9"):
        commands.show(str(suite), "c9")
    assert (tmp_path / "out" / RESULTS).exists()
