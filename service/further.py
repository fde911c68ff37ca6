"""More of what was asked before, and whether other articles say the same."""

from collections.abc import Callable, Iterator, Sequence

from retrieval.article import Quote, Region
from retrieval.timing import Timings
from service.answering import (
    Choosing,
    Draft,
    DraftPart,
    Passage,
    Policy,
    Proposal,
    ProposedConflict,
    Said,
    StatementKind,
    Status,
)
from service.answering.asked import read_question
from service.answering.extractive import (
    Candidate,
    Cited,
    ExtractiveAnswerer,
    Leaning,
    about,
    draft,
    is_told,
    told_apart,
)
from service.answering.said import said_in
from service.answering.verified import Lead, known_lead
from service.english import Tag, plain_words, tokenized, words
from service.recalling import Before, Told

_BEHIND = 3  # quotations that a further one is read behind
_OF_EACH = 2  # passages in which a quotation is looked for
_MORE = 3  # further sentences that are told at a time
_OTHERS = 2  # other articles beside a quotation
_CHECKED = 3  # quotations that are looked for in other articles
_NOTHING_MORE = "I found nothing more about this in the articles I searched."
_NO_OTHER = "I found no other article that says the same."
_DIFFER = "The articles differ."

Find = Callable[[str], Sequence[Passage]]


def more(before: Before, find: Find, answerer: ExtractiveAnswerer, policy: Policy) -> Proposal:
    """The likeliest sentences that weren't told yet, each of which adds something."""
    known = before.quotes
    picked: list[Candidate] = []
    leans = Leaning(before.question, before.question, tuple(known[-_BEHIND:]))
    for one in answerer.ranked_after(leans, find(before.question), timings=Timings()):
        quote = one.passage.quote(one.sentence)
        enough = len(picked) == _MORE or one.chance < policy.remembering.further
        if not enough and one.sentence.region is Region.BODY and _adds(quote, known, policy.choosing):
            picked.append(one)
            known.append(quote)
    if not picked:
        return Proposal(Status.ABSTAINED, (_notice(_NOTHING_MORE),), (before.question,))
    return Proposal(Status.ANSWERED, tuple(draft(one, policy=policy) for one in picked))


def shortest(before: Before, told: Sequence[Told], find: Find, answerer: ExtractiveAnswerer) -> Told:
    """That which is likeliest to answer; where all are of our own telling, the first."""
    if not before.quoted or len(told) == 1:
        return told[0]
    passages = {one.hit.chunk.id: one for each in told for one in find(each.quote.text)[:_OF_EACH]}
    for one in answerer.ranked(read_question(before.question), list(passages.values()), timings=Timings()):
        for each in told:
            if is_told(one.passage, one.sentence, [each.quote]):
                return each
    return told[0]


def others(
    before: Before, told: Sequence[Told], find: Find, by: ExtractiveAnswerer | None, policy: Policy
) -> Proposal:
    """The first quotation with the sentences of other articles that tell the same, or tell it otherwise;
    of the further ones those that others tell too."""
    drafts: list[Draft] = []
    differ: list[Quote] = []
    asks = read_question(before.question)
    for one in told[:_CHECKED]:
        beside = _beside(one, find(one.quote.text), policy)
        quotes = [one.quote, *(other.passage.quote(other.sentence) for other in beside)]
        if beside or not drafts:
            drafts += [one.led(one.known(Lead.ARTICLE)), *map(_led, beside)]
            drafts += [] if beside else [_notice(_NO_OTHER)]
        apart = _figures_differ(one, beside) and told_apart(asks, quotes, policy.conflicting)
        differ += quotes if apart else []
    drafts = list(dict.fromkeys(drafts))
    if by is not None and all(draft.kind is StatementKind.NOTICE for draft in drafts[1:]):
        drafts += _otherwise(before, told[0], find(before.question), by, policy)
    if not differ:
        return Proposal(Status.ANSWERED, tuple(drafts))
    conflict = ProposedConflict(about(asks), tuple(dict.fromkeys(differ)))
    return Proposal(Status.ANSWERED, (*drafts, _notice(_DIFFER)), conflicts=(conflict,))


def _otherwise(
    before: Before, one: Told, passages: Sequence[Passage], by: ExtractiveAnswerer, policy: Policy
) -> list[Draft]:
    """Of another article the likeliest sentence that answers the question before with another figure."""
    own, leans = _figures(one.quote.text, one.said), Leaning(before.question, before.question, (one.quote,))
    for other in by.ranked_after(leans, passages, timings=Timings()) if own else ():
        figures = _figures(other.text, other.said)
        elsewhere = other.passage.article.id != one.article.id and other.sentence.region is Region.BODY
        if elsewhere and figures and figures != own and other.chance >= policy.conflicting.chance:
            return [_led(Cited(other.passage, other.sentence, other.said))]
    return []


def _figures_differ(one: Told, beside: Sequence[Cited]) -> bool:
    """In figures and days, but for those on which it was said."""
    figures = [_figures(each.text, each.said) for each in beside]
    return any(figures) and any(its != _figures(one.quote.text, one.said) for its in figures)


def _figures(text: str, said: Said | None) -> frozenset[str]:
    spoken = plain_words(said.when or "") if said else []
    tokens = (token for token in tokenized(text) if token.kind in (Tag.NUMBER, Tag.DATE))
    return frozenset(token.key for token in tokens if token.text.lower() not in spoken)


def _adds(quote: Quote, known: Sequence[Quote], by: Choosing) -> bool:
    """What another article reports too is new unless it is a copy."""
    return not any(
        _shared(words(quote.text), words(one.text))
        >= (by.alike if one.article_id == quote.article_id else by.copy)
        for one in known
    )


def _beside(one: Told, passages: Sequence[Passage], policy: Policy) -> list[Cited]:
    """Of each other article the sentence that is nearest, if it is near enough to tell of the same."""
    own = words(one.quote.text) - words(" ".join(filter(None, _who(one))))
    nearest: dict[str, tuple[float, Cited]] = {}
    for passage in passages:
        for cited in _sentences(passage) if passage.article.id != one.article.id else ():
            share = _shared(own, words(cited.text))
            best = nearest.get(passage.article.id, (policy.remembering.same, cited))
            if share > best[0] or (share == best[0] and best[1] is cited):
                nearest[passage.article.id] = share, cited
    return [cited for _, cited in nearest.values()][:_OTHERS]


def _sentences(passage: Passage) -> Iterator[Cited]:
    said = said_in(passage)
    for sentence in passage.hit.chunk.sentences:
        if sentence.region.tells and sentence not in passage.hit.again:
            yield Cited(passage, sentence, said.get(sentence))


def _who(one: Told) -> tuple[str | None, ...]:
    said = one.said
    return (said.speaker, said.to, said.venue, said.when) if said else ()


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _led(cited: Cited) -> Draft:
    quote = cited.passage.quote(cited.sentence)
    lead = known_lead(Lead.ARTICLE, None, cited.passage.article.facts)
    first = (DraftPart(lead),) if lead else ()
    return Draft(StatementKind.QUOTE, (*first, DraftPart(quote.text, quote, cited.said)))


def _notice(text: str) -> Draft:
    return Draft(StatementKind.NOTICE, (DraftPart(text),))
