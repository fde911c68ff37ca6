"""Words that a longer rule would give to whoever stands nearest, and that are another's, or nobody's."""

import pytest

from tests.service.answering.said.test_attribution import said
from tests.service.answering.said.test_utterances import told


def last(text: str) -> str | None:
    """Whose the last sentence is."""
    own = said(text)[-1]
    return own.speaker if own else None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # who acts on him isn't he
        ("Ivo Maran left the bank. The treasurer praised him. “I am grateful,” he said.", "Ivo Maran"),
        ("Rosa Kowal lost her seat. The bishop mocked her speech. “I meant it,” she said.", "Rosa Kowal"),
        ("Milo Trask owns a kiln. A tenant blamed him for the smoke. “It is clean,” he said.", "Milo Trask"),
        # nor where he is named again
        ("Milo Trask owns a kiln. A tenant blamed Mr Trask for it. “It is clean,” he said.", "Trask"),
        ("Ivo Maran sells eels. One buyer accused Mr Maran of fraud. “They are fresh,” he said.", "Maran"),
        ("Rosa Kowal runs a ferry. A sailor criticised Ms Kowal. “I was asleep,” she said.", "Kowal"),
    ],
)
def test_whoever_acts_on_somebody_is_not_meant(text: str, speaker: str) -> None:
    assert last(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The growers want rain. The millers dispute their count. “We are ruined,” they said.",
        "The survey criticised the ministry. “We will learn from it,” it said.",
        "The pilots blamed the engineers. “Nobody asked us,” they said.",
        "The clerk blamed the board. “We did well,” they said.",
    ],
)
def test_of_two_bodies_it_may_be_either(text: str) -> None:
    assert last(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Rob Sella stood at the dam. A fourth boy drowned on Monday. “We will drain it,” he said.",
        "Captain Ivo Maran met the press. One sailor lost a finger. “The rope snapped,” he said.",
        "Hanna Orlo was cycling home. An old woman was on the kerb. “I saw nobody,” she said.",
        # the next paragraph tells of somebody new who does nothing that goes with words
        "Rob Sella stood at the dam.\n\nA fourth boy drowned on Monday. “We will drain it,” he said.",
        "Hanna Orlo was cycling home.\n\nAn old woman was on the kerb. “I saw nobody,” she said.",
    ],
)
def test_somebody_new_is_not_the_speaker_for_being_told_of(text: str) -> None:
    assert last(text) is None


def test_somebody_new_who_takes_part_is() -> None:
    assert last("Rob Sella backed it.\n\nA second diver disagreed. “No,” he said.") == "A second diver"


@pytest.mark.parametrize(
    "text",
    [
        "When the quay was sold in June, Ines Kowal said, “We will buy it back.”",
        "Hours after the lift was stopped, Ines Kowal said, “Nobody was hurt.”",
        "Because the pass was closed, Ines Kowal said, “they took the boat.”",
        "Waiting for a bus that was late, Ines Kowal said, “I am cold.”",
        "The day the quay was sold, Ines Kowal said, “I wept.”",
    ],
)
def test_when_and_why_it_was_said_is_the_reporters(text: str) -> None:
    assert [who for who, _ in told(text)] == ["Ines Kowal"]


def test_what_goes_on_in_a_quotation_is_told_before_it() -> None:
    assert ("Ines Kowal", "The quay was sold") in told(
        "The quay was sold, Ines Kowal said, “and nobody was asked.”"
    )


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A letter by Ivo Maran said the ship was sound. “I shall sail,” he wrote.", "Ivo Maran"),
        ("A letter from her surgeon, Rosa Kowal, said she was well. “She may go,” she wrote.", "Rosa Kowal"),
        ("The thief, a former gardener of minister Rosa Kowal, said he was innocent.", "The thief"),
        ("The guest, once a pupil of professor Rosa Kowal, said owls could count.", "The guest"),
        (
            "A man who described himself as Welsh said the vote was fixed.",
            "A man who described himself as Welsh",
        ),
        (
            "A caller who identified herself as Rosa Kowal's aunt said it was over.",
            "A caller who identified herself as Rosa Kowal's aunt",
        ),
        (
            "A man who introduced himself as Captain Trask said the pier was shut.",
            "A man who introduced himself as Captain Trask",
        ),
        ("The Office of Works and Governor Milo Trask said the dam held.", "Milo Trask"),
        ("The Chamber of Commerce and Ivo Maran said the dam held.", "Ivo Maran"),
        (
            "Rosa Kowal wed Ivo Maran. Ella Trust said the roof leaked. “It was wet,” she added.",
            "Ella Trust",
        ),
        ("Rosa Kowal was thanked by Hanna Orlo as she said farewell.", None),
        (
            "Constables seeking the sailor who struck Ivo Maran said he was tall.",
            "Constables seeking the sailor who struck Ivo Maran",
        ),
        ("Madam Orlo said the hall would stay.", "Madam Orlo"),
    ],
)
def test_a_name_that_stands_by_is_not_taken_for_the_speaker(text: str, speaker: str | None) -> None:
    assert last(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "“It is lost,” Ines Kowal said, and the crew could only wait.",
        "“We sail on,” Ines Kowal said, and the crews must now find a pilot.",
    ],
)
def test_what_came_of_it_is_the_reporters(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The accord was branded “void” by June.",
        "The soup was deemed “foul” by Tuesday evening.",
        "The play is called “A Long Tide” by Milo Trask.",
        "If the tax is described as “fair” by Milo Trask, ask him why.",
        "The deal was praised as “bold” by Ines Kowal and Milo Trask on Monday.",
        "The deal was praised as “bold” by Ines Kowal, Milo Trask and others.",
    ],
)
def test_a_passive_without_one_who_judges_is_nobodys(text: str) -> None:
    assert told(text) == []


def test_as_what_somebody_judges_is_not_their_judgement() -> None:
    assert told("The raid was condemned by Ines Kowal as mayor and as a mother.") == [
        ("Ines Kowal", "The raid")
    ]


def test_what_is_called_something_ends_with_the_quotation() -> None:
    assert ("Ines Kowal", "theft") in told("Ines Kowal left. The fee, a step she branded “theft”, was cut.")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Neighbours of Ivo Maran say he sings. “I hum,” he said.", "Ivo Maran"),
        ("Advisers close to Rosa Kowal said she would resign. “I am tired,” she said.", "Rosa Kowal"),
        ("Milo Trask quit. Partners at the kiln said they were sorry. “I had to,” he said.", "Milo Trask"),
        ("Letters sent by Ivo Maran show that Rosa Kowal knew. “Burn it,” he wrote.", "Ivo Maran"),
        ("Notes by the bishop said the roof leaked. “We prayed,” he wrote.", None),
        ("The guild asked 900 cooks. A quarter of cooks said they stole. “It is sad,” it said.", None),
    ],
)
def test_several_and_what_they_wrote_are_no_one_person(text: str, speaker: str | None) -> None:
    assert last(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Takings at the kiln fell, blaming frost for the loss.",
        "The opera closed in a week, blaming reviewers for the empty rows.",
        "Rosa Kowal was expelled by the guild on Friday, blaming her for the leak.",
        "Ivo Maran got letters, blaming him for the flood.",
    ],
)
def test_neither_things_nor_those_who_are_blamed_blame(text: str) -> None:
    assert said(text)[0] is None


def test_where_somebody_lives_is_not_what_he_is_called() -> None:
    text = "A man who gave his name as Mill Lane baker Ivo said he smelled smoke."
    assert last(text) == "A man who gave his name as Mill Lane baker Ivo"
