"""Documents, cases and results to score, and suite folders to read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.cases import Case, Document, Evidence, GoldSaid, Nugget
from evals.results import CaseResult, ResultCitation, ResultHit, ResultStatement

PORT = "The port of Varn reopened on 3 May. Mayor Ilse Brandt told Radio Nord: “We lost 40 million crowns.”"
STRIKE = "Dockers went on strike in April. Union leader Tom Okafor said that pay had fallen by 1,200 crowns."
DOCUMENTS = {"port": Document("port", PORT), "strike": Document("strike", STRIKE)}
REOPENED = "The port of Varn reopened on 3 May."
LOSS = "“We lost 40 million crowns.”"
PAY = "pay had fallen by 1,200 crowns"


def case(**given: Any) -> Case:
    """Answerable from two articles, in two vital nuggets and an okay one."""
    defaults: dict[str, Any] = {
        "id": "c1",
        "question": "When did the port reopen, and how far had pay fallen?",
        "evidence": (Evidence("port", REOPENED), Evidence("strike", PAY)),
        "nuggets": (
            Nugget("3 May", True, ("3 May", "May 3"), (0,)),
            Nugget("1,200 crowns", True, ("1,200 crowns",), (1,)),
            Nugget("Varn", False, ("Varn",), (0,)),
        ),
    }
    return Case(**(defaults | given))


def unanswerable(**given: Any) -> Case:
    return case(**({"answerable": False, "nuggets": (), "evidence": ()} | given))


def said(speaker: str, quote: str | None, *, to: Sequence[str] = ()) -> GoldSaid:
    return GoldSaid((speaker,), tuple(to), quote)


def citation(number: int, doc_id: str, quote: str, **given: Any) -> ResultCitation:
    start = DOCUMENTS[doc_id].text.index(quote)
    return ResultCitation(number, doc_id, start, start + len(quote), quote, exact=True, **given)


def claim(text: str, *citations: int) -> ResultStatement:
    return ResultStatement(text, "quote", citations)


def notice(text: str) -> ResultStatement:
    return ResultStatement(text, "notice", ())


def hit(doc_id: str, start: int, end: int) -> ResultHit:
    return ResultHit(doc_id, start, end, None, None, 0.0)


def whole(doc_id: str) -> ResultHit:
    return hit(doc_id, 0, len(DOCUMENTS[doc_id].text))


def result(of: Case, *statements: ResultStatement, status: str = "answered", **given: Any) -> CaseResult:
    return CaseResult(
        of.id,
        of.kind,
        of.split,
        given.pop("trial", 0),
        of.question,
        of.question,
        status,
        given.pop("text", " ".join(statement.text for statement in statements)),
        statements,
        **given,
    )


def right(of: Case) -> CaseResult:
    """Both facts, each beside its own evidence."""
    return result(
        of,
        claim(REOPENED, 1),
        claim(f"Tom Okafor said that {PAY}.", 2),
        citations=(citation(1, "port", REOPENED), citation(2, "strike", PAY)),
        hits=(whole("port"), whole("strike")),
    )


def write_suite(
    folder: Path, cases: Sequence[object], corpus: Sequence[object] | None = None, **header: Any
) -> Path:
    """A suite folder over the two articles; a string stands for a line as it is."""
    folder.mkdir(exist_ok=True)
    known = {"name": "harbour", "version": "1", "licence": "CC0"} | header
    lines = corpus if corpus is not None else [{"id": d.id, "text": d.text} for d in DOCUMENTS.values()]
    (folder / "suite.yaml").write_text(json.dumps(known))  # YAML holds JSON
    for name, rows in (("cases.jsonl", cases), ("corpus.jsonl", lines)):
        text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def line(**given: Any) -> dict[str, Any]:
    """A case of our own format, as a line of cases.jsonl has it."""
    defaults: dict[str, Any] = {
        "id": "c1",
        "kind": "single_fact",
        "question": "When did the port reopen?",
        "answerable": True,
        "nuggets": [{"text": "3 May", "vital": True, "any": ["3 May"], "evidence": [0]}],
        "evidence": [{"doc_id": "port", "quote": REOPENED}],
        "split": "dev",
    }
    return {key: value for key, value in (defaults | given).items() if value is not ...}
