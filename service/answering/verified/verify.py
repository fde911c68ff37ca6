"""The trust boundary: what an answerer proposes is served only as far as it stands in the articles.

Pure and deterministic. Fails closed: what cannot be shown to hold is dropped or gives way to the
quotation it cites, and is counted by reason.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from retrieval.article import Facts, Quote
from service.answering import Draft, DraftPart, Said, StatementKind
from service.answering.said import before, quoted, said_of
from service.answering.verified import lead_ins
from service.answering.verified.checks import ALL_CHECKS, Checks
from service.answering.verified.instead import sentences_in, telling, whose
from service.answering.verified.judging import Judge
from service.answering.verified.known_leads import is_known_lead
from service.answering.verified.locate import same
from service.answering.verified.plain import is_plain
from service.answering.verified.reading import CitedSentence, Text
from service.answering.verified.restated import ALL_RULES, CastOf, Rule, restatement_refused
from service.answering.verified.support import borne_out

# The text of a version of an article, or None where there is none that may be cited.
TextOf = Callable[[str, int], str | None]
# What is known of it.
FactsOf = Callable[[str, int], Facts]

NOT_IN_ARTICLE = "quote_not_in_article"
WORDS_DIFFER = "words_differ_from_quote"
UNCITED = "uncited"
EMPTY = "empty"
LEAD_IN = "lead_in_not_in_article"
NOTICE_CLAIMS = "notice_claims_something"
LIKE_A_NOTICE = "reads_like_a_notice"
SAID = "said_not_in_article"
BESIDE = "quote_beside_the_statement"


@dataclass(frozen=True, slots=True)
class Verified:
    """`dropped` counts by reason what was not served as proposed: drafts dropped, paraphrases that gave way
    to their quotations, lead-ins and attributions left out."""

    drafts: tuple[Draft, ...]
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class _By:
    """What a statement's own words are held to."""

    checks: Checks
    judge: Judge | None
    rules: frozenset[Rule]
    facts_of: FactsOf
    cast: CastOf = field(default_factory=CastOf)


def _unknown(_: str, __: int) -> Facts:
    return Facts()


def verify(
    drafts: Sequence[Draft],
    text_of: TextOf,
    facts_of: FactsOf = _unknown,
    *,
    checks: Checks = ALL_CHECKS,
    judge: Judge | None = None,
    rules: frozenset[Rule] = ALL_RULES,
) -> Verified:
    """Serve the drafts of which every quotation stands, character for character, in its article; of
    these, the words that are not the article's only as far as the article bears them out. Without a `judge`
    these are a sentence cut short; with one also a restatement that no rule forbids and that it clearly
    finds borne out."""
    by = _By(checks, judge, rules, facts_of)
    kept: list[Draft] = []
    dropped = Counter[str]()
    for draft in drafts:
        reason = _fault(draft, text_of)
        if reason is not None:
            dropped[reason] += 1
            continue
        sound = _with_sound_said(draft, text_of, dropped)
        if sound.kind is StatementKind.QUOTE:
            kept.append(_as_quoted(sound, text_of, facts_of, dropped))
        else:
            kept.extend(_served(sound, text_of, by, dropped))
    return Verified(tuple(kept), dict(sorted((+dropped).items())))


def _fault(draft: Draft, text_of: TextOf) -> str | None:
    if not "".join(part.text for part in draft.parts).strip():
        return EMPTY
    quoting = [part for part in draft.parts if part.quote is not None]
    if not quoting and draft.kind is not StatementKind.NOTICE:
        return UNCITED
    return next((fault for fault in (_part_fault(part, draft, text_of) for part in quoting) if fault), None)


def _part_fault(part: DraftPart, draft: Draft, text_of: TextOf) -> str | None:
    quote = part.quote
    if quote is None or not stands(quote, text_of):
        return NOT_IN_ARTICLE
    if (
        draft.kind is not StatementKind.PARAPHRASE
        and part.text != quote.text
        and not _twins(part.text, quote.text)
    ):
        return WORDS_DIFFER
    return None


def _twins(words: str, quoted: str) -> bool:
    return any(c.isalnum() for c in words) and same(words, quoted)


def stands(quote: Quote, text_of: TextOf) -> bool:
    """Is it, exactly, what that version of the article says at that place?"""
    text = text_of(quote.article_id, quote.version)
    if text is None or not 0 <= quote.start < quote.end <= len(text):
        return False
    return text[quote.start : quote.end] == quote.text


def _with_sound_said(draft: Draft, text_of: TextOf, dropped: Counter[str]) -> Draft:
    return replace(draft, parts=tuple(_sound(part, text_of, dropped) for part in draft.parts))


def _sound(part: DraftPart, text_of: TextOf, dropped: Counter[str]) -> DraftPart:
    """The attribution's strings are the article's own; those that aren't become unknown."""
    if part.quote is None or part.said is None:
        return part
    text = text_of(part.quote.article_id, part.quote.version) or ""
    fields = {name: getattr(part.said, name) for name in ("speaker", "to", "venue", "when")}
    false = {
        name
        for name, words in fields.items()
        if words is not None and (not words.strip() or words not in text)
    }
    if not false:
        return part
    dropped[SAID] += len(false)
    left = Said(**{name: None if name in false else words for name, words in fields.items()})
    return replace(part, said=left if left != Said() else None)


def _served(draft: Draft, text_of: TextOf, by: _By, dropped: Counter[str]) -> Iterable[Draft]:
    if draft.kind is StatementKind.PARAPHRASE:
        return _paraphrase(draft, text_of, by, dropped)
    return _notice(draft, dropped)


