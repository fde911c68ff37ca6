"""Of whom "he" and "she" speak where two bear one family name, or somebody is told by what they are."""

import pytest

from tests.service.answering.said.test_utterances import told

FAMILY = (
    "Counting took a day, a spokesman said.\n\nThe deputy minister, Lise Moeller, said the vote would stand. "
    "“Nobody leaves over one bad night,” she told parliament.\n\nMr Moeller, the owners' leader Jorn "
    "Moeller, had wept. Told of it, he said she had “never mended a net”."
)


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (FAMILY, "Nobody leaves over one bad night", "Lise Moeller"),
        (FAMILY, "she had “never mended a net", "Moeller"),
        (
            "Abel Roe, a deckhand, drowned. Mrs Roe rejected that. “He was free to starve,” she said.",
            "He was free to starve",
            "Roe",
        ),
        (
            "Dita Kern had a brother, Oto Kern. Mr Kern shook his head. “She left us,” he said.",
            "She left us",
            "Kern",
        ),
        (
            "“It holds,” said a spokeswoman. Ane Roe, the mayor, said no more. “It is late,” she said.",
            "It is late",
            "Ane Roe",
        ),
    ],
)
def test_a_title_tells_of_one_of_two_who_bear_a_name(text: str, words: str, speaker: str) -> None:
    assert (speaker, words) in told(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A dozen were hurt, a spokesman said. It rained. “We don't give in,” she said.", "a spokesman"),
        ("The port is shut, a policewoman said. “Go home,” he said.", "a policewoman"),
    ],
)
def test_a_spokesman_is_no_she(text: str, speaker: str) -> None:
    assert [who for who, _ in told(text)].count(speaker) == 1


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The port is shut, a spokeswoman said. “Go home,” she said.", "a spokeswoman"),
        ("The port is shut, the chairman said. “Go home,” she said.", "the chairman"),
        ("The port is shut, a spokesman said. “Go home,” he said.", "a spokesman"),
        ("The wall would hold, Freeman said. It rained. “Go home,” she said.", "Freeman"),
        ("The wall would hold, the ombudsman said. “Go home,” she said.", "the ombudsman"),
    ],
)
def test_whom_the_pronoun_may_mean_is_meant(text: str, speaker: str) -> None:
    assert [who for who, _ in told(text)].count(speaker) == 2
