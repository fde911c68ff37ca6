"""What Parley says of itself, and of what it knows."""

import pytest

from service.conversation import SmallTalk
from service.introducing import introduction
from service.wire import AboutOut, OutletOut


def known(articles: int, *outlets: str, **more: object) -> AboutOut:
    named = [OutletOut(name=name, articles=1) for name in outlets]
    plain = {"undated": 0, "latest": None, "questions": [], **more}
    return AboutOut(articles=articles, outlets=named, **plain)


@pytest.mark.parametrize("talk", list(SmallTalk))
def test_each_ends_with_a_question_back_and_some_to_try(talk: SmallTalk) -> None:
    said = introduction(talk, known(2, questions=["Who won?", "Who lost?", "Who left?"]))
    assert said[-1] == "What would you like to know? For example: “Who won?”, “Who lost?” or “Who left?”"
    assert "I know 2 articles." in said


def test_what_is_known_is_said() -> None:
    about = known(9, *"ABCDEF", latest="2025-03-02", undated=2)
    (told, _) = introduction(SmallTalk.KNOWLEDGE, about)
    assert told.startswith("I know 9 articles, from A, B, C, D, E and 1 more outlet; ")
    assert told.endswith("the latest that bears a date is of 2 March 2025; 2 bear no date.")
    (told, ask) = introduction(SmallTalk.KNOWLEDGE, known(1, "A", undated=1, questions=["Who won?"]))
    assert told == "I know 1 article, from A; 1 bears no date."
    (told, _) = introduction(SmallTalk.KNOWLEDGE, known(3, "A", "B"))
    assert told == "I know 3 articles, from A and B; of 1 the outlet isn’t known."
    assert ask == "What would you like to know? For example: “Who won?”"


def test_without_articles_it_says_so_and_suggests_nothing() -> None:
    said = introduction(SmallTalk.HELLO, known(0))
    assert said[0].startswith("Hello.")
    assert "no articles" in said[-1]
    assert not any("?" in one for one in said)
