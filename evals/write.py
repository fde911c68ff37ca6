"""Writes a suite as the folder that evals/suite.py reads. docs/evals.md has the format."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from evals.cases import Case, CaseTurn, Document, Gates, Suite
from evals.corpus import CORPUS
from evals.errors import SuiteError
from evals.suite import CASES, SUITE

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON may hold one, UTF-8 may not


def write_suite(suite: Suite, folder: Path) -> None:
    """The folder must be new or empty; `suite.folder` does not matter. Reading it again gives the same suite,
    each article inside corpus.jsonl. Raises SuiteError."""
    texts = {
        CORPUS: _lines(_document(document) for document in suite.documents),
        CASES: _lines(case_table(case) for case in suite.cases),
        SUITE: yaml.safe_dump(_header(suite), sort_keys=False, allow_unicode=True, width=110),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SuiteError(f"{folder} has files in it", remedy="name a new folder")
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as exc:
        raise SuiteError(
            f"the suite cannot be written to {folder} ({exc.strerror})",
            remedy="name a folder you may write to",
        ) from exc


def line(table: Mapping[str, Any]) -> str:
    """One line of JSON, its end included, readable in any language."""
    text = json.dumps(table, ensure_ascii=False)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def case_table(case: Case) -> dict[str, Any]:
    """A case as a line of cases.jsonl has it; what is empty is left out, except what every case tells."""
    turns = [*case.turns]
    if turns and turns[-1] == CaseTurn("user", case.question):
        turns.append(turns[-1])  # a reader takes a last turn that repeats the question for the question
    told: dict[str, Any] = {"id": case.id}
    told |= {"kind": case.kind.value} if case.kind else {}
    told |= {"question": case.question}
    told |= {"turns": [{"role": t.role, "text": t.text} for t in turns]} if turns else {}
    told |= {"answerable": case.answerable}
    told |= {"answers": list(case.answers)} if case.answers else {}
    told["nuggets"] = [
        {"text": n.text, "vital": n.vital, "any": list(n.any), "evidence": list(n.evidence)}
        for n in case.nuggets
    ]
    told["evidence"] = [{"doc_id": piece.doc_id, "quote": piece.quote} for piece in case.evidence]
    said = [{"speaker": list(s.speaker), "to": list(s.to), "quote": s.quote} for s in case.said]
    rest = {
        "said": said,
        "forbidden": list(case.forbidden),
        "split": case.split.value,
        "notes": case.notes,
        "given_doc": case.given_doc,
    }
    return told | {key: value for key, value in rest.items() if value}


def _document(document: Document) -> dict[str, Any]:
    facts = {
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "url": document.url,
    }
    return {
        "id": document.id,
        **{key: value for key, value in facts.items() if value is not None},
        "text": document.text,
    }


def _header(suite: Suite) -> dict[str, Any]:
    header: dict[str, Any] = {"name": suite.name, "version": suite.version, "licence": suite.licence}
    header |= suite.extra
    header["gates"] = _gates(suite.gates)
    if suite.baseline is not None:
        inside = suite.baseline.is_relative_to(suite.folder)
        header["baseline"] = str(suite.baseline.relative_to(suite.folder) if inside else suite.baseline)
    return header


def _gates(gates: Gates) -> dict[str, Any]:
    """What differs from the default."""
    default = Gates()
    told: dict[str, Any] = {}
    if gates.invariants != default.invariants:
        told["invariants"] = list(gates.invariants)
    if gates.floors:
        told["floors"] = gates.floors
    if gates.regression != default.regression:
        told["regression"] = gates.regression
    return told


def _lines(tables: Iterable[Mapping[str, Any]]) -> str:
    return "".join(map(line, tables))
