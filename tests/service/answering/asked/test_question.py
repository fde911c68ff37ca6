import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Region
from service.answering.asked.kinds import Wanted
from service.answering.asked.question import names_one_of, read_question
from service.english import plain_words, words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who leads the union?", ["Who leads the union?"]),
        ("What did they say and when did they say it?", ["What did they say", "when did they say it?"]),
        ("Who won? Where was it held?", ["Who won", "Where was it held?"]),
        ("What did the union and the owners say", ["What did the union and the owners say"]),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert [text[part.start : part.end] for part in read_question(text).parts] == parts


@pytest.mark.parametrize(
    ("text", "speaker", "venues"),
    [
        ("What did Jane Roe tell CNN?", {"jane", "roe"}, {"cnn"}),
        ("what did roe say on fox news about tariffs", {"roe"}, {"fox news"}),
        ("What did the mayor tell the New York Times?", {"mayor"}, {"new york times"}),
        ("What happened on Sunday?", set(), set()),
        ("Who spoke to reporters in Geneva?", set(), set()),
    ],
)
def test_speaker_and_venue(text: str, speaker: set[str], venues: set[str]) -> None:
    asked = read_question(text)
    assert (set(asked.speaker), set(asked.venues)) == (speaker, venues)


@pytest.mark.parametrize(
    ("text", "asides"),
    [
        ("When was the photo taken?", (Region.CAPTION, Region.CREDIT)),
        ("who took the photograph", (Region.CREDIT, Region.CAPTION)),
        ("Who contributed to the article?", (Region.BYLINE, Region.CREDIT)),
        ("When did she speak?", ()),
    ],
)
def test_regions_a_question_is_about(text: str, asides: tuple[Region, ...]) -> None:
    assert read_question(text).asides == asides


def test_what_it_is_read_in_gives_neither_kind_nor_speaker() -> None:
    asks = read_question("Where did Jane Roe speak: when did the mayor say that?")
    assert asks.kind is Wanted.TIME
    assert asks.speaker == {"mayor"}
    assert asks.asked() == "when did the mayor say that?"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("In which city was the summit held?", "In which city"),
        ("How many soldiers will come?", "How many soldiers"),
        ("What came out of the talks?", None),
        ("Is the harbour open?", None),
    ],
)
def test_what_it_asks_for_in_its_own_words(question: str, wanted: str | None) -> None:
    assert read_question(question).asks_for() == wanted


def test_counting_is_read_by_part() -> None:
    assert read_question("How many ships are there?").counts()
    assert not read_question("How many ships are there and when do they sail?").counts()


@given(st.text(max_size=300))
def test_anything_can_be_asked(text: str) -> None:
    asked = read_question(text)
    assert asked.parts
    assert all(0 <= part.start <= part.end <= len(text) for part in asked.parts)


def test_words_are_compared_without_small_ones_and_endings() -> None:
    assert words("What are the talks about?") == words("talk talking talked")


def test_a_name_is_the_same_however_its_accents_are_written() -> None:
    apart = unicodedata.normalize("NFD", "Zoë Núñez")
    assert plain_words(apart) == ["zoë", "núñez"]
    assert names_one_of(frozenset({"núñez"}), apart)


@pytest.mark.parametrize(
    "question",
    [
        "What does the Guardian say about the dam?",
        "What did the report say about the dam?",
        "What does the bible say about dogs?",
        "when does the secretary of state become president",
    ],
)
def test_what_is_written_is_no_speaker(question: str) -> None:
    assert read_question(question).speaker == frozenset()


@pytest.mark.parametrize(
    "question",
    ["What were Reyes's own words on the strike?", "What was Ana Reyes's reply to the union?"],
)
def test_whose_own_words(question: str) -> None:
    asks = read_question(question)
    assert asks.own_words
    assert "reyes" in asks.speaker


@pytest.mark.parametrize(
    "question", ["On which channel did she speak?", "Who said it, and on which network?"]
)
def test_a_channel_asked_for_is_no_venue(question: str) -> None:
    assert read_question(question).venues == frozenset()


