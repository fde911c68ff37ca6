"""Compares who a statement says spoke, and to whom, with its quotations and the article beside them."""

from collections.abc import Sequence

from service.answering import lexicon
from service.answering.claims import Kind, Token, read
from service.answering.reading import ADDRESSEE, SPEAKER, UNATTRIBUTED, Source, Text

_BEFORE_VERB = 5
_AFTER_VERB = 4


def speaker_fault(told: Text, sources: Sequence[Source]) -> str | None:
    """Whoever the statement says spoke, spoke in a quotation or as the article beside it tells."""
    known = [name for s in sources for name in _speakers(s)]
    for speaker in told.speakers:
        if any(_same_person(speaker, name) for name in known):
            continue
        apposed = any(_apposed(speaker, name, s.quote) for name in known for s in sources)
        if not apposed and (known or not any(_beside_verb(speaker, s.quote) for s in sources)):
            return SPEAKER
    for name in beside_verbs(told):
        if not any(_same_person(name, other) for other in known) and not any(
            _beside_verb(name, s.quote) for s in sources
        ):
            return SPEAKER
    return None


def _speakers(source: Source) -> tuple[str, ...]:
    return source.quote.speakers or ((source.said.speaker,) if source.said and source.said.speaker else ())


def beside_verbs(told: Text) -> list[str]:
    """Names directly before a reporting verb, or after one that opens its clause (", said Roe")."""
    found = []
    for at, verb in enumerate(told.tokens):
        if verb.kind is Kind.VERB:
            beside = told.tokens[at + 1 : at + 2] if _opens(told.tokens, at) else told.tokens[at - 1 : at]
            found += [token.text for token in beside if _may_name(token)]
    return found


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb is the first word of its clause."""
    return at == 0 or tokens[at - 1].clause != tokens[at].clause


def _may_name(token: Token) -> bool:
    """A word that opens a sentence may be a name too."""
    return token.kind is Kind.NAME or (token.kind is Kind.WORD and not token.text[0].islower())


def _beside_verb(name: str, quote: Text) -> bool:
    """Whether a name stands where a speaker does: shortly before a reporting verb, or after one that opens
    its clause."""
    forms = last_word(name)
    verbs = [at for at, token in enumerate(quote.tokens) if token.kind is Kind.VERB]
    return any(forms & each.forms for at in verbs for each in _around_verb(quote.tokens, at))


def _around_verb(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    if _opens(tokens, at):
        return tokens[at : at + 1 + _AFTER_VERB]
    return tokens[max(0, at - _BEFORE_VERB) : at + 1]


def _apposed(one: str, other: str, quote: Text) -> bool:
    """Whether two names stand side by side with a comma between, in the reporter's words: "the envoy,
    Samuel Tran"."""
    tokens = quote.bare
    places = [
        (at, end)
        for at, first in enumerate(tokens)
        for end, second in enumerate(tokens)
        if first.forms & last_word(one) and second.forms & last_word(other)
    ]
    return any(_side_by_side(tokens[min(place) : max(place) + 1]) for place in places)


def _side_by_side(tokens: Sequence[Token]) -> bool:
    between = tokens[1:-1]
    return tokens[-1].clause - tokens[0].clause == 1 and all(
        t.kind in (Kind.NAME, Kind.FREE) for t in between
    )


def _same_person(one: str, other: str) -> bool:
    """By the last word: "Rubio" and "Secretary of State Marco Rubio"."""
    ours, theirs = _words(one), _words(other)
    return bool(ours and theirs) and ours[-1] == theirs[-1]


def _words(name: str) -> list[str]:
    return [token.text.lower() for token in read(name) if token.kind is not Kind.FREE]


def last_word(name: str) -> frozenset[str]:
    words = [token for token in read(name) if token.kind is not Kind.FREE]
    return words[-1].forms if words else frozenset()


def addressee_fault(told: Text, sources: Sequence[Source]) -> str | None:
    """Whoever the statement says was told or asked, was so in a quotation or as the article tells."""
    for hearer in hearers(told):
        if not any(_hears(hearer, s) for s in sources):
            return ADDRESSEE
    return None


def hearers(text: Text) -> list[Token]:
    """Whom a verb of telling or asking has for its object, and whom "said to" names."""
    found = []
    for at, token in enumerate(text.tokens):
        after = [each for each in text.tokens[at + 1 : at + 4] if each.clause == token.clause]
        heard = next((each for each in after if each.kind is not Kind.FREE), None)
        if heard and _tells(token, after[0]) and _hearing(heard):
            found.append(heard)
    return found


def _hearing(token: Token) -> bool:
    return token.kind is Kind.NAME or token.text.lower() in lexicon.HEARERS


def _tells(verb: Token, after: Token) -> bool:
    tells = verb.text.lower().startswith(("told", "tell")) or verb.key in {"ask", "urge", "order"}
    return verb.kind is Kind.VERB and verb.text.lower() != "according" and (tells or after.text == "to")


def _hears(hearer: Token, source: Source) -> bool:
    heard = hearers(source.quote)
    if heard:
        return any(hearer.forms & each.forms for each in heard)
    said = source.said
    beside = [said.to, said.venue] if said else []
    if any(hearer.forms & token.forms for field in beside if field for token in read(field)):
        return True
    return _after_to(hearer, source.quote)


def _after_to(hearer: Token, quote: Text) -> bool:
    """ "said to", "in an interview with", "speaking on"."""
    named = [
        at for at, token in enumerate(quote.bare) if token.forms & hearer.forms and token.kind is hearer.kind
    ]
    before = {each.text.lower() for at in named for each in quote.bare[max(0, at - 2) : at]}
    return not before.isdisjoint({"to", "with", "on", "by", "told", "asked"})


def attribution_fault(told: Text, sources: Sequence[Source]) -> str | None:
    """What somebody said isn't told as the fact of the matter."""
    if (
        told.reports()
        or told.all_quoted
        or told.speakers
        or not all(s.quote.speakers or s.quote.all_quoted for s in sources)
    ):
        return None
    return UNATTRIBUTED
