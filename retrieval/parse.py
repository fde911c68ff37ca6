"""A source becomes a text and its regions. The text is decoded, and otherwise as it was written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.article import Region, RegionSpan
from retrieval.decode import decode
from retrieval.errors import SourceTooLarge, UnreadableSource
from retrieval.language import is_english
from retrieval.regions import regions
from retrieval.sources import MARKDOWN, MAX_BYTES, PLAIN, Source, media_type

_FEWEST_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Parsed:
    """`title` is the headline above the body, and `language` "en" where that is sure; None is unknown."""

    text: str
    regions: tuple[RegionSpan, ...]
    title: str | None
    language: str | None


def parse(source: Source) -> Parsed:
    """Raises UnsupportedSource (no reader), SourceTooLarge, UnreadableSource (empty, binary, undecodable)."""
    reader = _READERS[media_type(source.name)]
    if len(source.data) > MAX_BYTES:
        size = f"{MAX_BYTES // (1024 * 1024)} MiB"
        raise SourceTooLarge(f"{source.name} is larger than {size}", remedy="give each article by itself")
    return reader(source)


def article_text(name: str, data: bytes) -> str:
    """Decoded, and with a word in it. Raises UnreadableSource."""
    text = decode(name, data)
    if not any(map(str.isalnum, text)):
        raise UnreadableSource(f"{name} holds no word", remedy="give a file with the article's text")
    return text


def _read_plain(source: Source) -> Parsed:
    text = article_text(source.name, source.data)
    return _parsed(text, regions(text))


def _read_markdown(source: Source) -> Parsed:
    text = article_text(source.name, source.data)
    return _parsed(text, regions(text, markdown=True))


_READERS: Mapping[str, Callable[[Source], Parsed]] = {PLAIN: _read_plain, MARKDOWN: _read_markdown}


def _parsed(text: str, found: tuple[RegionSpan, ...]) -> Parsed:
    language = "en" if is_english(text) else None
    return Parsed(text, found, _title(text, found), language)


def _title(text: str, found: Sequence[RegionSpan]) -> str | None:
    """Of the headlines above the body, the first that isn't a mere kicker such as "World"."""
    above: list[str] = []
    for region in found:
        if region.kind is Region.BODY:
            break
        if region.kind is Region.HEADLINE:
            above.append(" ".join(text[region.start : region.end].split()))
    longer = (words for words in above if len(words.split()) >= _FEWEST_TITLE_WORDS)
    return next(longer, above[0] if above else None)
