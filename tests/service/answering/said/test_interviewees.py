"""Who answers in an interview is told from who asks."""

import pytest

from tests.service.answering.said.test_utterances import told

ASKED = "\n\nQ: {}Is it late?\n\nA: No. I saw it.\n\nQ: Sure?\n\nA: Yes."
BARE = "\n\n{}is your port open?\n\nI saw it. No.\n\nWho decides for you?\n\nI do.\n\nDo you?\n\nI think so."


def answering(text: str) -> set[str | None]:
    return {who for who, words in told(text) if words in ("No", "I saw it", "Yes", "I do")}


@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("An edited transcript of an interview by Pim Adler.", None),
        ("Ola Brandt leads the crews. She spoke to Pim Adler on Monday. It was shortened.", "Ola Brandt"),
        (
            "Ola Brandt is an envoy of the Wend Fund. We met on Monday in her office on Mill Quay.",
            "Ola Brandt",
        ),
        ("Our reporter Pim Adler met Ola Brandt.", "Ola Brandt"),
        ("Pim Adler spoke to Ola Brandt.", "Ola Brandt"),
        ("By Pim Adler. Skipper Ola Brandt lost her boat in March.", "Ola Brandt"),
        # named on the way
        ("Rats live in the hall. Now the new keeper, Ola Brandt, has other plans.", None),
    ],
)
def test_a_transcript_is_answered_by_whom_it_is_about(head: str, who: str | None) -> None:
    assert answering(head + ASKED.format("")) == {who}


@pytest.mark.parametrize(
    ("head", "addressed", "who"),
    [
        ("An interview by Pim Adler.", "Ms Brandt, good morning. ", "Ms Brandt"),
        ("It was a long night.", "Good morning, Captain Brandt. ", "Captain Brandt"),
        ("It was a long night.", "", None),
    ],
)
def test_questions_tell_whom_they_address(head: str, addressed: str, who: str | None) -> None:
    assert answering(head + ASKED.format(addressed)) == {who}


def test_questions_without_labels_do_too() -> None:
    assert "Ms Brandt" in answering("It was a long night." + BARE.format("Ms Brandt, "))
    assert answering("It was a long night." + BARE.format("")) <= {None}


@pytest.mark.parametrize(
    "head",
    [
        "Ola Brandt leads the strike. The owner, Pim Adler, refused. He spoke to the Post on Sunday.",
        "Ola Brandt leads the strike. The chief executive is unmoved. He took time for us.",
        "Pim Adler made an offer. Ola Brandt talks to the Post after an interview with Pim Adler.",
    ],
)
def test_where_it_is_not_plain_who_spoke_nobody_did(head: str) -> None:
    assert answering(head + BARE.format("")) <= {None, "Ola Brandt" if "talks" in head else None}


def test_whom_an_answer_names_is_not_who_answers() -> None:
    asked = "\n\nQ: Is it late?\n\nA: I met the owner, Mr Adler. No.\n\nQ: Sure?\n\nA: Yes."
    assert answering("It was a long night." + asked) == {None}


@pytest.mark.parametrize(
    "head",
    [
        "Minister Pim Adler refused an interview. His opponent at the head of the union took our questions.",
        "Pim Adler puts the questions. The head of the union answers.",
        "Pim Adler shut the port on Friday. A docker who is not named spoke to the Herald.",
        "Pim Adler died on Friday. This is an interview with his successor.",
        "Last week we interviewed Pim Adler. Today his deputy replies.",
        "Pim Adler was shot in March. We spoke to his brother.",
        "Pim Adler talked to the Dockers' Union for a month. Its leader tells us why it failed.",
    ],
)
def test_whom_the_head_names_for_something_else_does_not_answer(head: str) -> None:
    assert answering(head + ASKED.format("")) == {None}
    assert answering(head + BARE.format("")) <= {None}


def test_of_two_guests_nobody_is_meant() -> None:
    text = "Two came.\n\nMs Poe, is it?\n\nI saw it.\n\nAnd you, Mr Lund?\n\nI do.\n\nAre you sure?\n\nYes."
    assert answering(text) <= {None}
