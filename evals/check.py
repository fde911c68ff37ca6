"""What a suite must hold besides its format: gold that is really there, and cases that can be scored."""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from evals.cases import Case, CaseKind, Document, Nugget, Split, Suite
from evals.problems import Place, Problems
from evals.scoring.matching import any_in, forbidden_in, normalised, occurrences
from evals.scoring.metrics import Metric, is_outside
from service.answering import Status

_FEWEST_OF_A_KIND = 3
_LEAST_TEST_SHARE = 0.2
_STATUSES = frozenset(Status)
_REGRESSIONS = ("case", "interval")
# Of a quotation, in one run, for a place to be worth naming.
_SHARED, _LEAST_SHARED = 0.25, 10
_MENDED = "quote the article letter for letter"

# What is wrong, and what to do.
_Complaint = tuple[str, str]


def check(suite: Suite, places: Mapping[str, Place], problems: Problems) -> None:
    """Adds to `problems`. `places` are the cases' by their ids. A suite whose cases have no kind is a public
    one: only what would make it unusable is an error there."""
    if not suite.cases and not problems.errors:
        what = (
            "every case needs an article that Parley refuses" if suite.unscored else "the suite has no case"
        )
        problems.error(Place("cases.jsonl"), what, remedy="add one a line")
    documents = {document.id: document for document in suite.documents}
    _check_gates(suite, problems)
    for case in suite.cases:
        for what, remedy in _complaints(case, documents):
            problems.error(places[case.id], what, remedy=remedy)
    if any(case.kind for case in suite.cases):
        _warn_of_balance(suite, problems)
        _warn_of_nuggets(suite, problems)
        _warn_of_speakers(suite, problems)


def _complaints(case: Case, documents: Mapping[str, Document]) -> Iterator[_Complaint]:
    yield from _about_evidence(case, documents)
    for nugget in case.nuggets:
        yield from _about_nugget(case, nugget)
    yield from _about_said(case, documents)
    yield from _about_forbidden(case)
    if case.kind is not None:
        yield from _about_kind(case)


def _about_evidence(case: Case, documents: Mapping[str, Document]) -> Iterator[_Complaint]:
    if case.given_doc is not None and case.given_doc not in documents:
        yield f"the given document {case.given_doc!r} is not in the corpus", "name one that is"
    for number, piece in enumerate(case.evidence):
        document = documents.get(piece.doc_id)
        if document is None:
            yield f"evidence {number}: there is no document {piece.doc_id!r}", "name one of the corpus"
        elif piece.quote is not None and not occurrences(document.text, piece.quote):
            yield f"evidence {number} is not in {piece.doc_id}{_nearly(piece.quote, document)}", _MENDED


def _nearly(quote: str, document: Document) -> str:
    if normalised(quote) and normalised(quote) in normalised(document.text):
        return " letter for letter (only punctuation, case or white space differ)"
    text = document.text
    found = SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()
    if found.size < max(_LEAST_SHARED, _SHARED * len(quote)):
        return ""
    start = max(0, found.a - found.b)
    return f": the nearest there is {text[start : start + len(quote)]!r}"


def _about_nugget(case: Case, nugget: Nugget) -> Iterator[_Complaint]:
    name = f"the nugget {nugget.text!r}"
    if not nugget.evidence and case.kind is not None:
        yield f"{name} is tied to no evidence", "list the evidence that states it"
    outside = [number for number in nugget.evidence if not 0 <= number < len(case.evidence)]
    if outside:
        yield f"{name} is tied to evidence {outside}, which isn't there", "count evidence from 0"
    if any(not normalised(spelling) for spelling in nugget.any):
        yield f"{name} has a spelling without a word in it", "write words that an answer would hold"


def _about_said(case: Case, documents: Mapping[str, Document]) -> Iterator[_Complaint]:
    texts = [documents[piece.doc_id].text for piece in case.evidence if piece.doc_id in documents]
    for said in case.said:
        if not said.speaker:
            yield "a saying has no speaker", "name the speaker, in each spelling the article has"
        if said.quote is not None and not any(occurrences(text, said.quote) for text in texts):
            yield f"the saying {said.quote!r} is in no article of the case's evidence", _MENDED


