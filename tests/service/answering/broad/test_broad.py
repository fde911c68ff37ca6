"""Overviews of an invented dispute, told by three outlets over a week."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from retrieval.article import Article, Region, RegionSpan
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY, Draft, Passage, Proposal, Rule, StatementKind, Status, headings
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer
from tests.service.answering.making import article, passages

_POST = """VELLINGE — The harbour pilots of Vellinge stopped work on Monday after talks on rosters failed. \
The Pilots' Guild, or PG, demands two free weekends a month and a pay rise of eight per cent. \
Port director Ruud Aalbers offered three per cent and refused to talk about the rosters. \
“We cannot run a port on wishes,” Aalbers said."""
_RADIO = """Judge Saga Holm will mediate between the Pilots' Guild and the port, both said on Wednesday. \
“I will hear each of them alone,” Holm said. \
The first session is set for Thursday in the old customs house. \
The guild's chairwoman, Noor Ekdahl, insists that the rosters come first."""
_TIMES = """The port and the Pilots' Guild agreed on Friday on a pay rise of five per cent, Saga Holm said. \
Director Ruud Aalbers still rejects a second free weekend, which the guild calls its red line. \
The guild's members vote on the deal on Monday, and the pilots stay ashore until then. \
Ekdahl told the Times that she would vote against it."""
_TOLD = [
    ("Harbour Post", "2031-05-05", "Pilots stop work in Vellinge", _POST),
    ("Kattegat Radio", "2031-05-07", "Mediator named", _RADIO),
    ("The Vellinge Times", "2031-05-09", "A deal, nearly", _TIMES),
]


def told(outlet: str, published: str, title: str, text: str) -> Article:
    whole = f"{title}\n\n{text}"
    regions = (
        RegionSpan(Region.HEADLINE, 0, len(title)),
        RegionSpan(Region.BODY, len(title) + 2, len(whole)),
    )
    made = article(whole, id_=f"a_{outlet}_{published}", regions=regions, title=title, outlet=outlet)
    return replace(made, facts=replace(made.facts, published=published or None))


CORPUS = tuple(told(*each) for each in _TOLD)


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> BroadAnswerer:
    return BroadAnswerer(ExtractiveAnswerer(embedder, reader), reader)


@pytest.fixture(scope="module")
def found(embedder: Embedder) -> list[Passage]:
    return passages(embedder, "the pilots", *CORPUS)


def asked(answerer: BroadAnswerer, found: Sequence[Passage], question: str) -> Proposal:
    return answerer.answer(question, found, timings=Timings())


def quoted(draft: Draft) -> str:
    return next(part.text for part in draft.parts if part.quote)


def under(proposal: Proposal) -> dict[str | None, list[str]]:
    sections: dict[str | None, list[str]] = {}
    for draft in proposal.drafts:
        sections.setdefault(draft.heading, []).append(quoted(draft))
    return sections


EVERY = [
    "What is this about?",
    "Who is involved?",
    "What does the guild want?",
    "Compare the guild and Aalbers",
    "Compare the articles",
    "What was agreed?",
    "What are the sticking points?",
    "What happens next?",
    "Timeline",
    "What changed since Wednesday?",
    "Where do things stand?",
    "What happened on Friday?",
    "How did the pay offer change?",
    "What are the sources?",
    "Summarise the Harbour Post article",
]


@pytest.mark.parametrize("question", EVERY)
def test_an_overview_is_of_the_articles_words_and_the_same_each_time(
    answerer: BroadAnswerer, embedder: Embedder, reader: Reader, found: list[Passage], question: str
) -> None:
    proposal = asked(answerer, found, question)
    texts = {one.id: one for one in CORPUS}
    assert proposal.status is Status.ANSWERED
    assert 1 <= len(proposal.drafts) <= PARLEY.overview.most
    for draft in proposal.drafts:
        quotes = [part.quote for part in draft.parts if part.quote]
        assert draft.kind is StatementKind.QUOTE
        assert all(texts[q.article_id].text[q.start : q.end] == q.text for q in quotes)
        assert draft.heading is not None
        assert headings.is_sound(draft.heading, texts[quotes[0].article_id])
    assert len({quoted(draft) for draft in proposal.drafts}) == len(proposal.drafts)
    shuffled = random.Random(question).sample(found, len(found))
    fresh = BroadAnswerer(ExtractiveAnswerer(embedder, reader), reader)
    assert asked(fresh, shuffled, question) == proposal


_POSTED = "We stay ashore until the rosters change."


