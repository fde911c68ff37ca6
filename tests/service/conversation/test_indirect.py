"""Indirect questions are turned to direct ones where the verb is plain."""

import pytest

from service.conversation.indirect import direct


@pytest.mark.parametrize(
    ("clause", "asked"),
    [
        ("what Roe told the crowd on Sunday", "What did Roe tell the crowd on Sunday?"),
        ("when the fifth round opens", "When does the fifth round open?"),
        ("where the talks are being held", "Where are the talks being held?"),
        ("how many ships the port can take", "How many ships can the port take?"),
        ("how many ships left", "How many ships left?"),
        ("which proposals Roe made in May", "Which proposals did Roe make in May?"),
        ("who appointed the judge", "Who appointed the judge?"),
        ("what the proposed law says", "What does the proposed law say?"),
        ("what the farmers want", "What do the farmers want?"),
        ("whether Roe has signed the deal", "Has Roe signed the deal?"),
        ("if the deal was signed", "Was the deal signed?"),
        ("what's in the draft", "What's in the draft?"),
        ("why did they leave?", "Why did they leave?"),
    ],
)
def test_the_verb_comes_before_the_subject(clause: str, asked: str) -> None:
    assert direct(clause) == asked


@pytest.mark.parametrize("clause", ["about the dam", "the parties", "that Roe resigned", "whether or not"])
def test_what_is_no_question_is_none(clause: str) -> None:
    assert direct(clause) is None
