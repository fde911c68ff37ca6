"""Asked whether somebody is willing or ready: yes or no by a sentence that tells it, else not settled."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY, Proposal, Rule, Status
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.notices import NO, UNSETTLED, UNSETTLED_BOTH, YES
from tests.service.answering.making import article, passages

MILLS = """The weavers' guild of Tornby was ready to lower its price by four crowns, its treasurer said.

Mill owner Greta Lund is not willing to reopen the old mill, she told the Tornby Post.

The dyers refused to sign the contract on Tuesday.

“I am prepared to meet the dyers,” said Anton Brask, the mayor of Tornby.

The shepherds are willing to sell their wool only if the mill reopens.

A reporter asked whether the spinners were ready to strike."""
LATER = """The weavers' guild of Tornby was not ready to lower its price, its chairwoman said on Friday."""


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(embedder, reader)


def ask(answerer: ExtractiveAnswerer, embedder: Embedder, question: str, *texts: str) -> Proposal:
    articles = [article(text, id_=f"a_{at}") for at, text in enumerate(texts or (MILLS,))]
    return answerer.answer(question, passages(embedder, question, *articles), timings=Timings())


@pytest.mark.parametrize(
    ("question", "says", "wording"),
    [
        ("Was the weavers' guild ready to lower its price?", YES, "four crowns"),
        ("Is Greta Lund willing to reopen the old mill?", NO, "not willing"),
        ("Is Lund unwilling to reopen the old mill?", YES, "not willing"),
        ("Were the dyers prepared to sign the contract?", NO, "refused to sign"),
        ("is brask prepared to meet the dyers", YES, "prepared to meet"),
    ],
)
def test_the_sentence_that_tells_it_decides(
    answerer: ExtractiveAnswerer, embedder: Embedder, question: str, says: str, wording: str
) -> None:
    lead, told, *more = ask(answerer, embedder, question).drafts
    assert lead.parts[0].text == says
    assert wording in "".join(part.text for part in told.parts)
    assert not more


@pytest.mark.parametrize(
    "question",
    [
        "Are the shepherds willing to sell their wool?",
        "Were the spinners ready to strike?",
        "Is Greta Lund willing to meet the dyers?",
        "Was Anton Brask ready to lower its price?",
    ],
)
def test_a_condition_a_question_and_another_matter_settle_nothing(
    answerer: ExtractiveAnswerer, embedder: Embedder, question: str
) -> None:
    proposal = ask(answerer, embedder, question)
    assert proposal.status is Status.ABSTAINED
    assert proposal.drafts[0].parts[0].text.startswith(UNSETTLED)


def test_where_both_are_told_both_are_shown(answerer: ExtractiveAnswerer, embedder: Embedder) -> None:
    question = "Was the weavers' guild ready to lower its price?"
    lead, *told = ask(answerer, embedder, question, MILLS, LATER).drafts
    assert lead.parts[0].text == UNSETTLED_BOTH
    assert len(told) == 2


def test_without_the_rule_it_is_answered_as_any_question(
    answerer: ExtractiveAnswerer, embedder: Embedder
) -> None:
    plain = answerer.by(PARLEY.without(Rule.READY))
    question = "Were the dyers prepared to sign the contract?"
    assert all(part.quote for draft in ask(plain, embedder, question).drafts for part in draft.parts)