@pytest.fixture(scope="module")
def posted(embedder: Embedder) -> list[Passage]:
    """One article shows a post, with who signs it below."""
    first, *others = CORPUS
    text = f"{first.text}\n\n{_POSTED}\n\n— Noor Ekdahl (@noorekdahl) May 4, 2031\n\nShips wait outside."
    post, signed, last = (text.index(words) for words in (_POSTED, "— Noor", "Ships wait"))
    ends = (
        (Region.POST, post, signed - 2),
        (Region.BYLINE, signed, last - 2),
        (Region.BODY, last, len(text)),
    )
    regions = (*first.regions, *(RegionSpan(*each) for each in ends))
    return passages(embedder, "the pilots", replace(first, id="a_shows", text=text, regions=regions), *others)


@pytest.mark.parametrize("question", EVERY)
def test_articles_of_which_one_shows_a_post_are_overviewed_too(
    answerer: BroadAnswerer, posted: list[Passage], question: str
) -> None:
    assert asked(answerer, posted, question).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "wordings"),
    [
        ("What is this about?", ["stopped work on Monday", "will mediate", "agreed on Friday"]),
        ("What does the guild want?", ["demands two free weekends", "rosters come first"]),
        ("What does Aalbers want?", ["offered three per cent", "rejects a second free weekend"]),
        ("What was agreed?", ["agreed on Friday on a pay rise of five per cent"]),
        ("What are the sticking points?", ["demands two free weekends", "rejects a second free weekend"]),
        ("What happens next?", ["vote on the deal on Monday"]),
        ("What changed since Thursday?", ["agreed on Friday"]),
        ("Summarise the Harbour Post article", ["stopped work on Monday"]),
        ("where do things stand", ["agreed on Friday", "vote on the deal on Monday"]),
        ("what happened on 9 May", ["agreed on Friday on a pay rise"]),
        ("what happened on Friday", ["agreed on Friday on a pay rise"]),
        ("how did the pay offer change", ["offered three per cent", "a pay rise of five per cent"]),
        ("whats in the deal", ["pay rise of five per cent", "members vote on the deal"]),
        ("summary of the roster talks", ["stopped work on Monday", "agreed on Friday"]),
        ("What do the articles say about the rosters?", ["talks on rosters failed", "rosters come first"]),
    ],
)
def test_what_it_tells(
    answerer: BroadAnswerer, found: list[Passage], question: str, wordings: list[str]
) -> None:
    said = "\n".join(map(quoted, asked(answerer, found, question).drafts))
    assert [wording for wording in wordings if wording not in said] == []


