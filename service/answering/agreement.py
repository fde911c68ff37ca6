"""Whether a statement claims no more than, and nothing else than, the quotations it cites.

Prefers a true statement refused to a false one let through: what these readings can't follow disagrees.
"""

from collections.abc import Callable, Sequence

from service.answering import lexicon
from service.answering.claims import CONTENT, OPERATORS, Governed, Kind, Token, read
from service.answering.locate import locate
from service.answering.order import order_fault
from service.answering.places import role_fault, value_fault
from service.answering.reading import MODALITY, NEGATION, QUOTED, REASONS, VERB, Source, Text
from service.answering.speaking import addressee_fault, attribution_fault, speaker_fault

_Check = Callable[[], str | None]


def disagreement(
    statement: str, sources: Sequence[Source], *, question: str = "", near: str = ""
) -> str | None:
    """The reason why the statement can't be served as it is worded; None where nothing disagrees.

    The question may supply a name, never a number, where a quotation only points back ("he") and the
    name stands in `near`, the article just before the quotations.
    """
    told = Text(statement)
    checks: tuple[_Check, ...] = (
        lambda: _quoted(told, sources),
        lambda: _vocabulary(told, sources, _supplied(sources, question, near)),
        lambda: _operators(told, sources),
        lambda: speaker_fault(told, sources),
        lambda: addressee_fault(told, sources),
        lambda: value_fault(told, sources),
        lambda: role_fault(told, sources),
        lambda: order_fault(told, sources),
        lambda: attribution_fault(told, sources),
    )
    return next((reason for check in checks if (reason := check())), None)


def _quoted(told: Text, sources: Sequence[Source]) -> str | None:
    """Words in quotation marks stand in one quotation as they are; a closing stop may be the statement's."""
    for quoted in told.quotes:
        words = quoted.strip("“”\"«»‘’'`").rstrip(".,;:!? ")
        if any(c.isalnum() for c in words) and not any(_stands(words, s.quote.text) for s in sources):
            return QUOTED
    return None


def _stands(words: str, text: str) -> bool:
    return locate(words, text, near=0) is not None


def _supplied(sources: Sequence[Source], question: str, near: str) -> frozenset[str]:
    """Names that a statement may use though no quotation has them."""
    fields = [getattr(s.said, name) for s in sources if s.said for name in ("speaker", "to", "venue", "when")]
    names = {form for field in fields if field for token in read(field) for form in _named(token)}
    if any(token.text.lower() in lexicon.PRONOUNS for s in sources for token in s.quote.tokens):
        told = {form for token in read(near) for form in _named(token)}
        names |= told & {
            form for token in read(question) if token.kind is Kind.NAME for form in _named(token)
        }
    return frozenset(names)


def _named(token: Token) -> frozenset[str]:
    return token.forms if token.kind in (Kind.NAME, Kind.WORD, Kind.DATE) else frozenset()


def _vocabulary(told: Text, sources: Sequence[Source], supplied: frozenset[str]) -> str | None:
    """Each number, date, name and content word of the statement stands in a quotation."""
    stands = {
        form for s in sources for token in s.quote.tokens if token.kind in CONTENT for form in token.forms
    }
    # A name is no common word: "Day" doesn't stand in "four days".
    named = {form for s in sources for t in s.quote.content if not t.text[0].islower() for form in t.forms}
    for token in told.content:
        if not token.forms & (named if token.kind is Kind.NAME else stands) and not (
            token.kind is not Kind.NUMBER and token.forms & supplied
        ):
            return REASONS[token.kind]
    return None


def _operators(told: Text, sources: Sequence[Source]) -> str | None:
    """Negations, modals, hedges and reporting verbs: each of the statement stands in a quotation and
    governs the same words there; and none that governs a word in every quotation is left out."""
    for token in told.tokens:
        if (token.kind in OPERATORS or token.kind is Kind.VERB) and not _in_quotes(token, sources):
            return REASONS[token.kind]
    if _of_kind(Kind.NEGATION, told) > sum(_of_kind(Kind.NEGATION, s.quote) for s in sources):
        return NEGATION
    # One "said" each may stand for a quotation's marks.
    if _of_kind(Kind.VERB, told) > sum(max(1, _of_kind(Kind.VERB, s.quote)) for s in sources):
        return VERB
    where = [each for s in sources for each in s.quote.governed]
    for word in told.governed:
        same = [each for each in where if each.token.forms & word.token.forms]
        reason = _governing(word, same) if same else None
        if reason:
            return reason
    return None


def _of_kind(kind: Kind, text: Text) -> int:
    return sum(token.kind is kind for token in text.tokens)


def _in_quotes(token: Token, sources: Sequence[Source]) -> bool:
    """Whether the quotations have this operator or verb, or what it may be told for: "said" for any words
    in quotation marks or of a known speaker, and for the verbs that bind to nothing."""
    if token.kind is Kind.VERB and token.key == lexicon.SAY:
        if any(s.quote.quotes or (s.said and s.said.speaker) for s in sources):
            return True
        allowed = set(lexicon.REPORTING.values()) - lexicon.BINDING
    else:
        allowed = _told_as(token.key)
    return any(each.kind is token.kind and each.key in allowed for s in sources for each in s.quote.tokens)


def _told_as(modal: str) -> set[str]:
    """The modals that a reporter may turn into this one: "will" into "would", never back."""
    return {modal} | {key for key, told in lexicon.REPORTED_AS.items() if modal in told}


def _governing(word: Governed, same: Sequence[Governed]) -> str | None:
    for operator in sorted(word.first):
        if not any(_told_as(operator) & each.near for each in same):
            return _reason(operator)
    for operator in sorted(same[0].first.intersection(*(each.first for each in same[1:]))):
        kept = lexicon.REPORTED_AS.get(operator, {operator}) | {operator}
        if not kept & word.near:
            return _reason(operator)
    return None


def _reason(operator: str) -> str:
    if operator == "not":
        return NEGATION
    return VERB if operator in lexicon.BINDING else MODALITY
