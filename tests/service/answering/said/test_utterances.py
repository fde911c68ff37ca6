"""Who says what in an article: each statement's speaker as written and as meant, and its level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from service.answering.said import Utterance, utterances
from tests.service.answering.making import body


def of(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def read(text: str) -> list[Utterance]:
    return list(utterances(text, body(text)))


def told(text: str) -> list[tuple[str | None, str]]:
    """Who is meant, and the words, trimmed of marks."""
    return [(of(text, one.source), (of(text, one.words) or "").strip(" .,“”\"'")) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a quotation over paragraphs, its speaker before it or behind it
        (
            "“We sail at dawn,” Ines Kowal said. “The tide is ours.\n\n“Nor will I wait.”",
            [(("Ines Kowal"), words) for words in ("We sail at dawn", "The tide is ours", "Nor will I wait")],
        ),
        (
            "“The tide is ours.\n\n“Nor will I wait,” said Ines Kowal, the pilot.",
            [("Ines Kowal", "The tide is ours"), ("Ines Kowal", "Nor will I wait")],
        ),
        (
            '"The tide is ours.\n\n"Nor will I wait," she said.',
            [(None, "The tide is ours"), (None, "Nor will I wait")],
        ),
        (
            "“We sail,” said Ines Kowal.\n\n“I hear it's cold. We sail.\n\n“Come along.”",
            [("Ines Kowal", words) for words in ("We sail", "I hear it's cold", "We sail", "Come along")],
        ),
        (
            "Ines Kowal said it was cold.\n\n“We sail.”",
            [("Ines Kowal", "it was cold"), ("Ines Kowal", "We sail")],
        ),
        (
            "“We sail,” said Ines Kowal.\n\n“Never. You don't,” said Milo Trask.",
            [("Ines Kowal", "We sail"), ("Milo Trask", "Never. You don't")],
        ),
        # a letter or a post behind a colon
        (
            "The abbot, Milo Trask, wrote to the millers on Friday:\n\n“The wheel is mended.\n\n“Come back.”",
            [("Milo Trask", "The wheel is mended"), ("Milo Trask", "Come back")],
        ),
        ("Mayor Ada Prell wrote on X: “The lanes open.”", [("Ada Prell", "The lanes open")]),
        ("Prell, on Harbour Radio: “I'll be there.”", [("Prell", "I'll be there")]),
        ("“Because you have the key” — Ada Prell (@prell)", [("Ada Prell", "Because you have the key")]),
        # apposition, also behind a time, a nickname, a description
        ("On Friday Jane Roe, the union's envoy, said it was late.", [("Jane Roe", "it was late")]),
        ("Late on Tuesday Colm Dray, a member of the city assembly, said no.", [("Colm Dray", "no")]),
        ("“Six weeks,” said its chairwoman, Dr. Hanne Orlo.", [("Hanne Orlo", "Six weeks")]),
        ("Their leader, a pilot named Oskar Wend, said it was close.", [("Oskar Wend", "it was close")]),
        ("Skipper Dorn “Lucky” Abel said it was over.", [("Dorn “Lucky” Abel", "it was over")]),
        ("A shunter known as “Moth” said it would last.", [("A shunter", "it would last")]),
        (
            "Ana Sole of the bargemen's league said the tolls were fair.",
            [("Ana Sole", "the tolls were fair")],
        ),
        ("Mr Kroll, whose firm pays, said it was dear.", [("Mr Kroll", "it was dear")]),
        # order, and what stands beside
        ("The fleet, Ana Sole said, had sailed.", [("Ana Sole", "The fleet, Ana Sole said, had sailed")]),
        ("The fleet had sailed, Ana Sole told the Post on Monday.", [("Ana Sole", "The fleet had sailed")]),
        ("The fleet had sailed, according to Ana Sole.", [("Ana Sole", "The fleet had sailed")]),
        ("Ana Sole shook her head and said it was late.", [("Ana Sole", "it was late")]),
        ("Ana Sole recalled her envoy, saying that he had lied.", [("Ana Sole", "he had lied")]),
        # two speakers
        (
            "Ana Sole said it was late, and Milo Trask said it was early.",
            [("Ana Sole", "it was late"), ("Milo Trask", "it was early")],
        ),
        ("“We met,” Ana Sole said, “and left.”", [("Ana Sole", "We met"), ("Ana Sole", "and left")]),
        ("'It was late,' said Ana Sole.", [("Ana Sole", "It was late")]),
        ("It was late, said a sailor who had seen it.", [("a sailor", "It was late")]),
        ("The mayor issued a letter saying that it was late.", [("The mayor", "it was late")]),
        ("Ana Sole was milder, telling the crew that it was late.", [("Ana Sole", "it was late")]),
        (
            "The fleet had sailed, Ana Sole told a packed hall in the port.",
            [("Ana Sole", "The fleet had sailed")],
        ),
        ("Another, Milo Trask, said it was late.", [("Milo Trask", "it was late")]),
        ("Ana Sole said by telephone that it was late.", [("Ana Sole", "it was late")]),
        (
            "A bell rang. Milo Trask has a boat, whose hull, he said, “leaks”.",
            [("Milo Trask", "leaks")],
        ),
        ("His counterpart from Sorn, Milo Trask, said it was late.", [("Milo Trask", "it was late")]),
        (
            "According to two people briefed on it, the boat leaks.",
            [("two people briefed on it", "the boat leaks")],
        ),
        (
            "“I've told Mr Trask that it was late,” Ana Sole said.",
            [("Ana Sole", "I've told Mr Trask that it was late"), ("Ana Sole", "it was late")],
        ),
        # acts
        ("Ana Sole offered the rebels a truce.", [("Ana Sole", "the rebels a truce")]),
        ("Ana Sole threatened to leave the talks.", [("Ana Sole", "to leave the talks")]),
        ("Ana Sole arrived with what she called “a single chair”.", [("Ana Sole", "a single chair")]),
        # nobody
        ("Both sides left.\n\n“The pit closes.”\n\nNobody stayed.", []),
        ("Neither Sole nor Trask said it was late.", []),
        ("An earlier version of this article said Friday.", []),
    ],
)
def test_every_statement_has_its_speaker(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Sole said no. “Never,” she said.", "Ana Sole"),
        ("Ana Sole met Milo Trask's brother. “Never,” she said.", "Ana Sole"),
        ("Milo Trask gave the mill to his niece. “It is hers,” he said.", "Milo Trask"),
        ("His wife, Amal, had a shirt. “It is ironed,” she said.", "Amal"),
        ("The Grain Board said no. It said bakers knew.", "The Grain Board"),
        ("Health officials said no. “Never,” they said.", "Health officials"),
        ("Ana Sole will go herself, she said.", "Ana Sole"),
        ("The tide was falling, according to Ana Sole. According to her, it was late.", "Ana Sole"),
        ("Ana Sole wrote to staff. “I hear you,” her letter began.", "Ana Sole"),
        ("Milo Trask said no. Ana Sole, his niece, laughed. “Never,” he said.", "Milo Trask"),
        ("Ana Sole said it was over. Alex Orr asked why it was. “Ask the tide,” she replied.", "Ana Sole"),
        ("PORT SORN, May 2 - Milo Trask left early. He said it was late.", "Milo Trask"),
        ("Milo Trask said no. The lawyer stood up. “Never,” he said.", None),
        ("The ministry said no. “Never,” he said.", None),
    ],
)
def test_a_pronoun_means_whom_the_text_is_about(text: str, speaker: str | None) -> None:
    assert of(text, read(text)[-1].source) == speaker


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (
            "Ana Sole said that Milo Trask had told the king the pass would hold.",
            [("Ana Sole", 0), ("Milo Trask", 1)],
        ),
        ("Milo Trask said it would end, the Post reported.", [("the Post", 0), ("Milo Trask", 1)]),
        ("“The minister told me that it was late,” Ana Sole said.", [("Ana Sole", 0), ("The minister", 1)]),
        ("Ana Sole said General Orr had assured her that it was safe.", [("Ana Sole", 0), ("Orr", 1)]),
    ],
)
def test_nested_speech_keeps_every_level(text: str, levels: list[tuple[str, int]]) -> None:
    assert [(of(text, one.source), one.depth) for one in read(text)] == levels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Post met Ana Sole, a pilot.\n\nQ: Is it late?\n\nA: No. It is early.\n\nQ: Sure?\n\nA: Yes.",
            [("Q", None), ("A", "Ana Sole"), ("A", "Ana Sole"), ("Q", None), ("A", "Ana Sole")],
        ),
        (
            "PREMIER ANA SOLE: It is late. Go.\n\nMINISTER MILO ASH: No.\n\nREPORTER: Why?\n\nSOLE: Ask him.",
            [
                ("PREMIER ANA SOLE", "ANA SOLE"),
                ("PREMIER ANA SOLE", "ANA SOLE"),
                ("MINISTER MILO ASH", "MILO ASH"),
                ("REPORTER", None),
                ("SOLE", "SOLE"),
            ],
        ),
        (
            "The Ledger: Is it late?\n\nAna Sole: No.\n\nThe Ledger: Why?\n\nSole: Ask the cod.",
            [
                ("The Ledger", "The Ledger"),
                ("Ana Sole", "Ana Sole"),
                ("The Ledger", "The Ledger"),
                ("Sole", "Sole"),
            ],
        ),
        ("Location: Paris\n\nTime: noon\n\nNote: bring a coat", []),
    ],
)
def test_a_transcript_has_turns(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(of(text, one.speaker), of(text, one.source)) for one in read(text)] == expected
    assert [one.asks for one in read(text)] == [speaker in ("Q", "REPORTER") for speaker, _ in expected]


@given(
    st.text(
        alphabet=st.sampled_from('AbRoe said told she “”"‘’,.;:—\nQ: A: according to what '), max_size=240
    )
)
def test_every_span_stands_in_its_sentence(text: str) -> None:
    for one in read(text):
        assert one.sentence.start <= one.words.start < one.words.end <= one.sentence.end
        assert one.depth >= 0
        assert one.source is None or of(text, one.source)


@pytest.mark.parametrize(
    "text",
    [
        "what she called “x” " * 3000,
        "Q: a?\nA: b.\n" * 3000,
        "“Roe.\n\n" * 3000,
        "x" * 90_000 + " said",
        "Roe, " * 9000,
    ],
)
def test_what_is_no_prose_takes_no_longer(text: str) -> None:
    assert all(of(text, one.words) for one in read(text))
