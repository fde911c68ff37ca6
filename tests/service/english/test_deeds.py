"""Whether something is told as done or as not done, by its verb."""

import pytest

from service.english import Deed, deed_asked, done


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Why did Roe accept the offer?", "accept"),
        ("Has the council approved the plan?", "approv"),
        ("Were the crews released?", "releas"),
        ("Why did Roe say that a truce was close?", "clos"),
        ("How did the minister justify the ban?", "justify"),
        ("Did the two agree or not?", "agr"),
        ("When did the assembly throw the agreement out?", "reject"),
        ("why did the council turn down the offer", "reject"),
        ("When did the council turn to the court?", "turn"),
    ],
)
def test_what_a_question_has_done(question: str, verb: str) -> None:
    assert deed_asked(question) == Deed(verb)


@pytest.mark.parametrize(
    "question", ["Why might Roe accept it?", "Why didn't Roe accept it?", "How far is it to the border?"]
)
def test_what_is_open_or_denied_in_the_question(question: str) -> None:
    assert deed_asked(question) is None


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The crews accepted the offer.", True),
        ("The crews, who had not slept, accepted the offer.", True),
        ("The crews accepted the offer but did not sign it.", True),
        ("The crews did not accept the offer.", False),
        ("None of the crews has accepted the offer.", False),
        ("The crews denied that they had accepted the offer.", False),
        ("The crews refused to accept the offer.", False),
        ("The crews rejected the offer.", False),
        ("The crews accepted no offer.", False),
        ("The crews may accept the offer.", None),
        ("The crews will not accept the offer before Monday.", None),
        ("The crews accepted one offer and rejected the other.", None),
        ("The offer stands.", None),
        ("The crews turned the offer down.", False),
        ("The members threw the offer out.", False),
        ("The crews turned down the offer.", False),
        ("The crews turned it down.", False),
        ("The pilot turned and walked down the pier.", None),
        ("The crews turned the lights down in the hall and accepted the offer.", True),
        ("The crews sat down and accepted the offer.", True),
        ("Nobody would accept the offer.", False),
        ("Strand said that no crew would accept it.", False),
        ("A crew would accept it, but no pilot.", None),
        ("None of the crews would accept the offer.", False),
        ("Nobody in the crews would ever accept the offer.", False),
        ("Nobody thought the crews would accept the offer.", None),
        ("Nobody doubted that the crews would accept the offer.", None),
        ("No doubt the crews will accept the offer.", None),
        ("With no better offer left the crews would accept it.", None),
        ("Without doubt the crews accepted the offer.", None),
        ("No crew denied that it had accepted the offer.", None),
    ],
)
def test_what_is_told(text: str, so: bool | None) -> None:
    assert done(Deed("accept"), text) is so
