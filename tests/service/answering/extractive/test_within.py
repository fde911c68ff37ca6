"""An article that has two accounts of what is asked is told with both; one that only seems to, isn't."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from service.answering import PARLEY, Rule
from service.answering.extractive import ExtractiveAnswerer
from tests.service.answering.extractive.test_differing import proposed, told

_STAFF = (
    "The ferry line of Tolde wants to sell its ships. The line says 320 sailors work for it. "
    "The seafarers' league, which is against the sale, says it is 410. Talks go on next week."
)
_MARCH = (
    "On Sunday some 900 people marched to the weir at Orsa, according to police. "
    "The organisers, a group called Free River, said there were 2,000. The weir stays shut."
)
_MEETING = (
    "Two aides said that minister Saga Holm had met the rebels' envoy in Brunn at Easter. "
    "Holm's office denied it. The rebels would not comment."
)
_GATE = (
    "The lock gate at Orsa stayed shut on Monday. The mill says the gate stayed shut because it was frozen. "
    "The boatmen say it was locked on purpose. The two sides cannot agree on it."
)
_LEFT = (
    "The lock keeper at Orsa resigned on Monday because the gate had frozen. The mayor said the keeper's "
    "going was a loss. The boatmen said it was a good day."
)
_HURT = (
    "The storm at Orsa killed twelve people, the mayor said. The roof of the mill was lost, and its cost is "
    "high. The clinic put the dead at nine."
)
_ARRESTED = (
    "Police arrested 40 people at the weir at Orsa on Sunday. The mayor said 12 of them were students. "
    "The weir stays shut."
)
_RAISED = (
    "The seafarers' league asked for 9 per cent more pay. The ferry line says it is 4 per cent. "
    "Talks go on next week."
)
_SECOND = "The league said 320 sailors of the ferry line were idle. The league now says it is 410. It rained."


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(embedder, reader)


@pytest.mark.parametrize(
    ("question", "text", "sides"),
    [
        ("How many sailors work for the ferry line?", _STAFF, ("320", "410")),
        ("How many people marched to the weir?", _MARCH, ("900", "2,000")),
        ("Did Saga Holm meet the rebels' envoy?", _MEETING, ("had met", "denied it")),
        ("Why did the lock gate stay shut?", _GATE, ("frozen", "locked on purpose")),
        ("How many people did the storm at Orsa kill?", _HURT, ("twelve", "nine")),
        ("How high is the cost of the mill's roof at Orsa?", _HURT, ()),
        ("Why did the lock keeper at Orsa resign?", _LEFT, ()),
        ("How many people were arrested at the weir?", _ARRESTED, ()),
        ("How much more pay did the seafarers' league ask for?", _RAISED, ()),
        ("How many sailors of the ferry line were idle?", _SECOND, ()),
    ],
)
def test_an_article_with_two_accounts(
    answerer: ExtractiveAnswerer, embedder: Embedder, question: str, text: str, sides: tuple[str, ...]
) -> None:
    case = {
        "question": question,
        "articles": [{"outlet": "Tolde Post", "published": "2031-04-02", "text": text}],
    }
    answer = proposed(answerer, embedder, case)
    quotes = [quote.text for conflict in answer.conflicts for quote in conflict.quotes]
    assert len(quotes) == len(sides)
    assert all(side in quote for side, quote in zip(sides, quotes, strict=True))
    assert ("The sources differ on" in " ".join(told(answer))) is bool(sides)
    without = answerer.by(PARLEY.without(Rule.CONFLICTS))
    assert not proposed(without, embedder, case).conflicts
