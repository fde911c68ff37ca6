"""The statements that an article reports, as the ledger keeps them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article, Facts, Region, RegionSpan
from retrieval.parse import parse
from retrieval.regions import regions
from retrieval.sources import Source
from service.answering.said import Reported, Strength, reported
from tests.service.answering.making import article

QUAY = (
    "Mayor Ilse Brandt told Radio Vik on Tuesday that the quay was shut. She denied that the ferries had been"
    " warned.\n\nAccording to Oren Vasquez, a pilot, the mayor said that the crews would strike."
)


def dated(text: str, published: str | None = "2025-06-12") -> Article:
    return replace(article(text), facts=Facts(published=published))


def only(text: str) -> Reported:
    (one,) = reported(article(text))
    return one


def test_each_has_who_said_it_to_whom_and_when() -> None:
    told = reported(dated(QUAY))
    first, second = told[:2]
    assert (first.speaker, first.to, first.when, first.day) == (
        "Ilse Brandt",
        "Radio Vik",
        "Tuesday",
        "2025-06-10",
    )
    assert QUAY[first.words.start : first.words.end].startswith("the quay was shut")
    assert (second.speaker, second.who, second.strength) == ("She", "Ilse Brandt", Strength.DENIED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No,” said Ilse Brandt.", ("Ilse Brandt", "Mayor", False)),
        ("“No,” Brandt said.", ("Ilse Brandt", "Mayor", False)),
        ("“No,” the mayor said.", ("Ilse Brandt", "Mayor", False)),
        ("“No,” a spokesman for Brandt said.", (None, None, True)),
        ("“No,” a pilot said.", (None, None, True)),
        ("Residents said that it had rained.", (None, None, True)),
        ("“No,” Moe said.", (None, None, False)),
    ],
)
def test_who_is_meant_is_told_only_where_the_article_ties_it(
    text: str, expected: tuple[str | None, str | None, bool]
) -> None:
    known = "Mayor Ilse Brandt met Oren Moe, a pilot, and Tor Moe, his brother, on the quay.\n\n"
    (one,) = [one for one in reported(article(known + text)) if one.sentence.start >= len(known)]
    assert (one.who, one.office, one.unnamed) == expected


def test_a_post_is_said_by_who_signs_it() -> None:
    text = f"{QUAY}\n\nThe quay is shut. Go home.\n— Oren Vasquez (@oren) June 9, 2025\n\nThe ferries left."
    posted = [one for one in reported(article(text)) if one.sentence.start >= text.index("The quay is shut")]
    assert [(one.who, text[one.words.start : one.words.end]) for one in posted] == [
        ("Oren Vasquez", "The quay is shut."),
        ("Oren Vasquez", "Go home."),
    ]


def test_what_a_live_blog_reports_is_of_its_entrys_time() -> None:
    text = (
        "Quay vote: live\n\n16.42 CET\nMayor Ilse Brandt said that the quay was shut.\n\n"
        "15:10\nOren Moe said on Monday that the ferries were full of people who had come to see it."
    )
    told = reported(article(text, regions=regions(text)))
    assert [(one.who, one.when) for one in told] == [("Ilse Brandt", "16.42 CET"), ("Oren Moe", "Monday")]


def test_what_one_of_several_asks_in_turn_is_no_statement() -> None:
    text = (
        "CHAIR: Begin.\n\nMS BRANDT: Was the quay shut?\n\nMR MOE: It was open.\n\n"
        "MS BRANDT: So it was never shut?"
    )
    told = {text[one.words.start : one.words.end]: one.strength for one in reported(article(text))}
    assert told["Was the quay shut?"] is told["So it was never shut?"] is Strength.ASKED
    assert told["It was open."] is Strength.SAID


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Das ist gut“, said Ilse Brandt.", "Ilse Brandt"),
        ('"We bought the 30" pipe," said Ilse Brandt.', "Ilse Brandt"),
        ("The quay is shut, engineer Geo. T. Brandt III said.", "Geo. T. Brandt III"),
        ("The quay is shut, Prof. Ilse Brandt said Thursday.", "Ilse Brandt"),
        ("The spokesman, Capt. (ret.) I. Brandt, said the quay was shut.", "I. Brandt"),
        ("“The quay is shut,” said pilot Ilse Brandt…", "Ilse Brandt"),
    ],
)
def test_marks_and_stops_of_others_hide_no_speaker(text: str, speaker: str) -> None:
    assert (only(text).speaker or "").endswith(speaker)


def test_nested_speech_keeps_every_level() -> None:
    outer, inner = [one for one in reported(article(QUAY)) if one.sentence.start >= QUAY.index("According")]
    assert [(one.speaker, one.depth) for one in (outer, inner)] == [("Oren Vasquez", 0), ("the mayor", 1)]
    assert outer.words.start <= inner.words.start
    assert outer.words.end >= inner.words.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilse Brandt said that the quay was shut.", Strength.SAID),
        ("Ilse Brandt confirmed that the quay was shut.", Strength.CONFIRMED),
        ("Ilse Brandt denied that the quay was shut.", Strength.DENIED),
        ("“We will open it,” Ilse Brandt promised.", Strength.PROMISED),
        ("“Open it, or we strike,” Ilse Brandt threatened.", Strength.THREATENED),
        ("Ilse Brandt warned that the quay would shut.", Strength.WARNED),
        ("Ilse Brandt said the city was prepared to pay for the crane.", Strength.PREPARED),
        ("Ilse Brandt said she would be willing to meet the crews.", Strength.PREPARED),
        ("Ilse Brandt predicted that the quay would open in May.", Strength.EXPECTED),
    ],
)
def test_how_strongly_is_told_by_the_verb(text: str, expected: Strength) -> None:
    assert reported(article(text))[0].strength is expected


def test_only_the_body_speaks_for_the_article() -> None:
    text = "Brandt said no to crews.\nIlse Brandt said that the quay was shut."
    headed = (RegionSpan(Region.HEADLINE, 0, 24), RegionSpan(Region.BODY, 25, len(text)))
    assert [one.sentence.start for one in reported(article(text, regions=headed))] == [25]


WORDS = st.sampled_from(
    [
        "Ilse Brandt",
        "She",
        "“",
        "”",
        " said ",
        " told ",
        "the mayor",
        ", ",
        ". ",
        "\n",
        " that ",
        "no",
        ": ",
        "A:",
        "🕊️",
    ]
)


@given(st.lists(WORDS, max_size=60).map("".join))
def test_each_stands_in_its_article_in_order(text: str) -> None:
    told = reported(article(text))
    assert [one.sentence.start for one in told] == sorted(one.sentence.start for one in told)
    for one in told:
        assert one.sentence.start <= one.words.start < one.words.end <= one.sentence.end <= len(text)
        assert one.speaker is None or one.speaker in text


@pytest.mark.parametrize(
    ("around", "who"),
    [
        ("<p>The head of the mill, Ida Brand, sent this note to its tenants:</p>{}", "Ida Brand"),
        ("<p>In a letter to the tenants, the mill company wrote:</p>{}", "mill company"),
        ("{}<p>Nobody replied.</p>", None),
        (
            "<blockquote><p>The wheel stands still.</p><cite>Ida Brand, miller</cite></blockquote>",
            "Ida Brand",
        ),
        ("<p>Here it is:</p>{}<figure><figcaption>Ida Brand at the mill</figcaption></figure>", None),
    ],
)
def test_a_block_that_is_set_apart_is_whose_the_page_says(around: str, who: str | None) -> None:
    block = "<blockquote><p>The wheel stands still.</p><p>Rent is due.</p></blockquote>"
    told = f"<p>It rained in Orlo all week long.</p>{around.format(block)}<p>It snowed.</p>"
    page = f"<html><body>{told}</body></html>"
    read = parse(Source("a.html", page.encode(), Facts(), None))
    one = replace(article(""), text=read.text, regions=read.regions)
    found = {
        row.who or row.speaker
        for row in reported(one)
        if "wheel" in one.text[row.words.start : row.words.end]
    }
    assert found == ({who} if who else set())


def test_who_signs_a_post_is_known_by_the_whole_name() -> None:
    text = f"{QUAY}\n\nThe wheel stands still.\n\n— Ida Brand (@ida) June 9, 2025\n\nIt snowed."
    told = reported(article(text, regions=regions(text)))
    assert [one.who for one in told if "wheel" in text[one.words.start : one.words.end]] == ["Ida Brand"]
