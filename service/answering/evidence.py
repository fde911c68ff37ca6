"""From what a model stated to a draft: its words are looked for in the passage they are said to be from.

Only passages that were retrieved have a key, so a quotation can come from no other article. What is made
here is a proposal still; service/answering/verify.py decides.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from retrieval.article import Span
from service.answering.answer import Draft, DraftPart, Kind
from service.answering.locate import locate
from service.answering.passage import Passage
from service.answering.streamed import Evidence, Stated

NO_SUCH_PASSAGE = "no_such_passage"
NOT_IN_PASSAGE = "quote_not_in_passage"
NO_EVIDENCE = "uncited"


def keyed(passages: Sequence[Passage]) -> dict[str, Passage]:
    """P1, P2, ... in order."""
    return {f"P{number}": passage for number, passage in enumerate(passages, start=1)}


def drafted(stated: Stated, passages: Mapping[str, Passage], refused: Counter[str]) -> Draft | None:
    """The statement with the quotations that were found; None where there is none.

    `refused` counts by reason what was not found. The statement's text stands in the first part; further
    quotations follow in parts without text.
    """
    found = [part for each in stated.evidence if (part := _found(each, passages, refused))]
    if not found:
        refused[NO_EVIDENCE] += 1
        return None
    told = [DraftPart(stated.text if at == 0 else "", p.quote, check=p.check) for at, p in enumerate(found)]
    return Draft(Kind.PARAPHRASE, tuple(told))


def _found(evidence: Evidence, passages: Mapping[str, Passage], refused: Counter[str]) -> DraftPart | None:
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
    return DraftPart(evidence.words, passage.quote(span), check=place.check)
