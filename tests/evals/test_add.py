"""An answer that was given becomes a draft, through the service or from the record alone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evals.add import add_from_answer, add_from_feedback
from evals.errors import SuiteError, TargetUnreachable
from evals.suite import load
from retrieval.lock import DataDirectoryLock
from service.bootstrap import Service, open_service
from service.config import Settings
from service.wire import AnswerOut, ChatRequest, FeedbackIn
from tests.conftest import MakeSettings, add, serving
from tests.evals.making import PORT, line, write_suite

QUESTION = "When did the port of Varn reopen?"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "harbour", [line()])


@pytest.fixture(scope="module")
def asked(
    tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings
) -> tuple[Settings, list[AnswerOut]]:
    """A record of a conversation of two questions and of one that nothing answers, closed again."""
    settings = make_settings(tmp_path_factory.mktemp("asked") / "data")
    service = open_service(settings, command="a test")
    try:
        return settings, _ask_all(service)
    finally:
        service.close()


def _ask_all(service: Service) -> list[AnswerOut]:
    add(service, PORT)
    first = _ask(service, QUESTION)
    second = _ask(
        service, "What was lost, as the mayor told Radio Nord?", conversation_id=first.conversation_id
    )
    third = _ask(service, "Which films did the queen of Denmark direct in 1911?")
    assert (first.status, third.status) == ("answered", "abstained")
    return [first, second, third]


def _ask(service: Service, question: str, **more: object) -> AnswerOut:
    return service.chat.ask(ChatRequest.model_validate({"question": question, **more}))


def drafts(suite: Path) -> list[dict[str, object]]:
    return [json.loads(one) for one in (suite / "drafts.jsonl").read_text().splitlines()]


def test_a_draft_has_the_question_its_turns_and_the_quotations(
    harbour: Path, asked: tuple[Settings, list[AnswerOut]]
) -> None:
    settings, (first, second, third) = asked
    said = add_from_answer(str(harbour), first.id, settings=settings)
    add_from_answer(str(harbour), second.id, settings=settings)
    add_from_answer(str(harbour), third.id, settings=settings)
    assert "evals check" in said
    told = drafts(harbour)
    assert [one["id"] for one in told] == [f"draft-{answer.id}" for answer in (first, second, third)]
    assert [one["kind"] for one in told] == ["single_fact", "follow_up", "unanswerable"]
    assert [one["answerable"] for one in told] == [True, True, False]
    assert told[0]["evidence"] == [
        {"doc_id": "port", "quote": citation.quote.text} for citation in first.cited
    ]
    assert "turns" not in told[0]
    assert told[1]["turns"] == [
        {"role": "user", "text": QUESTION},
        {"role": "assistant", "text": first.text},
    ]
    assert [one["nuggets"] for one in told] == [[], [], []]
    assert f"draft from {first.id}" in str(told[0]["notes"])


def test_drafts_are_no_cases_until_they_are_moved(
    harbour: Path, asked: tuple[Settings, list[AnswerOut]]
) -> None:
    settings, (first, *_) = asked
    add_from_answer(str(harbour), first.id, settings=settings)
    assert [one.id for one in load(harbour).suite.cases] == ["c1"]
    with (harbour / "cases.jsonl").open("a") as cases:
        cases.write("\n" + (harbour / "drafts.jsonl").read_text())
    with pytest.raises(SuiteError, match="without a vital nugget"):
        load(harbour)


def test_an_answer_is_drafted_once_and_lines_stay_apart(
    harbour: Path, asked: tuple[Settings, list[AnswerOut]]
) -> None:
    settings, (first, second, _) = asked
    (harbour / "drafts.jsonl").write_text('{"id": "mine"}')  # no line end
    add_from_answer(str(harbour), first.id, settings=settings)
    assert "already" in add_from_answer(str(harbour), first.id, settings=settings)
    assert [one["id"] for one in drafts(harbour)] == ["mine", f"draft-{first.id}"]
    (harbour / "cases.jsonl").write_text(
        "\n".join(json.dumps(line(id=id_)) for id_ in ("c1", f"draft-{second.id}"))
    )
    assert "already" in add_from_answer(str(harbour), second.id, settings=settings)
    assert len(drafts(harbour)) == 2


def test_an_article_outside_the_suite_is_told(
    tmp_path: Path, asked: tuple[Settings, list[AnswerOut]]
) -> None:
    settings, (first, *_) = asked
    other = write_suite(
        tmp_path / "other",
        [{"id": "1", "question": "Why?", "answers": ["no"]}],
        [{"id": "port", "text": PORT + " More."}],
    )
    said = add_from_answer(str(other), first.id, settings=settings)
    (told,) = drafts(other)
    assert told["evidence"] == []
    assert "kind" not in told  # as the cases of that suite
    for where in (said, str(told["notes"])):
        assert f"{first.cited[0].article.id}, version 1" in where


def test_through_the_service_that_holds_the_directory(harbour: Path, service: Service) -> None:
    first, second, _ = _ask_all(service)
    with serving(service) as http:
        assert service.corpus.lock is not None
        service.corpus.lock.announce(url=str(http.base_url))
        add_from_answer(str(harbour), first.id, settings=service.settings)
        said = add_from_answer(str(harbour), second.id, settings=service.settings)
        with pytest.raises(SuiteError, match="ans_none"):
            add_from_answer(str(harbour), "ans_none", settings=service.settings)
    evidence = drafts(harbour)[0]["evidence"]
    assert evidence == [{"doc_id": "port", "quote": citation.quote.text} for citation in first.cited]
    assert "what was said before" in said


def test_what_cannot_be_reached_is_told(
    harbour: Path, tmp_path: Path, asked: tuple[Settings, list[AnswerOut]], make_settings: MakeSettings
) -> None:
    settings, (first, *_) = asked
    with pytest.raises(SuiteError, match="ans_none"):
        add_from_answer(str(harbour), "ans_none", settings=settings)
    empty = make_settings(tmp_path / "empty")
    with pytest.raises(SuiteError, match="no record"):
        add_from_answer(str(harbour), first.id, settings=empty)
    assert not empty.data_dir.exists()
    assert not (harbour / "drafts.jsonl").exists()


def test_a_record_that_another_command_holds_is_read(
    harbour: Path, asked: tuple[Settings, list[AnswerOut]]
) -> None:
    settings, (first, *_) = asked
    lock = DataDirectoryLock(settings.data_dir, command="another command")
    try:
        assert f"draft-{first.id}" in add_from_answer(str(harbour), first.id, settings=settings)
    finally:
        lock.release()


def test_a_damaged_drafts_file_is_named(harbour: Path, asked: tuple[Settings, list[AnswerOut]]) -> None:
    settings, (first, *_) = asked
    (harbour / "drafts.jsonl").write_text("{")
    with pytest.raises(SuiteError, match=r"drafts\.jsonl line 1"):
        add_from_answer(str(harbour), first.id, settings=settings)


def test_a_suite_file_is_not_touched(harbour: Path, asked: tuple[Settings, list[AnswerOut]]) -> None:
    settings, (first, *_) = asked
    before = {path.name: path.read_bytes() for path in harbour.iterdir()}
    add_from_answer(str(harbour), first.id, settings=settings)
    after = {path.name: path.read_bytes() for path in harbour.iterdir()}
    assert after.keys() - before.keys() == {"drafts.jsonl"}
    assert {name: after[name] for name in before} == before


def test_every_answer_with_a_thumb_down_becomes_a_draft_once(
    harbour: Path, tmp_path: Path, make_settings: MakeSettings
) -> None:
    """Of the owner and of a workspace in Slack, with what readers said and what was said before."""
    settings = make_settings(tmp_path / "data")
    service = open_service(settings, command="a test")
    try:
        add(service, PORT)
        right, wrong = _ask(service, QUESTION), _ask(service, QUESTION)
        _, theirs = [
            service.chat.ask(
                ChatRequest(question=question, conversation_id=f"c_{'0' * 32}"), principal="slack:T1"
            )
            for question in (QUESTION, "What was lost, as the mayor told Radio Nord?")
        ]
        down = FeedbackIn(rating="down", reason="missing", comment="By whom?")
        service.feedback.put(right.id, FeedbackIn(rating="up"))
        service.feedback.put(wrong.id, FeedbackIn(rating="down"))
        for author in ("U1", "U2"):
            service.feedback.put(theirs.id, down, principal="slack:T1", author=author)
    finally:
        service.close()
    for new in (2, 0):
        assert f"drafted {new} of 2 answers" in add_from_feedback(str(harbour), settings=settings)
    first, second = drafts(harbour)
    assert (first["id"], second["id"]) == (f"draft-{wrong.id}", f"draft-{theirs.id}")
    assert "a reader said: no reason given" in str(first["notes"])
    assert str(second["notes"]).count("a reader said: missing: By whom?") == 2
    assert len(second["turns"]) == 2  # type: ignore[arg-type]


def test_feedback_is_drafted_beside_a_service_that_runs(
    harbour: Path, tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings(tmp_path / "data")
    service = open_service(settings, command="parley serve")
    try:
        add(service, PORT)
        wrong = _ask(service, QUESTION)
        service.feedback.put(wrong.id, FeedbackIn(rating="down", comment="Too early."))
        assert "drafted 1 of 1 answers" in add_from_feedback(str(harbour), settings=settings)
        later = _ask(service, "What was lost, as the mayor told Radio Nord?")
        service.feedback.put(later.id, FeedbackIn(rating="down"))
        assert "drafted 1 of 2 answers" in add_from_feedback(str(harbour), settings=settings)
    finally:
        service.close()
    assert [one["id"] for one in drafts(harbour)] == [f"draft-{wrong.id}", f"draft-{later.id}"]


def test_what_an_older_parley_holds_is_left_to_it(
    harbour: Path, tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings(tmp_path / "data")
    lock = DataDirectoryLock(settings.data_dir, command="parley serve")
    record = settings.data_dir / "record.sqlite"
    try:
        with closing(sqlite3.connect(record)) as connection, connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE alembic_version (version_num)")
            connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        before = record.read_bytes()
        with pytest.raises(TargetUnreachable, match="older Parley"):
            add_from_feedback(str(harbour), settings=settings)
        assert record.read_bytes() == before
    finally:
        lock.release()
