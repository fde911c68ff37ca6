"""What the tools give, for programs; each comes as text for a language model too."""

from typing import Literal

from pydantic import BaseModel


class Source(BaseModel):
    """A quotation, character for character: `start` and `end`, half-open, in Unicode code points of that
    version of the article. `link` opens it there, marked; null where no service runs that readers reach.
    `also_in` says, in words, which other outlets carry the text; null where none does."""

    number: int
    quote: str
    article_id: str
    version: int
    start: int
    end: int
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    link: str | None
    speaker: str | None
    also_in: str | None


class Answered(BaseModel):
    """`text` has a marker `[n]` for each source that a statement stands on. `withdrawn`: the numbers of
    sources whose article was purged. Give `conversation_id` back to ask on."""

    answer_id: str
    conversation_id: str
    status: Literal["answered", "partial", "abstained", "clarification"]
    question: str
    text: str
    sources: list[Source]
    withdrawn: list[int]
    unanswered: list[str]


class Passage(BaseModel):
    """Whole sentences of one article. `score` is 0 to 1, and orders them."""

    text: str
    article_id: str
    version: int
    start: int
    end: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    score: float


class Passages(BaseModel):
    """The nearest first."""

    passages: list[Passage]


class Listed(BaseModel):
    """`title_is_from_article` is false where the article has none, and these are its first words."""

    article_id: str
    version: int
    title: str
    title_is_from_article: bool
    outlet: str | None
    published: str | None
    url: str | None
    authors: list[str]
    language: str | None


class Articles(BaseModel):
    """The latest ingested first; `total` are all that there are."""

    total: int
    articles: list[Listed]


class Read(Listed):
    """`text` is the article's from `start` to `end`, exactly, of `length` characters in all; `next_start` is
    where to read on, null at the end. `deleted`: no answer finds it any more."""

    text: str
    start: int
    end: int
    length: int
    next_start: int | None
    deleted: bool
