"""Words that aren't plainly somebody's are nobody's: a wrong speaker is worse than none."""

import pytest

from tests.service.answering.said.test_utterances import told

ASKED = (
    "\n\nWhat is your port waiting for?\n\n{}\n\nWho decides for you?\n\n{}\n\nWhat comes next?\n\n{}"
    "\n\nIt snowed."
)
ALL_MINE = ("Rest. I saw it.", "My crew does.", "I think so.")


def given(text: str) -> set[str | None]:
    return {who for who, _ in told(text)}


@pytest.mark.parametrize(
    ("head", "answers"),
    [
        # nobody is said to have spoken
        ("Ola Brandt runs the harbour trust.", ALL_MINE),
        ("Ola Brandt spoke on Monday of a bad winter.", ALL_MINE),
        ("Ola Brandt met two envoys at the port.", ALL_MINE),
        # several did
        ("We spoke to Ola Brandt and two drivers.", ALL_MINE),
        ("Ola Brandt, Tariq Voss and Pim Adler sat down with us.", ALL_MINE),
        ("Her deputy and Ola Brandt spoke to us.", ALL_MINE),
        # a reporter answers
        ("Ola Brandt spoke to us.", ("The crews walk out.", "A panel of three.", "We shall see.")),
        ("Ola Brandt spoke to us.", ("“I am cold.”", "“My crew does,” it is said.", "“I hope so.”")),
        ("Ola Brandt spoke to us.", ("Rest. I saw it.", "My list has it.", "“I hope so,” said Pim Adler.")),
        ("Ola Brandt spoke to us.", ("Adler: Rest. I saw it.", "Brandt: My crew does.", "Voss: I think so.")),
    ],
)
def test_an_explainer_or_a_panel_is_no_interview(head: str, answers: tuple[str, ...]) -> None:
    assert "Ola Brandt" not in given(head + ASKED.format(*answers))


def test_an_interview_is() -> None:
    assert ("Ola Brandt", "Rest") in told("Ola Brandt spoke to us." + ASKED.format(*ALL_MINE))


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt captains the side. “It sails,” she said.",
        "Ola Brandt chairs the council in Wend. It was late, she told reporters.",
        "Ola Brandt monitors the fleet. It sails, she said.",
    ],
)
def test_what_somebody_does_is_no_office_behind_a_name(text: str) -> None:
    assert given(text) == {"Ola Brandt"}


@pytest.mark.parametrize(
    "text",
    [
        # quoted in a phrase that opens the sentence
        "After chants of “Shame!” the minister resigned.",
        "To cries of “Out, out!” the envoy entered.",
        "On the day the headline said “Enough!” Ola Brandt voted.",
        # verbs in a row
        "He walked in, interrupted Ola Brandt and sat down.",
        "The guild struck in May, texted Ola Brandt and waited.",
        "The envoy rose, corrected Ola Brandt, and left.",
        # whose a letter is that "it" says
        "The union received the port's letter. It said the mill was lost.",
        "The guild had a note from the harbour. It said the mill was lost.",
        "The port published the union's statement. It said the mill was lost.",
        # no saying
        "Ola Brandt concealed that the mill was lost.",
        "Ola Brandt ignored that the tide was high.",
        "Ola Brandt overlooked that it was May.",
        # not said
        "Nobody heard Ola Brandt say that the mill was lost.",
        "The abbot did not recall Ola Brandt telling him that it was lost.",
        "No paper quoted Ola Brandt as saying that it was lost.",
        "The abbot had no assurances from Ola Brandt that nobody would go.",
        "Ola Brandt issued no warning that shops would close.",
        # what doesn't speak
        "The storm ruled out a crossing.",
        "The rain in the hills held out for an hour.",
        "The mill is clear of the tide.",
        # beside or to somebody
        "Behind Ola Brandt: “No.”",
        "Question for Ola Brandt: “Why?”",
        "“No!” screamed at Ola Brandt from the pier.",
        # one of two
        "Ola Brandt, the mayor, and Pim Adler, her deputy, said the port was shut.",
        "Tariq Voss, who leads the guild, and Pim Adler, his deputy, warned that it was late.",
        "“It is lost,” Ola Brandt, the mayor, and Pim Adler, her deputy, said.",
        # headings behind a letter
        "Dear neighbours,\n\nWe lit no kiln.\n\nThe Long Winter\n\nIt snowed.\n\nWe froze.",
        "Sir,\n\nWe lit no kiln.\n\nUpper Wend Harbour\n\nThe port was shut.",
        "Members,\n\nWe ask nothing.\n\nMore on page three",
    ],
)
def test_nobody_says_it(text: str) -> None:
    assert given(text) <= {None}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ola Brandt was asked about the tide. She replied that it was high.", "Ola Brandt"),
        ("On Monday Ola Brandt was asked whether it was lost. She answered that it was.", "Ola Brandt"),
        ("Ola Brandt had been asked for a boat. She replied that it was lost.", "Ola Brandt"),
        ("Pim Adler drives. Ola Brandt asked Tariq Voss about it. “No,” he replied.", "Tariq Voss"),
        ("Pim Adler drives. Ola Brandt asked the abbot about it. “No,” he replied.", None),
        ("Pim Adler drives. Ola Brandt asked about it. “No,” he replied.", "Pim Adler"),
    ],
)
def test_who_is_asked_replies(text: str, who: str | None) -> None:
    assert told(text)[-1][0] == who


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt said the clerk had met Tariq Voss and promised to pay.",
        "Ola Brandt said that the envoy had smiled and warned that it was late.",
        "Ola Brandt told the court Tariq Voss had lied and demanded to be heard.",
    ],
)
def test_a_joined_verb_inside_a_report_is_the_whole_reports(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize("name", ["Jordan", "Chad", "Georgia"])
def test_a_name_alone_may_be_a_countrys(name: str) -> None:
    assert told(f"{name} Pell left. {name} said the border was shut.")[-1][0] == name
