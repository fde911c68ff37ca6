"""Runs that a language model answers or judges: against a scripted endpoint, recorded and replayed."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals import provenance
from evals.cli import register
from tests.evals.making import write_suite
from tests.evals.scripted import LINES
from tests.fault_llm import FaultServer, Received
from tests.fault_llm.answers import honest
from tests.fault_llm.prompted import prompted
from tests.running import environment

Evals = Callable[..., tuple[int, str, str]]
PRICES = ("--price-in", "2", "--price-out", "10")


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "harbour", LINES)


@pytest.fixture
def evals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Evals:
    for name, value in environment(tmp_path / "mine").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(provenance, "revision", lambda: "9e7dc1c4f1aa")
    monkeypatch.chdir(tmp_path)
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            given = parser.parse_args(["evals", *map(str, arguments)])
            code: int = given.run(given)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else -1
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[FaultServer], None]:
    return lambda server: monkeypatch.setenv("PARLEY_LLM_BASE_URL", server.url)


def says(received: Received) -> str:
    """Answers honestly, and judges that all is borne out which names Varn."""
    if received.system.startswith("You judge"):
        return json.dumps({"support": "full" if "Varn" in received.user else "none", "why": "Read."})
    return json.dumps(honest(prompted(received)))


def kept(folder: Path) -> list[dict[str, Any]]:
    """Results as they are kept, without what is measured in time."""
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "timings"} for line in lines]


def test_what_is_replayed_is_what_was_recorded(
    evals: Evals, at: Callable[[FaultServer], None], suite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(says=says, model="small") as server:
        at(server)
        asks = ("run", suite, "--answerer", "generative", "--model", "small")
        code, out, _ = evals(*asks, "--record", "rec", "--out", "live", *PRICES)
        asked = len(server.received)
    assert (code, asked >= 3, "requests: " in out) == (0, True, True)
    monkeypatch.delenv("PARLEY_LLM_BASE_URL")
    code, again, _ = evals(*asks[:4], "--replay", "rec", "--out", "again", *PRICES)
    assert code == 0
    assert kept(Path("live")) == kept(Path("again"))
    assert [line for line in out.splitlines() if "tokens" in line or "cost" in line] == [
        line for line in again.splitlines() if "tokens" in line or "cost" in line
    ]
    target = json.loads(Path("again/run.json").read_text())["target"]
    assert (target["answerer"], target["model"], target["replies"]) == ("generative", "small", "replayed")
    assert (target["wording"], target["judge"]) == ("checked", "small")
    assert set(target["prompts"]) == {"answer", "condense", "repair", "verdict"}
    spent = json.loads(Path("again/summary.json").read_text())["spending"]
    assert spent["usage"]["requests"] == asked
    assert spent["cost"] == pytest.approx(
        (spent["usage"]["prompt_tokens"] * 2 + spent["usage"]["completion_tokens"] * 10) / 1e6
    )
    first = json.loads(Path("live/results.jsonl").read_text().splitlines()[0])
    assert first["timings"]["first_statement"] > 0
    assert list(first["timings"])[-1] == "total"


def test_a_reply_that_is_missing_ends_the_run_and_names_the_case(
    evals: Evals, at: Callable[[FaultServer], None], suite: Path
) -> None:
    with FaultServer(says=says) as server:
        at(server)
        asks = ("run", suite, "--answerer", "generative", "--model", "scripted")
        evals(*asks, "--record", "rec", "--filter", "id=c1", "--out", "live")
        asked = len(server.received)
        code, _, err = evals(*asks, "--replay", "rec", "--out", "again")
        assert (code, len(server.received)) == (2, asked)
        assert "rec/replies.jsonl has no reply of scripted to what the case c2 asks" in err
        assert [result["case_id"] for result in kept(Path("again"))] == ["c1"]
        evals(*asks, "--record", "rec", "--filter", "id=c2", "--filter", "split=dev", "--out", "more")
        evals(*asks, "--record", "rec", "--filter", "id=c3", "--out", "most")
        code, _, _ = evals(*asks, "--replay", "rec", "--out", "again")
    assert (code, len(kept(Path("again")))) == (0, 3)


def test_a_model_that_fails_is_counted_and_fails_alike_again(
    evals: Evals, at: Callable[[FaultServer], None], suite: Path
) -> None:
    asks = ("run", suite, "--answerer", "generative", "--model", "scripted", "--filter", "id=c1")
    with FaultServer("cut", says=says) as server:
        at(server)
        code, out, _ = evals(*asks, "--record", "rec", "--out", "live")
    assert code == 0
    assert "fell short: model" in out, out[-900:]
    evals(*asks, "--replay", "rec", "--out", "again")
    assert kept(Path("live")) == kept(Path("again"))


def test_a_judge_advises_and_gates_nothing(
    evals: Evals, at: Callable[[FaultServer], None], suite: Path
) -> None:
    with FaultServer(says=says) as server:
        at(server)
        code, out, _ = evals("run", suite, "--judge", "strict", "--record", "rec", "--out", "live")
        assert (code, "A judge's opinion, which gates nothing" in out) == (0, True)
        assert "judge: strict, prompt judge 1 (" in out
        asked = len(server.received)
        assert evals("report", "live")[0] == 0
        assert evals("report", "live", "--judge", "strict")[0] == 0
        assert len(server.received) == asked  # what was judged isn't judged again
    opinion = json.loads(Path("live/summary.json").read_text())["opinion"]
    assert opinion["support"] == {"full": 1, "none": 1}
    assert (opinion["compared"], opinion["agreement"]) == (2, 0.5)
    assert (opinion["model"], opinion["prompt"], len(opinion["prompt_hash"])) == ("strict", "judge", 64)
    page = Path("live/report.html").read_text()
    assert "statement 1: full" not in page  # it is built from data
    assert "A judge’s opinion" in page
    Path("live/judgements.jsonl").unlink()
    assert evals("report", "live", "--judge", "strict", "--replay", "rec")[0] == 0
    assert json.loads(Path("live/summary.json").read_text())["opinion"] == opinion


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--answerer", "generative"), "no language model is configured"),
        (("--answerer", "generative", "--model", "m"), "PARLEY_LLM_BASE_URL"),
        (("--answerer", "generative", "--replay", "nowhere"), "nowhere/replies.jsonl cannot be read"),
        (("--model", "m"), "--model m has nothing to do"),
        (("--record", "rec"), "a model that this process asks"),
        (("--answerer", "generative", "--url", "http://127.0.0.1:9", "--replay", "rec"), "this process asks"),
        (("--record", "rec", "--replay", "rec"), "not allowed with argument"),
        (("--price-in", "-1"), "invalid price value: '-1'"),
        (("--price-out", "nan"), "invalid price value: 'nan'"),
        (("--judge", "m"), "PARLEY_LLM_BASE_URL"),
    ],
)
def test_what_cannot_be_is_said(evals: Evals, suite: Path, arguments: tuple[str, ...], told: str) -> None:
    code, _, err = evals("run", suite, *arguments)
    assert (code, told in err) == (2, True), err
