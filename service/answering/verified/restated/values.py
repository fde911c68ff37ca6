"""What a restatement's numbers, days, names, offices and quoted words are worth: something cited has them."""

from collections.abc import Sequence

from service.answering.verified.locate import locate
from service.answering.verified.reading import Text
from service.answering.verified.restated.named import bears, written_out
from service.english import Tag, Token, lexicon

_OFFICES = lexicon.OFFICES | lexicon.RANKS
_ONE = "1"  # counts nothing: "one of them", "the one who"
_MARKS = "“”„«»\"'‘’.,;: "


def unknown_value(told: Text, known: Sequence[Token]) -> bool:
    keys = {token.key for token in known} | {_ONE}
    return any(token.key not in keys for token in told.tokens if token.kind in (Tag.NUMBER, Tag.DATE))


def unknown_name(told: Text, known: Sequence[Token]) -> bool:
    out = written_out(told.tokens, known)
    return any(
        at not in out and not bears(token, known)
        for at, token in enumerate(told.tokens)
        if token.kind is Tag.NAME or token.text.lower() in _OFFICES
    )


def unknown_words(told: Text, quoted: Sequence[str]) -> bool:
    return any(not any(locate(words.strip(_MARKS), text, near=0) for text in quoted) for words in told.quotes)
