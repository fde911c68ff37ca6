"""Whose words they are: in a relative clause, in a live blog's entry, inside what another says, and where a
pronoun, a kinship or an answer tells it."""

import pytest

from tests.service.answering.said.test_utterances import told

INES = "Ines Kowal is the pilot. "


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        # in a clause that begins with "which"
        (
            "The truce leaves out boats, which pilot Ines Kowal said would be dealt with later.",
            "Ines Kowal",
            "would be dealt with later",
        ),
        ("He wants a quay, which Ines Kowal calls “a wharf of lies”.", "Ines Kowal", "a wharf of lies"),
        (
            "The clerk read a note in which Ines Kowal warned that no boat would sail.",
            "Ines Kowal",
            "no boat would sail",
        ),
        # behind a time that no comma sets off
        ("In 2021 Kowal told the guild that “no boat is safe”. " + INES, "Kowal", "no boat is safe"),
        ("Back in 2021 Kowal said the quay was sold. " + INES, "Kowal", "the quay was sold"),
        ("Ines Kowal wrote: “No.” An hour later she added: “Never.”", "Ines Kowal", "Never"),
        # entries of a live blog
        (INES + "\n\n14:20 Kowal: the boats stay in.", "Kowal", "the boats stay in"),
        (INES + "\n\n14:20 — Kowal again: she'd sail if asked.", "Kowal", "she'd sail if asked"),
        ("14:20 Kowal's spokeswoman: “The boats stay in.”", "Kowal's spokeswoman", "The boats stay in"),
        # inside what another says
        (
            "Otto Ferz told the inquiry that Ines Kowal had promised the quay would open.",
            "Ines Kowal",
            "the quay would open",
        ),
        (
            "Otto Ferz told his biographer, Lena Moss, that he had learned it at sea.",
            "Otto Ferz",
            "he had learned it at sea",
        ),
        (
            "Otto Ferz wrote to the pilot, Ines Kowal, that the quay was sold.",
            "Otto Ferz",
            "the quay was sold",
        ),
        ("Otto Ferz answered the next morning that he was ill.", "Otto Ferz", "he was ill"),
        # who answers
        ("Otto Ferz reminded Ines Kowal that she was late.\n\n“I was,” she replied.", "Ines Kowal", "I was"),
        # views and manners
        ("Ines Kowal put it otherwise. In her telling the quay was sold.", "Ines Kowal", "the quay was sold"),
        ("Ines Kowal was short. “No,” was how she put it on Sunday.", "Ines Kowal", "No"),
        (
            "Ines Kowal told a dinner that she was ready. “Sail!” one guest quoted her as saying.",
            "Ines Kowal",
            "Sail!",
        ),
        ("Ines Kowal won't discuss it, except to say it is ‘no gift’.", "Ines Kowal", "it is ‘no gift’"),
        ("Ines Kowal comes out to say there is a text.", "Ines Kowal", "there is a text"),
        ("That, Ines Kowal concedes, had hurt.", "Ines Kowal", "That, Ines Kowal concedes, had hurt"),
        ("Judge Ines Kowal found that the guild had lied.", "Ines Kowal", "the guild had lied"),
        (
            "We meet in May, to see, said Kowal, “whether it is shorter”. " + INES,
            "Kowal",
            "whether it is shorter",
        ),
        ("Otto Ferz said it was lost, and Ines Kowal that it was not.", "Ines Kowal", "it was not"),
        ("The clerk said it was lost, the pilot that he would wait.", "the pilot", "he would wait"),
        ("For the pilot, Ines Kowal, the quay is “a gift”.", "Ines Kowal", "the quay is “a gift"),
        ("Ferz's lawyer said he was ill. He was, she said, “a lamb”.", "Ferz's lawyer", "a lamb"),
        # who is beside the name
        (
            "Ines Kowal (Ind, Low Quay), who chairs it, confirmed the quay was sold.",
            "Ines Kowal",
            "the quay was sold",
        ),
        (
            "Talks have stalled after Ines Kowal, the pilot, accused the guild of “lies”.",
            "Ines Kowal",
            "the guild of “lies",
        ),
        ("Dean Kowal said the quay was sold.", "Dean Kowal", "the quay was sold"),
        # whom a pronoun means
        ("Otto Ferz left. His brother Emil, who is a pilot, has left. “I sail,” he said.", "Emil", "I sail"),
        (
            "Otto Ferz left. Ferz's wife, Marla, had been at school. “I told him,” she said.",
            "Marla",
            "I told him",
        ),
        ("Ines Kowal rose. The projector is broken. She says she can sing.", "Ines Kowal", "she can sing"),
        ("Ines Kowal rose. The guards are late. “Go home,” she said.", "Ines Kowal", "Go home"),
        (
            "The union lawyer, who had come by boat, waited there. “I sail,” he said.",
            "The union lawyer",
            "I sail",
        ),
        # what goes on as somebody talks, or of those that were told of
        ("Ines Kowal said the quay was lost. There'd be no boats.", "Ines Kowal", "There'd be no boats"),
        (
            "Ines Kowal said she had written two notes. She had signed both.",
            "Ines Kowal",
            "She had signed both",
        ),
        (
            "Ines Kowal said they sailed late. They had bought eleven teas. “I slept,” she said.",
            "Ines Kowal",
            "They had bought eleven teas",
        ),
        (
            "Ines Kowal said the quay was lost. She would be ‘glad’ to sail.",
            "Ines Kowal",
            "She would be ‘glad’ to sail",
        ),
    ],
)
def test_it_is_theirs(text: str, who: str, words: str) -> None:
    assert (who, words) in told(text)


