"""`parley evals add`: an answer that was given, or found fault with, becomes the draft of a case."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from evals.cases import Case, CaseKind, CaseTurn, Evidence, Suite
from evals.commands import find_suite
from evals.errors import SuiteError, TargetUnreachable
from evals.fields import read_lines
from evals.problems import Problems
from evals.scoring.matching import occurrences
from evals.suite import CASES, load
from evals.write import case_table, line
from retrieval.database import Database
from retrieval.errors import DataDirectoryError
from retrieval.lock import DataDirectoryLock, holder_of
from retrieval.postgres import postgres_url
from service.answers import AnswerStore
from service.config import Settings, read_settings
from service.conversation import TurnText
from service.desk import through_service
from service.errors import AnswerNotFound, ServiceRefused, ServiceUnreachable
from service.feedback import FeedbackStore
from service.wire import AnswerOut, CitationOut, WithdrawnOut

DRAFTS = "drafts.jsonl"
_RECORD = "record.sqlite"
_MOST_TURNS = 1000


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer and what was said before it; None where that isn't known. `remarks` are its readers'."""

    answer: AnswerOut
    turns: tuple[CaseTurn, ...] | None
    remarks: tuple[str, ...] = ()


def add_from_answer(suite: str, answer_id: str, *, settings: Settings | None = None) -> str:
    """Appends the draft to the suite's drafts.jsonl, which no run reads, and says what to do next. Raises
    SuiteError, and TargetUnreachable where the record can't be read."""
    found = load(find_suite(suite)).suite
    case_id = f"draft-{answer_id}"
    for name in (DRAFTS, CASES):
        if case_id in _ids(found.folder / name):
            return f"{answer_id} is in {found.folder / name} already, as {case_id}"
    given = _given(settings or read_settings(), answer_id)
    case, missing = _draft(found, given, case_id)
    _append(found.folder / DRAFTS, line(case_table(case)))
    return "\n".join(
        [
            f"{found.folder / DRAFTS}: drafted {case_id}, citing {_counted(len(case.evidence))}",
            *(f"  {words}" for words in missing),
            "  Give it a telling id, its right kind, the evidence that a right answer quotes and the nuggets",
            f"  that it holds, move its line to {CASES}, and run `parley evals check {suite}`.",
        ]
    )


def add_from_feedback(suite: str, *, settings: Settings | None = None) -> str:
    """A draft of each answer that got a thumb down and isn't drafted yet, with what was said against it.
    Read from the record, also while a service runs, which tells nobody of other people's feedback. Raises as
    `add_from_answer`."""
    found = load(find_suite(suite)).suite
    known = _ids(found.folder / DRAFTS) | _ids(found.folder / CASES)
    try:
        with _opened(settings or read_settings()) as database:
            given = list(_faulted(database))
    except DataDirectoryError as exc:
        raise TargetUnreachable(exc.message, remedy=exc.remedy) from exc
    new = [each for each in given if f"draft-{each.answer.id}" not in known]
    for each in new:
        case, _ = _draft(found, each, f"draft-{each.answer.id}")
        _append(found.folder / DRAFTS, line(case_table(case)))
    return (
        f"{found.folder / DRAFTS}: drafted {len(new)} of {len(given)} answers with a thumb down\n"
        f"  What people asked stands in them as they wrote it: look it over before you share the suite.\n"
        f"  Complete each as its notes say, and move its line to {CASES}."
    )


def _faulted(database: Database) -> Iterator[_Given]:
    """The answers that somebody found fault with, the earliest first."""
    answers, remarks = AnswerStore(database), dict[tuple[str, str], list[str]]()
    for said in FeedbackStore(database).unfavourable():
        reason = ": ".join(filter(None, (said.reason, said.comment)))
        remarks.setdefault((said.answer_id, said.principal), []).append(reason or "no reason given")
    for (answer_id, principal), words in remarks.items():
        with suppress(AnswerNotFound):  # its conversation was deleted
            answer = answers.get(answer_id, principal=principal)
            turns = answers.turns(answer.conversation_id, principal=principal, most=_MOST_TURNS)
            yield _Given(answer, _before(answer, turns), tuple(words))


def _given(settings: Settings, answer_id: str) -> _Given:
    """From the running service, if one holds the data directory, else from the record itself."""
    holder = holder_of(settings.data_dir) if settings.shared_record is None else None
    try:
        if holder is not None and holder.url is not None:
            with through_service(holder.url, settings) as desk:
                return _Given(desk.answer(answer_id), None)
        return _recorded(settings, answer_id)
    except (AnswerNotFound, ServiceRefused) as exc:
        raise SuiteError(f"the answer {answer_id} was not found: {exc.message}", remedy=exc.remedy) from exc
    except (DataDirectoryError, ServiceUnreachable) as exc:
        raise TargetUnreachable(exc.message, remedy=exc.remedy) from exc


