"""What an attack got given to somebody who hadn't said it: nobody's, or whose it is."""

import pytest

from tests.service.answering.said.test_utterances import read, told

SAID = "Captain Ola Brandt said the ferry was safe. "
LETTER = "{}\n\nWe mend our nets at night. Our boats are old.\n\n{}"
INTERVIEW = (
    "Ola Brandt spoke to us at the mill.\n\nWhat do you see?\n\n{}\n\nWho pays you?\n\nMy crew. I ask them."
    "\n\nWill you stay?\n\nI think so.\n\nIt snowed."
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # what heads a part of a paper writes nothing
        (LETTER.format("From the attic:", ""), "the attic"),
        (LETTER.format("From Tuesday:", ""), "Tuesday"),
        (LETTER.format("From page nine:", ""), "page nine"),
        # a name behind a description isn't the one described
        ("“It is lost,” said the guard who let in the reeve, Ola Brandt.", "Ola Brandt"),
        ("“It is lost,” said a miller who works beside the abbot, Pim Adler.", "Pim Adler"),
        ("“It is lost,” said the widow of the reeve, Ola Brandt.", "Ola Brandt"),
        ("“It is lost,” said a neighbour of the abbot, Pim Adler.", "Pim Adler"),
        # a paper is read, not said
        ("“Go home,” Ola Brandt read on the wall.", "Ola Brandt"),
        ("Ola Brandt read in the Echo that the mill was lost.", "Ola Brandt"),
        # what is done beside a quotation
        ("“High Water,” stars Ola Brandt.", "Ola Brandt"),
        ("“The mill is lost,” Ola Brandt learned from a guard.", "Ola Brandt"),
        ("“Coward,” Ola Brandt hears from the crowd.", "Ola Brandt"),
        # not yet told, or never
        ("Pim Adler waits for a note from Ola Brandt saying that the mill is safe.", "Ola Brandt"),
        ("If there is a letter from Ola Brandt saying that the mill is safe, it is lost.", "Ola Brandt"),
        ("Pim Adler faked a letter from Ola Brandt saying that the mill was safe.", "Ola Brandt"),
        ("Pim Adler longs to hear Ola Brandt say that she is wrong.", "Ola Brandt"),
        ("Pim Adler was not told by Ola Brandt that the mill was lost.", "Ola Brandt"),
        ("The tale was never confirmed by Ola Brandt.", "Ola Brandt"),
        ("It was not Ola Brandt who said the mill was lost.", "Ola Brandt"),
        # views
        ("As far as the tide is concerned, Ola Brandt is lucky.", "the tide"),
        ("If the charts are to be believed, Ola Brandt has won.", "the charts"),
        ("As far as the union is concerned, Ola Brandt said, the mill is lost.", "the union"),
        # what happens to what is said
        ("Ola Brandt's plea was refused: the mill is shut.", "Ola Brandt"),
        ("Ola Brandt's warning was drowned: the horn blew.", "Ola Brandt"),
        # a name that another's relative clause stands behind
        ("Foes of the tax by Ola Brandt, who say it is high, met.", "Ola Brandt"),
        ("The mill, built by Ola Brandt, which said it was lost, shut.", "Ola Brandt"),
        # whom somebody asks about
        ("Tariq Voss asked the guild for word of Ola Brandt. She replied that it was late.", "Ola Brandt"),
        ("Tariq Voss asked the port about Ola Brandt. She answered that it was shut.", "Ola Brandt"),
        ("I asked the guard about Pim Adler. He said the mill was shut.", "Pim Adler"),
        # whom nobody met
        ("Police seek a man in a red hat. He said the mill was his.", "a man in a red hat"),
        ("I told the police about it. He said the mill was his.", "the police"),
        # whom a card is for
        ("Card for captain Pim Adler: “Get well.”", "Pim Adler"),
        ("Note to skipper Ola Brandt: “Slow down.”", "Ola Brandt"),
        # interviews in which others answer
        (INTERVIEW.format("Fog. In the port Pim Adler keeps a lamp."), "Ola Brandt"),
        (INTERVIEW.format("I see fog. Pim Adler, miller"), "Ola Brandt"),
        # a joined verb inside what another says
        ("Ola Brandt said Pim Adler had called her “a thief” and threatened to sue.", "Pim Adler threatened"),
        ("Ola Brandt said the guard had shouted “out” and demanded a coin.", "the guard demanded"),
        ("Ola Brandt met Pim Adler, who called it “mad”, and said she would go.", "Pim Adler said"),
    ],
)
def test_it_is_not_anothers(text: str, wrong: str) -> None:
    given = [(text[one.source.start : one.source.end], one.verb) for one in read(text) if one.source]
    assert wrong not in {who for who, _ in given} | {f"{who} {verb}" for who, verb in given}


