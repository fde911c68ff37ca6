"""A model's keys become quotations: whole sentences, of passages that it was shown."""

from collections import Counter
from dataclasses import replace

import pytest

from service.answering import Draft, Passage
from service.answering.generative.evidence import NO_EVIDENCE, NO_SUCH_PASSAGE, TOO_LONG, drafted, keyed
from service.answering.generative.streamed import Stated
from service.answering.verified.verify import stands
from tests.service.answering.generative.test_window import cut
from tests.service.answering.making import article

TEXT = "One left. “Two left,” she said. Three 😀 left. Four left. Five left.\n\nSix left."
SHOWN = keyed(cut(article(TEXT)))


def draft(*cites: str) -> tuple[Draft | None, Counter[str]]:
    refused = Counter[str]()
    return drafted(Stated("It.", cites), SHOWN, refused), +refused


def quotes(*cites: str) -> list[str]:
    made, _ = draft(*cites)
    assert made is not None
    assert "".join(part.text for part in made.parts) == "It."
    assert all(part.quote and stands(part.quote, lambda *_: TEXT) for part in made.parts)
    return [part.quote.text for part in made.parts if part.quote]


@pytest.mark.parametrize(
    ("cites", "quoted"),
    [
        (["P1.4"], ["Four left."]),
        (["P1.4", "P1.1"], ["Four left.", "One left."]),
        (["P1.5", "P1.4", "P1.5"], ["Four left. Five left."]),
        (["P1.5", "P1.1", "P1.4"], ["Four left. Five left.", "One left."]),
        (["P1.5", "P2.1"], ["Five left.", "Six left."]),
        (
            ["P1.1", "P1.2", "P1.3", "P1.4"],
            ["One left. “Two left,” she said. Three 😀 left.", "Four left."],
        ),
    ],
)
def test_neighbours_are_one_quotation_and_the_first_cited_comes_first(
    cites: list[str], quoted: list[str]
) -> None:
    assert quotes(*cites) == quoted


@pytest.mark.parametrize("key", ["P3.1", "P1.9", "P1", "1", "Four left.", "p1.4"])
def test_a_key_that_was_not_shown_is_refused_and_counted(key: str) -> None:
    assert draft(key) == (None, {NO_SUCH_PASSAGE: 1, NO_EVIDENCE: 1})
    assert quotes(key, "P1.4") == ["Four left."]
    assert draft(key, "P1.4")[1] == {NO_SUCH_PASSAGE: 1}


def test_what_is_too_long_to_be_one_fact_is_refused() -> None:
    refused = Counter[str]()
    assert drafted(Stated("All left. " * 61, ("P1.1",)), SHOWN, refused) is None
    assert +refused == {TOO_LONG: 1}


def test_sentences_of_several_speakers_are_several_quotations() -> None:
    text = "“It rained,” Ann Roe said. “It snowed,” Tom Doe said."
    refused = Counter[str]()
    made = drafted(Stated("It rained.", ("P1.1", "P1.2")), keyed(_with_neighbours(text)), refused)
    assert made is not None
    assert [part.said and part.said.speaker for part in made.parts] == ["Ann Roe", "Tom Doe"]


def _with_neighbours(text: str) -> list[Passage]:
    return [replace(p, around=p.hit.chunk.sentences) for p in cut(article(text))]
