"""A suite that is written reads as the same suite."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import Case, CaseKind, CaseTurn, Document, Evidence, Gates, GoldSaid, Nugget, Split, Suite
from evals.errors import SuiteError
from evals.suite import load
from evals.write import case_table, line, write_suite
from tests.evals.making import PAY, PORT, REOPENED, STRIKE, case, unanswerable
from tests.evals.making import write_suite as write_lines

DOCUMENTS = (
    Document("port", PORT, "The port", "Radio Nord", "2025-05-03", "https://example.org/a"),
    Document("strike", STRIKE),
)
FULL = case(
    id="full",
    kind=CaseKind.FOLLOW_UP,
    turns=(CaseTurn("user", "A question?"), CaseTurn("assistant", "«Відповідь» 🕊️")),
    said=(GoldSaid(("Okafor", "Tom Okafor"), ("Radio Nord",), PAY),),
    forbidden=("March",),
    split=Split.TEST,
    notes="A note.",
    given_doc="port",
)


def suite(folder: Path, *cases: Case, **given_: object) -> Suite:
    kept = Suite("harbour", "1", "CC0", folder, DOCUMENTS, cases, Gates(), None)
    return replace(kept, **given_)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given_",
    [
        {},
        {
            "gates": Gates({"mrr": 0.5}, (), "case"),
            "extra": {"origin": "here", "notes": {"day": date(2025, 1, 2)}},
        },
        {"version": "1.0", "licence": "CC BY 4.0: “see” the site"},
    ],
)
def test_a_suite_of_our_own_comes_back(tmp_path: Path, given_: dict[str, object]) -> None:
    folder = tmp_path / "a" / "b"
    told = suite(folder, FULL, unanswerable(id="none", kind=CaseKind.UNANSWERABLE), **given_)
    write_suite(told, folder)
    assert load(folder).suite == told


def test_a_public_suite_comes_back_with_what_its_answers_became(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "question": "When?", "answers": ["3 May", "May 3"], "evidence": [{"doc_id": "port"}]},
        {"id": "2", "question": "Why?", "answers": ["yes"], "given_doc": "port", "wrong_answers": ["June"]},
        {"id": "3", "question": "Who?", "answers": [""], "answerable": False},
    ]
    first = load(write_lines(tmp_path / "first", lines)).suite
    write_suite(first, tmp_path / "second")
    assert replace(load(tmp_path / "second").suite, folder=first.folder) == first


def test_article_files_are_written_into_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_bytes(b"\xef\xbb\xbf" + PORT.replace(" Mayor", "\r\nMayor").encode())
    articles = [{"id": "port", "file": "../port.txt", "title": "The port"}]
    lines = [
        {"id": "1", "kind": "single_fact", "question": "When?"}
        | {
            "nuggets": [{"text": "3 May", "evidence": [0]}],
            "evidence": [{"doc_id": "port", "quote": REOPENED}],
        }
    ]
    first = load(write_lines(tmp_path / "first", lines, [], articles=articles, baseline="sub/b.json")).suite
    write_suite(first, tmp_path / "second")
    second = load(tmp_path / "second").suite
    assert second.baseline == tmp_path / "second" / "sub" / "b.json"
    assert replace(second, folder=first.folder, baseline=first.baseline) == first


def test_a_folder_with_files_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SuiteError, match="has files in it"):
        write_suite(suite(tmp_path, FULL), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(SuiteError, match="cannot be written"):
        write_suite(suite(tmp_path, FULL), tmp_path / "out")


words = st.text(st.characters(exclude_categories=()), min_size=1).filter(
    lambda text: text.strip() != "" and not any("\ud800" <= one <= "\udfff" for one in text)
)


@settings(deadline=None)
@given(question=words, before=words, notes=st.none() | words, forbidden=st.lists(words, max_size=2))
def test_any_words_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    question: str,
    before: str,
    notes: str | None,
    forbidden: list[str],
) -> None:
    told = unanswerable(
        id="1",
        kind=CaseKind.UNANSWERABLE,
        question=question,
        turns=(CaseTurn("user", before), CaseTurn("user", question)),
        notes=notes or "",
        forbidden=tuple(forbidden),
    )
    folder = tmp_path_factory.mktemp("words")
    write_suite(suite(folder, told), folder)
    assert load(folder).suite.cases == (told,)


def test_half_of_a_surrogate_pair_can_be_written() -> None:
    assert line({"a": "\ud800é"}) == '{"a": "\\ud800é"}\n'


def test_what_is_empty_is_left_out() -> None:
    told = case_table(
        case(id="1", evidence=(Evidence("port", None),), nuggets=(Nugget("a", True, ("a",), (0,)),))
    )
    assert set(told) == {"id", "question", "answerable", "nuggets", "evidence", "split"}
    assert told["evidence"] == [{"doc_id": "port", "quote": None}]