@pytest.mark.parametrize(
    "text",
    [
        LETTER.format("From the Wend Guild:", "Reeve Ola Brandt said it was thin. “We want our net.”"),
        LETTER.format("Reply from the port:", "“We want our net,” Ola Brandt told us."),
        LETTER.format("The port's reply:", "Ola Brandt said: “It is thin.”"),
        "From: Pim Adler\nTo: Ola Brandt\n\nSink it.\n\nOla Brandt denied that she read it.",
        "From: Pim Adler\nTo: Ola Brandt\n\nSink it.\n\n> We should float it.",
        "From: Pim Adler\nTo: Ola Brandt\n\nOur ferry is lost.\n\nThe ferry left in May. It was old.",
    ],
)
def test_what_stands_behind_a_letter_or_a_mail_is_not_its_writers(text: str) -> None:
    writer, last = read(text)[0].source, text.rindex("\n\n")
    assert writer
    assert not [one for one in read(text) if one.words.start > last and one.source == writer]


@pytest.mark.parametrize(
    "on",
    [
        # the reporter's answer
        "It had been lost twice.",
        "None had been asked.",
        "No test had been run since May.",
        "It would be dead in the water within a week.",
        "The owner could not be reached.",
        "The Echo could not independently verify it.",
    ],
)
def test_a_reporters_answer_is_not_the_speakers(on: str) -> None:
    assert len(told(SAID + on)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A guard told Pim Adler that the mill was lost. He did not believe him.",
        "The port assured Pim Adler that it was safe. He did not know.",
        "Ola Brandt said the mill was lost. She did not believe them.",
        "Ola Brandt feared that the mill was lost. It would take a year.",
        "Ola Brandt accused the port of lying. Its reeve would answer in May.",
        "Ola Brandt threatened to leave. Her crew would be asked.",
    ],
)
def test_what_is_thought_or_heard_is_not_carried_on(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("BRANDT: It is cold.\n\nQ: Is it, Mr Voss?\n\nVOSS: You told me it was warm.\n\nBRANDT: No.", None),
        (
            "BRANDT: It is cold.\n\nADLER: No.\n\nVOSS (to Adler): You told me it was warm.\n\nBRANDT: No.",
            None,
        ),
        ("BRANDT: It is cold.\n\nVOSS: You told me it was warm.\n\nBRANDT: No.", "BRANDT"),
    ],
)
def test_you_are_who_had_the_turn_before_if_that_is_known(text: str, who: str | None) -> None:
    assert (who, "it was warm") in told(text)


def test_a_label_that_two_introduce_themselves_under_is_neither() -> None:
    text = (
        "REPORTER: I'm Ola Brandt. Is it cold?\n\nVOSS: Yes.\n\nREPORTER: I'm Pim Adler. Is it?\n\nVOSS: Yes."
        "\n\nREPORTER: Will you go?\n\nVOSS: No."
    )
    assert (None, "Will you go?") in told(text)


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("The banner read: “Go home.”", "The banner", "Go home"),
        ("“Go home,” reads a sign in the mill.", "a sign", "Go home"),
        ("To hear Ola Brandt tell it, the mill is lost.", "Ola Brandt", "the mill is lost"),
        ("I met a woman from Wend. She said the mill was lost.", "a woman from Wend", "the mill was lost"),
        ("“It is lost,” said its skipper in Wend, a woman called Ola Brandt.", "Ola Brandt", "It is lost"),
        ("Pim Adler would later recall Ola Brandt saying that it was lost.", "Ola Brandt", "it was lost"),
        ("Ola Brandt called it “mad” and said she would go.", "Ola Brandt", "she would go"),
        ("From: Pim Adler\nTo: Ola Brandt\n\nSink it.\n\nIt snowed.", "Pim Adler", "Sink it"),
    ],
)
def test_what_is_plain_still_is(text: str, who: str, words: str) -> None:
    assert (who, words) in told(text)
