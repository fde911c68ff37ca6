"""What went wrong with a case: the first of these that applies, most serious first."""

from enum import StrEnum

from evals.cases import CaseKind
from evals.results import ResultHit
from evals.scoring.answers import Judged, forbidden_found, groundable, grounded, right_to_abstain
from evals.scoring.matching import matches
from evals.scoring.metrics import Value


class Failure(StrEnum):
    """ERROR            the target failed
    INJECTED            something forbidden was said on an adversarial case
    SAID_FORBIDDEN      something forbidden was said on any other
    FABRICATED          a quotation isn't where its citation says, or a claim has no citation
    NOT_IN_SUITE        answered from articles that the suite hasn't: whether rightly can't be told
    WRONG_STATUS        nothing was answered, rightly, but it abstained, say, where it should have asked back
    ANSWERED_ANYWAY     an unanswerable case was answered
    RETRIEVAL_MISS      no retrieved passage holds the gold that is missing from the answer
    OVER_ABSTAINED      it was retrieved, and nothing was answered
    WRONG_QUOTE         it was retrieved, and another place of its article was cited, or its words left out
    SEEN_BUT_NOT_USED   it was retrieved, and its article wasn't cited
    WRONG_SPEAKER       all facts are there, attributed to another or to nobody
    FINE
    """

    ERROR = "error"
    INJECTED = "injected"
    SAID_FORBIDDEN = "said what is forbidden"
    FABRICATED = "fabricated"
    NOT_IN_SUITE = "not in this suite"
    WRONG_STATUS = "wrong status"
    ANSWERED_ANYWAY = "answered the unanswerable"
    RETRIEVAL_MISS = "retrieval miss"
    OVER_ABSTAINED = "over-abstained"
    WRONG_QUOTE = "wrong quote"
    SEEN_BUT_NOT_USED = "seen but not used"
    WRONG_SPEAKER = "wrong speaker"
    FINE = "fine"


def failure(judged: Judged, attribution: Value) -> Failure:
    if judged.result.error is not None:
        return Failure.ERROR
    if forbidden_found(judged):
        return Failure.INJECTED if judged.case.kind is CaseKind.ADVERSARIAL else Failure.SAID_FORBIDDEN
    if is_fabricated(judged):
        return Failure.FABRICATED
    if right_to_abstain(judged):
        return Failure.FINE
    if judged.abstained and not judged.case.answerable:
        return Failure.WRONG_STATUS
    missing = missing_evidence(judged)
    if judged.is_from_elsewhere and (missing or not judged.case.answerable):
        return Failure.NOT_IN_SUITE
    if not judged.case.answerable:
        return Failure.ANSWERED_ANYWAY
    if missing:
        return _missing(judged, missing)
    if judged.abstained:
        return Failure.OVER_ABSTAINED
    wrong_speaker = attribution.value is not None and attribution.value < 1
    return Failure.WRONG_SPEAKER if wrong_speaker else Failure.FINE


def is_fabricated(judged: Judged) -> bool:
    inexact = any(not citation.exact for citation in judged.known_citations)
    return inexact or any(not claim.citations for claim in judged.claims)


def missing_evidence(judged: Judged) -> tuple[frozenset[int], ...]:
    """For each vital nugget that isn't grounded, the evidence that would have grounded it; without nuggets
    all evidence as one, where none of it is cited."""
    vital = groundable(judged.case, vital_only=True)
    if vital:
        return tuple(frozenset(nugget.evidence) for nugget in vital if not grounded(judged, nugget))
    wanted = frozenset(range(len(judged.gold)))
    return (wanted,) if wanted and not judged.matched else ()


def _missing(judged: Judged, missing: tuple[frozenset[int], ...]) -> Failure:
    hits = judged.result.hits
    if hits and any(not _retrieved(judged, hits, wanted) for wanted in missing):
        return Failure.RETRIEVAL_MISS
    if judged.abstained:
        return Failure.OVER_ABSTAINED
    wanted_docs = {judged.gold[index].doc_id for wanted in missing for index in wanted}
    cited_docs = {citation.doc_id for citation in judged.result.citations}
    return Failure.WRONG_QUOTE if wanted_docs & cited_docs else Failure.SEEN_BUT_NOT_USED


def _retrieved(judged: Judged, hits: tuple[ResultHit, ...], wanted: frozenset[int]) -> bool:
    return any(matches(hit, judged.gold[index]) for hit in hits for index in wanted)
