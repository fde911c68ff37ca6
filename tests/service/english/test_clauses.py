"""The parts of a question."""

import pytest

from service.english.clauses import clause, is_group, may_speak, somebody_in


@pytest.mark.parametrize(
    ("question", "wh", "subject", "predicate"),
    [
        ("What did Jane Roe tell the BBC?", "What", "Jane Roe", "tell the BBC"),
        ("what did the mediator say about wages", "what", "the mediator", "say about wages"),
        ("Was Tom Hallam arrested?", "", "Tom Hallam", "arrested"),
        ("When will they meet?", "When", "they", "meet"),
        ("Did Ann Lee and Bo Ek meet?", "", "Ann Lee and Bo Ek", "meet"),
        ("Is the port open?", "", "", "the port open"),
    ],
)
def test_the_parts_of_a_question(question: str, wh: str, subject: str, predicate: str) -> None:
    read = clause(question)
    assert (read.wh, read.subject, read.predicate) == (wh, subject, predicate)


@pytest.mark.parametrize("text", ["Thank you for that", "How I get a good lawyer to do my estate plan", ""])
def test_what_has_no_such_shape_has_no_subject(text: str) -> None:
    assert clause(text).subject == ""


def test_several_are_plural() -> None:
    assert clause("Did Ann Lee and Bo Ek meet?").plural
    assert clause("Why did the owners leave?").plural
    assert not clause("Did Ann Lee leave?").plural


def test_another_subject_is_put_in_its_place() -> None:
    assert clause("What did Roe say?").with_subject("Lee") == "What did Lee say"


def test_who_may_speak() -> None:
    assert is_group("the union")
    assert may_speak("the mediator")
    assert not may_speak("the budget")
    assert somebody_in("what has the young actor")
    assert not somebody_in("what has the budget")
