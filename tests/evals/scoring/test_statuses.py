"""A case that wants one way of not answering."""

from dataclasses import replace

from evals.scoring.failures import Failure
from evals.scoring.scores import score
from tests.evals.making import DOCUMENTS, notice, result, unanswerable

ASKS_BACK = replace(unanswerable(), statuses=("clarification",))


def test_asking_back_is_right_where_it_is_wanted_and_abstaining_is_not() -> None:
    which = notice("Which do you mean?")
    for status, expected in (("clarification", Failure.FINE), ("abstained", Failure.WRONG_STATUS)):
        found = score(ASKS_BACK, result(ASKS_BACK, which, status=status), DOCUMENTS)
        assert found.failure is expected
