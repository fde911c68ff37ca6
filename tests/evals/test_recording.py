"""Replies recorded and replayed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.asking import Asking, Metered
from evals.errors import RecordingError, ReplyMissing
from evals.recording import (
    REPLIES,
    Recording,
    Replaying,
    asked_alike,
    key_of,
    read_replies,
    the_model_of,
)
from prompts import Rendered, load
from service.model import ModelFault, ModelFiltered, ModelTimeout, Spent
from tests.evals.saying import Scripted

SCHEMA = {"type": "object"}


def prompt(question: str = "When did it reopen?", *, nonce: str = "1f3a") -> Rendered:
    return load("answer").render({"nonce": nonce, "question": question, "passages": "P1: It reopened."})


def asking(case_id: str = "c1", trial: int = 0) -> Asking:
    told = Asking()
    told.begin(case_id, trial)
    return told


def record(folder: Path, model: Scripted, *questions: str) -> None:
    recording = Recording(model, folder, asking())
    for question in questions:
        "".join(recording.say(prompt(question), schema=SCHEMA))


def replayed(folder: Path, asked: Rendered, *, told: Asking | None = None) -> str:
    return "".join(Replaying("scripted", folder, told or asking()).say(asked, schema=SCHEMA))


def test_what_was_said_is_said_again_with_what_it_cost(tmp_path: Path) -> None:
    model = Scripted(lambda asked: "In May." if "reopen" in asked.user.split("Question:")[1] else "Unknown.")
    record(tmp_path, model, "When did it reopen?", "Who paid?")
    spent, told = Spent(), asking()
    replay = Metered(Replaying("scripted", tmp_path, told), told)
    assert "".join(replay.say(prompt(), schema=SCHEMA, spent=spent)) == "In May. "
    assert spent == told.spent == Spent(requests=1, prompt_tokens=10, completion_tokens=2)
    assert "".join(replay.say(prompt("Who paid?"), schema=SCHEMA)) == "Unknown. "
    assert told.spent == Spent(requests=2, prompt_tokens=20, completion_tokens=3)
    assert len(model.asked) == 2


def test_a_recorded_reply_can_be_read(tmp_path: Path) -> None:
    record(tmp_path, Scripted("Привет, “мир”."), "Что?")
    (line,) = (tmp_path / REPLIES).read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert "Привет, “мир”." in line
    assert "Что?" in line
    assert (kept["case"], kept["model"], kept["requests"], kept["whole"]) == ("c1", "scripted", 1, True)
    assert kept["first_ms"] <= kept["total_ms"]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "other"},
        {"schema": {"type": "array"}},
        {"asked": prompt("When did it close?")},
        {"asked": Rendered("Be brief.", prompt().user)},
    ],
)
def test_a_change_of_model_words_or_form_is_an_error_that_names_the_case(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    record(tmp_path, Scripted("In May."), "When did it reopen?")
    wanted = {"name": "scripted", "schema": SCHEMA, "asked": prompt()} | changed
    replay = Replaying(str(wanted["name"]), tmp_path, asking("the-case", 2))
    with pytest.raises(ReplyMissing, match="the-case, trial 2") as caught:
        list(replay.say(wanted["asked"], schema=wanted["schema"]))  # type: ignore[arg-type]
    assert not isinstance(caught.value, ModelFault)


@given(st.text("0123456789abcdef", min_size=4, max_size=32), st.text(max_size=40))
def test_the_delimiter_of_a_request_makes_no_difference(nonce: str, question: str) -> None:
    """Whatever stands in the question, as long as the delimiter itself doesn't."""
    if nonce in question or nonce in load("answer").text or nonce in "P1: It reopened.":
        return
    one, other = (asked_alike(prompt(question, nonce=n)) for n in (nonce, f"x{nonce}x"))
    assert one == other
    assert key_of("m", one, None) == key_of("m", other, None)
    assert question.strip() in one.user


