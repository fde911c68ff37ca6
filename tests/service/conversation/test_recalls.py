"""What is asked of the answer before, and what only looks like it."""

import pytest

from service.conversation.recalls import Recall, doubting, recalled


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Who said that?", Recall.SPEAKER),
        ("and who's saying this", Recall.SPEAKER),
        ("according to whom?", Recall.SPEAKER),
        ("Which newspaper reported that?", Recall.ARTICLE),
        ("what's the source for that?", Recall.ARTICLE),
        ("ok, where did you get that from?", Recall.ARTICLE),
        ("When did they announce it?", Recall.SAID_WHEN),
        ("Where did she say that?", Recall.SAID_WHERE),
        ("On which day?", Recall.WHEN),
        ("where was that", Recall.WHERE),
        ("Could you make it a bit shorter, please?", Recall.SHORTER),
        ("just one sentence", Recall.SHORTER),
        ("Tell me more about that.", Recall.MORE),
        ("anything else?", Recall.MORE),
        ("Is this really true?", Recall.OTHERS),
        ("hm, are you sure about that?", Recall.OTHERS),
        ("do other outlets report the same?", Recall.OTHERS),
    ],
)
def test_what_is_asked_of_the_answer_before(typed: str, kind: Recall) -> None:
    found = recalled(typed)
    assert found
    assert found.kind is kind
    assert found.of is None


def test_whom_it_is_asked_of() -> None:
    found = recalled("When did Ada Brandt say that?")
    assert found
    assert found.of == "ada brandt"


@pytest.mark.parametrize(
    "typed",
    [
        "Who said the ferry was full?",
        "Which article of the treaty was dropped?",
        "When did the strike begin?",
        "Where did the envoys meet?",
        "tell me more about the ferry",
        "Is it true that the ferry was full?",
        "What did the source say?",
        "What are the sources?",
        "who else?",
        "why?",
        "yes",
    ],
)
def test_what_is_a_question_of_its_own(typed: str) -> None:
    assert recalled(typed) is None


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("really only 350?", "350"),
        ("12 percent?", "12"),
        ("so just 24.5 million?", "24.5"),
        ("wait, 3?", "3"),
    ],
)
def test_a_figure_said_again_is_doubted(typed: str, figure: str) -> None:
    asks = doubting(typed)
    assert asks is not None
    assert asks.kind is Recall.OTHERS
    assert asks.figures == {figure}


@pytest.mark.parametrize(
    "typed",
    [
        "and in 2019?",
        "only 350",
        "why 350?",
        "350 or 700?",
        "on the 9th?",
        "how 12?",
        "3 June?",
        "so 3 Jun?",
        "only 3 may?",
    ],
)
def test_what_asks_something_else_of_a_figure(typed: str) -> None:
    assert doubting(typed) is None


@pytest.mark.parametrize(
    ("typed", "so"),
    [
        ("only 3?", True),
        ("only 3 ships?", True),
        ("just 3 ship?", True),
        ("only 3 clerks?", False),
        ("so 3 days?", False),
        ("only 30 ships?", False),
    ],
)
def test_what_is_counted_stands_behind_the_figure_that_is_doubted(typed: str, so: bool) -> None:
    asks = doubting(typed)
    assert asks is not None
    assert asks.told_in("Only 3 small ships were saved on 3 June.") is so
