import pytest

from service.answering.asked import Broad, Overview, read_broad


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what is this about?", Overview.GIST),
        ("What's going on", Overview.GIST),
        ("Summarise the negotiations", Overview.GIST),
        ("please give me a short summary of the strike", Overview.GIST),
        ("tl;dr", Overview.GIST),
        ("Who's involved?", Overview.PEOPLE),
        ("who are the main players in the talks", Overview.PEOPLE),
        ("What do the two sides want?", Overview.PEOPLE),
        ("What was agreed?", Overview.AGREED),
        ("what have they agreed on so far", Overview.AGREED),
        ("What are the main sticking points?", Overview.OPEN),
        ("what do they still disagree about?", Overview.OPEN),
        ("What's holding up a deal?", Overview.OPEN),
        ("what happens next?", Overview.NEXT),
        ("What are the next steps", Overview.NEXT),
        ("Give me a timeline", Overview.TIMELINE),
        ("what happened when?", Overview.TIMELINE),
        ("any news?", Overview.STATE),
        ("whats the latest on the talks", Overview.STATE),
        ("where do things stand now", Overview.STATE),
        ("is there a deal yet?", Overview.STATE),
        ("how did the talks end", Overview.STATE),
        ("whats this about", Overview.GIST),
        ("can you sum this up for me?", Overview.GIST),
        ("whos involved", Overview.PEOPLE),
        ("what are the two sides asking for", Overview.PEOPLE),
        ("whats in the deal", Overview.TERMS),
        ("terms of the treaty?", Overview.TERMS),
        ("what cant they agree on", Overview.OPEN),
        ("why is there no deal yet", Overview.OPEN),
        ("what are the crews and the owners arguing about", Overview.OPEN),
        ("key dates", Overview.TIMELINE),
        ("do the papers contradict each other?", Overview.ACCOUNTS),
        ("What are the sources?", Overview.SOURCES),
        ("could you please sum up the agreement for us in two lines", Overview.TERMS),
        ("tell me about the settlement", Overview.TERMS),
        ("would you give us the background in plain English?", Overview.GIST),
        ("what's on the agenda?", Overview.NEXT),
        ("what should I expect", Overview.NEXT),
        ("has either party given ground?", Overview.COURSE),
        ("how did the sides' demands change since the autumn", Overview.COURSE),
        ("what concessions has each side made so far", Overview.COURSE),
        ("what are they still fighting over", Overview.OPEN),
        ("who is talking to whom?", Overview.PEOPLE),
        ("do the reports agree with one another?", Overview.ACCOUNTS),
        ("Where do the two articles differ?", Overview.ACCOUNTS),
        ("how have the offers changed since the start", Overview.COURSE),
        ("How did their demands change since day one?", Overview.COURSE),
        ("how have the bids moved since the talks began?", Overview.COURSE),
    ],
)
def test_what_wants_an_overview(question: str, kind: Overview) -> None:
    assert read_broad(question) == Broad(kind)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("what does the dockers’ union want?", Broad(Overview.POSITION, ("the dockers' union",))),
        ("What is Ruud Aalbers's position?", Broad(Overview.POSITION, ("Ruud Aalbers",))),
        ("What are the pilots' demands?", Broad(Overview.POSITION, ("the pilots",))),
        ("compare Aalbers and the union", Broad(Overview.COMPARISON, ("Aalbers", "the union"))),
        (
            "Compare what Aalbers and Noor say about the wages",
            Broad(Overview.COMPARISON, ("Aalbers", "Noor"), topic="the wages"),
        ),
        ("What changed since Tuesday?", Broad(Overview.SINCE, since="Tuesday")),
        ("what's new since 5 May 2031", Broad(Overview.SINCE, since="5 May 2031")),
        ("whats the farmers position", Broad(Overview.POSITION, ("the farmers",))),
        ("what concessions did Aalbers make", Broad(Overview.POSITION, ("Aalbers",))),
        ("What happened on Tuesday?", Broad(Overview.DAY, since="Tuesday")),
        ("how did the pay offer change over time", Broad(Overview.COURSE, ("the pay offer",))),
        ("overview of the grain talks", Broad(Overview.GIST, within="grain")),
        ("where do the peace talks stand", Broad(Overview.STATE)),
        ("timeline of the lockout", Broad(Overview.TIMELINE, ("lockout",))),
        (
            "summarise the talks between Aalbers and the guild",
            Broad(Overview.GIST, ("talks between Aalbers and the guild",)),
        ),
        ("latest on the smelter", Broad(Overview.STATE, ("smelter",))),
        ("What's the latest on the ferry line?", Broad(Overview.STATE, ("ferry line",))),
        ("any news about the weir", Broad(Overview.STATE, ("weir",))),
        (
            "compare what the crews asked for and what they got",
            Broad(Overview.GOT, ("the crews",)),
        ),
        ("What did the bakers want and what did they get?", Broad(Overview.GOT, ("the bakers",))),
        ("did the pilots get what they asked for", Broad(Overview.GOT, ("the pilots",))),
        ("Summarise the Harbour Post article", Broad(Overview.GIST, ("Harbour Post article",))),
    ],
)
def test_of_whom_and_since_when(question: str, asks: Broad) -> None:
    assert read_broad(question) == asks


@pytest.mark.parametrize(
    "question",
    [
        "What did Aalbers say about the quota?",
        "When did they meet?",
        "What does he want?",
        "What does she want from the talks?",
        "What does the union want Aalbers to do?",
        "What was agreed about the furnace?",
        "What did the report say?",
        "How did the crew react to the change?",
        "How many people were there on Tuesday?",
        "When was the deal signed?",
        "What happened at the summit?",
        "What is Article 9?",
        "What is the deal worth?",
        "Who wrote the article?",
        "what is the latest on who fired",
        "What did the union get for the extra hour?",
        "What did the pilots get?",
        "How did the pilots' offer change the port's mind?",
        "What was Aalbers's position?",
        "What is the difference between a pilot and a captain?",
        "What was the issue?",
        "What is the point of the strike?",
        "What did Aalbers say about the union's offer?",
        "What did the union offer?",
        "What's the final offer?",
        "What is the opening bid and demand?",
        "Who is negotiating with the owners?",
        "When is the next meeting?",
        "How do I summarise?",
        "What?",
        "",
        "what is " * 30 + "this about?",
    ],
)
def test_a_precise_question_is_none(question: str) -> None:
    assert read_broad(question) is None


def test_what_changed_in_something_is_how_it_went() -> None:
    assert read_broad("What has changed in the second offer?") == Broad(
        Overview.COURSE, ("the second offer",)
    )
    assert read_broad("what has changed in the talks") == Broad(Overview.STATE)
