"""A question of nothing but the words of broad ones is broad, however it is put; not with a word more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.asked import Overview, read_broad

BROAD = [
    ("ok so what hasnt been settled yet", Overview.OPEN),
    ("points that are still contested, please", Overview.OPEN),
    ("main stumbling block right now?", Overview.OPEN),
    ("where do both sides still disagree", Overview.OPEN),
    ("whats been agreed", Overview.AGREED),
    ("and in the end, what did they agree to after all", Overview.AGREED),
    ("teh results so far", Overview.AGREED),
    ("whats in teh deal", Overview.TERMS),
    ("contents of the final agreement pls", Overview.TERMS),
    ("have they actually agreed or not", Overview.STATE),
    ("and now? where are we", Overview.STATE),
    ("is it done yet", Overview.STATE),
    ("so what comes next then", Overview.NEXT),
    ("whats the plan from here", Overview.NEXT),
    ("could you give us a quick recap of the whole thing", Overview.GIST),
    ("main points of these reports", Overview.GIST),
    ("which groups are represented at the talks", Overview.PEOPLE),
    ("so who's taking part", Overview.PEOPLE),
    ("chronology of everything so far", Overview.TIMELINE),
    ("walk us through it step by step", Overview.TIMELINE),
    ("which outlets did you use", Overview.SOURCES),
    ("where did you get all this from", Overview.SOURCES),
    ("do the papers tell it differently", Overview.ACCOUNTS),
    ("discrepancies between the sources", Overview.ACCOUNTS),
    ("any disagrements left to settle", Overview.OPEN),
]
PRECISE = [
    "when did they agree",
    "why are they still talking",
    "who agreed first",
    "who signed the deal",
    "how many sides have agreed",
    "how long is the agreement",
    "what did they agree on wages",
    "which side wants a deal",
    "what made them agree in the end",
    "did both sides get what they wanted",
    "have they agreed on a date",
    "how did the last truce end",
    "what was the result of the previous talks",
    "is the bridge open now",
    "what are the next talks about",
    "where were the talks held",
    "what are the causes",
    "which article says so",
]


@pytest.mark.parametrize(("question", "kind"), BROAD)
def test_what_holds_their_words_alone_is_broad(question: str, kind: Overview) -> None:
    read = read_broad(question)
    assert read is not None
    assert read.kind is kind


@pytest.mark.parametrize("question", PRECISE)
def test_what_wants_one_thing_is_precise(question: str) -> None:
    assert read_broad(question) is None


@given(
    st.sampled_from([question for question, _ in BROAD]),
    st.sampled_from(["wages", "Roe", "prisoners", "12%", "bridge", "pensions"]),
    st.sampled_from(["on", "for", "about"]),
)
def test_a_word_more_makes_it_precise(question: str, word: str, about: str) -> None:
    """What was agreed on wages is no matter of all that was agreed."""
    read = read_broad(f"{question.rstrip('?')} {about} {word}")
    assert read is None or read.of or read.topic
