"""What a reader makes of a source."""

from dataclasses import dataclass, field

from retrieval.article import Facts, Origins, RegionSpan
from retrieval.decode import decode
from retrieval.errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class Parsed:
    """`facts` are what the source itself tells; who gives it may know better. Where a reader leaves them out,
    they are taken from the text as far as that says them plainly, the title from the headline above the body,
    and the language is "en" where that is sure. `origins` says where each comes from. `notes` tell of the
    reading, such as how much was left out as hidden."""

    text: str
    regions: tuple[RegionSpan, ...]
    facts: Facts = field(default_factory=Facts)
    origins: Origins = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()


def article_text(name: str, data: bytes) -> str:
    """Decoded, and with a word in it. Raises UnreadableSource."""
    return with_words(name, decode(name, data))


def with_words(name: str, text: str) -> str:
    """The text. Raises UnreadableSource where no word is in it."""
    if not any(map(str.isalnum, text)):
        raise UnreadableSource(f"{name} holds no word", remedy="give a file with the article's text")
    return text