def test_a_delimiter_in_an_article_is_no_delimiter() -> None:
    planted = [asked_alike(prompt(f"<<{word} and {word}>>")).user for word in ("one", "two")]
    assert planted[0] != planted[1]
    assert asked_alike(Rendered("No delimiter.", "<<x\nx>>")).user == "<<x\nx>>"


def test_the_same_words_twice_in_a_case_have_a_reply_each(tmp_path: Path) -> None:
    replies = iter(["garbled", "mended"])
    record(tmp_path, Scripted(lambda _: next(replies)), "When?", "When?")
    replay = Replaying("scripted", tmp_path, asking())
    heard = ["".join(replay.say(prompt("When?"), schema=SCHEMA)) for _ in range(2)]
    assert heard == ["garbled ", "mended "]
    with pytest.raises(ReplyMissing):
        list(replay.say(prompt("When?"), schema=SCHEMA))


def test_each_trial_has_its_replies(tmp_path: Path) -> None:
    told, replies = Asking(), iter(["first", "second"])
    recording = Recording(Scripted(lambda _: next(replies)), tmp_path, told)
    for trial in (0, 1):
        told.begin("c1", trial)
        list(recording.say(prompt(), schema=SCHEMA))
    heard = [replayed(tmp_path, prompt(), told=asking(trial=trial)) for trial in (1, 0)]
    assert heard == ["second ", "first "]


def test_what_is_recorded_again_takes_the_place_of_what_was(tmp_path: Path) -> None:
    record(tmp_path, Scripted("before"), "When?")
    record(tmp_path, Scripted("after"), "When?")
    assert replayed(tmp_path, prompt("When?")) == "after "


def test_a_fault_is_replayed_after_what_was_said(tmp_path: Path) -> None:
    with pytest.raises(ModelTimeout):
        record(tmp_path, Scripted("half an", fault=ModelTimeout("too late")), "When?")
    said = Replaying("scripted", tmp_path, asking()).say(prompt("When?"), schema=SCHEMA)
    assert next(said) == "half an "
    with pytest.raises(ModelTimeout, match="too late"):
        next(said)


def test_every_fault_is_known_again(tmp_path: Path) -> None:
    for kind in ModelFault.__subclasses__():
        record_of = Recording(Scripted("", fault=kind("why")), tmp_path / kind.code, asking())
        with pytest.raises(kind):
            list(record_of.say(prompt()))
    assert ModelFiltered.code in {path.name for path in tmp_path.iterdir()}


def test_what_nobody_waited_for_is_no_whole_reply(tmp_path: Path) -> None:
    said = Recording(Scripted("one two three"), tmp_path, asking()).say(prompt(), schema=SCHEMA)
    assert next(said) == "one "
    said.close()  # type: ignore[attr-defined]
    again = Replaying("scripted", tmp_path, asking()).say(prompt(), schema=SCHEMA)
    assert next(again) == "one "
    with pytest.raises(ReplyMissing):
        next(again)


def test_a_line_cut_short_is_left_out_and_swallows_none(tmp_path: Path) -> None:
    record(tmp_path, Scripted("one"), "When?", "Who?")
    path = tmp_path / REPLIES
    path.write_bytes(path.read_bytes()[:-20])
    assert len(read_replies(tmp_path)) == 1
    record(tmp_path, Scripted("two"), "Who?")
    assert [reply.said for reply in read_replies(tmp_path)] == ["one ", "two "]


def test_folders_that_hold_no_recording_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read"):
        Replaying("scripted", tmp_path / "nowhere", asking())
    (tmp_path / REPLIES).write_text("{}\n")
    with pytest.raises(RecordingError, match=r"line 1 is no recorded reply"):
        read_replies(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError, match="cannot be written"):
        Recording(Scripted(""), tmp_path / "file" / "in", asking())


def test_the_model_is_known_by_its_replies(tmp_path: Path) -> None:
    record(tmp_path, Scripted("one", name="small"), "When?")
    assert the_model_of(tmp_path) == "small"
    record(tmp_path, Scripted("one", name="large"), "When?")
    with pytest.raises(RecordingError, match="replies of large, small"):
        the_model_of(tmp_path)
