"""Whether an answer names who said it."""

from typing import Any

import pytest

from evals.cases import Case, Evidence
from evals.scoring.answers import judge
from evals.scoring.attribution import Heard, attribution_accuracy, heard
from tests.evals.making import DOCUMENTS, LOSS, PAY, REOPENED, case, citation, claim, notice, result, said

MAYOR = said("Brandt", LOSS, to=("Radio Nord",))
LEADER = said("Okafor", PAY)
BOTH = (Evidence("port", LOSS), Evidence("strike", PAY))


def asked(*sayings: Any) -> Case:
    return case(said=sayings, evidence=BOTH, nuggets=())


def accuracy(text: str, *, of: Case | None = None, status: str = "answered", **known: Any) -> float | None:
    of = of or asked(MAYOR)
    given = result(of, claim(text, 1), status=status, citations=(citation(1, "port", LOSS, **known),))
    return attribution_accuracy(judge(of, given, DOCUMENTS), DOCUMENTS).value


def test_the_words_or_the_citation_may_name_the_speaker() -> None:
    assert accuracy(f"Ilse Brandt told Radio Nord: {LOSS}") == 1
    assert accuracy(LOSS, speaker="Mayor Ilse Brandt", to="Radio Nord") == 1
    assert accuracy(f"Brandt: {LOSS}", venue="on Radio Nord") == 1
    assert accuracy(f"Brandt told Radio Nord: {LOSS}", speaker="She") == 1


@pytest.mark.parametrize(
    "text", [LOSS, f"She said: {LOSS}", f"Brandt: {LOSS}", f"Someone told Radio Nord: {LOSS}"]
)
def test_speaker_and_listener_must_be_named(text: str) -> None:
    assert accuracy(text) == 0


def test_a_rival_spoils_it() -> None:
    assert accuracy(f"Brandt told Radio Nord: {LOSS}", speaker="Tom Okafor") == 0
    both = asked(MAYOR, LEADER)
    assert accuracy(f"Okafor, to Brandt on Radio Nord: {LOSS}", of=both) == 0
    assert accuracy(f"Brandt told Radio Nord: {LOSS}", of=both) == 1 / 2  # the other isn't reported


def test_a_rival_within_the_quotation_or_as_listener_is_none() -> None:
    line = DOCUMENTS["strike"].text[DOCUMENTS["strike"].text.index("Union") :]
    host = said("Nord", "not said in any article")
    both = case(said=(said("Union", PAY), said("Okafor", "no such words")), evidence=BOTH)
    given = result(both, claim(f"The Union: “{line}”", 1), citations=(citation(1, "strike", line),))
    assert attribution_accuracy(judge(both, given, DOCUMENTS), DOCUMENTS).value == 1 / 2
    assert accuracy(f"Brandt told Radio Nord: {LOSS}", of=asked(MAYOR, host)) == 1 / 2


def test_one_claim_may_report_two() -> None:
    of = asked(MAYOR, LEADER)
    text = f"Brandt told Radio Nord {LOSS}, and Okafor said that {PAY}."
    given = result(
        of,
        claim(text, 1, 2),
        citations=(citation(1, "port", LOSS), citation(2, "strike", PAY, speaker="Okafor")),
    )
    assert attribution_accuracy(judge(of, given, DOCUMENTS), DOCUMENTS).value == 1


def test_a_reported_speaker_is_no_rival_by_what_else_was_said() -> None:
    of = asked(MAYOR, LEADER, said("Okafor", "Dockers went on strike in April."))
    text = f"Brandt told Radio Nord {LOSS}, and Okafor said that {PAY}."
    given = result(of, claim(text, 1, 2), citations=(citation(1, "port", LOSS), citation(2, "strike", PAY)))
    assert attribution_accuracy(judge(of, given, DOCUMENTS), DOCUMENTS).value == 2 / 3


def test_what_another_citation_shows_is_not_reported() -> None:
    of = asked(MAYOR)
    given = result(of, claim("Brandt told Radio Nord so.", 1), citations=(citation(1, "port", REOPENED),))
    assert attribution_accuracy(judge(of, given, DOCUMENTS), DOCUMENTS).value == 0


def test_each_saying_tells_what_became_of_it() -> None:
    of = asked(MAYOR, said("Okafor", LOSS), LEADER)
    text = f"Brandt told Radio Nord, and Okafor agreed: {LOSS}"
    got = judge(
        of, result(of, claim(text, 1), citations=(citation(1, "port", LOSS, speaker="Brandt"),)), DOCUMENTS
    )
    found = [heard(got, said, DOCUMENTS) for said in of.said]
    assert found == [Heard.RIGHT, Heard.WRONG, Heard.UNREPORTED]


def test_without_words_the_evidence_stands_for_them() -> None:
    of = case(said=(said("Brandt", None),), evidence=BOTH)
    assert accuracy(f"Brandt: {LOSS}", of=of) == 1


def test_silence_and_cases_without_a_speaker_are_not_scored() -> None:
    of = asked(MAYOR)
    silent = result(of, notice("I can't tell."), status="abstained")
    assert attribution_accuracy(judge(of, silent, DOCUMENTS), DOCUMENTS).value is None
    assert accuracy(LOSS, of=case()) is None
