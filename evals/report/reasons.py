"""Why a case failed, in a sentence about that case."""

from collections.abc import Sequence

from evals.cases import Case
from evals.report.wording import counted
from evals.results import CaseResult
from evals.scoring.answers import Judged, is_fabricated_claim
