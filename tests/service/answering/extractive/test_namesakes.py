from types import SimpleNamespace
from typing import cast

import pytest

from retrieval.embed import Embedder
from service.answering.asked import read_question
from service.answering.extractive.namesakes import names_somebody, of_one_bearer
from service.answering.extractive.scoring import Candidate
from service.answering.said import Cast, said_in
from tests.service.answering.making import article, passages

PILOTS = (
    "Vera Lindqvist, the guild's treasurer, said the pilots would not wait. Tomas Lindqvist, who runs the"
    " port, said the ships could wait. “The quay is ours,” Vera Lindqvist said."
)
MAYORS = (
    "Ruta Kalnins resigned as mayor on Friday. Andris Kalnins, the harbour doctor, resigned in spring. Mayor"
    " Ruta Kalnins said that Andris Kalnins had been missed."
)
DOCTORS = (
    "Samuel Adeyemi will leave the clinic in June. “He may leave,” spokeswoman Grace Adeyemi told reporters."
    " “I will leave in July,” Grace Adeyemi said."
)
DORNS = "William Dorn signed the lease on Monday. “It is a long lease,” Bill Dorn told us. The quay is old."


def left(embedder: Embedder, question: str, text: str) -> list[str]:
    """The likeliest is the sentence that stands first."""
    asks, one = read_question(question), article(text)
    order = [
        SimpleNamespace(passage=p, sentence=s, text=text[s.start : s.end], said=said_in(p).get(s))
        for p in passages(embedder, question, one)
        for s in p.hit.chunk.sentences
    ]
    found = cast("list[Candidate]", sorted(order, key=lambda c: c.sentence.start))
    assert names_somebody(asks, found)
    return [c.text for c in of_one_bearer(asks, found, [Cast(one)])]


@pytest.mark.parametrize(
    ("question", "text", "gone"),
    [
        ("What did Tomas Lindqvist say?", PILOTS, ["Vera", "“The quay"]),
        ("When did Mayor Kalnins resign?", MAYORS, ["Andris"]),
        ("When did Andris Kalnins resign?", MAYORS, ["Ruta"]),
        ("When will Samuel Adeyemi leave?", DOCTORS, ["“I will"]),
        ("When did Bill Dorn sign the lease?", DORNS.replace("William", "Karl"), ["Karl"]),
    ],
)
def test_what_is_asked_of_one_isnt_answered_with_a_namesake(
    embedder: Embedder, question: str, text: str, gone: list[str]
) -> None:
    found = left(embedder, question, text)
    assert found
    assert not [one for one in found if one.startswith(tuple(gone))]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Vera Lindqvist and Tomas Lindqvist agree to wait?", PILOTS),
        ("What did the guild's treasurer of Lindqvist say?", PILOTS.replace("Tomas Lindqvist", "Tomas Berg")),
        ("What did Lindqvist say?", PILOTS.replace("Tomas Lindqvist", "V. Lindqvist")),
        ("When did Ruta resign?", MAYORS),
        ("what did lindqvist say about the wait", PILOTS),  # either may be meant
        ("What did Mr Lindqvist say about the wait?", PILOTS),
        ("What did Mr Lindqvist say to Vera Lindqvist?", PILOTS),
        ("What did Lindqvist say to Vera?", PILOTS),
        ("When did Mrs Kalnins resign?", MAYORS),
        ("When did Bill Dorn sign the lease?", DORNS),
        ("When did William Dorn sign the lease?", DORNS),
    ],
)
def test_all_where_both_may_be_meant_or_one_bears_the_name(
    embedder: Embedder, question: str, text: str
) -> None:
    assert len(left(embedder, question, text)) == 3


def test_who_tells_of_a_namesake_is_heard(embedder: Embedder) -> None:
    found = left(embedder, "Will Samuel Adeyemi leave?", DOCTORS)
    assert [one for one in found if one.startswith("“He may")]
