"""From what a model stated to a draft: its words are looked for in the passage they are said to be from.

Only passages that were retrieved have a key, so a quotation can come from no other article. It is made
whole sentences: "the deal is dead" is no quotation of "it is false that the deal is dead". What is made here
is a proposal still; service/answering/verified/verify.py decides.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.article import Quote, Span
from service.answering import Draft, DraftPart, Passage, StatementKind
from service.answering.extractive import Cited
from service.answering.extractive import draft as standing_alone
from service.answering.generative.streamed import Evidence, Stated
from service.answering.said import said_in, said_of
from service.answering.verified import locate

NO_SUCH_PASSAGE = "no_such_passage"
NOT_IN_PASSAGE = "quote_not_in_passage"
NO_EVIDENCE = "uncited"
TOO_LONG = "too_long"
_MOST_EVIDENCE = 6  # of one statement
_MOST_SENTENCES = 3  # of one quotation
_LONGEST = 600  # code points of a statement


def keyed(passages: Sequence[Passage]) -> dict[str, Passage]:
    """P1, P2, ... in order."""
    return {f"P{number}": passage for number, passage in enumerate(passages, start=1)}


def drafted(stated: Stated, passages: Mapping[str, Passage], refused: Counter[str]) -> Draft | None:
    """The statement with the quotations that were found; None where there is none.

    `refused` counts by reason what was not found. The statement's text stands in the first part; further
    quotations follow in parts without text.
    """
    if len(stated.text) > _LONGEST:
        refused[TOO_LONG] += 1
        return None
    cited = stated.evidence[:_MOST_EVIDENCE]
    found = [part for each in cited if (part := located(each, passages, refused))]
    if not found:
        refused[NO_EVIDENCE] += 1
        return None
    told = [replace(part, text="" if at else stated.text) for at, part in enumerate(found)]
    return Draft(StatementKind.PARAPHRASE, tuple(told))


def located(evidence: Evidence, passages: Mapping[str, Passage], refused: Counter[str]) -> DraftPart | None:
    """The sentences that the words stand in, with who said it."""
    passage = passages.get(evidence.passage)
    if passage is None:
        refused[NO_SUCH_PASSAGE] += 1
        return None
    chunk = passage.hit.chunk
    # Of words that the passage has twice the first place is taken: both say the same.
    place = locate(evidence.words, passage.article.text[chunk.start : chunk.end], near=0)
    if place is None:
        refused[NOT_IN_PASSAGE] += 1
        return None
    span = Span(chunk.start + place.span.start, chunk.start + place.span.end)
    touched = [s for s in chunk.sentences if s.start < span.end and span.start < s.end]
    if len(touched) > _MOST_SENTENCES:
        refused[TOO_LONG] += 1
        return None
    whole = Span(touched[0].start, touched[-1].end) if touched else span
    quote = passage.quote(whole)
    return DraftPart(evidence.words, quote, said_of(quote, passage.article.text), place.check)


def standing_in(quote: Quote, passage: Passage) -> tuple[Draft, ...]:
    """A quotation as the extractive answer would tell it: with its speaker, or the sentence that it leans on.
    Several sentences stay one quotation where one lead-in holds for all."""
    inside = [s for s in passage.hit.chunk.sentences if quote.start <= s.start and s.end <= quote.end]
    said = said_in(passage)
    alone = [standing_alone(Cited(passage, sentence, said.get(sentence))) for sentence in inside]
    leads = {draft.parts[:-1] for draft in alone}
    if len(leads) == 1 and len(alone) > 1 and all(part.quote is None for part in alone[0].parts[:-1]):
        speakers = {draft.parts[-1].said for draft in alone}
        told = DraftPart(quote.text, quote, speakers.pop() if len(speakers) == 1 else None)
        return (Draft(StatementKind.QUOTE, (*alone[0].parts[:-1], told)),)
    return tuple(alone)
