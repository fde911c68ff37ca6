"""An agreement is told with its terms, also beside what was asked for; what is open by what says so."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import Passage
from service.answering.broad import BroadAnswerer
from service.answering.broad.cues import PLAINLY_OPEN
from service.answering.extractive import ExtractiveAnswerer
from tests.service.answering.broad.test_broad import quoted, told
from tests.service.answering.making import passages

_WANTED = """The weavers of Brunn walked out of the mill on Monday. \
The Weavers' League wants a rise of 12 per cent, 30 free days and a new canteen. \
The mill's owner, Ines Falk, called that a dream. \
The sides are far apart on the free days. \
In the yard the dyers sang, and Falk shut the windows. \
What is not: the canteen, the lockers, the dust."""
_AGREED = """The Weavers' League and the mill of Brunn agreed on Thursday on a rise of 8 per cent. \
The rise will be paid from May, according to the draft agreement, seen by the Post. \
There will be 26 free days. The league had asked for 30. \
“We kept the days and lost the soup,” said Ole Brandt, the league's secretary. \
A canteen is to be built within two years. \
It rained in Brunn, and the river rose."""
_APPROVED = """The mill's board approved the agreement with the Weavers' League by seven votes to two. \
Former director Jon Sand left the room before the vote. \
The weavers of Brunn go back to the mill on Monday."""
CORPUS = (
    told("Brunn Post", "2032-03-01", "Weavers walk out", _WANTED),
    told("Brunn Post", "2032-03-11", "Mill and weavers agree", _AGREED),
    told("Radio Brunn", "2032-03-15", "Board backs mill agreement", _APPROVED),
)


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> BroadAnswerer:
    return BroadAnswerer(ExtractiveAnswerer(embedder, reader), reader)


@pytest.fixture(scope="module")
def found(embedder: Embedder) -> list[Passage]:
    return passages(embedder, "the weavers and the mill", *CORPUS)


@pytest.mark.parametrize(
    ("question", "wordings", "not_told"),
    [
        (
            "what did they agree in the end",
            ["rise of 8 per cent", "paid from May", "26 free days", "A canteen is to be built"],
            ["had asked for 30", "It rained", "soup"],
        ),
        (
            "compare what the weavers asked for and what they got",
            ["wants a rise of 12 per cent", "paid from May", "26 free days", "A canteen is to be built"],
            ["It rained"],
        ),
        (
            "what are the sticking points",
            ["far apart on the free days", "the lockers, the dust"],
            ["It rained"],
        ),
        ("latest on the mill", ["approved the agreement"], ["It rained"]),
    ],
)
def test_what_is_told(
    answerer: BroadAnswerer,
    found: list[Passage],
    question: str,
    wordings: list[str],
    not_told: list[str],
) -> None:
    said = "\n".join(map(quoted, answerer.answer(question, found, timings=Timings()).drafts))
    assert [wording for wording in wordings if wording not in said] == []
    assert [wording for wording in not_told if wording in said] == []


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("The sides are still far apart on rosters.", True),
        ("Both sides differ on who will pay.", True),
        ("The lease is still open, the mayor said.", True),
        ("What is not: the price, the pensions.", True),
        ("What is left to solve?", True),
        ("The parties agree on the price.", False),
        ("The shop is open on Sundays.", False),
        ("What is not clear is why.", False),
        ("They met far from the town.", False),
    ],
)
def test_what_says_that_it_is_open(text: str, is_open: bool) -> None:
    assert (PLAINLY_OPEN.search(text) is not None) is is_open


SWAP = told(
    "Kalno Herald",
    "2032-04-01",
    "Prisoners to be swapped",
    "Velmar and Kalno agreed on Monday to swap 90 prisoners. The buses left at dawn.",
)
GRAIN = told(
    "Velmar Times",
    "2032-04-20",
    "Grain accord signed",
    "Velmar and Kalno signed a grain accord on Tuesday. Under the accord, Velmar sends 200 barges a month. "
    "Kalno will pay in silver.",
)


@pytest.mark.parametrize("question", ["What was agreed?", "What have they agreed so far?"])
def test_what_an_earlier_article_tells_as_agreed_stays(
    answerer: BroadAnswerer, embedder: Embedder, question: str
) -> None:
    its = passages(embedder, "Velmar and Kalno", SWAP, GRAIN)
    said = "\n".join(map(quoted, answerer.answer(question, its, timings=Timings()).drafts))
    assert "agreed on Monday to swap 90 prisoners" in said
    assert "Velmar sends 200 barges a month" in said


BRIDGE = told(
    "Brunn Post",
    "2032-05-02",
    "Deal on the quarry road",
    "The quarry of Senn and the village signed an accord on Monday. Under the accord, lorries will stop at "
    "eight. The quarry pays for the school. A fence will be built by June. Dust is to be measured weekly. "
    "Nobody was hurt. Rain is expected until Friday. It is not settled who mends the bridge. "
    "The church will be painted.",
)
QUARREL = told(
    "Radio Brunn",
    "2032-04-20",
    "Village blocks the quarry road",
    "The village of Senn blocked the quarry road on Monday. It wants lorries to stop at seven.",
)


def test_terms_end_where_other_things_are_told(answerer: BroadAnswerer, embedder: Embedder) -> None:
    its = passages(embedder, "the quarry and the village", BRIDGE)
    said = "\n".join(map(quoted, answerer.answer("What was agreed?", its, timings=Timings()).drafts))
    for term in ("lorries will stop at eight", "A fence will be built", "measured weekly"):
        assert term in said
    for other in ("Nobody was hurt", "Rain is", "who mends the bridge", "church"):
        assert other not in said


def test_what_is_not_settled_is_open(answerer: BroadAnswerer, embedder: Embedder) -> None:
    its = passages(embedder, "the quarry and the village", QUARREL, BRIDGE)
    proposal = answerer.answer("what is still open", its, timings=Timings())
    said = "\n".join(map(quoted, proposal.drafts))
    assert "It is not settled who mends the bridge." in said
    assert "lorries will stop at eight" not in said
