"""Interviews and letters without a label on each paragraph: whose words they are is told above them."""

import pytest

from tests.service.answering.said.test_utterances import told

HEAD = "Ines Kowal, a potter, spoke to us after a month between the two camps.\n\n"
TALK = (
    "Who asked you to go?\n\nNobody. I went by myself.\n\nWere you afraid?\n\nOf the dogs. My aunt"
    " wasn't.\n\n"
    "Will it last?\n\nI think so.\n\nThe kiln is still cold."
)


def test_what_stands_behind_each_question_is_the_answer_of_whom_the_head_names() -> None:
    assert [words for who, words in told(HEAD + TALK) if who == "Ines Kowal"] == [
        "Nobody",
        "I went by myself",
        "Of the dogs",
        "My aunt wasn't",
        "I think so",
        "think so",
    ]


def test_a_head_that_names_two_tells_of_none() -> None:
    head = HEAD.replace("a potter", "the aunt of Milo Trask")
    assert [who for who, _ in told(head + TALK) if who and who != "My aunt"] == []


@pytest.mark.parametrize(
    "above",
    [
        "From the Potters' Guild:",
        "From the Potters' Guild, signed by its clerk:",
        "The Potters' Guild's reply:",
    ],
)
def test_a_statement_is_whose_name_stands_above_it(above: str) -> None:
    text = f"We print it whole.\n\n{above}\n\nThe kiln is cold. We ask for wood.\n\nIt snowed on Monday."
    assert {who for who, _ in told(text)} == {
        "the Potters' Guild" if above[0] == "F" else "The Potters' Guild"
    }


def test_a_letter_ends_at_the_name_below_and_is_replied_to() -> None:
    text = (
        "Sir,\n\nWe lit no kiln. It was the abbot.\n\nInes Kowal, potter, for the guild\n\n"
        "The abbot replies: I was away. Our kiln is cold.\n\nIt snowed on Monday."
    )
    assert told(text) == [
        ("Ines Kowal", "We lit no kiln"),
        ("Ines Kowal", "It was the abbot"),
        ("The abbot", "I was away"),
        ("The abbot", "Our kiln is cold"),
    ]


def test_an_asker_is_named_once_and_you_are_who_spoke_before() -> None:
    text = (
        "HOST (Ines Kowal): Is it cold?\n\nTRASK: I said it was.\n\nMr. Prell (Upper Kilns): You told me it"
        " was warm."
        "\n\nTRASK: No.\n\nHOST: Thank you."
    )
    assert told(text) == [
        ("Ines Kowal", "Is it cold?"),
        ("TRASK", "I said it was"),
        ("TRASK", "it was"),
        ("Mr. Prell", "You told me it was warm"),
        ("TRASK", "it was warm"),
        ("TRASK", "No"),
        ("Ines Kowal", "Thank you"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The thread:\n\n@prell: It is cold.\n\n@trask: It is not.\n\n@prell: It is.",
        "Ada Prell, 09:31: It is cold.\n\nMilo Trask, 09:33: It is not.\n\nAda Prell, 09:34: It is.",
        "[09:31] Ada Prell: It is cold.\n\n[09:33] Milo Trask: It is not.\n\n[09:40] Ada Prell: It is.",
    ],
)
def test_posts_and_chats_are_turns(text: str) -> None:
    assert [words for _, words in told(text)] == ["It is cold", "It is not", "It is"]
    assert len({who for who, _ in told(text)}) == 2


def test_each_of_several_mails_is_its_senders() -> None:
    text = (
        "From: Ada Prell <ada@prell.example>\nTo: All\nSubject: Wood\n\nWe have none.\n\n"
        "From: Milo Trask\nTo: Ada Prell\n\nBuy some."
    )
    assert told(text) == [("Ada Prell", "We have none"), ("Milo Trask", "Buy some")]


def test_what_a_line_announces_is_whose_it_says() -> None:
    assert told("The guild's reply, in full:\n\n“The kiln is cold.”") == [("The guild", "The kiln is cold")]


def test_whom_the_head_names_and_says_was_met_answers() -> None:
    head = "Ines Kowal has made pots for both camps since spring. I met her at her kiln in Varn.\n\n"
    assert ("Ines Kowal", "Of the dogs") in told(head + TALK)
    assert told(head.replace("met her", "walked about") + TALK)[:1] != [("Ines Kowal", "Nobody")]
