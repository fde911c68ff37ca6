"""Who a restatement says said it: what stands in somebody's mouth is told with them, at every level."""

import re
from collections.abc import Sequence

from service.answering.verified.lead_ins import sentences_of
from service.answering.verified.reading import CitedSentence, Text
from service.answering.verified.restated.named import bears
from service.english import CAPITAL, CONTENT, Tag, Token, tokenized

# Between two who speak in one sentence.
_BETWEEN = re.compile(rf";\s+|,\s+(?:while|whereas|but|and)\s+(?={CAPITAL}|(?:the|an?)\s)")

_MEANWHILE = re.compile(r",\s+(?:as|when|while|after)\s")

_TELLING = (Tag.WORD, Tag.NUMBER, Tag.DATE)
_TELLS = 2  # words


def unattributed(told: Text, sources: Sequence[CitedSentence], names: Sequence[str] = ()) -> bool:
    """Whether something that is told was said by somebody whom the statement doesn't name. `names` is what
    the articles call the speakers besides."""
    pieces = [piece for source in sources for piece in _pieces(source)]
    words = [_content(text) for text, _ in pieces]
    for at, (_, speakers) in enumerate(pieces):
        others = [token for place, tokens in enumerate(words) if place != at for token in tokens]
        heard = [token for name in speakers for token in name]
        if _adds(words[at], told.tokens, [*others, *heard]) and not all(
            _named(name, told, names) for name in speakers
        ):
            return True
    return False


def _pieces(source: CitedSentence) -> list[tuple[str, list[tuple[Token, ...]]]]:
    """What one sentence has of different people, each with who says it: none where the article itself does,
    or asks."""
    quote = source.quote
    if quote.text.endswith("?") and not quote.quotes:
        return []
    own, text = _own(quote)
    parts = _BETWEEN.split(text) if len(quote.speakers) > 1 else [text]
    told = [(part, _speakers(quote if len(parts) == 1 else Text(part), source)) for part in parts]
    return [*((part, []) for part in own), *told]


def _own(quote: Text) -> tuple[list[str], str]:
    """What of it is nobody's but the article's, and the rest: a line in front of the sentence that reports,
    and behind it what came about at the same time (", they said, as talks opened")."""
    text, own = quote.text, []
    if not quote.quotes and quote.speakers:
        *ahead, text = _lines(text)
        own += ahead
        behind = next((clause for clause in Text(text).reports if clause.closing or clause.inside), None)
        meanwhile = _MEANWHILE.match(text, behind.reach) if behind else None
        if meanwhile:
            own.append(text[meanwhile.start() :])
            text = text[: meanwhile.start()]
    return own, text


def _lines(text: str) -> list[str]:
    """The first sentences, that report nothing, and what follows them."""
    parts = sentences_of(text)
    at = next((at for at, part in enumerate(parts) if Text(part).reports), 0)
    return [*parts[:at], " ".join(parts[at:])]


def _speakers(text: Text, source: CitedSentence) -> list[tuple[Token, ...]]:
    """Of each level, by the words that name them."""
    named = [_content(name) for name in text.speakers]
    if source.said and source.said.speaker and not named:
        named.append(_content(source.said.speaker))
    return [name for name in named if name]


def _adds(piece: Sequence[Token], told: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether it has something of what is told that nothing else cited has, and more than whom or what it
    is about."""
    own = [token for token in told if _has(piece, token) and not _has(others, token)]
    return sum(token.kind in _TELLING for token in own) >= _TELLS


def _has(tokens: Sequence[Token], told: Token) -> bool:
    return any(told.forms & token.forms for token in tokens)


def _named(speaker: Sequence[Token], told: Text, names: Sequence[str]) -> bool:
    called = [_content(name) for name in names]
    ways = [speaker, *(way for way in called if any(bears(token, way) for token in speaker))]
    return any(bears(token, told.tokens) for way in ways for token in way)


def _content(text: str) -> tuple[Token, ...]:
    return tuple(token for token in tokenized(text) if token.kind in CONTENT)
