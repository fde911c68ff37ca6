"""What a search without an answer takes and gives, on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field

from service.wire import CitedArticleOut, Filters, QuoteOut, Strict, Words

MOST = 100


class SearchIn(Strict):
    query: Annotated[Words, Field(max_length=2_000, description="A question, or words.")]
    filters: Filters | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 10


class FoundOut(BaseModel):
    """A passage: whole sentences of one article that follow one another. Offsets count in the article's text;
    the article's `link` opens it there, marked. `dense` is the cosine and `lexical` the BM25 score, each null
    where that search didn't bring it; `fused`, 0 to 1, orders them."""

    article: CitedArticleOut
    passage: QuoteOut
    sentences: list[QuoteOut]
    dense: float | None
    lexical: float | None
    fused: float


class FoundList(BaseModel):
    """The nearest first. `undated`: articles that a filter by date left out, as they have none;
    `changed`: those that `as_of` left out, as their text came later."""

    hits: list[FoundOut]
    corpus_version: int
    undated: int
    changed: int
