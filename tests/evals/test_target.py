"""Parley in this process: apart from the user's own, and restricted to what a case gives."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from evals import commands
from evals.answered import failed, result_citation
from evals.cases import Case, CaseTurn, Document, Suite
from evals.commands import run_suite
from evals.plan import Plan
from evals.target import InProcess
from tests.evals.making import DOCUMENTS, LOSS, PAY, PORT, case, write_suite
from tests.evals.scripted import LINES


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_an_answer_tells_quotes_places_and_speakers(in_process: InProcess, harbour: Suite) -> None:
    answer = in_process.ask(harbour.cases[1], trial=2)
    (cited,) = answer.citations
    assert (answer.case_id, answer.trial, answer.status, answer.error) == ("c2", 2, "answered", None)
    assert PAY in cited.quote
    assert (cited.doc_id, cited.exact, cited.speaker) == ("strike", True, "Tom Okafor")
    assert DOCUMENTS["strike"].text[cited.start : cited.end] == cited.quote
    assert answer.hits[0].doc_id == "strike"
    assert answer.timings["total"] > 0
    assert answer.confidence is not None


def test_an_unanswerable_case_is_abstained_on(in_process: InProcess, harbour: Suite) -> None:
    answer = in_process.ask(harbour.cases[2], trial=0)
    assert (answer.status, answer.citations) == ("abstained", ())


def test_a_given_document_restricts_the_search(in_process: InProcess) -> None:
    asked = Case("x", "When did the port of Varn reopen?")
    assert {hit.doc_id for hit in in_process.ask(asked, trial=0).hits} == {"port", "strike"}
    restricted = in_process.ask(replace(asked, given_doc="strike"), trial=0)
    assert {hit.doc_id for hit in restricted.hits} == {"strike"}
    assert all(cited.doc_id == "strike" for cited in restricted.citations)


def test_what_was_said_before_is_passed_on(in_process: InProcess) -> None:
    turns = (CaseTurn("user", "Who closed the port of Varn?"), CaseTurn("assistant", "The port authority."))
    answer = in_process.ask(Case("x", "Why?", turns=turns), trial=0)
    assert "port of Varn" in answer.standalone_question
    assert answer.question == "Why?"
    assert answer.citations[0].doc_id == "port"


@pytest.mark.parametrize(
    "asked",
    [
        Case("x", "w" * 2_001),
        Case("x", "When?", turns=(CaseTurn("user", "And?"),) * 101),
        Case("x", "half of a pair: \ud800"),
    ],
    ids=["too long", "too many turns", "not Unicode"],
)
def test_what_the_api_would_not_take_fails_that_case_alone(in_process: InProcess, asked: Case) -> None:
    answer = in_process.ask(asked, trial=0)
    assert answer.status == "error"
    assert "would not take" in (answer.error or "")


def test_asked_twice_the_answer_is_the_same(in_process: InProcess, harbour: Suite) -> None:
    one, other = (replace(in_process.ask(harbour.cases[0], trial=0), timings={}) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("start", "quote", "exact"),
    [
        (PORT.index(LOSS), LOSS, True),
        (PORT.index(LOSS) + 1, LOSS, False),
        (PORT.index(LOSS), LOSS.replace("“", '"'), False),
        (-1, "", False),
        (5, "", False),
    ],
)
def test_exact_is_decided_by_the_suites_own_text(start: int, quote: str, exact: bool) -> None:
    end = start + len(quote)
    cited = result_citation(1, DOCUMENTS["port"], start=start, end=end, quote=quote, said={})
    assert cited.exact is exact


def test_a_quotation_of_an_article_that_the_suite_does_not_have_is_not_exact() -> None:
    cited = result_citation(1, None, start=0, end=3, quote="The", said={"venue": "NBC"})
    assert (cited.doc_id, cited.exact, cited.venue, cited.speaker) == (None, False, "NBC", None)


def test_a_case_that_failed_says_why() -> None:
    assert failed(case(), 1, "no room").error == "no room"


def test_refused_documents_are_named(tmp_path: Path, harbour: Suite) -> None:
    binary = Document("noise", "\x00\x01\x02" * 50)
    suite = replace(harbour, documents=(*harbour.documents, binary))
    with InProcess(suite, tmp_path / "data") as target:
        target.ingest(suite)
        told = target.provenance()
    assert list(target.refused) == ["noise"]
    assert told["documents_refused"]["noise"]
    assert told["articles"] == 2


def test_the_users_own_settings_and_data_have_no_part_in_it(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    monkeypatch.setenv("PARLEY_DATA_DIR", str(mine))
    monkeypatch.setenv("PARLEY_SEEDS_DIR", str(tmp_path))
    monkeypatch.setenv("PARLEY_API_KEY", "short")  # the service would refuse to start with this
    monkeypatch.setenv("PARLEY_HOST", "0.0.0.0")
    monkeypatch.setenv("PARLEY_PUBLIC_URL", "nonsense")
    suite = write_suite(tmp_path / "suite", LINES)
    assert run_suite(Plan(str(suite), tmp_path / "out"))
    assert not mine.exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("error", [RuntimeError("broken"), KeyboardInterrupt()])
def test_the_throwaway_folder_is_gone_after_an_error(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def broken(*_: object, **__: object) -> None:
        assert len(list(temporary.iterdir())) == 1
        raise error

    monkeypatch.setattr(commands, "run", broken)
    suite = write_suite(tmp_path / "suite", LINES)
    with pytest.raises(type(error)):
        run_suite(Plan(str(suite), tmp_path / "out"))
    assert list(temporary.iterdir()) == []
