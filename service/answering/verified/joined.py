"""Of sentences that are told one behind the other in a statement's place: what stands together in the article
is told as one quotation, under one lead-in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from retrieval.article import Quote
from service.answering import Draft, DraftPart
from service.answering.verified.instead import whose
from service.answering.verified.verify import FactsOf, TextOf


def joined(drafts: Iterable[Draft], above: Draft | None, text_of: TextOf, facts_of: FactsOf) -> list[Draft]:
    """`drafts` tell a quotation each. One that leans on the sentence told right before it goes without that
    sentence; `above` is what was told before these, if that is a quotation too."""
    found: list[Draft] = []
    for draft in drafts:
        one, before = _Told.of(draft), _Told.of(found[-1] if found else above)
        assert one is not None
        text = text_of(one.quote.article_id, one.quote.version) or ""
        if found and before is not None and one.goes_on(before, text):
            found[-1] = _as_one(before, one, text)
        elif before is not None and one.leans_on(before):
            lead = whose(one.quote.text, one.own.said, facts_of(one.quote.article_id, one.quote.version))
            found.append(replace(draft, parts=(*(one.lead or _parts(lead)), one.own)))
        else:
            found.append(draft)
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """A quotation, with what stands before it and beside it: whose it is, the sentence that it leans on."""

    draft: Draft
    lead: tuple[DraftPart, ...]
    own: DraftPart
    quote: Quote
    beside: tuple[DraftPart, ...]

    @classmethod
    def of(cls, draft: Draft | None) -> "_Told | None":
        for at, part in enumerate(draft.parts if draft else ()):
            if draft is not None and part.quote is not None:
                return cls(draft, draft.parts[:at], part, part.quote, draft.parts[at + 1 :])
        return None

    def leans_on(self, before: "_Told") -> bool:
        it = next((part.quote for part in self.beside if part.quote is not None), None)
        return it is not None and not before.beside and _place(it) == _place(before.quote)

    def goes_on(self, before: "_Told", text: str) -> bool:
        here, there = self.quote, before.quote
        speakers = {told.own.said.speaker if told.own.said else None for told in (self, before)}
        return (
            _place(here)[:2] == _place(there)[:2]
            and there.end <= here.start
            and not text[there.end : here.start].strip()
            and len(speakers) == 1
            and (self.leans_on(before) or (self.lead == before.lead and not self.beside))
        )


def _place(quote: Quote) -> tuple[str, int, int]:
    """Where it ends."""
    return quote.article_id, quote.version, quote.end


def _as_one(before: _Told, one: _Told, text: str) -> Draft:
    start, end = before.quote.start, one.quote.end
    quote = replace(one.quote, start=start, end=end, text=text[start:end])
    whole = DraftPart(quote.text, quote, one.own.said if one.own.said == before.own.said else None)
    return replace(before.draft, parts=(*before.lead, whole, *before.beside))


def _parts(lead: str | None) -> tuple[DraftPart, ...]:
    return (DraftPart(lead),) if lead else ()
