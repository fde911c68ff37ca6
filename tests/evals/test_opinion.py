"""How far a judge agrees with the gold, by hand."""

from pathlib import Path

import pytest

from evals.cases import Case, Gates, Suite
from evals.judge import Judgement, Support
from evals.opinion import kappa, opinion
from evals.results import CaseResult, Usage
from evals.spending import Prices
from tests.evals.making import DOCUMENTS, LOSS, REOPENED, case, citation, claim, result, right, unanswerable


def suite(*cases: Case) -> Suite:
    return Suite("harbour", "1", "CC0", Path("harbour"), tuple(DOCUMENTS.values()), cases, Gates(), None)


def thought(case_id: str, statement: int, support: Support) -> Judgement:
    return Judgement(case_id, 0, statement, support, "", "strict", 1, "f" * 64, "d", Usage(1, 100, 10))


def answers() -> tuple[Suite, list[CaseResult]]:
    """c1 has two claims, both with gold; c2 one beside the gold; c3 can't be answered."""
    off, never = case(id="c2"), unanswerable(id="c3")
    beside = result(off, claim("A loss.", 1), citations=(citation(1, "port", LOSS),))
    anyway = result(never, claim("It reopened.", 1), citations=(citation(1, "port", REOPENED),))
    return suite(case(), off, never), [right(case()), beside, anyway]


def test_agreement_is_over_the_claims_of_cases_with_gold() -> None:
    of, results = answers()
    judgements = [
        thought("c1", 0, Support.FULL),  # and gold: agreed
        thought("c1", 1, Support.PARTIAL),  # yet gold
        thought("c2", 0, Support.NONE),  # and no gold: agreed
        thought("c3", 0, Support.FULL),  # there is no gold to compare with
    ]
    found = opinion(of, results, judgements, Prices(10, 100))
    assert found is not None
    assert found.support == {Support.FULL: 2, Support.PARTIAL: 1, Support.NONE: 1}
    assert found.full is not None
    assert found.full.value == 0.5
    assert found.compared == 3
    assert found.agreement == pytest.approx(2 / 3)
    assert found.kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert found.usage == Usage(4, 400, 40)
    assert found.cost == pytest.approx(400 * 10 / 1e6 + 40 * 100 / 1e6)
    assert (found.model, found.prompt, found.prompt_hash) == ("strict", "judge", "f" * 64)


def test_what_cannot_be_read_is_counted_and_compared_with_nothing() -> None:
    of, results = answers()
    found = opinion(of, results, [thought("c1", 0, Support.UNREADABLE)], None)
    assert found is not None
    assert (found.support, found.full, found.compared) == ({Support.UNREADABLE: 1}, None, 0)
    assert found.agreement is found.kappa is found.cost is None


def test_nobody_asked_has_no_opinion() -> None:
    assert opinion(*answers(), [], None) is None


def test_kappa_is_what_is_left_beyond_chance() -> None:
    """35 of 50 agree, where chance has 25 do so: 10 of the 25 that were left."""
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([(True, True)] * 3) is None
    assert kappa([]) is None
