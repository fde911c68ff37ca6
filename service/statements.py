"""What people are reported to have said: how it is asked for and shown on the wire."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator

from service.answering.said import Strength
from service.english import plain_words
from service.errors import InvalidRequest
from service.invalid import fault
from service.wire import ArticleId, CitedArticleOut, QuoteOut, Strict, When, Words


def _with_a_word(text: str) -> str:
    if not plain_words(text):
        raise ValueError("has no word")
    return text


Searched = Annotated[Words, AfterValidator(_with_a_word), Field(max_length=200)]
_CURSOR = r"^(\d{4}-\d\d-\d\d)?\.a_[0-9a-f]{32}\.\d{1,9}$"


def _a_cursor(text: str) -> str:
    if not re.fullmatch(_CURSOR, text, re.ASCII):
        raise ValueError("is not one that a list ended with")
    return text


Cursor = Annotated[str, AfterValidator(_a_cursor), Field(json_schema_extra={"pattern": _CURSOR})]


class ReportedQuery(Strict):
    """Each that is given must fit. A statement's day is that on which it was said, where the article settles
    it, else that on which the article was published; without either it fits no day."""

    speaker: Searched | None = Field(None, description="Words of the speaker's name or office.")
    outlet: Annotated[Words, Field(max_length=200)] | None = None
    since: When | None = None
    until: When | None = None
    words: Searched | None = Field(None, description="Words of what was said, in any inflection.")
    article_id: ArticleId | None = None
    as_of: When | None = Field(
        None, description="Of the articles as they stood on this day, as in `filters`."
    )
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Cursor | None = Field(None, description="`next_cursor` of the list before.")

    @model_validator(mode="after")
    def _in_order(self) -> "ReportedQuery":
        if self.since and self.until and self.since[:10] > self.until[:10]:
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self


class ReportedCitation(BaseModel):
    """`quote` is what is said to have been said, `sentence` the one it stands in; `link` marks the quote."""

    article: CitedArticleOut
    quote: QuoteOut
    sentence: QuoteOut


class ReportedOut(BaseModel):
    """`speaker`, `to`, `venue` and `when` are as written where it is said; `who` is the whole name that this
    article gives, `office` what it ties to it. `unnamed`: the article doesn't name the speaker. `verb` is
    empty where none is written, as between a quotation and a name under it. `depth` is 0 for what the article
    reports, 1 for what somebody reports in it, and so on."""

    speaker: str | None
    who: str | None
    office: str | None
    unnamed: bool
    to: str | None
    venue: str | None
    when: str | None
    day: str | None
    verb: str
    strength: Strength
    depth: int
    citation: ReportedCitation


class ReportedList(BaseModel):
    """The latest day first, an article's in their order. `next_cursor` is null at the end."""

    statements: list[ReportedOut]
    next_cursor: str | None


def reported_query(**given: object) -> ReportedQuery:
    """Of what isn't None. Raises InvalidRequest."""
    try:
        return ReportedQuery.model_validate({key: value for key, value in given.items() if value is not None})
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        place = f"{first['loc'][0]}: " if first["loc"] else ""
        raise InvalidRequest(
            f"{place}{fault(first)}", remedy="`parley statements --help` says what each takes."
        ) from exc
