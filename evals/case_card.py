"""One case on the terminal, and what came out of it."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from evals.cases import Case, Document, Suite
from evals.report.reasons import why
from evals.results import CaseResult
from evals.scoring.answers import Judged, grounded, judge, stated
from evals.scoring.attribution import heard
from evals.scoring.failures import Failure
from evals.scoring.scores import score


def of_case(suite: Suite, case: Case, results: Sequence[CaseResult]) -> RenderableType:
    """The case; with results, each with why it went right or wrong."""
    documents = {document.id: document for document in suite.documents}
    about = " · ".join(filter(None, (case.id, case.kind and case.kind.value, case.split.value)))
    lines = [Text(about, "dim"), *(Text(f"{turn.role}: {turn.text}", "dim") for turn in case.turns)]
    lines.append(Text(case.question, "bold"))
    if case.notes:
        lines.append(Text(case.notes, "dim"))
    if not results:
        lines += [Text(), *_gold(case)]
    for result in results:
        lines += [Text(), *_result(case, result, documents)]
    return Group(*lines)


def _gold(case: Case) -> Iterator[Text]:
    if not case.answerable:
        yield Text("The articles don't answer it.")
    for nugget in case.nuggets:
        yield Text(f"  fact: {nugget.text}{'' if nugget.vital else ' (okay, not vital)'}")
    for piece in case.evidence:
        yield Text(f"  gold: {piece.doc_id}: {piece.quote or 'the whole article'}")
    for words in case.forbidden:
        yield Text(f"  must not be said: {words}")


def _result(case: Case, result: CaseResult, documents: Mapping[str, Document]) -> Iterator[Text]:
    scores, judged = score(case, result, documents), judge(case, result, documents)
    right = scores.failure is Failure.FINE
    yield Text(
        f"{'✓' if right else '✗'} {scores.failure.value}: {why(judged, scores)}", "green" if right else "red"
    )
    if result.standalone_question != result.question:
        yield Text(f"asked as: {result.standalone_question}", "dim")
    yield Text()
    for statement in result.statements:
        marks = "".join(f" [{id_}]" for id_ in statement.citations)
        yield Text(f"{statement.text}{marks}")
    for citation in result.citations:
        match = "matches gold" if judged.cited[citation.id] else "no gold" if citation.exact else "INEXACT"
        yield Text(f"  [{citation.id}] {citation.doc_id} {citation.start}-{citation.end}, {match}", "dim")
    yield Text()
    yield from _found(judged, documents)


def _found(judged: Judged, documents: Mapping[str, Document]) -> Iterator[Text]:
    for nugget in judged.case.nuggets:
        how = "grounded" if grounded(judged, nugget) else "stated" if stated(judged, nugget) else "missed"
        yield Text(f"  {how}: {nugget.text}{'' if nugget.vital else ' (okay, not vital)'}")
    for said in judged.case.said:
        words = f"{', '.join(said.speaker[:1])}: {said.quote or 'what is gold'}"
        yield Text(f"  {heard(judged, said, documents)}: {words}")
    for index, piece in enumerate(judged.case.evidence):
        how = "cited" if index in judged.matched else "not cited"
        yield Text(f"  {how}: {piece.doc_id}: {piece.quote or 'the whole article'}")