def test_a_part_that_begins_with_a_preposition() -> None:
    asks = read_question("Where did the ship sink, and for how long was it missing?")
    assert [asks.text[part.start : part.end] for part in asks.parts] == [
        "Where did the ship sink",
        "for how long was it missing?",
    ]


@pytest.mark.parametrize(
    ("question", "vague"),
    [
        ("What did he say?", True),
        ("How many?", True),
        ("What did Reyes say?", False),
        ("the strike?", False),
        ("???", False),
    ],
)
def test_what_points_without_naming(question: str, *, vague: bool) -> None:
    assert read_question(question).vague() is vague


@pytest.mark.parametrize(
    "text", ["what " * 400, "a’s " * 600, "which John " * 200, "and on which " * 200, "x: " * 800]
)
def test_is_read_whatever_it_is(text: str) -> None:
    """A pattern that blows up on one of these would keep the suite from ending."""
    asks = read_question(text)
    asks.asks_for()
    asks.only_orders()
    assert asks.text == text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Wen Li say?", True),
        ("and what did the mayor tell Radio Alta", True),
        ("What did Li say about the wall?", False),
        ("What did Li tell Radio Alta about the wall?", False),
        ("Why did Li say so?", False),
        ("When did Li say it?", False),
        ("What does Li want?", False),
    ],
)
def test_whether_any_statement_of_the_speaker_answers(question: str, expected: bool) -> None:
    assert read_question(question).anything is expected


@pytest.mark.parametrize(
    ("question", "expected"), [("what what", True), ("and how?", True), ("Why strike?", False)]
)
def test_what_names_nothing_asks_nothing(question: str, expected: bool) -> None:
    assert read_question(question).asks_nothing() is expected


def test_orders_before_a_question_are_not_read_with_it() -> None:
    assert read_question("Begin your answer with BREAKING: when do the ferries sail?").to_read() == (
        "when do the ferries sail?"
    )
    assert read_question("Of the strike in the port: when did it end?").to_read().startswith("Of the strike")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("On which day was the vote?", False),
        ("Which port has closed?", False),
        ("Which ports closed?", True),
        ("Which big ports closed?", True),
        ("who will attend the talks on friday", True),
        ("Who's coming to Senn?", True),
        ("who took part", True),
        ("Who is expected at the signing?", True),
        ("Who is expected to win?", False),
        ("who'll be there", True),
        ("Who has been invited?", True),
        ("Who is going to Senn on Friday?", True),
        ("Who came up with the tariff?", False),
        ("Who is coming under fire?", False),
        ("Who's going to replace Roe?", False),
        ("Who will come first?", False),
        ("Who will join Roe on the ticket?", False),
        ("When did the man who was involved in it leave?", False),
        ("who is the mayor", False),
    ],
)
def test_one_thing_is_asked_for_or_several(question: str, expected: bool) -> None:
    assert read_question(question).several is expected


@pytest.mark.parametrize(
    "question", ["Tell me about the Harbour Fund", "the Harbour Fund", "anything on the Harbour Fund?"]
)
def test_a_mere_name_is_read_as_what_about_it(question: str) -> None:
    assert read_question(question).to_read() == "What about the Harbour Fund?"


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("what did Roe say of it – what did Lee say to that", {"lee"}, Wanted.OTHER),
        ("how many came – who disagreed", set(), Wanted.PERSON),
        ("what did Roe say – little – when did Mills reply to her", {"mills"}, Wanted.TIME),
        ("what did Roe say – and on Friday", {"roe"}, Wanted.OTHER),
        ("how many did Roe count – and how fast", {"roe"} - {"roe"}, Wanted.NUMBER),
    ],
)
def test_a_question_read_behind_another_asks_for_its_own_speaker_and_kind(
    text: str, speaker: set[str], kind: Wanted
) -> None:
    asks = read_question(text)
    assert asks.speaker == speaker
    assert asks.kind is kind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Who blocked the council", "when did Roe sign the accord?"),
        ("How many ships were sunk", "who paid for the hotline?"),
    ],
)
def test_a_question_in_two_parts_with_a_dash_between_keeps_both(first: str, second: str) -> None:
    text = f"{first} – and {second}"
    asks = read_question(text)
    assert [text[part.start : part.end].strip(" –") for part in asks.parts] == [first, second]
