"""The vocabulary of articles: what is stored, searched and quoted.

Offsets are half-open and count Unicode code points, so `text[start:end]` in Python is the quotation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Region(StrEnum):
    """What a stretch of an article is. Only the body speaks for the article itself: a date in a caption
    is the date of a photograph, a name in a credit is a photographer or an agency, a note tells what the
    body had wrong, and a post, or a block that is quoted without marks, is its author's."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"
    NOTE = "note"
    POST = "post"

    @property
    def tells(self) -> bool:
        """Whether it may answer a question about what happened or was said."""
        return self in (Region.BODY, Region.POST)


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class RegionSpan:
    """A stretch of one kind. The regions of an article are in order and don't overlap; what lies between
    them is white space."""

    kind: Region
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article. None is unknown: nothing is guessed.

    `published` is RFC 3339 with an offset, or YYYY-MM-DD.
    """

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None


class Origin(StrEnum):
    """Where a fact of an article comes from. What was given is its giver's word; all else the file's own."""

    GIVEN = "given"
    FRONT_MATTER = "front matter"
    META = "meta"
    JSON_LD = "json-ld"
    PDF = "pdf"
    DOCX = "docx"
    MAIL = "mail"
    BYLINE = "byline"
    PUBLISHED_LINE = "published line"
    DATELINE = "dateline"
    HEADLINE = "headline"
    PACKAGE = "package"  # a reader that was installed beside ours


Origins = Mapping[str, Origin]  # by the name of the fact


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article, its text exactly as parsed. `origins` leaves out facts of which it isn't
    known, such as a language told by the words; what was given as unknown is "given", and no fact."""

    id: str
    version: int
    text: str
    text_sha256: str
    bytes_sha256: str
    facts: Facts
    regions: tuple[RegionSpan, ...]
    retrieved_at: datetime
    origins: Origins = field(default_factory=dict, hash=False)


class Sentence(NamedTuple):
    start: int
    end: int
    region: Region


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive whole sentences of one region kind: the unit that is embedded.

    `embedded_text` is what the embedder and the lexical index see: title, outlet and date in front.
    """

    id: str
    article_id: str
    version: int
    start: int
    end: int
    region: Region
    sentences: tuple[Sentence, ...]
    embedded_text: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a question. `dense` is the cosine and `lexical` the BM25 score, each None where
    that search did not bring it; `fused` orders the hits. `again` are its sentences that another article,
    which is cited for them, carries word for word."""

    chunk: Chunk
    dense: float | None
    lexical: float | None
    fused: float
    again: frozenset[Sentence] = frozenset()


@dataclass(frozen=True, slots=True)
class Quote:
    """Invariant: the text of that version of the article, `[start:end]`, equals `text`."""

    article_id: str
    version: int
    start: int
    end: int
    text: str


def too_long(searched_to: int) -> str:
    """What is told of an article that has more passages than one may have."""
    return f"too long to be searched whole: what follows character {searched_to:,} is kept, and not found"


def _shortened(text: str, length: int) -> str:
    """To whole words, where the last of them doesn't take too much with it."""
    cut = text[: length - 1]
    whole = cut.rsplit(" ", 1)[0] if text[length - 1] != " " else cut
    return (whole if len(whole) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def opening(article: Article, *, length: int = 80) -> str:
    """The first characters of the body: what an article without a title is shown under."""
    for region in article.regions:
        if region.kind is Region.BODY:
            begin = " ".join(article.text[region.start : region.start + 4 * length].split())
            return begin if len(begin) <= length else _shortened(begin, length)
    return " ".join(article.text[: 4 * length].split())[:length]
