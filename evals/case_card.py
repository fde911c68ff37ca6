"""One case on the terminal, and what came out of it."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from evals.cases import Case, Document, Suite
from evals.report.reasons import why
from evals.results import CaseResult
from evals.scoring.answers import Judged, grounded, judge, stated
from evals.scoring.attribution import heard
from evals.scoring.failures import Failure
from evals.scoring.scores import score
from service.terminal import harmless


def _line(words: str = "", style: str = "") -> Styled:
    """Rich lets escape sequences of an article or a model through."""
    return Styled(harmless(words), style)


def of_case(suite: Suite, case: Case, results: Sequence[CaseResult]) -> RenderableType:
    """The case; with results, each with why it went right or wrong."""
    documents = {document.id: document for document in suite.documents}
    about = " · ".join(filter(None, (case.id, case.kind and case.kind.value, case.split.value)))
    lines = [_line(about, "dim"), *(_line(f"{turn.role}: {turn.text}", "dim") for turn in case.turns)]
    lines.append(_line(case.question, "bold"))
    if case.notes:
        lines.append(_line(case.notes, "dim"))
    if not results:
        lines += [_line(), *_gold(case)]
    for result in results:
        lines += [_line(), *_result(case, result, documents)]
    return Group(*lines)


def _gold(case: Case) -> Iterator[Styled]:
    if not case.answerable:
        yield _line("The articles don't answer it.")
    for nugget in case.nuggets:
        yield _line(f"  fact: {nugget.text}{'' if nugget.vital else ' (okay, not vital)'}")
    for piece in case.evidence:
        yield _line(f"  gold: {piece.doc_id}: {piece.quote or 'the whole article'}")
    for words in case.forbidden:
        yield _line(f"  must not be said: {words}")


def _result(case: Case, result: CaseResult, documents: Mapping[str, Document]) -> Iterator[Styled]:
    scores, judged = score(case, result, documents), judge(case, result, documents)
    right = scores.failure is Failure.FINE
    yield _line(
        f"{'✓' if right else '✗'} {scores.failure.value}: {why(judged, scores)}", "green" if right else "red"
    )
    if result.standalone_question != result.question:
        yield _line(f"asked as: {result.standalone_question}", "dim")
    yield _line()
    for statement in result.statements:
        marks = "".join(f" [{id_}]" for id_ in statement.citations)
        yield _line(f"{statement.text}{marks}")
    for citation in result.citations:
        where = f"{citation.doc_id} {citation.start}-{citation.end}"
        match = "matches gold" if judged.cited[citation.id] else "no gold" if citation.exact else "INEXACT"
        told = "an article that is not in this suite" if citation.elsewhere else f"{where}, {match}"
        yield _line(f"  [{citation.id}] {told}", "dim")
    yield _line()
    yield from _found(judged, documents)


def _found(judged: Judged, documents: Mapping[str, Document]) -> Iterator[Styled]:
    for nugget in judged.case.nuggets:
        how = "grounded" if grounded(judged, nugget) else "stated" if stated(judged, nugget) else "missed"
        yield _line(f"  {how}: {nugget.text}{'' if nugget.vital else ' (okay, not vital)'}")
    for said in judged.case.said:
        words = f"{', '.join(said.speaker[:1])}: {said.quote or 'what is gold'}"
        yield _line(f"  {heard(judged, said, documents)}: {words}")
    for index, piece in enumerate(judged.case.evidence):
        how = "cited" if index in judged.matched else "not cited"
        yield _line(f"  {how}: {piece.doc_id}: {piece.quote or 'the whole article'}")