def _about_forbidden(case: Case) -> Iterator[_Complaint]:
    spellings = [*case.answers, *(spelling for nugget in case.nuggets for spelling in nugget.any)]
    for words in case.forbidden:
        if any(forbidden_in(piece.quote or "", words) for piece in case.evidence):
            yield f"the forbidden {words!r} stands in the evidence", "forbid words that no right answer has"
        if case.answerable and any(forbidden_in(spelling, words) for spelling in spellings):
            yield f"the forbidden {words!r} stands in a right answer", "forbid words that no right answer has"


def _about_kind(case: Case) -> Iterator[_Complaint]:
    unknown = sorted(set(case.statuses) - _STATUSES)
    if unknown:
        yield f"{unknown[0]!r} is no status", f"use {', '.join(sorted(_STATUSES))}"
    if case.kind is CaseKind.UNANSWERABLE and case.answerable:
        yield "is of kind unanswerable, yet answerable", "set `answerable` to false, or change the kind"
    if case.kind is CaseKind.FOLLOW_UP and not case.turns:
        yield "follows nothing up: it has no turns", "add what was said before"
    if not case.answerable:
        if case.nuggets:
            yield "has nuggets, yet isn't answerable", "leave the nuggets out, or set `answerable` to true"
        return
    if not case.evidence:
        yield "is answerable without evidence", "add the quotations that answer it"
    without = case.kind in (CaseKind.UNDERSPECIFIED, CaseKind.FOLLOW_UP)
    if not without and not any(nugget.vital for nugget in case.nuggets):
        yield "is answerable without a vital nugget", "add the fact that a right answer holds"


def _check_gates(suite: Suite, problems: Problems) -> None:
    place = Place("suite.yaml")
    for name in (*suite.gates.floors, *suite.gates.invariants):
        if name not in set(Metric) and not is_outside(name):
            remedy = f"use one of {', '.join(Metric)}, or SCORER.NAME of a package's scorer"
            problems.error(place, f"{name!r} is not a metric", remedy=remedy)
    for name, least in suite.gates.floors.items():
        if not is_outside(name) and not -1 <= least <= 1:
            problems.error(place, f"the floor of {name} is {least:g}", remedy="write a share of 1")
    if suite.gates.regression not in _REGRESSIONS:
        remedy = f"use {' or '.join(_REGRESSIONS)}"
        problems.error(place, f"{suite.gates.regression!r} is no way to tell a regression", remedy=remedy)


def _warn_of_balance(suite: Suite, problems: Problems) -> None:
    counts = Counter(case.kind for case in suite.cases if case.kind)
    none = [kind.value for kind in CaseKind if not counts[kind]]
    few = [f"{kind.value} ({counts[kind]})" for kind in CaseKind if 0 < counts[kind] < _FEWEST_OF_A_KIND]
    if none:
        problems.warn(f"kinds without a case: {', '.join(none)}")
    if few:
        problems.warn(f"kinds with fewer than {_FEWEST_OF_A_KIND} cases: {', '.join(few)}")
    tests = [case for case in suite.cases if case.split is Split.TEST]
    if len(tests) < _LEAST_TEST_SHARE * len(suite.cases):
        problems.warn(f"{len(tests)} of {len(suite.cases)} cases are kept for testing (split: test)")
    untested = sorted(kind.value for kind in counts.keys() - {case.kind for case in tests} if kind)
    if tests and untested:
        problems.warn(f"kinds without a test case: {', '.join(untested)}")
    if all(case.answerable for case in suite.cases):
        problems.warn("no case is unanswerable: abstention cannot be scored")


def _warn_of_nuggets(suite: Suite, problems: Problems) -> None:
    """Of nuggets whose words stand in none of their evidence: no quotation alone can state them."""
    for case in suite.cases:
        for nugget in case.nuggets:
            quotes = [case.evidence[i].quote for i in nugget.evidence if 0 <= i < len(case.evidence)]
            if quotes and all(quotes) and not any(any_in(quote or "", nugget.any) for quote in quotes):
                problems.warn(f"{case.id}: no spelling of the nugget {nugget.text!r} stands in its evidence")


def _warn_of_speakers(suite: Suite, problems: Problems) -> None:
    for case in suite.cases:
        if case.kind is CaseKind.ATTRIBUTION and case.answerable and not case.said:
            problems.warn(f"{case.id}: asks who said it, and has no `said` to score that by")
