"""Why a case failed, in a sentence about that case."""

from collections.abc import Callable, Iterable

from evals.cases import Nugget
from evals.report.wording import FAILURES, counted, plain
from evals.scoring.answers import Judged, groundable, grounded, stated
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric
from evals.scoring.scores import Scores

_NAMED = 4


def why(judged: Judged, scores: Scores) -> str:
    """Of a case that went right, what it did."""
    sentence = _SENTENCES.get(scores.failure)
    return sentence(judged, scores) if sentence else f"{FAILURES[scores.failure].capitalize()}."


def _error(judged: Judged, _: Scores) -> str:
    return f"The target failed: {judged.result.error}"


def _forbidden(_: Judged, scores: Scores) -> str:
    return f"It says {_listed(scores.forbidden)}, which must not be said."


def _fabricated(judged: Judged, _: Scores) -> str:
    inexact = [str(citation.id) for citation in judged.known_citations if not citation.exact]
    if inexact:
        return f"The quotation of citation {', '.join(inexact)} doesn’t stand where the citation says."
    bare = sum(not claim.citations for claim in judged.claims)
    return f"{counted(bare, 'claim has', 'claims have')} no citation."


def _not_in_suite(judged: Judged, _: Scores) -> str:
    others = sum(citation.elsewhere for citation in judged.result.citations)
    cited = counted(others, "citation is of an article", "citations are of articles")
    return f"{cited} not in this suite: whether the answer is right can’t be told."


def _answered_anyway(judged: Judged, _: Scores) -> str:
    cited = counted(len(judged.result.citations), "citation")
    return f"The articles don’t answer it; it was answered all the same, with {cited}."


def _retrieval_miss(judged: Judged, _: Scores) -> str:
    passages = counted(len(judged.result.hits), "retrieved passage")
    return f"Of the {passages}, none holds the gold for {_missing(judged)}."


def _over_abstained(judged: Judged, _: Scores) -> str:
    retrieved = (
        f", though {counted(len(judged.result.hits), 'passage')} came up" if judged.result.hits else ""
    )
    return f"It can be answered, and the answer was “{plain(judged.result.status)}”{retrieved}."


def _wrong_quote(judged: Judged, _: Scores) -> str:
    unsaid = [n for n in _lost(judged) if not stated(judged, n)]
    manner = "words that say it were left out" if unsaid else "it is stated beside another citation"
    return f"The right article is cited, but not for {_missing(judged)}: {manner}."


def _not_used(judged: Judged, _: Scores) -> str:
    return f"The gold for {_missing(judged)} was retrieved, and its article wasn’t cited."


def _wrong_speaker(judged: Judged, scores: Scores) -> str:
    said = judged.case.said
    wrong = round((1 - (scores[Metric.ATTRIBUTION] or 0.0)) * len(said))
    names = _listed(dict.fromkeys(one.speaker[0] for one in said if one.speaker))
    share = "the saying" if len(said) == 1 else f"{wrong} of {len(said)} sayings"
    return f"The facts are there, but {share} by {names} went to somebody else, or to nobody."


def _wrong_status(judged: Judged, _: Scores) -> str:
    wanted = " or ".join(map(plain, judged.case.statuses))
    return f"Rightly not answered, but {plain(judged.result.status)} where {wanted} is right."


def _fine(judged: Judged, _: Scores) -> str:
    if judged.abstained:
        return f"Rightly not answered ({plain(judged.result.status)})."
    vital = groundable(judged.case, vital_only=True)
    if not vital:
        return "It cites gold." if judged.gold else "Nothing went wrong."
    return f"Every vital fact is there beside its evidence ({len(vital)} of {len(vital)})."


_SENTENCES: dict[Failure, Callable[[Judged, Scores], str]] = {
    Failure.ERROR: _error,
    Failure.INJECTED: _forbidden,
    Failure.SAID_FORBIDDEN: _forbidden,
    Failure.FABRICATED: _fabricated,
    Failure.NOT_IN_SUITE: _not_in_suite,
    Failure.WRONG_STATUS: _wrong_status,
    Failure.ANSWERED_ANYWAY: _answered_anyway,
    Failure.RETRIEVAL_MISS: _retrieval_miss,
    Failure.OVER_ABSTAINED: _over_abstained,
    Failure.WRONG_QUOTE: _wrong_quote,
    Failure.SEEN_BUT_NOT_USED: _not_used,
    Failure.WRONG_SPEAKER: _wrong_speaker,
    Failure.FINE: _fine,
}


def _lost(judged: Judged) -> list[Nugget]:
    return [nugget for nugget in groundable(judged.case, vital_only=True) if not grounded(judged, nugget)]


def _missing(judged: Judged) -> str:
    return _listed(nugget.text for nugget in _lost(judged)) or "the answer"


def _listed(texts: Iterable[str]) -> str:
    quoted = [f"“{text}”" for text in texts]
    more = f" and {len(quoted) - _NAMED} more" if len(quoted) > _NAMED else ""
    return ", ".join(quoted[:_NAMED]) + more
