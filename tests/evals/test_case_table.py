"""Cases as a spreadsheet saves them."""

import json
from pathlib import Path

import pytest

from evals.cases import Case, CaseKind, Evidence, Nugget, Split
from evals.errors import SuiteError
from evals.suite import load
from tests.evals.making import DOCUMENTS, LOSS, PAY, REOPENED, line, write_suite

pytestmark = pytest.mark.slow

HEAD = "question,expected,nuggets,evidence"


def cases(folder: Path, table: str | bytes) -> tuple[Case, ...]:
    return load(suite(folder, table)).suite.cases


def suite(folder: Path, table: str | bytes) -> Path:
    write_suite(folder, [])
    (folder / "cases.jsonl").unlink()
    (folder / "cases.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    return folder


def refusal(folder: Path, table: str | bytes) -> str:
    with pytest.raises(SuiteError) as caught:
        load(suite(folder, table))
    return caught.value.message


def test_a_row_is_a_case_and_its_articles_are_found(tmp_path: Path) -> None:
    first, second = cases(
        tmp_path,
        f'{HEAD}\nWhen did it reopen?,answered,3 May|May 3; Varn,{REOPENED}\n"Who, then, won?",abstained,,\n',
    )
    assert (first.id, first.kind, first.answerable) == ("row-1", CaseKind.SINGLE_FACT, True)
    assert first.evidence == (Evidence("port", REOPENED),)
    assert first.nuggets == (
        Nugget("3 May", True, ("3 May", "May 3"), (0,)),
        Nugget("Varn", True, ("Varn",), (0,)),
    )
    assert (second.question, second.kind, second.answerable) == (
        "Who, then, won?", CaseKind.UNANSWERABLE, False,
    )  # fmt: skip


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_as_spreadsheets_save_it(tmp_path: Path, between: str) -> None:
    """With a mark at the beginning, CRLF, semicolons in some countries, empty rows and columns."""
    head = between.join(["ID", "Question", "Expected status", "Nuggets", "Evidence", "Split", "", ""])
    row = between.join(
        ["p-1", "How much was lost?", "Answered", "40 million", f'"{LOSS}\n{PAY}"', "test", "", ""]
    )
    empty = between * 7
    (case,) = cases(tmp_path, f"\ufeff{head}\r\n{row}\r\n{empty}\r\n")
    assert (case.id, case.split, case.nuggets[0].evidence) == ("p-1", Split.TEST, (0, 1))
    assert case.evidence == (Evidence("port", LOSS), Evidence("strike", PAY))


def test_a_table_may_stand_beside_lines(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()])
    (folder / "cases.csv").write_text(f"{HEAD}\nWhen?,,3 May,{REOPENED}\n")
    assert [case.id for case in load(folder).suite.cases] == ["row-1", "c1"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "has no column `question`"),
        ("question,colour\nWhen?,red", "has an unknown column 'colour'"),
        (f"{HEAD}\nWhen?,perhaps,3 May,{REOPENED}", "cases.csv line 2 (row-1): 'perhaps' is not what"),
        (f"{HEAD}\nWhen?,,3 May,It never did.", "no article has the evidence 'It never did.'"),
        (f"{HEAD}\nWhen?,,3 May,{LOSS.strip('“”')}?", "only punctuation, case or white space differ"),
        (f"{HEAD}\nWhen?,,,{REOPENED}", "is answerable without a vital nugget"),
        (f"{HEAD}\nWhen?,,3 May,{REOPENED},Varn", "cases.csv line 2 (row-1): 'Varn' stands in no column"),
        (f"{HEAD}\n,,,,\n\nWho won?,abstained,,, a guess", "line 4 (row-3): 'a guess' stands in no column"),
        (
            "question;;expected\nWho lost?;the mill;abstained",
            "line 2 (row-1): 'the mill' stands in no column",
        ),
        (f'{HEAD}\n"When"? "x,,,', "is not CSV"),
        (f"{HEAD}\nQu’est?,,a,b".encode("cp1252"), "cases.csv: is not UTF-8 at byte"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_place(
    tmp_path: Path, table: str | bytes, said: str
) -> None:
    assert said in refusal(tmp_path, table)


def test_where_there_is_one_article_it_is_meant(tmp_path: Path) -> None:
    folder = suite(tmp_path, f"{HEAD}\nWhen?,,3 May,The port of Varn opened again on 3 May.\n")
    article = {"id": "port", "text": DOCUMENTS["port"].text}
    (folder / "corpus.jsonl").write_text(json.dumps(article))
    with pytest.raises(SuiteError, match="evidence 0 is not in port: the nearest there is"):
        load(folder)
