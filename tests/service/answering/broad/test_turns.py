"""How talks went, told by what says that they turned and that an offer changed."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import Passage
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer
from tests.service.answering.broad.test_broad import quoted, told
from tests.service.answering.making import passages

_FIRST = """The bus drivers of Orle and the city met for the first talks on pay on Monday. \
The drivers' union wants nine per cent; the city offers two. \
Lena Farkas, for the drivers' union, said that drivers and the city of Orle talked about pay and buses."""
_SECOND = """Two hundred drivers of Orle marched in the rain, and the city's buses stood still. \
The second round of talks broke off on Wednesday after an hour. \
Lena Farkas, the union's president, called the city's offer a joke."""
_THIRD = """The mayor of Orle spoke to drivers and to the city's council about buses and pay for an hour. \
The city raised its offer from two to four per cent, and the union dropped its demand for a free day. \
Drivers and the city want to go on, the mayor said. \
Talks resumed on Friday in the depot."""
_SEEN = (
    *("the bakery with drums", "a flooded quarry", "eleven empty kiosks", "the tannery's gate"),
    *("a school choir", "the old brewery", "two stray goats", "the shuttered cinema"),
    *("a row of poplars", "the fire station", "nine parked tractors", "the swimming bath"),
)
CORPUS = (
    told("Orle Post", "2033-02-07", "First talks on pay", _FIRST),
    told("Radio Orle", "2033-02-09", "Drivers march", _SECOND),
    told("Orle Post", "2033-02-11", "The mayor speaks", _THIRD),
)


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, reader: Reader) -> BroadAnswerer:
    return BroadAnswerer(ExtractiveAnswerer(embedder, reader), reader)


@pytest.fixture(scope="module")
def found(embedder: Embedder) -> list[Passage]:
    return passages(embedder, "the drivers", *CORPUS)


def told_of(answerer: BroadAnswerer, found: list[Passage], question: str) -> list[str]:
    return [quoted(draft) for draft in answerer.answer(question, found, timings=Timings()).drafts]


def test_what_changed_in_an_offer_is_every_change_of_it(
    answerer: BroadAnswerer, found: list[Passage]
) -> None:
    lines = told_of(answerer, found, "What has changed in the city's offer?")
    assert any("the city offers two" in line for line in lines)
    assert any("raised its offer from two to four" in line for line in lines)


def test_a_timeline_tells_where_the_talks_turned(answerer: BroadAnswerer, embedder: Embedder) -> None:
    turns = {
        3: "The talks between the drivers of Orle and the city broke off after an hour.",
        8: "The talks between the drivers of Orle and the city resumed in the depot.",
    }
    days = [
        told(
            "Orle Post",
            f"2033-03-{day:02}",
            f"Day {day}",
            f"The drivers of Orle marched past {seen}. " + turns.get(day, "It rained on the square."),
        )
        for day, seen in enumerate(_SEEN, start=1)
    ]
    lines = told_of(answerer, passages(embedder, "the drivers", *days), "Timeline")
    assert set(turns.values()) <= set(lines)
