"""The trust boundary: what an answerer proposes is served only as far as it stands in the articles.

Pure and deterministic. Fails closed: what cannot be shown to hold is dropped, and counted by reason.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.article import Quote
from service.answering.answer import Draft, DraftPart, Kind

# The text of a version of an article, or None where there is none that may be cited.
TextOf = Callable[[str, int], str | None]

NOT_IN_ARTICLE = "quote_not_in_article"
WORDS_DIFFER = "words_differ_from_quote"
UNCITED = "uncited"
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Verified:
    drafts: tuple[Draft, ...]
    dropped: dict[str, int]


def verify(drafts: Sequence[Draft], text_of: TextOf) -> Verified:
    """Keep the drafts of which every quotation stands, character for character, in its article."""
    kept, dropped = [], Counter[str]()
    for draft in drafts:
        reason = _fault(draft, text_of)
        if reason is None:
            kept.append(draft)
        else:
            dropped[reason] += 1
    return Verified(tuple(kept), dict(sorted(dropped.items())))


def _fault(draft: Draft, text_of: TextOf) -> str | None:
    if not "".join(part.text for part in draft.parts).strip():
        return EMPTY
    quoting = [part for part in draft.parts if part.quote is not None]
    if not quoting and draft.kind is not Kind.NOTICE:
        return UNCITED
    return next((fault for fault in (_part_fault(part, draft, text_of) for part in quoting) if fault), None)


def _part_fault(part: DraftPart, draft: Draft, text_of: TextOf) -> str | None:
    quote = part.quote
    if quote is None or not stands(quote, text_of):
        return NOT_IN_ARTICLE
    if draft.kind is not Kind.PARAPHRASE and part.text != quote.text:
        return WORDS_DIFFER
    return None


def stands(quote: Quote, text_of: TextOf) -> bool:
    """Is it, exactly, what that version of the article says at that place?"""
    text = text_of(quote.article_id, quote.version)
    if text is None or not 0 <= quote.start < quote.end <= len(text):
        return False
    return text[quote.start : quote.end] == quote.text
