"""What a case opens to: plain data, which report.js turns into text on the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Document, GoldSaid, Nugget
from evals.judge import Judgement
from evals.report import marking, models, wording
from evals.results import ResultCitation, ResultHit, ResultStatement
from evals.scoring.answers import Judged, grounded, stated
from evals.scoring.attribution import Heard, heard
from evals.scoring.matching import matched
from evals.scoring.metrics import Metric, is_outside, ordered
from evals.scoring.scores import Scores
from retrieval.article import Span

WHOLE_BELOW = 8_000  # characters of an article that a small run shows whole
MANY_CASES = 150  # from here on articles are always cut, and fewer passages are listed
_HITS, _FEW_HITS = 20, 10
_FIRST_WORDS, _TITLE = 110, 40


def body(
    judged: Sequence[Judged],
    scores: Sequence[Scores],
    documents: Mapping[str, Document],
    *,
    opinions: Sequence[Judgement] = (),
    large: bool,
) -> dict[str, Any]:
    """Of one case: `judged` and `scores` are its trials, `opinions` a judge's of any of them."""
    case = judged[0].case
    return {
        "turns": [[turn.role, turn.text] for turn in case.turns],
        "answerable": case.answerable,
        "answers": list(case.answers),
        "notes": case.notes,
        "trials": [
            _trial(j, s, documents, opinions=opinions, large=large)
            for j, s in zip(judged, scores, strict=True)
        ],
    }


def _trial(
    judged: Judged,
    scores: Scores,
    documents: Mapping[str, Document],
    *,
    opinions: Sequence[Judgement],
    large: bool,
) -> dict[str, Any]:
    result = judged.result
    rewritten = result.standalone_question != result.question
    return {
        "trial": result.trial,
        "standalone": result.standalone_question if rewritten else "",
        "status": wording.plain(result.status),
        "confidence": wording.short(result.confidence) if result.confidence is not None else "",
        "error": result.error or "",
        "text": "" if result.statements else result.text,
        "statements": [_statement(s, result.citations) for s in result.statements],
        "model": models.of_case(result),
        "opinions": [
            [one.statement + 1, one.support.value, one.why] for one in opinions if one.trial == result.trial
        ],
        "citations": [_citation(c, judged, scores, documents) for c in result.citations],
        "nuggets": [_nugget(nugget, judged) for nugget in judged.case.nuggets],
        "said": [_said(said, heard(judged, said, documents)) for said in judged.case.said],
        "forbidden": [[words, words in scores.forbidden] for words in judged.case.forbidden],
        "sources": _sources(judged, documents, whole_below=0 if large else WHOLE_BELOW),
        "hits": [_hit(h, judged, documents) for h in result.hits[: _FEW_HITS if large else _HITS]],
        "retrieved": len(result.hits),
        "timings": [[stage, wording.milliseconds(ms)] for stage, ms in result.timings.items()],
        "values": _values(scores),
    }


def _statement(statement: ResultStatement, citations: Sequence[ResultCitation]) -> dict[str, Any]:
    quotes = [c.quote for c in citations if c.id in statement.citations and c.quote]
    return {
        "kind": statement.kind,
        "parts": _parts(statement.text, sorted(quotes, key=len, reverse=True)),
        "citations": list(statement.citations),
    }


def _parts(text: str, quotes: Sequence[str]) -> list[list[Any]]:
    """[words, whether they are the article's]: words are, where a cited quotation stands in the text."""
    for number, quote in enumerate(quotes):
        at = text.find(quote)
        if at >= 0:
            rest = quotes[number + 1 :]
            before, after = text[:at], text[at + len(quote) :]
            return [*_parts(before, rest), [quote, True], *_parts(after, rest)]
    return [[text, False]] if text else []


def _citation(
    citation: ResultCitation, judged: Judged, scores: Scores, documents: Mapping[str, Document]
) -> dict[str, Any]:
    who = {"speaker": citation.speaker, "to": citation.to, "venue": citation.venue}
    return {
        "id": citation.id,
        "source": _title(citation.doc_id, documents),
        "place": f"{citation.start:,} to {citation.end:,}",
        "quote": citation.quote,
        "said": [[role, name] for role, name in who.items() if name],
        "standing": _standing(citation, judged, scores),
    }


def _standing(citation: ResultCitation, judged: Judged, scores: Scores) -> str:
    """elsewhere, inexact, gold, review (exact, but no gold), or plain where the case has no gold to match."""
    if citation.elsewhere:
        return "elsewhere"
    if not citation.exact:
        return "inexact"
    if judged.cited[citation.id]:
        return "gold"
    return "review" if citation.id in scores.review else "plain"


def _nugget(nugget: Nugget, judged: Judged) -> dict[str, Any]:
    found = "grounded" if grounded(judged, nugget) else "stated" if stated(judged, nugget) else "missed"
    return {"text": nugget.text, "vital": nugget.vital, "found": found}


def _said(said: GoldSaid, found: Heard) -> dict[str, Any]:
    return {
        "speaker": said.speaker[0] if said.speaker else "",
        "to": said.to[0] if said.to else "",
        "quote": said.quote or "",
        "found": found.value,
        "right": found is Heard.RIGHT,
    }


def _sources(judged: Judged, documents: Mapping[str, Document], *, whole_below: int) -> list[dict[str, Any]]:
    """The articles that are cited or hold gold, cited ones first."""
    ids = [citation.doc_id for citation in judged.result.citations if citation.doc_id is not None]
    ids += [piece.doc_id for piece in judged.gold]
    return [
        _source(documents[id_], judged, whole_below=whole_below)
        for id_ in dict.fromkeys(ids)
        if id_ in documents
    ]


def _source(document: Document, judged: Judged, *, whole_below: int) -> dict[str, Any]:
    cited = {
        c.id: Span(c.start, c.end) for c in judged.result.citations if c.exact and c.doc_id == document.id
    }
    pieces = [piece for piece in judged.gold if piece.doc_id == document.id]
    gold = [span for piece in pieces for span in piece.spans]
    shown = marking.windows(document.text, cited, gold, whole_below=whole_below)
    return {
        "title": document.title or document.id,
        "about": [f for f in (document.source, document.published, document.title and document.id) if f],
        "whole_is_gold": any(not piece.spans for piece in pieces),
        "length": len(document.text),
        "windows": [
            {
                "start": window.start,
                "end": window.end,
                "runs": [[run.text, list(run.cited), run.gold] for run in window.runs],
            }
            for window in shown
        ],
    }


def _hit(hit: ResultHit, judged: Judged, documents: Mapping[str, Document]) -> list[Any]:
    document = documents.get(hit.doc_id)
    text = document.text[hit.start : hit.end] if document else ""
    words = " ".join(text.split())
    scores = [wording.figure(score) for score in (hit.dense, hit.lexical, hit.fused)]
    return [
        _cut(_title(hit.doc_id, documents), _TITLE),
        *scores,
        bool(matched(hit, judged.gold)),
        _cut(words, _FIRST_WORDS),
    ]


def _values(scores: Scores) -> list[list[str]]:
    """What the case is scored on, and why on nothing else."""
    return [
        [wording.metric(metric).label, wording.short(value.value) if value.value is not None else value.why]
        for metric in ordered(scores.values)
        for value in (scores.values[metric],)
        if value.value is not None or metric == Metric.GROUNDED_NUGGET_RECALL or is_outside(metric)
    ]


def _title(doc_id: str | None, documents: Mapping[str, Document]) -> str:
    if doc_id is None:
        return "an article that is not in the suite"
    document = documents.get(doc_id)
    return (document.title or document.id) if document else doc_id


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
