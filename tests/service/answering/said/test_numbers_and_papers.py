"""Numbers within what tells of a speaker, and papers that close what they say."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("The OMK, which owns 14,200 barges, demanded a lower toll.", "The OMK", "a lower toll"),
        ("The Dyers union, which has 1,150 members, said it would wait.", "The Dyers union", "it would wait"),
        ("Milo Trask, who lent them 2,450,000 crowns, said he was calm.", "Milo Trask", "he was calm"),
    ],
)
def test_a_mark_within_a_number_ends_nothing(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "The yard lost half of its orders, a filing by Ordal shows.",
            "a filing by Ordal",
            "The yard lost half of its orders",
        ),
        (
            "Fares have doubled since 2031, figures compiled by the Rowing League show.",
            "figures compiled by the Rowing League",
            "Fares have doubled since 2031",
        ),
        (
            "Some 60 per cent of tenants blame the mayor, a Lumen poll found.",
            "a Lumen poll",
            "Some 60 per cent of tenants blame the mayor",
        ),
        (
            "The toll falls by 4%, according to the agreed minutes signed on Monday evening.",
            "the agreed minutes signed on Monday evening",
            "The toll falls by 4%",
        ),
        (
            "The pier is for sale, according to a prospectus issued in April.",
            "a prospectus issued in April",
            "The pier is for sale",
        ),
        (
            "The dam is old, according to documents filed on Friday.",
            "documents filed on Friday",
            "The dam is old",
        ),
        (
            "In a poll published on Monday by the firm Lumen, 71 percent opposed the toll.",
            "a poll published on Monday by the firm Lumen",
            "71 percent opposed the toll",
        ),
        (
            "In a survey of its members, more than half wanted a vote.",
            "a survey of its members",
            "more than half wanted a vote",
        ),
        (
            "In the questionnaire sent to tenants, only nine backed the plan.",
            "the questionnaire sent to tenants",
            "only nine backed the plan",
        ),
        (
            "It has yet to vote, though a report by its own clerks found the toll would fail.",
            "a report by its own clerks",
            "the toll would fail",
        ),
    ],
)
def test_what_a_paper_says(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The pier is for sale, a broker shows visitors round.",
        "In a field behind the mill, 64 percent of the crop had failed.",
        "In a poll of the members, Milo Trask came last.",
    ],
)
def test_no_paper_says_it(text: str) -> None:
    assert told(text) == []
