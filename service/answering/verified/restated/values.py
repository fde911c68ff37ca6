"""What a restatement's numbers, days, names, offices and quoted words are worth: something cited has them."""

import re
from collections.abc import Sequence

from service.answering.verified.locate import locate
from service.answering.verified.reading import Text
from service.answering.verified.restated.named import bears, written_out
from service.english import Tag, Token, lexicon, stem, words_of

_OFFICES = lexicon.OFFICES | lexicon.RANKS
_HOLDER = re.compile(r"(?:person|woman|man|er|or)$")
_UNITS = "%$£€"
_TWO = "2"
_BOTH = words_of("both neither either twice pair couple")
_DEFINITE = words_of("the these those")
_OTHER_COUNTS = frozenset(str(count) for count in range(3, 13))
_ONE = "1"  # counts nothing: "one of them", "the one who"
_MARKS = "“”„«»\"'‘’.,;: "


def unknown_value(told: Text, known: Sequence[Token]) -> bool:
    keys = {token.key for token in known} | {_ONE}
    if any(token.text.lower() in _BOTH for token in known):
        keys.add(_TWO)
    tokens = told.tokens
    return any(
        token.kind in (Tag.NUMBER, Tag.DATE)
        and not _known(tokens, at, keys)
        and not _points(tokens, at, keys)
        for at, token in enumerate(tokens)
    )


def _known(tokens: Sequence[Token], at: int, keys: set[str]) -> bool:
    """A number of a range or of a list has its unit from another: "from 4 to 5.5 per cent"."""
    key = tokens[at].key
    bare = key.lstrip(_UNITS)
    shared = {unit + bare for unit in _UNITS} if bare == key else {bare} if _has_unit(keys, key[0]) else set()
    return key in keys or bool(shared & keys) or _is_year(tokens, at, keys)


def _has_unit(keys: set[str], unit: str) -> bool:
    return any(key.startswith(unit) for key in keys)


def _is_year(tokens: Sequence[Token], at: int, keys: set[str]) -> bool:
    """ "Twenty thirty-six"."""
    pairs = (tokens[at - 1 : at + 1] if at else (), tokens[at : at + 2])
    return any("".join(token.key for token in pair) in keys for pair in pairs if _in_words(pair))


def _in_words(pair: Sequence[Token]) -> bool:
    together = len(pair) == 2 and pair[0].clause == pair[1].clause
    return together and all(token.kind is Tag.NUMBER and token.text.isalpha() for token in pair)


def _points(tokens: Sequence[Token], at: int, keys: set[str]) -> bool:
    """ "The two sides", where nothing cited counts otherwise."""
    before = tokens[at - 1].text.lower() if at else ""
    return tokens[at].key == _TWO and before in _DEFINITE and not keys & _OTHER_COUNTS


def unknown_name(told: Text, known: Sequence[Token]) -> bool:
    out = written_out(told.tokens, known)
    return any(
        at not in out and not bears(token, known) and not _is_held(token, known)
        for at, token in enumerate(told.tokens)
        if token.kind is Tag.NAME or _is_office(told.tokens, at)
    )


def _is_held(office: Token, known: Sequence[Token]) -> bool:
    """Whoever leads is a leader, and a spokesman a spokesperson."""
    root = _root(office)
    return bool(root) and any(root in (stem(other.text), _root(other)) for other in known)


def _root(office: Token) -> str:
    bare = _HOLDER.sub("", office.text.lower())
    return stem(bare) if bare != office.text.lower() else ""


def _is_office(tokens: Sequence[Token], at: int) -> bool:
    """A rank is one only before an office: "under the deal" has none."""
    word = tokens[at].text.lower()
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    return word in lexicon.OFFICES or (word in lexicon.RANKS and after in _OFFICES)


def unknown_words(told: Text, quoted: Sequence[str]) -> bool:
    return any(not any(locate(words.strip(_MARKS), text, near=0) for text in quoted) for words in told.quotes)