@pytest.mark.parametrize(
    ("text", "who", "part"),
    [
        # what is denied or priced behind "which" isn't what stands before it
        ("The guild sold the quay, which Ines Kowal denies.", "Ines Kowal", "The guild sold"),
        ("Otto Ferz said they differ on pay, which Ines Kowal puts at nine.", "Ines Kowal", "they differ"),
        ("The guild asked which Kowal spoke for the port.", "Kowal", "the port"),
        # who tells "her" that "she" did so
        ("Ines Kowal reminded her that she had written that it was “dead”.", "Ines Kowal", "it was “dead”"),
        ("16:30 Correction: our last entry was wrong.", "Correction", "our last entry"),
        (
            "Ines Kowal said no. Otto Ferz would confirm only that “a number” was there.",
            "Ines Kowal",
            "a number",
        ),
        ("Ines Kowal said she would send the list. She had not done so by Sunday.", "Ines Kowal", "done so"),
        # who hears what the verb of the clause before tells
        (
            "Ines Kowal told the guild that it was lost, and Otto Ferz that it was sold.",
            "Otto Ferz",
            "it was",
        ),
        (
            "Ines Kowal told Otto Ferz that it was lost, and the clerk that he was late.",
            "the clerk",
            "he was",
        ),
        (
            "Ines Kowal said she had told the clerk that it was lost, and Otto Ferz that it was sold.",
            "Otto Ferz",
            "it was",
        ),
        # nor is "that" always a clause of its own
        (
            "Ines Kowal said the council that sat in May and the mayor that the voters chose would meet.",
            "the mayor",
            "the voters",
        ),
        ("Ines Kowal came home. She found that the door was locked.", "Ines Kowal", "the door"),
        (
            "In Brussels they met.\n\n14:20 Brussels: leaders arrive for the talks.",
            "Brussels",
            "leaders arrive",
        ),
        ("14:20 Ferries: services resume at noon.", "Ferries", "services resume"),
        # between two in which the same one speaks, the reporter's own
        ("Ines Kowal said it was late. The crowd cheered. “Go,” she said.", "Ines Kowal", "The crowd"),
        ("Ines Kowal said it was late. She poured the tea. “Go,” she said.", "Ines Kowal", "She poured"),
        ("Ines Kowal said it was late. The door was opened. “Go,” she said.", "Ines Kowal", "The door"),
        (
            "Ines Kowal said it was late. The hall in Tarn had emptied by noon. “Go,” she said.",
            "Ines Kowal",
            "The hall",
        ),
        ("Ines Kowal said it was late. She paused for a while. “Go,” she said.", "Ines Kowal", "She paused"),
        ("Ines Kowal said the list was long. Residents had packed the hall.", "Ines Kowal", "Residents"),
    ],
)
def test_it_is_not_theirs(text: str, who: str, part: str) -> None:
    assert not [words for name, words in told(text) if name == who and words.startswith(part)]