def _paraphrase(draft: Draft, text_of: TextOf, by: _By, dropped: Counter[str]) -> Iterable[Draft]:
    """With the quotations that bear it out; without words of its own where none does."""
    sources, of, sentences = [], [], []
    for quote in _quotes(draft):
        text = text_of(quote.article_id, quote.version) or ""
        for sentence in sentences_in(quote, text):
            sources.append(
                CitedSentence(Text(sentence.text), said_of(sentence, text), quoted(sentence, text))
            )
            of.append(quote)
            sentences.append(sentence)
    statement = "".join(part.text for part in draft.parts)
    verbatim = next((source_of for source_of in _quotes(draft) if same(statement, source_of.text)), None)
    if verbatim is not None:  # no words of its own
        return _in_its_place(draft, [verbatim], text_of, by, dropped)
    if lead_ins.sounds_like_ours(statement):
        dropped[LIKE_A_NOTICE] += 1
        return _in_its_place(draft, telling(statement, sentences), text_of, by, dropped)
    borne = borne_out(statement, sources, by.checks)
    refused = borne.reason
    if refused is not None and by.judge is not None and is_plain(statement):
        refused = _restatement_refused(statement, list(zip(sources, of, strict=True)), text_of, by, by.judge)
        if refused is None:
            return (draft,)
    if refused is not None:
        dropped[refused] += 1
        return _in_its_place(draft, telling(statement, sentences), text_of, by, dropped)
    bearing = {of[at] for at in borne.by}
    dropped[BESIDE] += len(set(of) - bearing)
    return (_citing_only(draft, bearing),)


def _restatement_refused(
    statement: str, cited: Sequence[tuple[CitedSentence, Quote]], text_of: TextOf, by: _By, judge: Judge
) -> str | None:
    versions = {(quote.article_id, quote.version) for _, quote in cited}
    articles = {each: (text_of(*each) or "", by.facts_of(*each)) for each in versions}
    return restatement_refused(statement, cited, articles, judge, by.rules, cast=by.cast)


def _citing_only(draft: Draft, bearing: Collection[Quote]) -> Draft:
    """The statement's words stand beside the first quotation that bears it out."""
    statement = "".join(part.text for part in draft.parts)
    kept = {part.quote: part for part in reversed(draft.parts) if part.quote in bearing}
    first, *rest = (replace(kept[quote], text="") for quote in _quotes(draft) if quote in bearing)
    return replace(draft, parts=(replace(first, text=statement), *rest))


def _quotes(draft: Draft) -> list[Quote]:
    return list(dict.fromkeys(part.quote for part in draft.parts if part.quote is not None))


def _in_its_place(
    draft: Draft, quotes: Sequence[Quote], text_of: TextOf, by: _By, dropped: Counter[str]
) -> Iterable[Draft]:
    """The quotations as the answerer would tell them, with who said them; those that it has no other words
    for with whose they are. Each is a statement of its own, so that none reads on into the next."""
    for quote in quotes:
        said = next(part.said for part in draft.parts if part.quote and _within(quote, part.quote))
        own = [each for each in draft.instead if each.kind is StatementKind.QUOTE and _tells(each, quote)]
        verified = verify(own, text_of, by.facts_of)
        dropped.update(verified.dropped)
        lead = whose(quote.text, said, by.facts_of(quote.article_id, quote.version))
        parts = (*([DraftPart(lead)] if lead else []), DraftPart(quote.text, quote, said))
        yield from verified.drafts or (Draft(StatementKind.QUOTE, parts),)


def _tells(draft: Draft, quote: Quote) -> bool:
    """Whether its first quotation is of this one."""
    first = next((part.quote for part in draft.parts if part.quote is not None), None)
    return first is not None and _within(first, quote)


def _within(one: Quote, other: Quote) -> bool:
    same_version = (one.article_id, one.version) == (other.article_id, other.version)
    return same_version and other.start <= one.start and one.end <= other.end


def _notice(draft: Draft, dropped: Counter[str]) -> tuple[Draft, ...]:
    if all(part.quote is not None or lead_ins.claims_nothing(part.text) for part in draft.parts):
        return (_with_stored_words(draft),)
    dropped[NOTICE_CLAIMS] += 1
    return ()


def _as_quoted(draft: Draft, text_of: TextOf, facts_of: FactsOf, dropped: Counter[str]) -> Draft:
    """Without the runs of ours that the article doesn't bear out; the quotations stay."""
    kept = [p for p in draft.parts if p.quote is not None or _borne_out(p, draft, text_of, facts_of)]
    if len(kept) < len(draft.parts):
        dropped[LEAD_IN] += len(draft.parts) - len(kept)
    return _with_stored_words(replace(draft, parts=tuple(kept)))


def _borne_out(own: DraftPart, draft: Draft, text_of: TextOf, facts_of: FactsOf) -> bool:
    """A run of ours is about the quotation that follows it, or else the one before."""
    at = draft.parts.index(own)
    beside = [part for part in (*draft.parts[at:], *reversed(draft.parts[:at])) if part.quote is not None]
    quote = beside[0].quote
    assert quote is not None
    text = text_of(quote.article_id, quote.version) or ""
    near = before(quote, text) if any(c.isalnum() for c in own.text) else None
    if lead_ins.fits(
        own.text, said=beside[0].said, near=text[near.start : near.end] if near else "", quote=quote.text
    ):
        return True
    return is_known_lead(own.text, said_of(quote, text), facts_of(quote.article_id, quote.version))


def _with_stored_words(draft: Draft) -> Draft:
    """The article's own words in place of their twin, and so marked."""
    return replace(
        draft,
        parts=tuple(
            part
            if part.quote is None or part.text == part.quote.text
            else replace(part, text=part.quote.text, check="normalised")
            for part in draft.parts
        ),
    )
