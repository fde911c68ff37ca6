"""An answer of Parley's, as it is on the wire, becomes a case's result."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from evals.cases import Case, Document
from evals.results import CaseResult, ResultCitation, ResultHit, ResultStatement, Usage

_HIT = ("start", "end", "dense", "lexical", "fused")


def result_of(
    case: Case,
    trial: int,
    answer: Mapping[str, Any],
    documents: Mapping[str, Document],
    *,
    others: Collection[str] = (),
) -> CaseResult:
    """`documents` by the ids of their articles; `others` are ids of articles that the target has besides.
    Raises KeyError or TypeError for what is no answer."""
    known = answer["diagnostics"]
    return replace(
        unasked(case, trial),
        standalone_question=answer["standalone_question"],
        status=answer["status"],
        text=answer["text"],
        statements=tuple(
            ResultStatement(s["text"], s["kind"], tuple(s["citations"])) for s in answer["statements"]
        ),
        citations=tuple(
            _citation(c, documents, others) for c in answer["citations"] if not c.get("withdrawn")
        ),
        hits=tuple(
            ResultHit(documents[hit["article_id"]].id, *(hit[name] for name in _HIT))
            for hit in known.get("hits") or ()
            if hit["article_id"] in documents
        ),
        timings=answer["timings"],
        degraded=known.get("degraded"),
        dropped=known.get("dropped") or {},
        conflicts=tuple(tuple(conflict["citations"]) for conflict in answer.get("conflicts") or ()),
        usage=_spent(known.get("tokens")),
    )


def unasked(case: Case, trial: int) -> CaseResult:
    """What is the case's own of a result."""
    return CaseResult(case.id, case.kind, case.split, trial, case.question, case.question, status="", text="")


def failed(case: Case, trial: int, why: str) -> CaseResult:
    return replace(unasked(case, trial), status="error", error=why)


def _citation(
    cited: Mapping[str, Any], documents: Mapping[str, Document], others: Collection[str]
) -> ResultCitation:
    quote, said = cited["quote"], cited["said"] or {}
    document = documents.get(cited["article"]["id"])
    made = result_citation(
        cited["id"], document, start=quote["start"], end=quote["end"], quote=quote["text"], said=said
    )
    return replace(made, elsewhere=document is None and cited["article"]["id"] in others)


def result_citation(
    number: int,
    document: Document | None,
    *,
    start: int,
    end: int,
    quote: str,
    said: Mapping[str, str | None],
) -> ResultCitation:
    """Exact is decided here, against the suite's own text, whatever the target claims."""
    return ResultCitation(
        id=number,
        doc_id=None if document is None else document.id,
        start=start,
        end=end,
        quote=quote,
        exact=document is not None and 0 <= start < end and document.text[start:end] == quote,
        speaker=said.get("speaker"),
        to=said.get("to"),
        venue=said.get("venue"),
    )


def _spent(tokens: Mapping[str, int] | None) -> Usage | None:
    return None if tokens is None else Usage(tokens["requests"], tokens["prompt"], tokens["completion"])
