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
    ("the results so far", Overview.AGREED),
    ("so whats in the deal", Overview.TERMS),
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
    ("any disagreements left to settle", Overview.OPEN),
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
    "Did the US agree?",
    "Has the US signed the treaty?",
    "What did the US agree to?",
    "What does the US want from the deal?",
    "What does the US say about the agreement?",
    "is United involved",
    "What did Will say about the deal?",
    "Did WHO sign the treaty?",
    "what about the nuclear deal",
    "what did they agree on nuclear issues",
    "What did Boone agree to?",
    "what does moore say next",
    "did they lose the contract",
    "tell me who signed the deal",
    "i want to know when the deal was signed",
    "until when is the contract",
    "the deal was signed by whom",
    "tell me where they signed the agreement",
    "by when must they agree",
    "after how many days did they agree",
    "tell me why they disagree",
    "did she agree?",
    "is he done",
    "what did she agree to",
    "what did she say about the deal",
    "which representative signed the deal",
    "name the person who signed the deal",
    "which place was the deal signed in",
    "what is the name of the agreement",
    "which of them agreed",
    "what was the last thing they agreed on",
    "which differences did they settle first",
    "what is the biggest part of the deal",
    "which documents were signed",
    "what broke the deadlock",
    "what would break the deadlock",
    "what happens if they don't agree",
    "what if they break the agreement",
    "how did they agree",
    "will there be a deal",
    "do you want a deal",
    "can they agree",
    "does the agreement include both sides",
    "is this a good deal",
    "did they publish the agreement",
    "what did they tell the press",
    "can the press come",
    "what did they tell journalists",
    "what is a treaty",
    "what does settlement mean",
    "what is a sticking point",
    "no summary please",
    "don't summarise",
    "this summary is not clear",
    "go ahead",
    "what is phase two",
    "what happened last week",
    "what can i do next",
    "who said the parties agreed",
    "who keeps the sides apart",
    "who is taking over",
    "who represented them at the meeting",
    "which parties signed",
    "what people signed",
    "which articles say the deal is dead",
    "did the us agree",
    "DID THE US AGREE",
    "what did the negotiators say",
    "what do people say",
    "what happens to the people after the deal",
    "what did both sides say about the truce",
    "what are the figures",
    "what is taking place",
    "do you take sides",
    "what figures did they give",
    "did they agree to the terms",
    "was the result expected",
    "what did they decide to do",
    "do you agree",
    "i disagree",
    "i read the articles",
    "the links dont work",
    "not clear",
    "no they did not agree",
    "did you read the articles",
    "next article",
    "proceed",
    "come on",
    "sort by date",
    "no links please",
    "no history",
    "not the whole story",
    "no news",
    "what is behind the deadlock",
    "how is the schedule set",
    "where was it settled",
    "where is it",
    "is the meeting open",
    "what is the link between the two",
    "what is the deal based on",
    "are the papers on strike",
    "what is the most important point in the deal",
    "what is not in the deal",
    "what should i read next",
]
GOES_ON = [
    "any more details",
    "what about the conditions",
    "is that settled",
    "was it signed today?",
    "is it still open",
    "and the next?",
    "how did they settle it",
    "what happened then?",
    "is there evidence for that",
]


@pytest.mark.parametrize(("question", "kind"), BROAD)
def test_what_holds_their_words_alone_is_broad(question: str, kind: Overview) -> None:
    read = read_broad(question)
    assert read is not None
    assert read.kind is kind


@pytest.mark.parametrize("question", PRECISE)
def test_what_wants_one_thing_is_precise(question: str) -> None:
    assert read_broad(question) is None


@pytest.mark.parametrize("question", GOES_ON)
def test_what_may_point_at_something_said_before_is_broad_alone_at_most(question: str) -> None:
    assert read_broad(question, alone=False) is None


@given(
    st.sampled_from([question for question, _ in BROAD]),
    st.sampled_from(["wages", "Roe", "prisoners", "12%", "bridge", "pensions"]),
    st.sampled_from(["on", "for", "about"]),
)
def test_a_word_more_makes_it_precise(question: str, word: str, about: str) -> None:
    """What was agreed on wages is no matter of all that was agreed."""
    read = read_broad(f"{question.rstrip('?')} {about} {word}")
    assert read is None or read.of or read.topic
