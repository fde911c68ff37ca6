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
