"""Asked whether somebody is willing or ready: yes or no by a sentence that tells it, else not settled."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import PARLEY, Proposal, Rule, Status
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.notices import DENIED, UNSETTLED, WHETHER
from tests.service.answering.making import article, passages

MILLS = """The weavers' guild of Tornby was ready to lower its price by four crowns, its treasurer said.

Mill owner Greta Lund is not willing to reopen the old mill, she told the Tornby Post.

The dyers refused to sign the contract on Tuesday.

“I am prepared to meet the dyers,” said Anton Brask, the mayor of Tornby.

The shepherds are willing to sell their wool only if the mill reopens.

The mayor, who is a weaver, ruled out buying the old mill, which burnt down in May.

A reporter asked whether the spinners were ready to strike."""
SO: list[str] = []
NOT_SO = [DENIED]
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
        ("Was the weavers' guild ready to lower its price?", SO, "four crowns"),
        ("Is Greta Lund willing to reopen the old mill?", NOT_SO, "not willing"),
        ("Is Lund unwilling to reopen the old mill?", SO, "not willing"),
        ("Were the dyers prepared to sign the contract?", NOT_SO, "refused to sign"),
        ("is brask prepared to meet the dyers", SO, "prepared to meet"),
        ("Are the shepherds willing to sell their wool?", SO, "only if the mill reopens"),
        ("Is the mayor prepared to buy the old mill?", NOT_SO, "ruled out"),
    ],
)
def test_the_sentence_that_tells_it_decides(
    answerer: ExtractiveAnswerer, embedder: Embedder, question: str, says: list[str], wording: str
) -> None:
    *lead, told = ask(answerer, embedder, question).drafts
    assert [draft.parts[0].text for draft in lead] == says
    assert wording in "".join(part.text for part in told.parts)


@pytest.mark.parametrize(
    "question",
    [
        "Is Olga Lund willing to reopen the old mill?",
        "Was the weavers' guild ready to lower its price by six crowns?",
        "Were the spinners ready to strike?",
        "Is Greta Lund willing to meet the dyers?",
        "Was Anton Brask ready to lower its price?",
    ],
)
def test_what_is_asked_and_another_person_or_matter_settle_nothing(
    answerer: ExtractiveAnswerer, embedder: Embedder, question: str
) -> None:
    proposal = ask(answerer, embedder, question)
    assert proposal.status is Status.ABSTAINED
    assert proposal.drafts[0].parts[0].text.startswith(UNSETTLED)


def test_where_both_are_told_both_are_shown(answerer: ExtractiveAnswerer, embedder: Embedder) -> None:
    question = "Was the weavers' guild ready to lower its price?"
    so, otherwise, notice = ask(answerer, embedder, question, MILLS, LATER).drafts
    assert notice.parts[0].text == WHETHER
    assert "was ready" in "".join(part.text for part in so.parts)
    assert "was not ready" in "".join(part.text for part in otherwise.parts)


def test_without_the_rule_it_is_answered_as_any_question(
    answerer: ExtractiveAnswerer, embedder: Embedder
) -> None:
    plain = answerer.by(PARLEY.without(Rule.READY))
    question = "Were the dyers prepared to sign the contract?"
    assert all(part.quote for draft in ask(plain, embedder, question).drafts for part in draft.parts)