def test_what_came_before_the_day_asked_about_is_not_told(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    assert list(under(asked(answerer, found, "What changed since 7 May?"))) == ["7 May 2031", "9 May 2031"]


def test_a_timeline_goes_by_day(answerer: BroadAnswerer, found: list[Passage]) -> None:
    assert list(under(asked(answerer, found, "Timeline"))) == ["5 May 2031", "7 May 2031", "9 May 2031"]


def test_where_it_stands_is_told_by_the_last_article_first(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    sections = list(under(asked(answerer, found, "any progress?")))
    assert sections[:2] == ["The Vellinge Times · 9 May 2031", "Kattegat Radio · 7 May 2031"]


def test_what_is_told_of_another_day_is_not_of_the_day_asked_about(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    proposal = asked(answerer, found, "What happened on Wednesday?")
    assert [quoted(draft) for draft in proposal.drafts] == [
        "Judge Saga Holm will mediate between the Pilots' Guild and the port, both said on Wednesday."
    ]
    none = asked(answerer, found, "What happened on Sunday?")
    assert none.drafts[0].parts[0].text == "I found no passage that tells of Sunday."


def test_of_more_articles_than_are_told_the_first_and_the_last_are(
    embedder: Embedder, reader: Reader, found: list[Passage]
) -> None:
    policy = PARLEY.having("overview.most", 2)
    few = BroadAnswerer(ExtractiveAnswerer(embedder, reader), reader, policy=policy)
    assert list(under(asked(few, found, "Timeline"))) == ["5 May 2031", "9 May 2031"]


def test_an_overview_of_one_dispute_leaves_others_out(answerer: BroadAnswerer, embedder: Embedder) -> None:
    other = told(
        "Steppe Herald", "2031-05-06", "Wells", "The herders of Arkaly sued Governor Timur Sadyk over wells."
    )
    proposal = asked(answerer, passages(embedder, "pilots", *CORPUS, other), "summary of the pilots dispute")
    assert len({part.quote.article_id for d in proposal.drafts for part in d.parts if part.quote}) == 3


def test_who_is_but_a_part_of_anothers_name_stands_once(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    assert not {"Guild", "Pilots"} & set(under(asked(answerer, found, "Who is involved?")))


def test_people_stand_under_their_names_by_what_says_who_they_are(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    sections = under(asked(answerer, found, "Who is involved?"))
    assert {"Ruud Aalbers", "Saga Holm", "Noor Ekdahl"} <= set(sections)
    assert sections["Noor Ekdahl"][0].startswith("The guild's chairwoman, Noor Ekdahl,")


def test_two_of_one_surname_stay_two(answerer: BroadAnswerer, embedder: Embedder) -> None:
    text = (
        "Ferry owner Odd Vik demanded a toll on Monday. Mayor Eli Vik refused to pay it on Tuesday."
        " Odd Vik threatened to sell his ships. Eli Vik said that the town would buy them."
    )
    found = passages(embedder, "Vik", told("Radio Vik", "2031-05-05", "Two of a name", text))
    for name in ("Odd", "Eli"):
        lines = under(asked(answerer, found, f"What does {name} Vik want?"))["Radio Vik · 5 May 2031"]
        assert lines
        assert all(name in line for line in lines)
    for heading, lines in under(asked(answerer, found, "Who is involved?")).items():
        assert all(str(heading) in line for line in lines)


def test_two_stand_beside_each_other(answerer: BroadAnswerer, found: list[Passage]) -> None:
    guild, director = under(asked(answerer, found, "Compare the guild and Aalbers")).items()
    assert any("demands" in line for line in guild[1])
    assert director[0] == "Ruud Aalbers"
    assert all(re.search("Aalbers|Director", line) for line in director[1])


def test_sources_are_named_by_outlet_and_day(answerer: BroadAnswerer, found: list[Passage]) -> None:
    assert under(asked(answerer, found, "What are the sources?")) == {
        "Harbour Post · 5 May 2031": ["Pilots stop work in Vellinge"],
        "Kattegat Radio · 7 May 2031": ["Mediator named"],
        "The Vellinge Times · 9 May 2031": ["A deal, nearly"],
    }


def test_a_copy_is_told_once(answerer: BroadAnswerer, embedder: Embedder) -> None:
    copied = told("Copying Gazette", "2031-05-06", "Pilots stop", _POST)
    proposal = asked(answerer, passages(embedder, "pilots", CORPUS[0], copied), "Timeline")
    lines = [quoted(draft) for draft in proposal.drafts]
    assert lines
    assert len(lines) == len(set(lines))


def test_without_dates_the_order_is_not_told_by_days(answerer: BroadAnswerer, embedder: Embedder) -> None:
    undated = [told(outlet, "", title, text) for outlet, _, title, text in _TOLD]
    found = passages(embedder, "pilots", *undated)
    assert asked(answerer, found, "What's new?").status is Status.ANSWERED
    proposal = asked(answerer, found, "What's new since Monday?")
    assert proposal.status is Status.ABSTAINED
    assert "no date" in proposal.drafts[0].parts[0].text
    assert next(iter(under(asked(answerer, found, "Timeline")))) in {f"{each[0]} · Undated" for each in _TOLD}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What does Ottilie Brandt want?", "I found no passage that names Ottilie Brandt."),
        ("Compare Aalbers and Brandt", "I found no passage that names Brandt."),
        (
            "Compare Vellinge Times and Brandt",
            "I found no passage that names Vellinge Times, which is an outlet here: ask for a summary",
        ),
        ("What changed since 1 June 2031?", "I found no article of"),
    ],
)
def test_what_no_article_holds_is_named(
    answerer: BroadAnswerer, found: list[Passage], question: str, missing: str
) -> None:
    proposal = asked(answerer, found, question)
    assert proposal.status is Status.ABSTAINED
    assert proposal.unanswered == (question,)
    assert proposal.drafts[0].parts[0].text.startswith(missing)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What was agreed?", "I found no passage that says what was agreed."),
        ("What happens next?", "I found no passage that says what comes next."),
    ],
)
def test_where_nothing_was_agreed_or_comes_it_says_so(
    answerer: BroadAnswerer, embedder: Embedder, question: str, missing: str
) -> None:
    calm = article("The lighthouse of Vellinge is forty metres high. It was built of red brick in 1902.")
    proposal = asked(answerer, passages(embedder, "lighthouse", calm), question)
    assert (proposal.status, proposal.drafts[0].parts[0].text) == (Status.ABSTAINED, missing)


def test_one_of_two_who_wants_nothing_is_named(answerer: BroadAnswerer, found: list[Passage]) -> None:
    proposal = asked(answerer, found, "Compare the guild and the customs house")
    assert proposal.status is Status.PARTIAL
    assert proposal.drafts[-1].parts[0].text == "I found no passage that says what the customs house wants."


def test_a_precise_question_is_answered_as_before(
    embedder: Embedder, reader: Reader, answerer: BroadAnswerer, found: list[Passage]
) -> None:
    precise = ExtractiveAnswerer(embedder, reader)
    question = "Who will mediate?"
    assert asked(answerer, found, question) == precise.answer(question, found, timings=Timings())
    off = answerer.by(PARLEY.without(Rule.BROAD))
    broad = "What is this about?"
    assert asked(off, found, broad) == precise.answer(broad, found, timings=Timings())


def test_where_they_differ_begins_with_what_is_corrected_or_denied(
    answerer: BroadAnswerer, embedder: Embedder
) -> None:
    later = told(
        "Kattegat Radio",
        "2031-05-08",
        "Corrections",
        "The guild has 240 members, not 204, as we reported on Monday. The port's canteen serves herring."
        " Director Ruud Aalbers denied that he had offered three per cent.",
    )
    sections = under(
        asked(answerer, passages(embedder, "pilots", *CORPUS, later), "where do the papers differ")
    )
    heading, lines = next(iter(sections.items()))
    assert heading == headings.ON_DIFFERENCES
    assert [line.split()[0] for line in lines] == ["The", "Director"]


def test_what_one_of_two_asks_for_is_not_told_of_the_other(
    answerer: BroadAnswerer, embedder: Embedder
) -> None:
    text = (
        "The Weavers' League demands a price of four crowns a metre. The Dyers' Circle demands clean water by"
        " June. In a letter it also asks for a seat on the board. The League refuses to weave on Sundays."
    )
    found = passages(embedder, "cloth", told("Loom", "2031-05-05", "Cloth", text))
    (lines,) = under(asked(answerer, found, "what does the weavers league want")).values()
    assert lines[0].startswith("The Weavers' League demands")
    assert not any("Dyers" in line or "letter" in line for line in lines)


def test_a_timeline_puts_a_sentence_under_the_day_that_it_tells(
    answerer: BroadAnswerer, embedder: Embedder
) -> None:
    later = told(
        "Kattegat Radio",
        "2031-05-15",
        "The week in the harbour",
        "The members of the guild accepted the deal in a hall in Vellinge. On Tuesday the pilots of Vellinge"
        " went back to work. The guild was founded on 3 March 1998 by pilots of the port. A new contract for"
        " the pilots takes effect on Monday. Ekdahl said the guild could strike again on Friday.",
    )
    undated = told("Dock Bulletin", "", "Herring", "The pilots of the port of Vellinge like herring most.")
    sections = under(asked(answerer, passages(embedder, "pilots", *CORPUS, later, undated), "Timeline"))
    assert sections["3 March 1998"] == ["The guild was founded on 3 March 1998 by pilots of the port."]
    (line,) = sections["13 May 2031 · day worked out"]
    assert line.startswith("On Tuesday the pilots")
    assert [heading for heading in sections if heading != "3 March 1998"] == [
        "5 May 2031",
        "7 May 2031",
        "9 May 2031",
        "13 May 2031 · day worked out",
        "15 May 2031",
    ]
    of_day = [line for heading, its in sections.items() if heading != "15 May 2031" for line in its]
    assert not any("takes effect" in line or "strike again" in line for line in of_day)


def test_a_word_that_only_describes_the_talks_leaves_no_article_out(
    answerer: BroadAnswerer, embedder: Embedder
) -> None:
    bitter = told("Quay Herald", "2031-05-10", "Tea", "The bitter tea of the pilots is served at the port.")
    found = passages(embedder, "pilots", *CORPUS, bitter)
    proposal = asked(answerer, found, "timeline of the bitter roster dispute")
    assert len({part.quote.article_id for d in proposal.drafts for part in d.parts if part.quote}) >= 3
    assert under(asked(answerer, found, "what was agreed in the bitter dispute")) == under(
        asked(answerer, found, "what was agreed in the dispute")
    )


def test_a_copy_under_another_dateline_is_told_once(answerer: BroadAnswerer, embedder: Embedder) -> None:
    text = "The harbour pilots of Vellinge stopped work after 3 days of talks on rosters failed."
    wire = told("Wire", "2031-05-05", "Pilots", f"VELLINGE, May 5 (Wire) - {text}")
    copied = told("Gazette", "2031-05-06", "Pilots", f"VELLINGE (Wire) - {text}")
    (only,) = asked(answerer, passages(embedder, "pilots", wire, copied), "Timeline").drafts
    assert "May 5" in quoted(only)


def test_what_comes_next_is_what_lies_ahead_of_the_last_article(
    answerer: BroadAnswerer, embedder: Embedder
) -> None:
    last = told(
        "Kattegat Radio",
        "2031-05-14",
        "Back to work",
        "The pilots of Vellinge are back at work. • By 20 May: the port pays the pilots a first sum.\n"
        "• 1 June: the new rosters for the pilots.\n• 30 June: the truce on rosters ends unless extended.",
    )
    column = told("Pier Notes", "", "Opinion", "The port will never give the pilots what they want.")
    found = passages(embedder, "pilots", *CORPUS, last, column)
    said = "\n".join(map(quoted, asked(answerer, found, "What happens next?").drafts))
    assert "1 June" in said
    assert "30 June" in said
    assert "members vote on the deal on Monday" not in said
    assert "Pier Notes · Undated" not in under(asked(answerer, found, "What happens next?"))


def test_what_bears_no_day_is_not_the_latest(answerer: BroadAnswerer, embedder: Embedder) -> None:
    column = told("Mole Gazette", "", "Opinion", "The port should give the pilots of Vellinge a raise.")
    sections = under(asked(answerer, passages(embedder, "pilots", *CORPUS, column), "what's the latest?"))
    assert next(iter(sections)) == "The Vellinge Times · 9 May 2031"


def test_a_deal_is_told_by_its_terms_and_whether_it_was_agreed(
    answerer: BroadAnswerer, embedder: Embedder
) -> None:
    terms = [
        "Under the agreement, the port pays the pilots six per cent more.",
        "Two weekends a month are free from August.",
        "A board of three hears complaints.",
        "Night rosters are left out.",
    ]
    text = f"The port and the Pilots' Guild initialled a contract on Sunday. {' '.join(terms)}"
    deal = told("Harbour Post", "2031-05-12", "A contract", f"{text} “I am tired,” said Saga Holm.")
    vote = told("The Vellinge Times", "2031-05-14", "A vote", "The guild approved it on Tuesday by 61 to 12.")
    found = passages(embedder, "pilots", *CORPUS, deal, vote)
    sections = under(asked(answerer, found, "can you summarise the deal for me in three sentences?"))
    assert sections["Harbour Post · 12 May 2031"][-4:] == terms
    assert next(iter(sections)) == "Harbour Post · 12 May 2031"


def test_how_the_sides_moved_is_told_by_what_each_asks_and_offers(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    said = "\n".join(map(quoted, asked(answerer, found, "how have both sides moved since Monday?").drafts))
    assert "offered three per cent" in said
    assert "five per cent" in said or "red line" in said


def test_everyone_is_named_before_what_anyone_wants(
    embedder: Embedder, reader: Reader, found: list[Passage]
) -> None:
    policy = PARLEY.having("overview.most", 4)
    few = BroadAnswerer(ExtractiveAnswerer(embedder, reader), reader, policy=policy)
    sections = under(asked(few, found, "Who takes part?"))
    assert {len(lines) for lines in sections.values()} == {1}
    assert {"Noor Ekdahl", "Saga Holm"} <= sections.keys()


def test_what_is_open_is_told_by_what_says_that_it_is(answerer: BroadAnswerer, embedder: Embedder) -> None:
    """Of the latest articles alone, where it is asked what still is; by nothing that happened beside."""
    later = [
        told("Dock News", f"2031-05-{day}", f"Day {day}", text)
        for day, text in (
            (
                "10",
                "The port and the guild met again on Saturday in the old customs house. Aalbers came by bus.",
            ),
            ("11", "The rosters remain in dispute, both sides said on Sunday. Ekdahl brought a cake."),
            ("12", "The guild refuses to vote before the rosters are settled. Holm wore a red coat."),
        )
    ]
    found = passages(embedder, "the pilots", *CORPUS, *later)
    told_now = {text for each in under(asked(answerer, found, "whats still open")).values() for text in each}
    assert any("remain in dispute" in text for text in told_now)
    assert not any("by bus" in text or "a cake" in text or "red coat" in text for text in told_now)
    assert not any("failed" in text for text in told_now)
