"""Questions are read by their likeness to others of which it is known what they want."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.asked import Overview, read_broad, words_of_asking
from service.answering.asked.by_example import PRECISE, kind_by_example, learned

FERRIES = [("next", "what comes next for the ferries"), ("precise", "how many ferries are there")]
BROAD = [
    ("russia n ukraine side by side pls", Overview.COMPARISON),
    ("how has gillespies stance changed since march", Overview.COURSE),
    ("who all is taking part in the harbour thing", Overview.PEOPLE),
    ("quick lowdown on the harbour row", Overview.GIST),
    ("whats the kestrel deal actually say", Overview.TERMS),
    ("harbour talks: whats still blocking it", Overview.OPEN),
    ("so is there a harbour deal or not yet", Overview.STATE),
    ("dates n events of the harbour thing in order", Overview.TIMELINE),
]
ONE_THING = [
    "how much did the harbour board offer",
    "when did they sign the deal",
    "who signed the deal",
    "why did talks collapse",
    "which day is the next meeting",
    "did brandt agree to the second offer",
    "never mind the summary",
    "what colour is the flag",
    "x",
    "?",
]


@pytest.mark.parametrize(("question", "kind"), BROAD)
def test_a_question_is_of_the_kind_that_it_is_like(question: str, kind: Overview) -> None:
    read = read_broad(question)
    assert read is not None
    assert read.kind is kind


@pytest.mark.parametrize("question", ONE_THING)
def test_what_wants_one_thing_is_precise(question: str) -> None:
    assert read_broad(question) is None


@pytest.mark.parametrize(
    "question", ["and the next?", "what about their position", "do they agree on it now"]
)
def test_what_may_point_at_what_was_said_is_broad_alone_at_most(question: str) -> None:
    assert read_broad(question, alone=False) is None


def test_examples_decide() -> None:
    likeness = learned(FERRIES)
    assert likeness.kind("and what comes next") == "next"
    assert likeness.kind("how many") == PRECISE
    assert likeness.kind("wholly unheard of") == PRECISE
    assert learned([("precise", "what comes next"), *FERRIES[1:], ("gist", "sum up")]).kind("next") == PRECISE


def test_names_are_no_words_of_asking() -> None:
    assert {"sticking", "timeline", "agreed"} <= words_of_asking()
    assert not {"ferry", "kestrel", "brandt"} & words_of_asking()


@given(st.text(max_size=200))
def test_every_text_has_a_kind(text: str) -> None:
    assert kind_by_example(text) in {PRECISE, *Overview}


def test_what_one_said_is_no_overview() -> None:
    assert read_broad("wat did roe tel fox about it all") is None
