"""Prose is plain text, and nothing else is."""

import pytest

from service.answering.verified.plain import is_plain

# Two accents that no letter has in itself.
ACCENTED = "Nax\N{COMBINING DOT BELOW}\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize(
    "text",
    [
        "It rained.", "“It rained,” he said.", "«It rained»", "$4m was paid.", "(It rained.)", "4 of 9 lines",
        "Élan and/or 10:30 in the U.S. at 5°", "It rained … at 4%.", "It rained in 2.5 hours.", "1.5 m fell.",
        "Володимир", "x", ACCENTED, "re\N{COMBINING ACUTE ACCENT}sume\N{COMBINING ACUTE ACCENT}",
        "o\N{COMBINING DOT BELOW}\N{COMBINING ACUTE ACCENT}" + ACCENTED[2:],
    ],
)  # fmt: skip
def test_prose_is_plain(text: str) -> None:
    assert is_plain(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "", " ", " It rained.", ".It rained.", "-It rained.", "/x rained.", "It_rained.", "It [rained].",
        "It\trained.", "It rained\n", "evil.example", "It is at evil.example.", "See WWW now.", "a:b rained.",
        "It rained/ and", "1. It rained.", "12) It rained.", "ﬁne", "Ｉt", "x²", "It…ﬁne",
        "x\N{COMBINING DOT BELOW}\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT}",
        ACCENTED + "\N{COMBINING GRAVE ACCENT}, " + ACCENTED,
        "It rained 🕊", "It\u202erained",
    ],
)  # fmt: skip
def test_all_else_is_not(text: str) -> None:
    assert is_plain(text) is False
