from collections.abc import Mapping

from evals.cases import Case
from evals.results import CaseResult
from evals.scoring.metrics import Value, scored, unscored


def score(case: Case, result: CaseResult) -> Mapping[str, Value]:
    """How much of what is claimed fits into 40 words."""
    claims = [statement.text for statement in result.statements if statement.kind != "notice"]
    if not claims:
        return {"in_40_words": unscored("nothing is claimed")}
    return {"in_40_words": scored(min(1.0, 40 / len(" ".join(claims).split())))}
