"""Whether a statement has anything to do with its quotations, as far as words tell. What an order planted in
an article has a model say rarely has, and no judge can talk that away."""

from collections.abc import Sequence

from service.answering.verified.lead_ins import sentences_of
from service.english import SMALL, Tag, plain_words, stem, tokenized

_LEAST = 5  # content words, of which one is the quotations'


def apart(statement: str, quotations: Sequence[str]) -> bool:
    """Whether a sentence of it shares hardly a word with them."""
    known = {stem(word) for text in quotations for word in plain_words(text)} | _numbers(quotations)
    return any(_alien(sentence, known) for sentence in sentences_of(statement))


def _alien(sentence: str, known: set[str]) -> bool:
    own = {stem(word) for word in plain_words(sentence) if word not in SMALL} | _numbers([sentence])
    return _LEAST * len(own & known) < len(own)


def _numbers(texts: Sequence[str]) -> set[str]:
    """By their values, however they are written."""
    return {token.key for text in texts for token in tokenized(text) if token.kind is Tag.NUMBER}