def _recorded(settings: Settings, answer_id: str) -> _Given:
    with _opened(settings) as database:
        answers = AnswerStore(database)
        answer = answers.get(answer_id)
        return _Given(answer, _before(answer, answers.turns(answer.conversation_id, most=_MOST_TURNS)))


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    """No model is loaded, and nothing is created where there is no record."""
    if settings.shared_record is not None:
        with closing(Database(postgres_url(settings.shared_record), beside=True)) as database:
            yield database
        return
    data_dir = settings.data_dir
    if not (data_dir / _RECORD).is_file():
        raise SuiteError(
            f"{data_dir} holds no record of answers", remedy="set PARLEY_DATA_DIR to Parley's own"
        )
    held = holder_of(data_dir) is not None
    lock = None if held else DataDirectoryLock(data_dir, command="parley evals add")
    try:
        url = sa.URL.create("sqlite", database=str(data_dir / _RECORD))
        with closing(Database(url, beside=held)) as database:
            yield database
    finally:
        if lock is not None:
            lock.release()


def _before(answer: AnswerOut, turns: Sequence[TurnText]) -> tuple[CaseTurn, ...]:
    """The turns of the conversation up to this question."""
    this = [TurnText("user", answer.question), TurnText("assistant", answer.text)]
    starts = (at for at in range(0, len(turns), 2) if list(turns[at : at + 2]) == this)
    return tuple(CaseTurn(turn.role, turn.text) for turn in turns[: next(starts, 0)])


def _draft(suite: Suite, given: _Given, case_id: str) -> tuple[Case, list[str]]:
    """The case, and what is missing from it."""
    answer, turns = given.answer, given.turns or ()
    by_hash = {hashlib.sha256(d.text.encode("utf-8", "replace")).hexdigest(): d for d in suite.documents}
    evidence: dict[Evidence, None] = {}
    missing: dict[str, None] = {}
    for citation in answer.citations:
        if isinstance(citation, WithdrawnOut):
            missing["a citation was withdrawn"] = None
            continue
        document = by_hash.get(citation.article.sha256)
        if document is None or not occurrences(document.text, citation.quote.text):
            missing[f"not in the suite's corpus: {_told(citation)}"] = None
        else:
            evidence[Evidence(document.id, citation.quote.text)] = None
    if not turns and (given.turns is None or answer.standalone_question != answer.question):
        searched = f"it was searched for as {answer.standalone_question!r}"
        missing[f"what was said before, if anything, is not known; {searched}"] = None
    answerable = answer.status != "abstained"
    against = [f"a reader said: {words}" for words in given.remarks]
    case = Case(
        id=case_id,
        kind=_kind(suite, answerable=answerable, follows=bool(turns)),
        question=answer.question,
        turns=turns,
        answerable=answerable,
        evidence=tuple(evidence),
        notes=". ".join([f"draft from {answer.id}: complete and move to {CASES}", *missing, *against]),
    )
    return case, list(missing)


def _kind(suite: Suite, *, answerable: bool, follows: bool) -> CaseKind | None:
    """A guess, for the author to mend; none in a suite whose cases have none."""
    if not any(case.kind for case in suite.cases):
        return None
    if not answerable:
        return CaseKind.UNANSWERABLE
    return CaseKind.FOLLOW_UP if follows else CaseKind.SINGLE_FACT


def _counted(quotations: int) -> str:
    return "1 quotation" if quotations == 1 else f"{quotations} quotations"


def _told(citation: CitationOut) -> str:
    article = citation.article
    return f"{article.title or 'an article without a title'} ({article.id}, version {article.version})"


def _ids(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    problems = Problems()
    found: list[Any] = [fields.text("id") for fields in read_lines(path, problems)]
    problems.raise_any(str(path))
    return frozenset(filter(None, found))


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a+b") as file:
            end = file.seek(0, 2)
            file.seek(max(0, end - 1))
            broken = file.read() not in {b"", b"\n"}
            file.write(("\n" if broken else "").encode() + text.encode())
    except OSError as exc:
        raise SuiteError(
            f"{path} cannot be written ({exc.strerror})", remedy="name a suite that you may write to"
        ) from exc
