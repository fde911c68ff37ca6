"""What is headline, caption, credit, byline or boilerplate, and that body stays body."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Region
from retrieval.regions import regions
from retrieval.runs import is_entry

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = "The minister said on Sunday that the talks would go on until both sides had signed the document."
MORE = "Her counterpart in the north agreed, and added that the guarantees had been written down at last."
H, B, CAP, CR, BY, X, N, P = (
    Region.HEADLINE,
    Region.BODY,
    Region.CAPTION,
    Region.CREDIT,
    Region.BYLINE,
    Region.BOILERPLATE,
    Region.NOTE,
    Region.POST,
)


def kinds(text: str, *, markdown: bool = False) -> list[tuple[Region, str]]:
    return [(r.kind, text[r.start : r.end]) for r in regions(text, markdown=markdown)]


def kind_of(line: str) -> Region:
    """Of a line that stands between two paragraphs of the body."""
    text = f"{BODY}\n\n{line}\n\n{MORE}"
    at = text.index(line)
    return next(r.kind for r in regions(text) if r.start <= at < r.end)


def test_a_whole_article() -> None:
    text = (
        "Ministers agree on guarantees for the north\n\nBy Jane Doe\n\n"
        "Minister Roe at the palace in Oslo, May 2, 2024\nReuters\n\n"
        f"{BODY}\n\n{MORE}\n\nWhat comes next\n\n{MORE}\n\nTags\nNorth\nTalks\n"
    )
    assert kinds(text) == [
        (H, "Ministers agree on guarantees for the north"),
        (BY, "By Jane Doe"),
        (CAP, "Minister Roe at the palace in Oslo, May 2, 2024"),
        (CR, "Reuters"),
        (B, f"{BODY}\n\n{MORE}"),
        (H, "What comes next"),
        (B, MORE),
        (X, "Tags"),
        (X, "North"),
        (X, "Talks"),
    ]


def test_a_paragraph_a_line_with_a_caption_first() -> None:
    text = f"Minister Roe speaks in Oslo on May 2, 2024.\nMax Moe | Reuters\n{BODY}\nA “last” word\n{MORE}"
    assert [k for k, _ in kinds(text)] == [CAP, CR, B, H, B]


def test_the_seeds() -> None:
    def shape(name: str) -> list[Region]:
        return [r.kind for r in regions((SEEDS / name).read_text(encoding="utf-8"))]

    assert shape("envoy-russia-concessions.txt") == [H, CAP, CR, B, X]
    assert shape("cnbc-article-5-protection.txt") == [CAP, CR, B, H, B, H, B, BY]


@pytest.mark.parametrize(
    "line",
    [
        "Reuters",
        "(Reuters)",
        "Getty Images",
        "Max Moe | Reuters",
        "Max Moe/AFP via Getty Images",
        "AP Photo/Max Moe",
        "Photo: Max Moe",
        "Photograph by Max van Moe",
        "Credit: The White House",
        "(c) Max Moe",
        "© Max Moe / Reuters",
    ],
)
def test_credits(line: str) -> None:
    assert kind_of(line) is CR


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By JANE DOE and John von Roe, Example Times",
        "Reporting by Jane Doe; Editing by John Roe",
        "(Additional reporting by Jane Doe in Oslo; Writing by John Roe.)",
        "– Jane Doe contributed to this report",
        "The Example Press contributed to this report.",
        "Updated: 2 May 2024",
    ],
)
def test_bylines(line: str) -> None:
    assert kind_of(line) is BY


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Share this",
        "Read more: Ministers meet again",
        "RELATED: Ministers meet again",
        "Sign up for our daily newsletter",
        "Follow us on Facebook",
        "Copyright 2024 Example Times. All rights reserved.",
        "© 2024 Example Times",
        "* * *",
        "WATCH | Roe: “I never signed”",
        "(More: Ministers walk out)",
        "You may also like: Roe to resign",
        ">> Subscribe to the Oslo Letter, our daily newsletter.",
        "Have you been affected? Write to the newsroom.",
        "This article has been read 5,310 times.",
        "Story continues after advertisement",
        "* Adds comment by minister (paragraphs 4-6)",
        "((newsroom@example.org; +00 123))",
        "5 min read",
    ],
)
def test_boilerplate(line: str) -> None:
    assert kind_of(line) is X


@pytest.mark.parametrize(
    "line",
    [
        "FILE PHOTO: Minister Roe arrives in Oslo.",
        "Photo: Minister Roe arrives for the talks in Oslo.",
        "Minister Roe arrives in Oslo. REUTERS/Max Moe",
        "Minister Roe arrives in Oslo, May 2, 2024. (AP Photo/Max Moe)",
        "Image caption, Minister Roe resigned two years ago",
        "Protesters storm the palace in this 2011 file photo.",
        "▼ Roe at the palace gate. (Handout)",
    ],
)
def test_captions_that_tell_themselves(line: str) -> None:
    assert kind_of(line) is CAP


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the talks had failed.",
        "By the time they met it was over.",
        "Reporting by Reuters showed that the talks had failed.",
        "Reuters reported that the talks had failed.",
        "The minister told Reuters.",
        "OSLO (Reuters) - The talks have failed.",
        "Tags were put on every document, he said.",
        "Read more of it, the minister said.",
        "Related matters were left for the next day.",
        "Subscribe to that view, and the war goes on, he said.",
        "Share prices fell in Oslo.",
        "(c) the guarantees would end after ten years;",
        "Advertisement of the talks was forbidden.",
        "Photographs by the dozen were taken of it.",
        "Copyright was the last of the open questions.",
        "Updated plans were shown in 2024.",
        "The talks failed. Bad weather contributed to this report being late.",
        "Here are the points that matter:",
        "the last line of a list",
        "“Why?”",
        "No.",
        "“See you on the first” — Doe, on Telegram",
    ],
)
def test_ordinary_sentences_stay_body(line: str) -> None:
    assert kind_of(line) is B


def test_a_paragraph_before_a_credit_without_a_caption_stays_body() -> None:
    text = f"{BODY}\n\n{MORE}\n\nReuters\n\n{BODY}"
    assert kinds(text) == [(B, f"{BODY}\n\n{MORE}"), (CR, "Reuters"), (B, BODY)]
    assert kinds(f"{BODY}\n\nReuters\n\n{MORE}")[0] == (B, BODY)  # it reports speech


def test_a_caption_inside_the_body() -> None:
    caption = "Ministers pose for photographers before the talks in Oslo."
    assert (CAP, caption) in kinds(f"{BODY}\n{caption}\nAFP\n{MORE}")


def test_only_a_headline_that_a_sentence_follows_is_one() -> None:
    assert kinds("Home\n\nNews\n\nSport\n\nWeather\n\nTravel") == [
        (B, "Home\n\nNews\n\nSport\n\nWeather\n\nTravel")
    ]
    assert kinds(f"Will the talks fail?\n\n{BODY}")[0][0] is H
    assert kinds(f"Ministers to meet in the U.S.\n\n{BODY}")[0][0] is H
    assert kinds(f"The talks failed.\n\n{BODY}")[0][0] is B


def test_hard_wrapped_text_is_read_by_paragraphs() -> None:
    wrapped = (
        "Ministers agree on guarantees for the north after three\nlong days of talks in Oslo\nBy Jane Doe\n\n"
        "The minister said on Sunday that the talks would go on until\nboth sides had signed the document, "
        "which had been written\ndown at last by the counterparts. She added that nothing\n"
        "else was left to be agreed upon at this stage.\n"
    )
    assert [k for k, _ in kinds(wrapped)] == [H, BY, B]


def test_markdown_headings() -> None:
    text = f"# Ministers agree\n\n{BODY}\n\n## What comes next ##\n\n{MORE}"
    assert kinds(text, markdown=True) == [
        (X, "#"),
        (H, "Ministers agree"),
        (B, BODY),
        (X, "##"),
        (H, "What comes next"),
        (X, "##"),
        (B, MORE),
    ]
    assert kinds("# Ministers agree\n\n" + BODY)[0] != (X, "#")


@pytest.mark.parametrize(
    "line",
    [
        "Correction: the talks were in Bergen.",
        "Editor’s note, 5 May: we have withdrawn the claim.",
        "CLARIFICATION (5 May) - The document has nine pages.",
        "An earlier version of this story gave Roe another office.",
        "This article was amended on 5 May 2024 to remove a name.",
        "Due to an editing error, the number of pages was wrong.",
    ],
)
def test_notes(line: str) -> None:
    assert kind_of(line) is N


@pytest.mark.parametrize(
    "line",
    [
        "The correction of the prices was welcome, the minister said.",
        "Note that the talks were in Bergen.",
        "The story was changed by what Roe said on Sunday.",
        "Police showed Roe in an image that they had of the palace.",
        "They let us know on Sunday that nothing was signed.",
        "More than that was not to be had.",
        "The article of the treaty was amended by both sides.",
    ],
)
def test_what_only_sounds_like_a_note_or_furniture_stays_body(line: str) -> None:
    assert kind_of(line) is B


def test_what_stands_under_a_notes_heading_is_notes() -> None:
    notes = "It was said that Roe left.\n\nWe also wrote that Doe did."
    text = f"{BODY}\n\nCorrections and clarifications\n\n{notes}"
    assert [k for k, _ in kinds(text)][-2:] == [N, N]


def test_titles_under_a_teasers_heading_end_with_their_block() -> None:
    first, second = "Most read\nRoe walks out\n2. Doe to stay. Why?", "Read next\n\n- Roe sells it"
    text = f"{BODY}\n\n{first}\n\n{MORE}\n\n{second}\n\n{BODY}"
    assert [k for k, _ in kinds(text)] == [B, X, X, X, B, X, X, B]


def test_an_advert_ends_with_its_block() -> None:
    text = f"{BODY}\n\nAdvertisement\nYounger in a week! Nobody knows how.\n\n{MORE}\n\nSponsored\n\n{BODY}"
    assert [k for k, _ in kinds(text)] == [B, X, X, B, X, B]


def test_a_post_is_its_authors() -> None:
    text = (
        f"{BODY}\n\nNothing was signed.\nNothing will be.\n— Jane Roe (@janeroe) May 2, 2024\n\n{MORE}\n\n"
        f"“Yet” — Doe (@doe) 3 May 2024\n\nRT @roe: See you there\n\n{BODY}"
    )
    assert [k for k, _ in kinds(text)] == [B, P, P, BY, B, P, P, B]


def test_the_entries_of_a_live_blog() -> None:
    text = (
        f"Talks in Oslo: as it happened\n\n16.42 CET\nRoe walks out\n{BODY}\n\n3:05 pm\n{MORE}\n\n"
        "Updated at 17.10"
    )
    assert kinds(text) == [
        (H, "Talks in Oslo: as it happened"),
        (H, "16.42 CET"),
        (H, "Roe walks out"),
        (B, BODY),
        (H, "3:05 pm"),
        (B, MORE),
        (BY, "Updated at 17.10"),
    ]
    timetable = f"{BODY}\n\n8:30 a.m.\nto\n4:30 p.m.\nto\n5:00 p.m.\nOpen"
    assert {k for k, _ in kinds(timetable)} == {B}


@pytest.mark.parametrize(
    ("heading", "region"),
    [
        ("16.42 Roe walks out", H),
        ("20:25 The dockers say yes", H),
        ("9:40 am ‘Not from us’", H),
        ("20:25 The dockers said yes to the offer.", B),
    ],
)
def test_an_entry_of_a_live_blog_may_have_its_heading_beside_the_time(heading: str, region: Region) -> None:
    text = f"Talks in Oslo: as it happened\n\n15:10 Good day\n{BODY}\n\n{heading}\n{MORE}"
    assert ((H, heading) in kinds(text)) is (region is H)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("10:05 Roe asks for more", True),
        ("10.05 am — roe asks for more", True),
        ("12.50 crowns an hour is what the dockers asked for", False),
        ("14.75 Crowns were offered", False),
        ("10:05 ROE: We ask for more", False),
        ("10:05 Roe asked for more.", False),
    ],
)
def test_a_sum_of_money_or_a_speakers_label_is_no_entry(line: str, entry: bool) -> None:
    assert is_entry(line) is entry


@pytest.mark.parametrize(
    "below",
    [
        "• 8 November: referendum\n• 15 December: closing",
        "1. A longer truce\n2. More prisoners",
        "Day | Bid | Price\n1 May | 3 | 9",
    ],
)
def test_what_a_list_or_a_table_stands_under_is_its_heading(below: str) -> None:
    text = f"{BODY}\n\nDates to come\n\n{below}\n\n{MORE}"
    assert (H, "Dates to come") in kinds(text)
    told = f"{BODY}\n\nWhat each side wants:\n\n{below}\n\n{MORE}"
    assert H not in {kind for kind, _ in kinds(told)}
    assert H not in {kind for kind, _ in kinds(f"{BODY}\n\nDay | Bid\n\n{below}\n\n{MORE}")}
    assert H not in {kind for kind, _ in kinds(f"{BODY}\n\nRoe said it would wait\n\n{below}\n\n{MORE}")}
    assert H not in {kind for kind, _ in kinds(f"{BODY}\n\n1. A pay rise\n\n{below}\n\n{MORE}")}


def test_subheads_in_capitals() -> None:
    text = f"{BODY}\n\nWHAT NOW?\n\nA vote in May.\n\n** PENALTY\nA fine.\n\nMR. ROE: No.\n"
    assert [k for k, _ in kinds(text)] == [B, H, B, H, B]


LINES = st.sampled_from(
    [
        *(
            "",
            " ",
            "\t",
            BODY,
            MORE,
            "A short line",
            "# Head",
            "##",
            "Reuters",
            "Max Moe | Reuters",
            "By Jane Doe",
        ),
        *(
            "Tags",
            "North",
            "Photo: X",
            "FILE PHOTO: y",
            "“Да”, — сказал он 😀.",
            "(c) Max",
            "—",
            "* * *",
            "a" * 600,
        ),
        *(
            "Minister Roe, May 2, 2024",
            "Ends mid\x0bline",
            "\u2028",
            "\u00a0 odd \u00a0",
            "the words go on and",
        ),
        *("12:05", "Correction", "Read next", "— Roe (@roe) 2 May", "ADVERTISEMENT", "1. One", "UP NEXT"),
    ]
)


@given(st.lists(LINES | st.text("aA .!?“”—\tёЖ😀#()|/:©\n", max_size=30), max_size=25), st.booleans())
def test_regions_are_in_order_and_only_white_space_lies_between(parts: list[str], markdown: bool) -> None:
    text = "\n".join(parts)
    position = 0
    for region in regions(text, markdown=markdown):
        words = text[region.start : region.end]
        assert region.start >= position
        assert words
        assert words == words.strip()
        assert not text[position : region.start].strip()
        position = region.end
    assert not text[position:].strip()
