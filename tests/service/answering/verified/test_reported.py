"""What is reported is told with whoever says it, at every level. Names and papers are made up."""

import pytest

from service.answering import Said
from service.answering.verified.cut import UNATTRIBUTED, cut_fault
from service.answering.verified.reading import CitedSentence, Text

CLAIM = "The regent threatened the witness."
# Each tells the claim of somebody, and none as the reporter's own.
OF_SOMEBODY = [
    "Roe, a lawyer for the accused, told Radio Vell that the regent threatened the witness.",
    "Roe said the regent threatened the witness.",
    "According to Roe, the regent threatened the witness.",
    "The regent threatened the witness, Roe said at a briefing in Galt late on Sunday.",
    "The regent threatened the witness, Roe contends.",
    "The regent threatened the witness, officials believe.",
    "The regent threatened the witness, say people close to Roe.",
    "The regent threatened the witness, it is alleged.",
    "The regent threatened the witness, the indictment says.",
    "The regent threatened the witness, three survivors told the inquiry.",
    "The regent threatened the witness, Roe opines.",
    "The regent threatened the witness, as Roe tells it.",
    "The regent threatened the witness, in Roe’s view.",
    "The regent threatened the witness in Roe’s account.",
    "The regent threatened the witness (according to Roe).",
    "The regent, Roe believes, threatened the witness.",
    "The regent, as Roe sees it, threatened the witness.",
    "The regent, Roe opines, threatened the witness.",
    "In Galt, Roe said, the regent threatened the witness.",
    "“The regent threatened the witness,” Roe said.",
    "“The regent threatened the witness.”",
]
# A statement, and a sentence of which it leaves somebody out.
LEVELS = [
    ("Roe told aides it rained.", "Roe told aides it rained, officials said."),
    ("Roe told aides it rained.", "Roe told aides it rained, according to the Lune Observer."),
    (
        "Roe said that it rained.",
        "The Lune Observer reported, quoting officials, that Roe said that it rained.",
    ),
    ("Roe said that it rained.", "Roe said, citing two officials, that it rained."),
    ("The Observer said it rained.", "The Observer, citing officials, said it rained."),
    ("According to the Observer, Roe left.", "According to the Observer, which cited two aides, Roe left."),
    ("Roe agreed to pay.", "Officials told the Lune Observer that Roe agreed to pay."),
    ("Roe said it rained.", "A lawyer for Roe said it rained."),
    ("Roe said it rained.", "A source close to Roe said it rained."),
    ("Roe said it rained.", "It rained, said a rival of Ann Roe."),
    ("Radio Vell said it rained.", "“It rained,” Ann Roe told Radio Vell."),
    ("Roe told Doe it rained.", "Roe, a friend of Doe, told Zorn it rained."),
]
VERBS = ["agreed to pay", "refused to pay", "ordered it", "admitted it", "denied it", "demands it"]
KEPT = [
    ("Roe said it rained.", "Mayor Ann Roe said it rained."),
    ("Ann Roe said it rained.", "It rained, according to the mayor, Ann Roe."),
    ("Roe said it rained.", "Roe warned that it rained."),
    ("Roe left.", "Roe left, and Doe said that it rained."),
    ("Roe left.", "Roe left, adding that it rained."),
    ("Roe, who said it rained, left.", "Roe, who said it rained, left on Sunday."),
    ("The plan, Roe believes, works.", "The plan, Roe believes, works in Galt."),
    ("Roe left.", "Roe, who believes in rain, left."),
    ("The pact works.", "The pact, agreed in May, works."),
]


def fault(statement: str, quote: str, *, said: Said | None = None, quoted: bool = False) -> str | None:
    return cut_fault(Text(statement), CitedSentence(Text(quote), said, quoted))


@pytest.mark.parametrize("sentence", OF_SOMEBODY)
def test_an_allegation_is_no_fact(sentence: str) -> None:
    assert fault(CLAIM, sentence) is not None


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_sounds_like_reporting_is_no_reporting(verb: str) -> None:
    assert fault(f"The regent {verb}.", f"Roe said that the regent {verb}.") is not None
    assert fault(f"The regent {verb}.", f"The regent {verb}.") is None


@pytest.mark.parametrize(("statement", "sentence"), LEVELS)
def test_no_level_is_lost(statement: str, sentence: str) -> None:
    assert fault(statement, sentence) is not None


@pytest.mark.parametrize(("statement", "sentence"), KEPT)
def test_who_said_it_may_be_told_shorter_and_who_said_other_things_left_out(
    statement: str, sentence: str
) -> None:
    assert fault(statement, sentence) is None


def test_inside_a_quotation_of_several_sentences_there_is_a_speaker_too() -> None:
    sentence, roe = "The regent threatened us all.", Said(speaker="Roe")
    assert fault("The regent also threatened us all.", sentence, quoted=True) == UNATTRIBUTED
    assert fault("The regent also threatened us all.", sentence, said=roe, quoted=True) == UNATTRIBUTED
    assert fault("Roe said the regent threatened us all.", sentence, said=roe, quoted=True) is None
    assert fault("Doe said the regent threatened us all.", sentence, said=roe, quoted=True) is not None


def test_a_pronoun_stands_for_whom_the_article_says() -> None:
    sentence = "She said that it rained."
    assert fault("She said it rained.", sentence) is None
    assert fault("Roe said it rained.", sentence, said=Said(speaker="Ann Roe")) is None
    assert fault("Roe said it rained.", sentence) is not None
    assert fault("It rained.", sentence) is not None
