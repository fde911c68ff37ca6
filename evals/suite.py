"""Reads a suite folder. docs/evals.md has the format."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from evals.case_lines import read_case
from evals.case_table import TABLE, read_table
from evals.cases import Case, Document, Gates, Suite
from evals.check import check
from evals.corpus import Corpus, read_corpus
from evals.errors import SuiteError
from evals.fields import Fields, read_lines
from evals.left_out import leave_out, remarks
from evals.problems import Place, Problems
from evals.scoring.matching import occurrences
from evals.scoring.metrics import Metric
from evals.scoring.scores import scorable

SUITE, CASES = "suite.yaml", "cases.jsonl"
_DESCRIPTIVE = frozenset({"origin", "note", "notes", "description", "cases", "language"})


@dataclass(frozen=True, slots=True)
class Loaded:
    suite: Suite
    warnings: tuple[str, ...]


def load(folder: Path) -> Loaded:
    """The suite in a folder, checked. Raises SuiteError, which lists what is wrong, up to twenty at once."""
    problems = Problems()
    header = _header(folder, problems)
    corpus = read_corpus(folder, header.tables("articles"), problems)
    lines, is_external, unused = _cases(folder, corpus, problems)
    cases = tuple(lines.values())
    if is_external:
        cases = _documents_for_lost_quotes(cases, corpus.documents, problems)
        _warn_of_unused(unused, problems)
    whole = _suite(folder, header, tuple(corpus.documents.values()), cases, is_external, problems)
    suite = leave_out(whole, corpus.refused)
    problems.warnings += remarks(suite)
    check(suite, dict(zip((case.id for case in cases), lines, strict=True)), problems)
    problems.raise_any(str(folder))
    return Loaded(suite, tuple(problems.warnings))


def usable(suite: Suite) -> dict[Metric, int]:
    """How many cases hold what each metric needs."""
    counts = Counter(metric for case in suite.cases for metric in scorable(case))
    return {metric: counts[metric] for metric in Metric}


def _header(folder: Path, problems: Problems) -> Fields:
    path, found = folder / SUITE, None
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SuiteError(
            f"{path} cannot be read ({error.strerror})", remedy="name a folder that holds a suite"
        ) from error
    except UnicodeDecodeError as error:
        problems.error(Place(SUITE), f"is not UTF-8 at byte {error.start}", remedy="save it as UTF-8")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
        problems.error(Place(SUITE, mark.line + 1 if mark else None), what, remedy="mend that line")
    else:
        if not isinstance(found, dict):
            problems.error(Place(SUITE), "is not a table", remedy="begin with `name:`")
    table = {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}
    return Fields(table, Place(SUITE), problems)


def _cases(folder: Path, corpus: Corpus, problems: Problems) -> tuple[dict[Place, Case], bool, Counter[str]]:
    """The cases by their places, whether the set is a public one (no case has a kind), and the fields that
    nobody read."""
    lines: dict[Place, Case] = {}
    unused: Counter[str] = Counter()
    without_kind: list[Place] = []
    taken: set[str] = set()
    for fields in _rows(folder, corpus, problems):
        case = read_case(fields, corpus, problems)
        unused.update(fields.unread().keys())
        if "kind" not in fields:
            without_kind.append(fields.place)
        if case.id in taken:
            problems.error(fields.place, "the id is taken", remedy="give each case its own id")
            continue
        taken.add(case.id)
        lines[fields.place] = case
    is_external = len(without_kind) >= len(lines)
    for place in () if is_external else without_kind:
        problems.error(place, "has no kind, as others have", remedy="add `kind`; docs/evals.md lists them")
    return lines, is_external, unused


def _rows(folder: Path, corpus: Corpus, problems: Problems) -> Iterator[Fields]:
    table = folder / TABLE
    if table.exists():
        yield from read_table(table, corpus.documents, problems)
    if not table.exists() or (folder / CASES).exists():
        yield from read_lines(folder / CASES, problems)


def _suite(
    folder: Path,
    header: Fields,
    documents: tuple[Document, ...],
    cases: tuple[Case, ...],
    is_external: bool,
    problems: Problems,
) -> Suite:
    baseline = header.text("baseline")
    suite = Suite(
        name=header.text("name", required=True) or folder.name,
        version=header.text("version", required=not is_external) or "unversioned",
        licence=header.text("licence") or header.text("license") or "",
        folder=folder,
        documents=documents,
        cases=cases,
        gates=_gates(header.table("gates"), problems, given="gates" in header),
        baseline=folder / baseline if baseline else None,
        extra=_extra(header, is_external, problems),
    )
    if not suite.licence:
        problems.warn("suite.yaml names no licence")
    return suite


def _extra(header: Fields, is_external: bool, problems: Problems) -> dict[str, Any]:
    extra = header.unread()
    for key in extra if not is_external else ():
        if key not in _DESCRIPTIVE:
            problems.error(
                header.place, f"has an unknown field {key!r}", remedy=f"put it under `notes`, or mend {key!r}"
            )
    return extra


def _gates(fields: Fields, problems: Problems, *, given: bool) -> Gates:
    default = Gates()
    floors: dict[str, float] = {}
    for name, least in fields.table("floors").items():
        if isinstance(least, bool) or not isinstance(least, (int, float)):
            problems.error(fields.place, f"the floor of {name!r} is not a number", remedy="write one, as 0.9")
        else:
            floors[str(name)] = float(least)
    gates = Gates(
        floors=floors,
        invariants=fields.texts("invariants") if "invariants" in fields else default.invariants,
        regression=fields.text("regression") or default.regression,
        given=given,
    )
    fields.refuse_unread("gates")
    return gates


def _documents_for_lost_quotes(
    cases: tuple[Case, ...], documents: Mapping[str, Document], problems: Problems
) -> tuple[Case, ...]:
    """A public set's quotation that isn't in its article letter for letter becomes gold at the level of the
    document."""
    lost: list[str] = []
    mended: list[Case] = []
    for case in cases:
        evidence = []
        for piece in case.evidence:
            document = documents.get(piece.doc_id)
            is_lost = piece.quote and document and not occurrences(document.text, piece.quote)
            lost += [case.id] if is_lost else []
            evidence.append(replace(piece, quote=None) if is_lost else piece)
        mended.append(replace(case, evidence=tuple(evidence)))
    if lost:
        where = f"{len(set(lost))} cases, {lost[0]} the first"
        problems.warn(
            f"{len(lost)} quotations are not in their article (in {where}): gold is the article there"
        )
    return tuple(mended)


def _warn_of_unused(unused: Counter[str], problems: Problems) -> None:
    if unused:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(unused.items()))
        problems.warn(f"fields of cases that were not used: {names}")
