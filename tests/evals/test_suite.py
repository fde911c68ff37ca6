"""Reading suite folders: ours, and public sets as converted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.cases import CaseKind, CaseTurn, Evidence, Gates, GoldSaid, Nugget, Split
from evals.errors import SuiteError
from evals.scoring.metrics import Metric
from evals.suite import load, usable
from retrieval.article import Facts
from retrieval.parse import parse
from retrieval.sources import Source
from tests.evals.making import LOSS, PAY, PORT, REOPENED, line, write_suite


def public(**given: Any) -> dict[str, Any]:
    """A case of a public set, which has no kind."""
    defaults = {
        "id": "p1",
        "question": "When did it reopen?",
        "answers": ["3 May", "May 3"],
        "evidence": [{"doc_id": "port", "quote": REOPENED}],
    }
    return line(kind=..., nuggets=..., **(defaults | given))


def refusal(folder: Path) -> str:
    with pytest.raises(SuiteError) as caught:
        load(folder)
    assert caught.value.remedy
    return caught.value.message


def test_our_format_is_read_whole(tmp_path: Path) -> None:
    rich = line(
        kind="follow_up",
        split="test",
        turns=[
            {"role": "user", "text": "What happened at the port?"},
            {"role": "assistant", "text": "A strike."},
        ],
        said=[{"speaker": ["Brandt", "Mayor Brandt"], "to": "Radio Nord", "quote": LOSS}],
        evidence=[{"doc_id": "port", "quote": REOPENED}, {"doc_id": "port", "quote": LOSS}],
        forbidden=["June"],
        notes="A date.",
    )
    gates = {"floors": {"truthfulness": 0.5}, "invariants": ["quote_exactness"], "regression": "case"}
    folder = write_suite(tmp_path, [rich], gates=gates, baseline="baseline.json", origin="made up")
    suite = load(folder).suite
    (case,) = suite.cases
    assert (suite.name, suite.version, suite.licence, suite.folder) == ("harbour", "1", "CC0", tmp_path)
    assert suite.gates == Gates({"truthfulness": 0.5}, ("quote_exactness",), "case")
    assert suite.baseline == tmp_path / "baseline.json"
    assert suite.extra == {"origin": "made up"}
    assert (case.kind, case.split, case.notes) == (CaseKind.FOLLOW_UP, Split.TEST, "A date.")
    assert case.turns == (CaseTurn("user", "What happened at the port?"), CaseTurn("assistant", "A strike."))
    assert case.nuggets == (Nugget("3 May", True, ("3 May",), (0,)),)
    assert case.evidence == (Evidence("port", REOPENED), Evidence("port", LOSS))
    assert case.said == (GoldSaid(("Brandt", "Mayor Brandt"), ("Radio Nord",), LOSS),)
    assert case.forbidden == ("June",)


def test_a_suites_gates_have_defaults(tmp_path: Path) -> None:
    suite = load(write_suite(tmp_path, [line()])).suite
    assert suite.gates == Gates()
    assert suite.baseline is None


def test_articles_may_be_files(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfPort News\r\n\r\n" + PORT.encode() + b"\r\n"
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "port.txt").write_bytes(data)
    listed = {"id": "port", "file": "articles/port.txt", "outlet": "Varn Post", "published": "2025-05-03"}
    folder = write_suite(tmp_path / "suite", [line()], articles=[listed | {"file": "../articles/port.txt"}])
    (folder / "corpus.jsonl").unlink()
    (document,) = load(folder).suite.documents
    assert document.text == parse(Source("port.txt", data, Facts(), None)).text
    assert (document.source, document.published) == ("Varn Post", "2025-05-03")


def test_a_corpus_line_is_stored_as_parley_stores_it(tmp_path: Path) -> None:
    corpus = [
        {"id": "port", "text": "News\r\n" + PORT, "source": "Varn Post", "title": "T", "url": "https://x/1"}
    ]
    (document,) = load(write_suite(tmp_path, [line()], corpus)).suite.documents
    assert document.text == "News\n" + PORT
    assert (document.source, document.title, document.url) == ("Varn Post", "T", "https://x/1")


def test_yaml_dates_and_versions_are_taken_as_written(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()])
    (tmp_path / "port.txt").write_text(PORT)
    (folder / "corpus.jsonl").unlink()
    (folder / "suite.yaml").write_text(
        "name: harbour\nversion: 1.2\nlicense: CC0\narticles:\n"
        "  - {id: port, file: port.txt, published: 2025-05-03}\n"
    )
    suite = load(folder).suite
    assert (suite.version, suite.licence) == ("1.2", "CC0")
    assert suite.documents[0].published == "2025-05-03"


def test_answers_of_a_public_set_stand_in_for_a_nugget(tmp_path: Path) -> None:
    loaded = load(
        write_suite(tmp_path, [public(given_doc="port", answers=["3 May", "", "May 3"])], version=None)
    )
    (case,) = loaded.suite.cases
    assert case.kind is None
    assert case.given_doc == "port"
    assert case.answers == ("3 May", "May 3")
    assert case.nuggets == (Nugget("3 May", True, ("3 May", "May 3"), (0,)),)
    assert loaded.suite.version == "unversioned"


@pytest.mark.parametrize(
    "answers", [["Yes"], ["no."], ["word " * 6], ["3 May", "word " * 6], ["…"], [""], []]
)
def test_an_answer_that_words_cannot_tell_is_no_nugget(tmp_path: Path, answers: list[str]) -> None:
    (case,) = load(write_suite(tmp_path, [public(answers=answers)])).suite.cases
    assert case.nuggets == ()


def test_a_long_answer_is_a_nugget_where_its_article_has_it(tmp_path: Path) -> None:
    (case,) = load(write_suite(tmp_path, [public(answers=[REOPENED])])).suite.cases
    assert case.nuggets == (Nugget(REOPENED, True, (REOPENED,), (0,)),)


def test_an_unanswerable_public_case_has_no_nugget(tmp_path: Path) -> None:
    (case,) = load(write_suite(tmp_path, [public(answerable=False)])).suite.cases
    assert case.nuggets == ()


def test_distinct_answers_are_a_nugget_each(tmp_path: Path) -> None:
    told = public(
        answers=["3 May", "9 June"],
        disambig=["of Varn", "of Aust"],
        evidence=[{"doc_id": "x", "quote": None}, {"doc_id": "y", "quote": None}],
        wrong_answers=["June", "4 July", "4 July", "on 3 May 2020"],
    )
    corpus = [
        {"id": "x", "text": "On 3 May.", "states": "3 May"},
        {"id": "y", "text": "9 June.", "states": "9 June"},
    ]
    (case,) = load(write_suite(tmp_path, [told], corpus)).suite.cases
    assert case.nuggets == (
        Nugget("3 May", True, ("3 May",), (0,)),
        Nugget("9 June", True, ("9 June",), (1,)),
    )
    assert case.forbidden == ("4 July",)  # the others can be mistaken for a right answer


def test_a_conversation_leaves_out_the_question(tmp_path: Path) -> None:
    turns = [
        {"role": "user", "text": "Is the port open?"},
        {"role": "agent", "text": "Yes."},
        {"role": "user", "text": "When did it reopen?"},
    ]
    (case,) = load(write_suite(tmp_path, [public(turns=turns)])).suite.cases
    assert case.turns == (CaseTurn("user", "Is the port open?"), CaseTurn("assistant", "Yes."))


def test_a_quotation_that_a_public_set_lost_becomes_its_article(tmp_path: Path) -> None:
    lost = public(evidence=[{"doc_id": "port", "quote": "It  reopened"}, {"doc_id": "strike", "quote": PAY}])
    loaded = load(write_suite(tmp_path, [lost]))
    assert loaded.suite.cases[0].evidence == (Evidence("port", None), Evidence("strike", PAY))
    assert any("1 quotations are not in their article (in 1 cases, p1" in w for w in loaded.warnings)


@pytest.mark.parametrize("made", [public, line], ids=["public", "ours"])
def test_an_article_that_parley_refuses_blocks_no_other(tmp_path: Path, made: Callable[..., Any]) -> None:
    corpus = [{"id": "port", "text": PORT}, {"id": "odd", "text": "a\x00b"}, {"id": "dash", "text": "\u2014"}]
    needing = [
        made(id="quoted", evidence=[{"doc_id": "odd", "quote": None}]),
        made(id="asked of", given_doc="dash"),
    ]
    loaded = load(write_suite(tmp_path, [made(), *needing], corpus))
    assert [document.id for document in loaded.suite.documents] == ["port"]
    assert list(loaded.suite.refused) == ["odd", "dash"]
    assert len(loaded.suite.cases) == 1
    assert [case.id for case in loaded.suite.unscored] == ["quoted", "asked of"]
    told = " ".join(loaded.warnings)
    assert "Parley refuses 2 of 3 articles: odd is a binary file" in told
    assert "dash holds no word" in told
    assert "Not scored, as they need one of these: 2 cases (quoted, asked of)." in told


def test_an_article_file_that_is_no_text_blocks_no_other(tmp_path: Path) -> None:
    articles = [{"id": "port", "file": "port.txt"}, {"id": "scan", "file": "scan.txt"}]
    folder = write_suite(
        tmp_path, [line(), line(id="c2", evidence=[{"doc_id": "scan", "quote": "x"}])], [], articles=articles
    )
    (folder / "corpus.jsonl").unlink()
    (folder / "port.txt").write_text(PORT, encoding="utf-8")
    (folder / "scan.txt").write_bytes(b"%PDF-1.7")
    loaded = load(folder)
    assert [document.id for document in loaded.suite.documents] == ["port"]
    assert "scan.txt is a binary file: it looks like a PDF" in loaded.suite.refused["scan"]
    assert [case.id for case in loaded.suite.unscored] == ["c2"]
    (folder / "scan.txt").unlink()
    assert "scan.txt cannot be read" in refusal(folder)


def test_a_suite_whose_every_case_needs_a_refused_article_is_refused(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()], [{"id": "port", "text": "a\x00b"}])
    assert "every case needs an article that Parley refuses" in refusal(folder)


def test_a_stray_control_character_is_no_reason_to_refuse(tmp_path: Path) -> None:
    texts = {f"d{n}": f"The port of Varn {n} reopened." for n in range(30)}
    texts["d7"] = texts["d7"].replace("Varn", "Var\x1bn")
    corpus = [{"id": id_, "text": text} for id_, text in texts.items()]
    loaded = load(write_suite(tmp_path, [public(evidence=[{"doc_id": "d7", "quote": None}])], corpus))
    assert {document.id: document.text for document in loaded.suite.documents} == texts
    assert loaded.suite.refused == {}


def test_usable_counts_cases_by_metric(tmp_path: Path) -> None:
    lines = [
        public(),
        public(id="p2", evidence=[{"doc_id": "port", "quote": None}]),
        public(id="p3", answerable=False, evidence=[]),
    ]
    got = usable(load(write_suite(tmp_path, lines)).suite)
    assert set(got) == set(Metric)
    assert got[Metric.ABSTENTION] == got[Metric.TRUTHFULNESS] == 3
    assert got[Metric.GROUNDED_NUGGET_RECALL] == got[Metric.MRR] == 2
    assert got[Metric.COVERAGE_5] == 1
    assert got[Metric.ATTRIBUTION] == 0


def test_a_bad_line_is_named_by_its_number(tmp_path: Path) -> None:
    message = refusal(write_suite(tmp_path, [line(), "", '{"id": "c2", oops}', '"text"']))
    assert "cases.jsonl line 3: is not JSON" in message
    assert "column 14" in message
    assert "cases.jsonl line 4: is not a JSON object" in message


def test_line_separators_within_a_string_end_no_line(tmp_path: Path) -> None:
    text = '{"id": "port", "text": "' + PORT + '\u2028\x85 end"}'
    (document,) = load(write_suite(tmp_path, [line()], [text])).suite.documents
    assert document.text == PORT + "\u2028\x85 end"


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()])
    (folder / "cases.jsonl").write_bytes(b'{"id": "\xff"}\n')
    assert "cases.jsonl line 1: is not UTF-8 at byte 8" in refusal(folder)
    (folder / "suite.yaml").write_bytes(b"name: \xff\n")
    assert "suite.yaml: is not UTF-8" in refusal(folder)


def test_missing_files_are_named(tmp_path: Path) -> None:
    assert "suite.yaml cannot be read" in refusal(tmp_path / "nowhere")
    folder = write_suite(tmp_path, [line()])
    (folder / "cases.jsonl").unlink()
    assert "cases.jsonl: cannot be read" in refusal(folder)
    (folder / "corpus.jsonl").unlink()
    assert "corpus.jsonl: cannot be read" in refusal(folder)


def test_yaml_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()])
    (folder / "suite.yaml").write_text("name: harbour\nversion: [1\nlicence: x\n")
    assert "suite.yaml line 3: is not YAML" in refusal(folder)
    (folder / "suite.yaml").write_text("- name\n")
    assert "suite.yaml: is not a table" in refusal(folder)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"question": ["x"]}, "'question' is not a string"),
        ({"question": " "}, "'question' is missing or empty"),
        ({"answerable": "yes"}, "'answerable' is neither true nor false"),
        ({"evidence": "quote"}, "'evidence' is not a list of objects"),
        ({"forbidden": "x"}, "'forbidden' is not a list of strings"),
        ({"kind": "odd"}, "'odd' is not a kind"),
        ({"split": "train"}, "'train' is not a split"),
        ({"turns": [{"role": "system", "text": "x"}]}, "'system' is not a role"),
        ({"nuggets": [{"text": "3 May", "evidence": [True]}]}, "'evidence' is not a list of whole numbers"),
        ({"colour": "red"}, "a case has an unknown field 'colour'"),
        ({"evidence": [{"doc_id": "port", "quote": REOPENED, "page": 1}]}, "unknown field 'page'"),
    ],
)
def test_a_field_of_the_wrong_type_is_named(tmp_path: Path, wrong: dict[str, Any], expected: str) -> None:
    assert f"cases.jsonl line 1 (c1): {expected}" in refusal(write_suite(tmp_path, [line(**wrong)])).replace(
        "evidence has an ", ""
    )


def test_problems_are_told_together_up_to_twenty(tmp_path: Path) -> None:
    message = refusal(write_suite(tmp_path, [line(id=f"c{n}", question="") for n in range(25)]))
    assert message.count("is missing or empty") == 20
    assert "has 25 problems" in message
    assert "and 5 more" in message


def test_evidence_given_once_is_that_of_every_nugget(tmp_path: Path) -> None:
    nuggets = [{"text": "3 May"}, {"text": "Varn", "evidence": [0]}, {"text": "crowns", "evidence": None}]
    evidence = [{"doc_id": "port", "quote": REOPENED}, {"doc_id": "port", "quote": LOSS}]
    (case,) = load(write_suite(tmp_path, [line(nuggets=nuggets, evidence=evidence)])).suite.cases
    assert [nugget.evidence for nugget in case.nuggets] == [(0, 1), (0,), (0, 1)]


def test_a_mark_at_the_beginning_of_a_file_is_none_of_it(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, [line()])
    for name in ("cases.jsonl", "corpus.jsonl", "suite.yaml"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert [case.id for case in load(folder).suite.cases] == ["c1"]
