from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.report import junit
from tests.evals.making import case, result
from tests.evals.report.made import reported, small

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_a_testcase_for_each_case_and_a_failure_with_its_reason() -> None:
    run = small()
    root = ElementTree.fromstring(junit.render(run.suite, run.summary))
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "0")
    assert [found.get("name") for found in root.iter("testcase")] == ["good", "bad", "silly", "hidden"]
    reasons = {found.get("name"): found.find("failure") for found in root.iter("testcase")}
    assert reasons["good"] is None
    silly = reasons["silly"]
    assert silly is not None
    assert (silly.get("message") or "").startswith("answered the unanswerable: ")
    assert "Who is the moon?" in (silly.text or "")


def test_a_case_on_which_the_target_failed_is_an_error() -> None:
    failing = case()
    run = reported([failing], [result(failing, status="error", error="no reply")])
    root = ElementTree.fromstring(junit.render(run.suite, run.summary))
    assert [found.tag for found in root.iter("testcase") for found in found] == ["error"]


@settings(deadline=None, max_examples=30)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_makes_valid_xml(id_: str, question: str) -> None:
    asked = case(id=id_ or "c", question=question)
    run = reported([asked], [replace(result(asked), status="abstained")])
    page = junit.render(run.suite, run.summary)
    root = ElementTree.fromstring(page.encode())
    assert len(list(root.iter("failure"))) == 1
