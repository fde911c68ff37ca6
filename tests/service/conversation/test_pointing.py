"""What is asked of an answer in a few words, however they are put."""

import pytest

from service.conversation.recalls import Recall, recalled


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("whos saying this", Recall.SPEAKER),
        ("who was it that said so", Recall.SPEAKER),
        ("where is this from", Recall.ARTICLE),
        ("where was she when she said it", Recall.SAID_WHERE),
        ("keep it to one line", Recall.SHORTER),
        ("do the others give the same number", Recall.OTHERS),
    ],
)
def test_by_its_words(typed: str, kind: Recall) -> None:
    asks = recalled(typed)
    assert asks
    assert asks.kind is kind


@pytest.mark.parametrize(
    "typed",
    [
        "who did he say that to",
        "who will write the report",
        "what time did they talk",
        "who else was there",
        "where did they find it",
        "where was it found",
        "do they want more",
        "did he give any details",
        "was it brief",
        "was it cut short",
        "who else spoke",
    ],
)
def test_what_asks_something_of_its_own(typed: str) -> None:
    assert recalled(typed) is None
