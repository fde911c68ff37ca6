"""Replies written to a suite's prompts, recorded, and said to whatever prompt shows their sentences."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evals import lengths as measured
from evals import prompts
from evals.errors import RecordingError
from evals.models import opened
from evals.prompts import read, recorded
from evals.recorded import CITED, LOST, MODEL, UNKNOWN, Recorded, serving
from evals.recording import LIVE
from evals.shown import judged, shown
from prompts import Rendered
from service.model import Endpoint, ModelFault
from tests.evals.making import write_suite
from tests.evals.scripted import LINES
from tests.running import environment

USER = (
    "The marks are <<m and m>>.\n\nPassages:\n<<m\n[The Post]\nP1.1 It rained.\nP1.2 {Roe} It {stopped}.\nm>>"
)
ASKED = f"{USER}\n\nQuestion:\n<<m\nWhat happened?\nm>>"
REPLY = {
    "question": "What happened?",
    "statements": [{"text": "It stopped.", "cites": ["It {stopped}.", "It snowed."]}],
    "unanswered": ["why"],
}


@contextmanager
def asking(one: Recorded) -> Iterator[Endpoint]:
    with serving(one) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1", MODEL)
        try:
            yield endpoint
        finally:
            endpoint.close()
            server.shutdown()


def test_a_reply_cites_the_keys_that_its_sentences_have_now() -> None:
    one = Recorded([REPLY])
    with asking(one) as endpoint:
        said = json.loads("".join(endpoint.say(Rendered("", ASKED))))
    assert said == {
        "premise": [],
        "statements": [{"text": "It stopped.", "cites": ["P1.2"]}],
        "differ": [],
        "unanswered": ["why"],
    }
    assert (one.counts[CITED], one.counts[LOST]) == (2, 1)


def test_a_question_that_nobody_replied_to_is_not_found() -> None:
    one = Recorded([REPLY])
    with asking(one) as endpoint, pytest.raises(ModelFault, match="404"):
        list(endpoint.say(Rendered("", ASKED.replace("What", "Who"))))
    assert one.counts[UNKNOWN] == 1


def test_however_many_cases_of_a_run_have_no_reply_the_next_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PARLEY_LLM_MODEL", MODEL)
    with serving(Recorded([REPLY])) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("PARLEY_LLM_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
        with opened(None, LIVE) as speaking:
            for _ in range(7):
                with pytest.raises(ModelFault):
                    list(speaking.model.say(Rendered("", ASKED.replace("What", "Who"))))
            assert "It stopped." in "".join(speaking.model.say(Rendered("", ASKED)))
        server.shutdown()


def test_what_nobody_judged_is_not_borne_out() -> None:
    beside = "  (said to: Radio Vell; when: Monday)"
    lines = "S1 It rained.", "- The rain, he said.", beside, "- It rained.", "S2 It snowed.", "- It rained."
    user = "\n".join(("<<m", *lines, "m>>"))
    first, second = judged(user)
    assert (first.statement, first.quotations) == ("It rained.", ("The rain, he said.", "It rained."))
    known = {"statement": first.statement, "quotations": first.quotations, "verdict": "yes"}
    for one, words in ((Recorded([], [known]), ["yes", "no"]), (Recorded([], always="yes"), ["yes"] * 2)):
        verdicts = json.loads(one.says(user) or "")["verdicts"]
        assert [each["verdict"] for each in verdicts] == words
    assert (second.number, second.quotations) == (2, ("It rained.",))


def test_prompts_are_written_and_replies_to_them_recorded(tmp_path: Path) -> None:
    suite, out, said = write_suite(tmp_path / "harbour", LINES), tmp_path / "p.jsonl", tmp_path / "s.jsonl"
    prompts.main([str(suite), "--out", str(out)])
    asked = read(out)
    assert [line["case"] for line in asked] == ["c1", "c2", "c3"]
    assert asked[0]["messages"][0] == asked[1]["messages"][0]
    found = shown(asked[1]["messages"][1]["content"])
    assert found is not None
    assert found.question == asked[1]["question"]
    key, sentence = next(iter(found.sentences.items()))
    written = {"case": "c2", "statements": [{"text": "Far.", "cites": [key]}]}
    said.write_text(json.dumps(written), encoding="utf-8")
    prompts.main(["--written", str(said), "--prompts", str(out), "--out", str(tmp_path / "r.jsonl")])
    (reply,) = read(tmp_path / "r.jsonl")
    assert (reply["question"], reply["statements"][0]["cites"]) == (found.question, [sentence])
    with pytest.raises(RecordingError, match="P99"):
        list(recorded([{"case": "c2", "statements": [{"text": "Far.", "cites": ["P99.1"]}]}], asked))
    with pytest.raises(RecordingError, match="no prompt"):
        list(recorded([{"case": "c9"}], asked))


def test_what_was_told_is_measured_by_what_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, replies = tmp_path / "results.jsonl", tmp_path / "replies.jsonl"
    told = [
        {"kind": "notice", "text": "The articles differ on it."},
        {"kind": "quote", "text": "It stopped here."},
        {"kind": "paraphrase", "text": "So it did."},
    ]
    asked = [("and then?", "What  happened?", told), ("Who?", "Who?", told), ("Why?", "Why?", [])]
    lines = [{"question": q, "standalone_question": alone, "statements": s} for q, alone, s in asked]
    run.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    silent = {"question": "Who?", "statements": []}
    replies.write_text("".join(f"{json.dumps(line)}\n" for line in (REPLY, silent)))
    measured.main([str(tmp_path), "--replies", str(replies)])
    assert capsys.readouterr().out == "2.36 (26 characters told of 11 written, 1 questions)\n"
    replies.write_text(json.dumps(silent))
    measured.main([str(tmp_path), "--replies", str(replies)])
    assert capsys.readouterr().out == "No reply is to a question of this run.\n"
