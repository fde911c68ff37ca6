"""What carries on a report without a verb of saying is its speaker's where tense and subject leave no other;
what may be the reporter's own isn't."""

import pytest

from tests.service.answering.said.test_utterances import told

SAID = "The kiln was cold, said Ines Kowal, the potters' steward. "


@pytest.mark.parametrize(
    "on",
    [
        "The strike would last until Friday.",
        "She did not expect an answer.",
        "Buyers would have to wait.",
    ],
)
def test_it_is_the_speakers(on: str) -> None:
    assert told(SAID + on)[1:] == [("Ines Kowal", on.strip("."))]


@pytest.mark.parametrize(
    "on",
    [
        "Milo Trask shrugged.",
        "The captain was late.",
        "The kiln is cold to this day.",
        "Would she strike?",
        "The owners would not comment.",
        "It was not clear who had the key.",
        # perhaps the reporter's answer
        "Inspectors had found it warm.",
        "Two kilns had been lit in May.",
        "The abbey had counted nine potters that day.",
        "A survey in spring had shown the opposite.",
        "It was the third time that she had been wrong.",
        "But the buyers would hear none of it.",
        "The court would rule in May.",
        "Talks would begin again on Monday.",
        "The other kilns were warm.",
        "Buyers should wait.",
    ],
)
def test_it_is_nobodys(on: str) -> None:
    assert len(told(SAID + on)) == 1


def test_a_new_paragraph_ends_it() -> None:
    assert len(told(SAID + "\n\nThe strike would last until Friday.")) == 1


def test_it_goes_on_over_several_and_behind_one_who_writes_again() -> None:
    text = "Late on Friday Ines Kowal wrote again. The wood would be sold. The kiln would be lit."
    assert told(text) == [("Ines Kowal", "The wood would be sold"), ("Ines Kowal", "The kiln would be lit")]


def test_a_report_that_is_partly_quoted_goes_on() -> None:
    text = "Ines Kowal said she had met the abbot “by accident, on a ferry”. They would talk for an hour."
    assert told(text)[1:] == [("Ines Kowal", "They would talk for an hour")]
