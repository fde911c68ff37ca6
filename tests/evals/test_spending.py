"""Tokens and what they cost."""

from dataclasses import replace

import pytest

from evals.results import Usage
from evals.spending import Prices, spending
from tests.evals.making import case, right


def test_tokens_are_counted_and_cost_what_the_user_says() -> None:
    results = [
        replace(right(case()), usage=Usage(1, 1_000, 50), dropped={"names": 1}),
        replace(right(case()), usage=Usage(2, 3_000, 150), dropped={"names": 1, "numbers": 2}),
        right(case()),
    ]
    found = spending(results, Prices(read=2.0, written=10.0))
    assert found is not None
    assert (found.answers, found.uncounted, found.usage) == (2, 0, Usage(3, 4_000, 200))
    assert found.cost == pytest.approx(4_000 * 2 / 1e6 + 200 * 10 / 1e6)
    assert found.per_answer == Usage(2, 2_000, 100)
    assert found.dropped == {"names": 2, "numbers": 2}


def test_without_prices_nothing_has_a_cost() -> None:
    found = spending([replace(right(case()), usage=Usage(1, 10, 5))], None)
    assert found is not None
    assert found.cost is None


def test_what_the_endpoint_did_not_count_is_told_apart() -> None:
    usages = [Usage(1, 10, 5), Usage(1, 0, 0), Usage(0, 0, 0)]
    found = spending([replace(right(case()), usage=usage) for usage in usages], None)
    assert found is not None
    assert (found.answers, found.uncounted) == (3, 1)


def test_answers_that_a_model_kept_from_are_counted() -> None:
    results = [replace(right(case()), degraded=code) for code in ("model_timeout", None, "model_timeout")]
    found = spending(results, Prices(1, 1))
    assert found is not None
    assert (found.degraded, found.cost) == ({"model_timeout": 2}, None)


def test_where_no_model_answers_nothing_is_spent() -> None:
    assert spending([replace(right(case()), dropped={"names": 1})], Prices(1, 1)) is None
